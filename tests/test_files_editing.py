from __future__ import annotations

import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafe_ia.files.editing import edit_file, edited
from cafe_ia.files.node import Source
from cafe_ia.files.tree import compose, read_source
from cafe_ia.problem import RecordError

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = ("id", "starts", "minutes", "status", "revision", "updated", "module")
VALUES = st.sampled_from(
    ["2027-01-09 18:30", "confirmed", "2", "yes", "null", "", "é: #", "a #b", "'", '"', "- x",
     "{", "a, b", "x]}", "\\", " x ", "a\nb", "\u2028", "مقهى", "😀", "@", "%", "~", "a:", "\t"]
)  # fmt: skip
OTHER_LINES = st.sampled_from(
    ["", "# a remark: with {signs} and 'quotes'", "   # further in", "   "]
)
OTHERS = st.sampled_from(
    [
        ["title: >-", "  folded: words", "  # that stay", "", "  here"],
        ["summary:", "  fr: |", "    one", "      two", "", "  ar: 'مقهى'"],
        ["notes: |+", "  kept", "", ""],
        [
            "agenda:",
            "  - minutes: 5  # five",
            "    mode: frame",
            "",
            "# between",
            "  - {mode: show}",
        ],
        ["spoken: [ary,", "  fr]  # two"],
        ["audiences:", "- women"],
        ["seats:"],
        ["place: 'on two", "  lines'"],
    ]
)


def written(field: str, value: str, style: str, remark: str) -> str:
    """A line as a person may write it."""
    if style == "'":
        value = value.replace("'", "''")
    return f"{field}:  {style}{value}{style}{remark}"


@st.composite
def files(draw: st.DrawFn) -> str:
    """A record file: remarks, fields in any order, any quoting, any line ends."""
    fields = draw(st.lists(st.sampled_from(FIELDS), min_size=2, unique=True))
    groups: list[list[str]] = []
    for field in fields:
        value = draw(st.sampled_from(["2026-12-05 18:30", "planned", "60", "été"]))
        remark = draw(st.sampled_from(["", "  # why", "\t# tab", " "]))
        groups.append([written(field, value, draw(st.sampled_from(["", "'", '"'])), remark)])
    groups += draw(st.lists(OTHERS, max_size=3, unique_by=lambda one: one[0]))
    groups = draw(st.permutations(groups))
    lines: list[str] = []
    for group in groups:
        lines += [*draw(st.lists(OTHER_LINES, max_size=2)), *group]
    if draw(st.booleans()):
        lines = [f"  {line}" if line else line for line in lines]
    line_end = draw(st.sampled_from(["\n", "\r\n"]))
    return line_end.join(lines) + draw(st.sampled_from(["", line_end, line_end * 3]))


def read(text: str) -> dict[str, object]:
    """What a text says."""
    source = compose(Source("a.yaml", text))
    assert source.root is not None, source.problems
    plain = source.root.plain()
    assert isinstance(plain, dict)
    return plain


def change(text: str, after: dict[str, str] | None = None, /, **changes: str) -> str:
    """The text of a file with some values changed."""
    return edited(compose(Source("a.yaml", text)), changes, after=after or {})


@settings(deadline=None, max_examples=300)
@given(text=files(), field=st.sampled_from(FIELDS), value=VALUES, sibling=st.sampled_from(FIELDS))
def test_edited_touches_one_line_only(text: str, field: str, value: str, sibling: str) -> None:
    """Every other line stays byte for byte, and the file says the old with that value changed."""
    old, new = read(text), change(text, {field: sibling}, **{field: value})
    assert read(new) == old | {field: value}
    old_lines, new_lines = (re.findall(r".*?(?:\r\n|\n|$)", one) for one in (text, new))
    ends = [re.search(r"\r?\n?$", one) for one in (text, new)]
    assert len({end[0] for end in ends if end}) == 1 or "|+" in text
    if field in old:
        assert len(old_lines) == len(new_lines)
        differing = [n for n, line in enumerate(old_lines) if line != new_lines[n]]
        assert len(differing) <= 1
        for n in differing:
            assert new_lines[n].lstrip().startswith(f"{field}:")
            comment = re.search(r"[ \t]*(?:# (?:why))?\r?\n?$", old_lines[n])
            assert comment is not None
            assert new_lines[n].endswith(comment[0])
    else:
        at = next(n for n, line in enumerate(new_lines) if re.match(rf" *{field}:", line))
        bare_old = [line.rstrip("\r\n") for line in old_lines if line]
        bare_new = [line.rstrip("\r\n") for line in new_lines if line]
        assert bare_new[:at] + bare_new[at + 1 :] == bare_old
        if sibling in old:
            keys = [key for key in read(new) if key in {field, sibling}]
            assert keys == [sibling, field]
            assert re.match(rf" *{sibling}:", new_lines[at - 1])
    assert ("\r" in new) == ("\r" in text) or "\n" not in text


@settings(deadline=None, max_examples=100)
@given(value=VALUES, style=st.sampled_from(["", "'", '"']), closing=st.sampled_from(["}", " }\n"]))
def test_edited_changes_a_flow_mapping(value: str, style: str, closing: str) -> None:
    """A file between braces is changed the same way, and gets new fields after their sibling."""
    text = f"{{id: x, starts: {style}now{style}, spoken: [a, b]{closing}"
    new = change(text, {"revision": "id"}, starts=value, revision=value)
    assert read(new) == {"id": "x", "revision": value, "starts": value, "spoken": ["a", "b"]}
    assert new.startswith("{id: x, revision: ")
    assert new.endswith(f", spoken: [a, b]{closing}")


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("a: 1  # why\n", "2", "a: 2  # why\n"),
        ("a: '1'\n", "it's", "a: 'it''s'\n"),
        ('a: "1"\n', 'a "b"', 'a: "a \\"b\\""\n'),
        ("a: 1\n", "x # y", 'a: "x # y"\n'),
        ("a: '1'\n", "x\ny", 'a: "x\\ny"\n'),
        ("a:\n", "2", "a: 2\n"),
        ("a:  # none\nb: 1", "2", "a: 2  # none\nb: 1"),
        ("a: ~\n", "2", "a: 2\n"),
        ("a: # one space\n", "2", "a: 2 # one space\n"),
        ("a:\u00a01\n", "2", "a:\u00a02\n"),
        ("  a: on two\n    lines\n", "2", "  a: 2\n"),
        ("---\na: 1\n...\n", "2", "---\na: 2\n...\n"),
        ('{"a":"1"}', "2", '{"a":"2"}'),
        ("a: '1'\n", "1", "a: '1'\n"),
    ],
)
def test_edited_keeps_the_way_of_writing(text: str, value: str, expected: str) -> None:
    """Quotation marks, remarks and spaces stay; marks are added only where they are needed."""
    assert change(text, a=value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nc: 3\n", "a: 1\nb: 2\nc: 3\n"),
        ("a: 1  # why\n\nc: 3", "a: 1  # why\nb: 2\n\nc: 3"),
        ("c: 3\r\na: 1", "c: 3\r\na: 1\r\nb: 2"),
        ("a: 1", "a: 1\nb: 2"),
        ("a: |\n  x\n\n# of c\nc: 3\n", "a: |\n  x\nb: 2\n\n# of c\nc: 3\n"),
        ("a: |+\n  x\n\nc: 3\n", "a: |+\n  x\n\nb: 2\nc: 3\n"),
        ("a:\n  - 1\n\n# of c\nc: 3\n", "a:\n  - 1\nb: 2\n\n# of c\nc: 3\n"),
        ("a:\nc: 3\n", "a:\nb: 2\nc: 3\n"),
        ("c: 3\nd: 4\n", "c: 3\nd: 4\nb: 2\n"),
        ("{a: 1}\n", "{a: 1, b: 2}\n"),
        ('{"a": "1"}', '{"a": "1", "b": "2"}'),
    ],
)
def test_edited_inserts_a_missing_field_after_its_sibling(text: str, expected: str) -> None:
    """A new field stands on its own line after its sibling, else after the last field."""
    assert change(text, {"b": "a"}, b="2") == expected


def test_edited_inserts_fields_that_follow_each_other() -> None:
    """A field may follow one that was inserted just before it."""
    after = {"status": "starts", "revision": "status"}
    new = change("starts: x\nfree: no\n", after, status="confirmed", revision="1")
    assert new == "starts: x\nstatus: confirmed\nrevision: 1\nfree: no\n"


@pytest.mark.parametrize(
    "text",
    ["a: |\n  x\n", "a: >-\n  x\n", "a: [x]\n", "a:\n  b: c\n", "{a}\n", "? a\n: x\n", "{}\n"],
)
def test_edited_refuses_what_would_touch_other_lines(text: str) -> None:
    """A block, a collection and odd forms are left to the person, who is told what to write."""
    with pytest.raises(RecordError, match=r"\[edit-refused\]") as caught:
        change(text, a="2", b="3")
    (problem,) = caught.value.problems
    assert problem.place is not None
    assert problem.advice("en") in {"Change it by hand: a: 2.", "Change it by hand: b: 3."}


def test_edited_refuses_a_file_with_errors() -> None:
    """A file that cannot be read is not edited, and its own errors are told."""
    with pytest.raises(RecordError, match=r"\[yaml-anchor\]"):
        change("a: &x 1\nb: 2\n", b="3")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_edit_file_keeps_bytes_that_are_not_the_value(
    tmp_path: Path, mark: bytes, line_end: bytes
) -> None:
    """The byte-order mark, the line ends and the missing last one stay."""
    path = tmp_path / "a.yaml"
    path.write_bytes(mark + line_end.join([b"# \xc3\xa9", b"a: 1 ", b"", b"c: 3"]))
    edit_file(path, {"a": "2", "b": "x"}, after={"b": "c"})
    lines = [b"# \xc3\xa9", b"a: 2 ", b"", b"c: 3", b"b: x"]
    assert path.read_bytes() == mark + line_end.join(lines)


def test_edit_file_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    """A file that already says it stays the same file."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: '1'\n")
    before = path.stat()
    edit_file(path, {"a": "1"})
    assert path.stat().st_ino == before.st_ino


def test_edit_file_refused_leaves_the_file(tmp_path: Path) -> None:
    """Of several changes, one that is refused keeps all of them out; the message has the place."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\nb: [2]\n")
    with pytest.raises(RecordError, match=r"^shown\.yaml:2:4: ") as caught:
        edit_file(path, {"a": "2", "b": "3"}, shown="shown.yaml")
    assert len(caught.value.problems) == 1
    assert path.read_bytes() == b"a: 1\nb: [2]\n"
    with pytest.raises(RecordError, match=r"\[file-unreadable\]"):
        edit_file(tmp_path / "none.yaml", {"a": "2"})


LOOP = """
import sys
from pathlib import Path
from cafe_ia.files.editing import edit_file
path = Path(sys.argv[1])
print("ready", flush=True)
n = 0
while True:
    n += 1
    edit_file(path, {"revision": str(n), "starts": f"{n}" + "x" * (n % 7) * 9000})
"""


def test_edit_file_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    """After a kill in the middle of edits the file is one of the whole files it has been."""
    path = tmp_path / "a.yaml"
    rest = "".join(f"# remark {n}\n" for n in range(2000)) + "last: yes\n"
    path.write_text(f"revision: 0\nstarts: 0\n{rest}", encoding="utf-8")
    reached = 0
    for moment in (0.02, 0.03, 0.05, 0.07, 0.09, 0.11, 0.13, 0.17):
        with subprocess.Popen(
            [sys.executable, "-c", LOOP, str(path)], stdout=subprocess.PIPE
        ) as editor:
            assert editor.stdout is not None
            assert editor.stdout.readline() == b"ready\n"
            time.sleep(moment)
            editor.kill()
        source = read_source(path)
        assert source.problems == []
        said = read(source.text)
        revision = int(str(said["revision"]))
        assert said["starts"] == f"{revision}" + "x" * (revision % 7) * 9000
        assert said["last"] == "yes"
        assert source.text.endswith(rest)
        reached += revision
    assert reached
