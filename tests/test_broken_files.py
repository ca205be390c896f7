"""Broken files, and what the library says about each.

`tests/broken/<code>[-<variant>].yaml` is a session put into the sound `programme.yaml` beside it;
a folder of such a name is a whole programme. `<same name>.expected` holds all that is said, one
line for each problem. A file that cannot be kept there (too large) is made in `MADE`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pytest
from pydantic import Field

from cafe_ia.checks import check
from cafe_ia.files import Reading, read_programme
from cafe_ia.files.node import Source
from cafe_ia.files.tree import DEEPEST, LARGEST, MOST, compose, decode
from cafe_ia.files.typed import typed
from cafe_ia.problem import codes
from cafe_ia.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import ReadSession

HERE = Path(__file__).parent
BROKEN = HERE / "broken"
SOUND = "title: Nos langues\nstarts: 2026-12-05 18:30\nupdated: 2026-11-20\n"

MADE = {
    "file-too-large": SOUND + "# " + "x" * LARGEST,
    "file-too-long": SOUND + "spoken: [" + "fr, " * 2 * MOST + "fr]\n",
    "yaml-too-deep-500": SOUND + "".join("  " * n + f"n{n}:\n" for n in range(500)),
}
"""Broken files that would weigh too much in the folder."""

NOT_FROM_A_FILE = {"value-refused"}
"""What only a record that has yet to be written could say of a file."""

READING = codes()[: codes().index("venue-busy")]
"""The codes that the reading of files gives: the first pages of the catalogue."""

EXPECTED = sorted(BROKEN.glob("*.expected"))


def said(reading: Reading) -> str:
    """All that is said of what was read, in English."""
    return "".join(f"{problem.text('en')}\n" for problem in reading.problems)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_broken_file_says_where_what_and_what_to_do(
    expected: Path, read_session: ReadSession
) -> None:
    """Each broken file gives exactly the lines beside it, its own code among them."""
    name = expected.stem
    if (folder := expected.with_suffix("")).is_dir():
        found = said(read_programme(folder, shown=""))
    else:
        kept = expected.with_suffix(".yaml")
        content = kept.read_bytes() if kept.is_file() else MADE[name]
        found = said(read_session(content, f"{name}.yaml")).replace("sessions/", "")
    assert found == expected.read_text("utf-8")
    told = re.findall(r"\[([a-z-]+)\]$", found, re.MULTILINE)
    assert name.startswith("several-") or any(name.startswith(code) for code in told)


def test_broken_files_cover_every_code_of_reading() -> None:
    """No code can be given by a file without a broken file that shows it."""
    lines = "".join(path.read_text("utf-8") for path in EXPECTED)
    told = set(re.findall(r"\[([a-z-]+)\]$", lines, re.MULTILINE))
    assert set(READING) - told == NOT_FROM_A_FILE
    assert len(EXPECTED) >= 65


def test_broken_file_and_its_expectation_stand_together() -> None:
    """No broken file is forgotten by the test."""
    kept = {path.stem for path in BROKEN.iterdir() if path.suffix == ".yaml" or path.is_dir()}
    assert kept - {"programme"} == {path.stem for path in EXPECTED} - set(MADE)


def test_record_fault_without_a_sentence_of_its_own_is_still_told() -> None:
    """What pydantic refuses for a reason that we have no code for keeps its place and reason."""

    class Short(Record):
        word: Annotated[str, Field(max_length=3)]

    source = compose(decode(b"word: trop long\n", Source("essai.yaml")))
    assert source.root is not None
    record, problems = typed(Short, source.root.plain(), source, source.root, language="fr")
    assert record is None
    (problem,) = problems
    assert problem.text("en") == (
        "essai.yaml:1:7: “word” cannot be read (String should have at most 3 characters). "
        "Compare it with the example that `cafe-ia init` writes. [value-refused]"
    )


# -- bounds

_FILL = LARGEST - 1_000

HOSTILE = {
    "brackets": "[" * _FILL,
    "braces": "{a: " * (_FILL // 4),
    "hyphens": "- " * (_FILL // 2),
    "colons": "a: " * (_FILL // 3),
    "quotes": '"' * _FILL,
    "anchors": "&a " * (_FILL // 3),
    "questions": "? " * (_FILL // 2),
    "laughs": "a0: &a0 [lol, lol]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 60)),
    "one field again": "k1: v\n" * (_FILL // 6),
    "many fields": "".join(f"k{n}: v\n" for n in range(80_000)),
    "many languages": "title:\n" + "".join(f"  x{n}: y\n" for n in range(60_000)),
    "many items": "spoken: [" + "a," * (_FILL // 2 - 10) + "]",
    "many steps": "agenda:\n" + "- {minutes: x}\n" * (_FILL // 16),
    "one line": "title: " + "a" * _FILL,
    "one word": "a" * _FILL,
    "remarks": "k: a # b\n" * (_FILL // 9),
    "line ends": "\r" * _FILL,
    "spaces in a date": "starts: 2026-12-05" + " " * (_FILL - 20) + "x",
    "hard spaces": "\u00a0k: v\n" * (_FILL // 7),
    "digits": "seats: " + "1" * (_FILL - 10),
    "address": "url: https://" + "a/" * (_FILL // 2 - 10) + " x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_answered(name: str, read_session: ReadSession) -> None:
    """A megabyte meant to fill a memory gets a clear answer, and a short one."""
    reading = read_session(HOSTILE[name])
    assert reading.problems
    assert len(reading.problems) <= 200
    assert len(said(reading)) < 200_000


MEASURE = """
import resource, sys
from pathlib import Path
from cafe_ia.files import read_programme
read_programme(Path(sys.argv[1]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_hostile_files_leave_memory_alone(tmp_path: Path) -> None:
    """All of them together, read by one process, stay far below what a small laptop has."""
    folder = tmp_path / "sessions"
    folder.mkdir()
    shutil.copy(BROKEN / "programme.yaml", tmp_path)
    for number, content in enumerate(HOSTILE.values()):
        (folder / f"hostile-{number}.yaml").write_text(content, "utf-8")
    command = [sys.executable, "-c", MEASURE, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(done.stdout) * unit < 300_000_000


def test_hostile_depth_stops_at_the_limit(read_session: ReadSession) -> None:
    """Twenty levels are read; the twenty-first is told."""
    deep = "".join("  " * n + f"n{n}:\n" for n in range(DEEPEST - 1))
    shallow = read_session(SOUND + deep + "  " * (DEEPEST - 1) + "x: y\n")
    assert {problem.code for problem in shallow.problems} == {"field-unknown"}
    deeper = read_session(SOUND + deep + "  " * (DEEPEST - 1) + "x:\n" + "  " * DEEPEST + "y: z\n")
    assert {problem.code for problem in deeper.problems} == {"yaml-too-deep"}


def test_parser_never_builds_a_python_object() -> None:
    """The text is read as events: nothing in it can be carried out or repeated."""
    source = compose(decode(b"a: !!python/object/apply:os.getcwd []\n", Source("essai.yaml")))
    assert [problem.code for problem in source.problems] == ["yaml-tag"]
    assert source.root is not None
    assert source.root.plain() == {"a": []}


# -- examples of `cafe-ia explain`

LESSONS = codes()[codes().index("front-matter-missing") :]
"""The codes of modules and curricula, and of what comes after: `test_broken_modules`."""

EXAMPLES = {
    code: example
    for code, example in tomllib.loads(
        files("cafe_ia").joinpath("words", "examples.toml").read_text("utf-8")
    ).items()
    if code not in LESSONS
}

WHOLE_FILE = {"file-empty", "yaml-not-fields"}
"""The codes whose wrong example is a whole file: beside other lines it would mean another."""

WITHOUT_EXAMPLE = {
    "file-encoding", "file-too-large", "file-too-long", "file-unreadable", "value-refused",
    "yaml-syntax",
}  # fmt: skip
"""What no few lines of text can show."""

RULES = codes()[codes().index("venue-busy") : codes().index("ics-not-calendar")]
"""The codes of the rules across records."""


def test_examples_exist_for_every_code_of_files_and_rules() -> None:
    """`cafe-ia explain` has an example to show wherever a few lines can show it."""
    assert set(EXAMPLES) == {*READING, *RULES} - WITHOUT_EXAMPLE
    assert all(set(example) == {"wrong", "right"} for example in EXAMPLES.values())


@pytest.mark.parametrize("code", EXAMPLES)
def test_example_that_is_wrong_gives_its_code(code: str, tmp_path: Path) -> None:
    """What `cafe-ia explain` calls wrong is told with that code."""
    assert code in codes_of(tmp_path, EXAMPLES[code]["wrong"], whole=code in WHOLE_FILE)


@pytest.mark.parametrize("code", EXAMPLES)
def test_example_that_is_right_does_not_give_its_code(code: str, tmp_path: Path) -> None:
    """What `cafe-ia explain` calls right is a sound file, and the rule is content with it."""
    found = codes_of(tmp_path, EXAMPLES[code]["right"])
    assert code not in found
    assert not found & set(READING)


def codes_of(folder: Path, lines: str, *, whole: bool = False) -> set[str]:
    """The codes that an example gives in a sound programme."""
    shutil.copy(BROKEN / "programme.yaml", folder)
    (folder / "sessions").mkdir()
    for name, part in parts(lines):
        path = folder / name
        around = path.read_text("utf-8") if path.is_file() else SOUND
        path.write_text(part if whole else around_example(around, part), "utf-8")
    reading = read_programme(folder)
    found = {problem.code for problem in reading.problems}
    if reading.programme is not None:
        found |= {problem.code for problem in check(reading.programme, modules=["nos-langues"])}
    return found


def parts(lines: str) -> Iterator[tuple[str, str]]:
    """The files of an example: a remark may name one, else it is a session."""
    first, *others = re.split(r"^# (\S+\.ya?ml)\n", lines, flags=re.MULTILINE)
    if first.strip():
        yield "sessions/2026-12-05-rabat.yaml", first
    yield from zip(others[::2], others[1::2], strict=True)


def around_example(sound: str, part: str) -> str:
    """The example with the sound file's other fields, whose own it replaces."""
    named = set(re.findall(r"^(\w+)", part, re.MULTILINE))
    fields = re.findall(r"^((\w+).*\n(?:[ #].*\n)*)", sound, re.MULTILINE)
    return part + "".join(field for field, name in fields if name not in named)
