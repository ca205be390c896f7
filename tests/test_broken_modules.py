"""Broken modules and curricula, and what the library says about each.

`tests/modules/sound` is a module in which nothing is wrong. A folder of `tests/modules/broken`,
named `<code>[-<variant>]`, holds only the files that differ from it, and `expected.txt`: all that
is said, in French, in Arabic, in English. `delete.txt` names files that are not there;
`curriculum.yaml` stands where a curriculum does, two folders up. What cannot be kept in a folder
is made in `MADE`. To see a change of sentences line by line, write the new ones and read the
difference: `python tests/test_broken_modules.py`.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafe_ia.checks import check_curricula, check_module
from cafe_ia.files import load_curriculum, load_module
from cafe_ia.files.modules import read_module
from cafe_ia.files.tree import LARGEST
from cafe_ia.phrases import LANGUAGES
from cafe_ia.problem import Problem, RecordError, Severity, codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

HERE = Path(__file__).parent / "modules"
SOUND, BROKEN = HERE / "sound", HERE / "broken"
NAMES = sorted(path.name for path in BROKEN.iterdir())
TOLD = re.compile(r"\[([a-z-]+)\]$", re.MULTILINE)

_FIRST, _LAST = "front-matter-missing", "link-dead"
OF_MODULES = {
    *codes()[codes().index(_FIRST) : codes().index(_LAST) + 1],
    "block-unclosed", "prose-too-deep",
}  # fmt: skip
"""The codes that only the files of a module or of a curriculum can give; `paragraph-too-long` is
shown by files that are made below, since no few lines can show it."""

OF_ANY_FILE = {
    "field-missing", "field-unknown", "fields-expected", "file-character", "file-empty",
    "file-encoding", "language-unknown", "list-expected", "number-too-small", "number-whole",
    "slug-shape", "time-unreadable", "value-unknown", "web-address-shape", "yaml-bracket",
    "yaml-colon", "yaml-key-twice", "yaml-tab", "yes-or-no",
}  # fmt: skip
"""The codes of all record files that a module's are most likely to give."""


def lay(name: str, folder: Path) -> Path:
    """The sound module with a broken one laid over it; where it is."""
    module = folder / "modules" / "sound"
    shutil.copytree(SOUND, module)
    for path in (BROKEN / name).iterdir():
        if path.name == "delete.txt":
            for gone in path.read_text("utf-8").split():
                (module / gone).unlink()
        elif path.name != "expected.txt":
            shutil.copy(path, folder if path.name == "curriculum.yaml" else module)
    return module


def told(folder: Path) -> tuple[Problem, ...]:
    """Every problem of the module and the curriculum in a folder."""
    return check_curricula(folder).problems


def said(problems: Iterable[Problem], folder: Path) -> str:
    """All that is said, in three languages, with the names of the files alone."""
    parts = ("".join(f"{one.text(language)}\n" for one in problems) for language in LANGUAGES)
    whole = "\n".join(parts)
    return whole.replace(f"{folder / 'modules' / 'sound'}/", "").replace(f"{folder}/", "")


def expected(name: str) -> str:
    """What stands beside a broken module."""
    return (BROKEN / name / "expected.txt").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_broken_module_says_where_what_and_what_to_do(name: str, tmp_path: Path) -> None:
    """Each broken module gives exactly the lines beside it, its own code among them."""
    lay(name, tmp_path)
    found = said(told(tmp_path), tmp_path)
    assert found == expected(name)
    assert name.startswith("several-") or any(name.startswith(code) for code in TOLD.findall(found))


@pytest.mark.parametrize("name", [one for one in NAMES if "encoding" not in one])
def test_broken_module_says_the_same_however_it_was_saved(name: str, tmp_path: Path) -> None:
    """Windows' line ends and a byte-order mark move no place and change no sentence."""
    for path in lay(name, tmp_path).iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert said(told(tmp_path), tmp_path) == expected(name)


def test_broken_modules_cover_every_code_of_modules() -> None:
    """No code can be given by a module or a curriculum without a broken one that shows it."""
    shown = {code for name in NAMES for code in TOLD.findall(expected(name))}
    assert OF_MODULES - shown == set()
    assert OF_ANY_FILE - shown == set()
    assert len(NAMES) >= 100


@pytest.mark.parametrize("name", NAMES)
def test_broken_module_is_loaded_only_where_nothing_is_an_error(name: str, tmp_path: Path) -> None:
    """What `check` tells is what `load_module` and `load_curriculum` refuse, and no other."""
    module = lay(name, tmp_path)
    errors = [one for one in told(tmp_path) if one.severity is Severity.ERROR]
    curriculum = tmp_path / "curriculum.yaml"
    try:
        loaded: Any = load_curriculum(curriculum) if curriculum.exists() else load_module(module)
    except RecordError as refused:
        of_reading = [one for one in refused.problems if one.severity is Severity.ERROR]
        assert {one.code for one in of_reading} <= {one.code for one in errors}
    else:
        assert loaded.id in ("sound", "curriculum")
        assert {one.code for one in errors} <= {"link-dead"}  # a rule across files, not a form


@pytest.mark.parametrize("name", [one for one in NAMES if one.startswith("several-")])
def test_broken_module_is_told_file_by_file_in_the_order_of_the_lines(
    name: str, tmp_path: Path
) -> None:
    """A person who mends a file goes down it once."""
    reading = read_module(lay(name, tmp_path), shown="")
    for problems in (reading.problems, check_module(reading)):
        places = [one.place for one in problems if one.place is not None]
        assert len(places) == len(problems)
        assert [one.file for one in places] == grouped([one.file for one in places])
        for file in {one.file for one in places}:
            inside = [one for one in places if one.file == file]
            assert inside == sorted(inside)


def grouped(names: Sequence[str]) -> list[str]:
    """Names in the order of their first, each followed by its likes."""
    return [name for first in dict.fromkeys(names) for name in names if name == first]


# -- what is too large, too deep or no file at all

MADE: dict[str, tuple[str, bytes, set[str]]] = {
    "two megabytes": ("en.md", b"x" * 2 * LARGEST, {"file-too-large"}),
    "two megabytes of fields": ("module.yaml", b"#" * 2 * LARGEST, {"file-too-large"}),
    "one line": ("ar.md", b"x " * 400_000, {"paragraph-too-long"}),
    "a thousand quotes": ("fr.md", b"---\n---\n# x\n\n" + b"> " * 1000 + b"x", {"prose-too-deep"}),
    "a thousand lists": ("fr.md", b"---\n---\n# x\n\n" + b"- " * 1000 + b"x", {"prose-too-deep"}),
    "many headings": ("en.md", b"---\n---\n" + b"## x\n\n" * 5_000, {"heading-unknown"}),
    "many parts": ("en.md", b"---\n---\n" + b"## Debate\n\n" * 5_000, {"heading-twice"}),
    "open brackets": ("ar.md", b"---\n---\n# x\n\n" + b"[" * 900_000, {"paragraph-too-long"}),
    "open comment": ("ar.md", b"---\n---\n# x\n\n" + b"<!-- fr: " * 80_000, {"paragraph-too-long"}),
    "stars": ("ar.md", b"---\n---\n# x\n\n" + b"*a **b " * 1_000, {"heading-missing"}),
    "hard spaces": ("ar.md", b"---\n---\n# x\n\n" + b"\xc2\xa0" * 9_000, {"heading-missing"}),
    "fields in fields": (
        "ar.md",
        b"---\nstatus: " + b"{a: " * 1000 + b"\n---\n",
        {"yaml-too-deep"},
    ),
    "a zero": ("fr.md", b"---\n---\n# x\0y\n", {"file-character"}),
    "an escape": ("fr.md", b"---\n---\n# \x1b[31mrouge\n", {"file-character"}),
    "a language of nowhere": ("../x y.md", b"", set()),
    "no language": ("notes de Naïma.md", b"Bonjour", {"language-unknown"}),
    "a name with braces": ("{file}.md", b"Bonjour", {"language-unknown"}),
}
"""A file of the module, what it holds, and what must be told among the rest."""


@pytest.mark.parametrize("name", MADE)
def test_hostile_module_is_answered(name: str, tmp_path: Path) -> None:
    """A file that was made to be too much gets an answer, and one that can be read."""
    shutil.copytree(SOUND, module := tmp_path / "modules" / "sound")
    file, content, wanted = MADE[name]
    (module / file).write_bytes(content)
    problems = told(tmp_path)
    assert wanted <= {one.code for one in problems}
    assert len(problems) <= 200
    assert all(len(one.text(language)) < 2_500 for one in problems for language in LANGUAGES)


def test_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    """A folder called `ar.md` is a file that cannot be read."""
    shutil.copytree(SOUND, module := tmp_path / "modules" / "sound")
    (module / "ar.md").unlink()
    (module / "ar.md").mkdir()
    assert [one.code for one in told(tmp_path)] == ["file-unreadable"]


@pytest.mark.parametrize("name", ["Mon module", "وحدة", "a--b", "x" * 200])
def test_folder_whose_name_is_no_name_is_told_once(name: str, tmp_path: Path) -> None:
    """The folder's name is the module's: it is told like an `id` that was typed."""
    shutil.copytree(SOUND, folder := tmp_path / name)
    (problem,) = check_module(read_module(folder, shown=""))
    assert problem.code == "slug-shape"
    assert str(problem.place) == "module.yaml:2:1"
    (folder / "module.yaml").write_text(
        "id: nos-mots\n" + (folder / "module.yaml").read_text("utf-8"), "utf-8"
    )
    assert load_module(folder).id == "nos-mots"


# -- oddities that mean one thing only

Change = tuple[str, str, str]

ACCEPTED: dict[str, tuple[Change, ...]] = {
    "second spelling": (("fr.md", "## Déroulé", "## Déroulement"),),
    "second spelling in Arabic": (("ar.md", "## كلمات", "## المفردات"),),
    "second spelling in English": (("en.md", "## Words", "## Vocabulary"),),
    "colon behind a heading": (("fr.md", "## Débat", "## Débat :"),),
    "colon behind an Arabic heading": (("ar.md", "## الأهداف", "## الأهداف:"),),
    "capitals": (("fr.md", "## Matériel", "## MATÉRIEL"), ("en.md", "## To take", "## to TAKE")),
    "spaces around a heading": (("fr.md", "## Débat", "  ##   Débat   "),),
    "closed heading": (("en.md", "## Debate", "## Debate ##"),),
    "underlined heading": (("en.md", "## Debate", "Debate\n------"),),
    "mark of direction": (("ar.md", "## الأهداف", "## \u200fالأهداف\u200f"),),
    "stars for objectives": (
        ("fr.md", "- Raconter", "* Raconter"),
        ("fr.md", "- Trier", "* Trier"),
    ),
    "numbers for objectives": (
        ("en.md", "- Tell", "1. Tell"),
        ("en.md", "- Sort", "2. Sort"),
    ),
    "empty lines between items": (("ar.md", "- سلا\n", "- سلا\n\n\n"),),
    "hard spaces behind marks": (
        ("fr.md", "## Objectifs", "##\u00a0Objectifs"),
        ("fr.md", "- bon\n- jour", "-\u00a0bon\n-\u202fjour"),
        ("fr.md", "* Un jeton", "*\u00a0Un jeton"),
        ("fr.md", "> Elle les", ">\u00a0Elle les"),
    ),
    "hard space before a colon": (("fr.md", "(طرف) :", "(طرف)\u00a0:"),),
    "colon inside the bold": (("fr.md", "**jeton** (طرف) :", "__jeton__ (طرف)\u202f:"),),
    "Arabic digits for minutes": (
        ("module.yaml", "{55: 20, 60: 30, 90: 35}", "{٥٥: ٢٠, ٦٠: ٣٠, ٩٠: ٣٥}"),
    ),
    "minutes in quotation marks": (("module.yaml", "{55: 20,", '{"55": "20",'),),
    "yes in French": (("module.yaml", "screen: no", "screen: non"),),
    "ages as people write them": (("module.yaml", "ages: 12-", "ages: 12+"),),
    "empty line above": (("ar.md", "---\nstatus", "\n\n---\nstatus"),),
    "nothing in the fields": (("en.md", "---\nstatus: draft\n---", "---\n---"),),
    "spaces behind the fields": (("en.md", "draft\n---", "draft\n---   "),),
    "reviewed by someone": (
        ("ar.md", "status: draft", "status: reviewed\nreviewer: ن. ب.\nreviewed: ٠١/١٢/٢٠٢٦"),
    ),
    "remark for who edits": (("fr.md", "## Débat\n", "## Débat\n\n<!-- à relire -->\n"),),
    "remark before the question": (("fr.md", "\n# La", "\n<!-- à relire -->\n\n# La"),),
    "no Darija twice": (("en.md", " (طرف)", ""), ("ar.md", " (طرف)", "")),
    "cards of two lines": (("fr.md", "- jour\n", "- jour\n\n  **deux**\n"),),
    "parts in another order": (
        ("ary.md", "## التوقع\n\n> أشمن كلمة غادي تتقطع كثر؟\n\n- سلام\n- شكرا\n\n", ""),
        (
            "ary.md",
            "## مراحل",
            "## التوقع\n\n> أشمن كلمة غادي تتقطع كثر؟\n\n- سلام\n- شكرا\n\n## مراحل",
        ),
    ),
    "letters like markup": (
        ("fr.md", "## Invitation\n", "## Invitation\n\n<script>{x} %s</script>\n"),
    ),
}
"""What people type, and what it stands for here: file, sound words, odd words."""


@pytest.mark.parametrize("name", ACCEPTED)
def test_oddity_that_means_one_thing_is_accepted(name: str, tmp_path: Path) -> None:
    """Nothing is told of what can be understood in one way only."""
    shutil.copytree(SOUND, module := tmp_path / "modules" / "sound")
    for file, sound, odd in ACCEPTED[name]:
        text = (module / file).read_text("utf-8")
        assert text.count(sound) == 1
        (module / file).write_text(text.replace(sound, odd), "utf-8")
    assert told(tmp_path) == ()
    assert load_module(module).versions == (55, 60, 90)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(lambda text: text.replace(b"\n", b"\r\n"), id="windows"),
        pytest.param(lambda text: text.replace(b"\n", b"\r"), id="old-mac"),
        pytest.param(lambda text: b"\xef\xbb\xbf" + text, id="mark"),
        pytest.param(lambda text: text.rstrip(b"\n"), id="no-last-line-end"),
        pytest.param(lambda text: text + b"\n\n\n", id="empty-lines-at-the-end"),
        pytest.param(lambda text: text.replace(b"\n", b"  \n"), id="spaces-at-the-ends"),
    ],
)
def test_editor_of_any_kind_gives_the_same_module(
    typed: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """How an editor ends its lines and its files is no part of what a person wrote."""
    shutil.copytree(SOUND, module := tmp_path / "modules" / "sound")
    for path in module.iterdir():
        path.write_bytes(typed(path.read_bytes()))
    assert told(tmp_path) == ()
    assert load_module(module).question == load_module(SOUND).question
    assert load_module(module).quiz == load_module(SOUND).quiz


def test_name_of_a_file_in_capitals_is_accepted(tmp_path: Path) -> None:
    """`FR.md` is French, whatever the system thinks of capitals."""
    shutil.copytree(SOUND, module := tmp_path / "modules" / "sound")
    (module / "fr.md").rename(module / "FR.md")
    assert told(tmp_path) == ()
    assert "fr" in load_module(module).standing


# -- lines lost and lines put in anywhere

LINES = {path.name: path.read_text("utf-8").split("\n") for path in sorted(SOUND.iterdir())}
ODD = (
    "", "---", "# x", "## x", "### x", "#### x", "- ", "* x", "+ x", "> x", ">", "1. x", "```",
    "<!-- fr: x", "-->", "<!-- fr@00000000 -->", "| a | b |", "|---|---|", "\t- x", "    x",
    "<div>", "- **a**: b", "- **<!-- a -->**: b", "- **", "[x]: y", "- <!-- x -->", "## **",
    "* <!-- x -->", "- ![](x)", "steps:", "source: ar", "source: [a]", "title: x", "x: &a b",
    "- {id: a}", "{", "a: b: c", "\u00a0", "\u2028", "ages: 3", "minutes: {55: 1}",
)  # fmt: skip
"""Lines that mean something in one of the files."""

inside = st.integers(0, 200)
edits = st.lists(
    st.tuples(
        st.sampled_from(sorted(LINES)),
        inside,
        st.integers(0, 6),
        st.lists(st.sampled_from([*ODD, *sum(LINES.values(), [])]), max_size=2),  # noqa: RUF017 # a few hundred lines
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=100, deadline=None)
@given(edits)
def test_lines_lost_or_put_in_anywhere_are_answered(
    changes: list[tuple[str, int, int, list[str]]],
) -> None:
    """Whatever is cut or pasted, there is a module or a problem, each at a line of a file."""
    texts = {name: list(lines) for name, lines in LINES.items()}
    for name, at, lost, put in changes:
        texts[name][at : at + lost] = put
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept, "sound")
        folder.mkdir()
        for name, lines in texts.items():
            (folder / name).write_text("\n".join(lines), "utf-8")
        reading = read_module(folder, shown="")
        problems = check_module(reading)
    refused = any(one.severity is Severity.ERROR for one in reading.problems)
    assert refused is (reading.module is None)
    for one in problems:
        assert one.place is not None
        # The line, and one more place at its end, where something is missing.
        lines = "\n".join(texts[one.place.file]).split("\n")
        assert 1 <= one.place.line <= len(lines)
        assert 1 <= one.place.column <= len(lines[one.place.line - 1]) + 1
        assert all(one.text(language) for language in LANGUAGES)


# -- examples of `cafe-ia explain`

EXAMPLES = {
    code: example
    for code, example in tomllib.loads(
        files("cafe_ia").joinpath("words", "examples.toml").read_text("utf-8")
    ).items()
    if code in OF_MODULES
}
NAMED = re.compile(r"^(?:<!-- (\w+\.md) -->|# ((?:module|curriculum)\.yaml))\n", re.MULTILINE)


def test_examples_exist_for_every_code_of_modules() -> None:
    """`cafe-ia explain` has an example for each fault of a module or a curriculum."""
    assert set(EXAMPLES) == OF_MODULES
    assert all(set(example) == {"wrong", "right"} for example in EXAMPLES.values())


@pytest.mark.parametrize("code", EXAMPLES)
def test_example_that_is_wrong_gives_its_code(code: str, tmp_path: Path) -> None:
    """What `cafe-ia explain` calls wrong is told with that code."""
    assert code in codes_of(EXAMPLES[code]["wrong"], tmp_path)


@pytest.mark.parametrize("code", EXAMPLES)
def test_example_that_is_right_gives_no_problem(code: str, tmp_path: Path) -> None:
    """What `cafe-ia explain` calls right is sound in every way."""
    assert codes_of(EXAMPLES[code]["right"], tmp_path) == set()


def codes_of(example: str, folder: Path) -> set[str]:
    """The codes that an example gives, put into the sound module."""
    shutil.copytree(SOUND, module := folder / "modules" / "sound")
    head, *parts = NAMED.split(example)
    assert not head.strip()
    for lesson, record, part in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if record == "curriculum.yaml":
            (folder / record).write_text(part, "utf-8")
            continue
        path = module / (lesson or record)
        around = around_lesson if lesson else around_record
        path.write_text(around(path.read_text("utf-8"), part.lstrip("\n")), "utf-8")
    return {one.code for one in told(folder)}


def around_record(sound: str, part: str) -> str:
    """The example with the sound file's other fields, whose own it replaces."""
    named = set(re.findall(r"^(\w+):", part, re.MULTILINE))
    fields = re.findall(r"^((\w+):.*\n(?:[ #].*\n)*)", sound, re.MULTILINE)
    return part + "".join(field for field, name in fields if name not in named)


def around_lesson(sound: str, part: str) -> str:
    """The example with the sound lesson's other pieces, whose own it replaces.

    It stands in the place of all from the piece of its first heading to that of its last one.
    """
    pieces = re.split(r"^(?=#{1,3} )", sound, flags=re.MULTILINE)
    titles = [piece.split("\n", 1)[0] for piece in pieces]
    lines = part.split("\n")
    at = [titles.index(line) for line in lines if line in titles]
    if not lines[0].startswith("## ") and not lines[0].startswith("### "):  # the file's head
        at.append(0)
    last = titles[max(at)].split(" ")[0]
    deeper = (n for n in range(max(at) + 1, len(titles)) if not titles[n].startswith(f"{last}#"))
    return "".join([*pieces[: min(at)], part, *pieces[next(deeper, len(titles)) :]])


if __name__ == "__main__":
    for broken in sys.argv[1:] or NAMES:
        with tempfile.TemporaryDirectory() as temporary:
            lay(broken, Path(temporary))
            lines = said(told(Path(temporary)), Path(temporary))
            (BROKEN / broken / "expected.txt").write_text(lines, "utf-8")
