"""The sentences that the library says: the same in three languages, each code known and used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import cafe_ia
from cafe_ia.phrases import LANGUAGES, catalogue, interface_language, say
from cafe_ia.problem import (
    Place,
    Problem,
    RecordError,
    Severity,
    codes,
    examples,
    fault,
    sentences,
)

SOURCE = Path(str(files("cafe_ia")))
TOPICS = sorted({path.name.split(".")[0] for path in SOURCE.joinpath("words").glob("*.??.toml")})
CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")


def leaves(part: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence of a topic with its key."""
    for key, value in part.items():
        where = f"{path}.{key}" if path else key
        if isinstance(value, Mapping):
            yield from leaves(value, where)
        else:
            yield where, str(value)


def blanks(sentence: str) -> set[str]:
    """The names of the blanks of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """The package's own modules, parsed."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE), ast.parse(path.read_text("utf-8"))


def raised() -> Iterator[tuple[str, str, ast.Call]]:
    """Each code that stands in a call which makes a problem: where, the code, the call."""
    makers = {"fault", "Problem", "rule", "_add", "_told", "_problem"}
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            remarks = [pair.value for pair in node.keywords if pair.arg == "remark"]
            for part in [*(node.args[:2] if name in makers else ()), *remarks]:
                if isinstance(part, ast.Constant) and CODE.fullmatch(str(part.value)):
                    yield f"{path}:{node.lineno}", str(part.value), node


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_topic_has_the_same_keys_and_blanks_in_every_language(topic: str, language: str) -> None:
    """A sentence that one language has, all have, with the same blanks."""
    english, other = dict(leaves(catalogue(topic, "en"))), dict(leaves(catalogue(topic, language)))
    assert set(other) == set(english)
    filled = [key for key in english if not key.endswith((".why", ".severity"))]
    differing = [key for key in filled if blanks(english[key]) != blanks(other[key])]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", codes())
def test_problem_is_said_in_every_language(code: str, language: str) -> None:
    """Each code makes a whole line: place, what was found, what to do, the code."""
    words = sentences(code, language)
    said = [words[part] for part in ("found", "advice", "near") if part in words]
    values = {name: "12" for sentence in said for name in blanks(sentence) if name != "near"}
    line = Problem(code, values, place=Place("essai.yaml", 3, 7)).text(language)
    assert line.startswith("essai.yaml:3:7: ")
    assert line.endswith(f" [{code}]")
    assert "{" not in line
    assert words["why"]
    assert not words["found"].rstrip("\u200f").endswith((".", "!"))
    assert words["severity"] == sentences(code, "en")["severity"]
    if "near" in words:
        assert "rabat" in Problem(code, {**values, "near": "rabat"}).text(language)


def test_problem_severities_are_those_that_exist() -> None:
    """An error stops; a warning asks someone to look."""
    assert {Problem(code).severity for code in codes()} == set(Severity)


def test_codes_that_are_raised_exist() -> None:
    """No call makes a problem whose sentences are not written."""
    assert [(where, code) for where, code, _ in raised() if code not in codes()] == []


def test_codes_that_exist_are_raised() -> None:
    """No sentence stands in the catalogue for nothing."""
    words = {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [code for code in codes() if code not in words] == []


def test_faults_fill_the_blanks_of_their_sentences() -> None:
    """A validator that raises a code gives all that its sentences name."""
    lacking = [
        (where, code, name)
        for where, code, call in raised()
        if getattr(call.func, "id", "") == "fault"
        and all(pair.arg is not None for pair in call.keywords)
        for part in ("found", "advice")
        for name in blanks(sentences(code, "en")[part])
        if name not in {pair.arg for pair in call.keywords}
    ]
    assert lacking == []


def test_fault_shows_a_developer_the_english_sentence() -> None:
    """Pydantic's error carries the code, the values, and words that can be read."""
    error = fault("number-whole", typed="1h30")
    assert error.type == "number-whole"
    assert error.context == {"typed": "1h30"}
    assert error.message() == "“1h30” is not a whole number. Write digits only, for example 60."


def test_problem_shows_what_is_long_cut_but_never_the_known_words() -> None:
    """A page of text typed as a name does not fill the screen; the choice stays whole."""
    known = ", ".join(f"champ-{n}" for n in range(60))
    line = Problem("field-unknown", {"field": "x" * 500 + "\n y", "known": known}).text("en")
    assert known in line
    assert "x" * 50 + " … " in line
    assert "x" * 51 not in line
    assert "\n" not in line


def test_problem_without_a_place_says_where_in_the_record() -> None:
    """A record that came from no file is told by its fields."""
    line = Problem("number-whole", {"typed": "x"}, ("agenda", 0, "minutes")).text("en")
    assert line.startswith("agenda.0.minutes: ")


def test_record_error_carries_all_problems() -> None:
    """A developer reads them all, and matches on their codes."""
    error = RecordError([Problem("file-empty"), Problem("yes-or-no", {"typed": "x"})])
    assert [problem.code for problem in error.problems] == ["file-empty", "yes-or-no"]
    assert str(error).count("\n") == 1
    assert isinstance(error, ValueError)


def test_examples_are_there_for_a_code_or_empty() -> None:
    """`explain` asks for any code, also for one that no lines of a file can show."""
    assert set(examples("yaml-hash")) == {"wrong", "right"}
    assert examples("file-unreadable") == {}


def test_say_fills_the_blanks_and_knows_its_keys() -> None:
    """A sentence is asked for by topic and key; one that does not exist is a fault of ours."""
    assert say("problems", "yes-or-no.found", "en", typed="x") == "“x” is neither yes nor no"
    with pytest.raises(KeyError):
        say("problems", "yes-or-no.nothing", "en")
    with pytest.raises(KeyError):
        catalogue("problems", "de")


@pytest.mark.parametrize(
    ("asked", "environment", "language"),
    [
        ("ar", {"LANG": "en_US.UTF-8"}, "ar"),
        ("ary", {}, "ar"),
        ("en-GB", {}, "en"),
        (None, {"LANG": "en_US.UTF-8"}, "en"),
        (None, {"LC_ALL": "ar_MA.UTF-8", "LANG": "en_US.UTF-8"}, "ar"),
        (None, {"LC_MESSAGES": "fr_MA", "LANG": "en_US.UTF-8"}, "fr"),
        (None, {"LANG": "C.UTF-8"}, "fr"),
        (None, {"LC_ALL": "C", "LANG": "en_US"}, "en"),
        (None, {"LANG": "de_DE.UTF-8"}, "fr"),
        (None, {}, "fr"),
    ],
)
def test_interface_language_is_the_asked_one_else_the_locales_else_french(
    asked: str | None, environment: dict[str, str], language: str
) -> None:
    """The order of gettext; a language that we do not speak gives French."""
    assert interface_language(asked, environment) == language


def test_package_is_the_one_of_the_sources() -> None:
    """The catalogue is read from where the package is."""
    assert Path(str(cafe_ia.__file__)).parent == SOURCE
