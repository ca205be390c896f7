from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafe_ia.classroom import to_gift, to_imscc, to_lrmi, to_moodle, to_qti
from cafe_ia.classroom.questions import Choice, shares
from cafe_ia.curriculum import Module
from cafe_ia.text import Said
from lesson import SAMPLE
from outside.tool import HERE, PATIENCE, RefusedError, require
from quizzes import (
    HOSTILE,
    LANGUAGES,
    course,
    hostile,
    loose,
    opened,
    page,
    quiz_of,
    tree,
    unwrapped,
)  # fmt: skip

QTI = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}

FRACTIONS = {
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30",
    "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0",
}  # fmt: skip


def read_gift(gift: bytes, folder: Path) -> list[dict[str, Any]]:
    """The quiz as gift-pegjs reads it.

    Raises:
        RefusedError: it is no GIFT.
    """
    require("gift-pegjs")
    path = folder / "quiz.gift"
    path.write_bytes(gift)
    done = subprocess.run(
        ["node", str(HERE / "read_gift.mjs"), str(path)],
        capture_output=True, check=False, encoding="utf-8", timeout=PATIENCE,
    )  # fmt: skip
    if done.returncode != 0:
        raise RefusedError(done.stderr)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_gift_is_read_by_another_parser(language: str, tmp_path: Path) -> None:
    """gift-pegjs finds each question with its answers, its right ones and its why."""
    place, *questions = read_gift(to_gift(SAMPLE, language), tmp_path)
    assert place["title"].endswith(SAMPLE.question.best(language).words)
    assert len(questions) == len(SAMPLE.quiz.items)
    for number, (found, item) in enumerate(zip(questions, SAMPLE.quiz.items, strict=True), start=1):
        asked = item.question.best(language).words
        assert found["id"] == f"exemple-{language}-{number}"
        assert found["title"] == f"{number}. {asked}"
        assert (found["kind"], found["text"], found["format"]) == ("MC", asked, "plain")
        assert found["afterwards"] == item.why.best(language).words
        texts = [answer["text"] for answer in found["answers"]]
        assert texts == [answer.text.best(language).words for answer in item.answers]
    first, second = questions
    assert [answer["right"] for answer in first["answers"]] == [False, True, False]
    assert [answer["share"] for answer in second["answers"]] == [50, -100, 50]


def test_gift_keeps_what_was_typed(tmp_path: Path) -> None:
    """What would be markup, a share, a format or a comment in GIFT comes back as words."""
    _, *questions = read_gift(to_gift(hostile()), tmp_path)
    assert len(questions) == len(HOSTILE)
    for found, typed in zip(questions, HOSTILE, strict=True):
        expected = loose(typed)
        assert (loose(found["text"]), found["format"]) == (expected, "plain")
        first, *others = found["answers"]
        html = first["format"] == "html"
        assert html == ("->" in expected)  # in plain text that is a pair to match
        for text in (first["text"], found["afterwards"]):
            assert loose(unescape(text) if html else text) == expected
        assert [answer["text"] for answer in others] == ["non", "oui"]
        assert [answer["share"] for answer in found["answers"]] == [None] * 3


def test_gift_has_no_blank_line_inside_a_question() -> None:
    """A blank line ends a question in GIFT, so that a broken line is written as one escape."""
    blocks = to_gift(hostile()).decode().rstrip("\n").split("\n\n")
    assert len(blocks) == 2 + len(HOSTILE)
    assert "ligne\\nsuivante" in blocks[2 + HOSTILE.index("ligne\nsuivante")]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["Brouillon", "CC BY 4.0", "24 novembre 2026", "français"]),
        ("ar", ["مسودة", "CC BY 4.0", "24 نونبر 2026", "العربية"]),
        ("en", ["Draft", "CC BY 4.0", "24 November 2026", "English"]),
        ("ary", ["مسودة", "CC BY 4.0", "24 نونبر 2026", "الدارجة"]),
    ],
)
def test_every_quiz_says_what_it_is(language: str, said: list[str]) -> None:
    """Draft, licence, date and language stand in each format, in the reader's language."""
    manifest = opened(to_imscc(SAMPLE, language, page=page)).read("imsmanifest.xml")
    for made in (to_gift(SAMPLE, language), to_moodle(SAMPLE, language),
                 to_qti(SAMPLE, language), manifest):  # fmt: skip
        text = made.decode()
        assert all(part in text for part in said)


def test_quiz_names_its_reviewer_and_another_licence() -> None:
    """A text that a person has reviewed is no draft, and its own licence is the one that stands."""
    module = Module.model_validate(
        {
            **SAMPLE.model_dump(),
            "license": "https://example.org/licence",
            "standing": {
                "fr": {"status": "reviewed", "reviewer": "Une voisine", "reviewed": "2026-12-01"}
            },
        }
    )
    text = to_gift(module).decode()
    assert "Relu par Une voisine, le mardi 1er décembre 2026." in text
    assert "https://example.org/licence" in text
    assert "Brouillon" not in text
    assert "CC BY" not in text


@pytest.mark.parametrize("right", [*range(1, 13), 20, 23])
@pytest.mark.parametrize("wrong", [0, 1, 2, 3, 7, 11])
def test_shares_are_fractions_that_moodle_takes(right: int, wrong: int) -> None:
    """Right answers add up to 100, ticking everything earns nothing, no fraction is unknown."""
    said = Said("x", "fr", "ltr")
    given = shares([Choice(said, right=n < right) for n in range(right + wrong)])
    assert {share.removeprefix("-") for share in given} <= FRACTIONS
    assert sum(map(float, given[:right])) == pytest.approx(100, abs=0.001)
    assert sum(map(float, given)) == pytest.approx(0 if wrong else 100, abs=0.001)


def read_moodle(quiz: bytes) -> list[Any]:
    """The questions as moodle-xml-parser reads them."""
    found: list[Any] = import_module("moodle_xml_parser.parser").parse_bytes(quiz)["multichoice"]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_moodle_xml_is_read_by_another_parser(language: str) -> None:
    """moodle-xml-parser finds each question with its answers, its fractions and its why."""
    questions = read_moodle(to_moodle(SAMPLE, language))
    assert [question.single for question in questions] == [True, False]
    for found, item in zip(questions, SAMPLE.quiz.items, strict=True):
        said = item.question.best(language)
        assert found.text_pre_parse == (
            f'<p lang="{said.language}" dir="{said.direction}">{said.words}</p>'
        )
        assert unwrapped(found.general_feedback) == item.why.best(language).words
        texts = [unwrapped(option.answer) for option in found.options]
        assert texts == [answer.text.best(language).words for answer in item.answers]
    fractions = [[option.score_fraction for option in question.options] for question in questions]
    assert fractions == [[0, 100, 0], [50, -100, 50]]


def test_moodle_xml_keeps_what_was_typed() -> None:
    """What would be HTML or the end of a CDATA section comes back as words."""
    questions = read_moodle(to_moodle(hostile()))
    assert len(questions) == len(HOSTILE)
    for found, typed in zip(questions, HOSTILE, strict=True):
        expected = typed.replace("\n", "<br>").replace("\ufffe", "\ufffd")
        assert unwrapped(found.text_pre_parse) == expected
        assert unwrapped(found.general_feedback) == expected
        assert unwrapped(found.options[0].answer) == expected


def test_moodle_xml_has_no_element_of_a_teachers_making() -> None:
    """The HTML that Moodle shows has paragraphs and line breaks, and nothing else."""
    root = tree(to_moodle(hostile()))
    for part in ("questiontext", "generalfeedback", "answer"):
        shown = "".join(text.text or "" for text in root.iterfind(f".//{part}/text"))
        assert set(re.findall(r"</?\w+", shown)) == {"<p", "</p", "<br"}


def test_moodle_question_is_known_again() -> None:
    """A question keeps its idnumber from export to export, and has one for each language."""

    def numbers(language: str) -> list[str | None]:
        root = tree(to_moodle(SAMPLE, language))
        return [number.text for number in root.iter("idnumber")]

    assert numbers("fr") == ["exemple-fr", "exemple-fr-1", "exemple-fr-2"]
    assert not set(numbers("fr")) & set(numbers("ar"))


@given(st.text(min_size=1))
@settings(max_examples=60, deadline=None)
def test_xml_of_any_text_can_be_read(typed: str) -> None:
    """Whatever a record may hold, Moodle XML and QTI are well formed and give the words back."""
    try:
        module = quiz_of((typed, {typed: True, "non": False, "oui": False}, typed))
    except ValueError:  # a control character, or nothing but spaces: no record
        return
    expected = module.quiz.items[0].question["fr"]
    for made, path in ((to_moodle(module), ".//questiontext/text"),
                       (to_qti(module), ".//q:presentation/q:material/q:mattext")):  # fmt: skip
        html = tree(made).findtext(path, namespaces=QTI) or ""
        assert unescape(unwrapped(html).replace("<br>", "\n")) == re.sub(
            "[\ufffe\uffff]", "\ufffd", unescape(re.sub("&", "&amp;", expected))
        )


def test_exports_are_the_same_bytes_anywhere() -> None:
    """Neither the order of hashes nor the zone of the machine changes a byte."""
    program = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from test_classroom_quiz import fingerprint\nprint(fingerprint())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True, check=True, text=True,
        ).stdout.strip()
        for seed, zone in (("1", "Africa/Casablanca"), ("2", "Pacific/Auckland"))
    }  # fmt: skip
    assert found == {fingerprint()}


def fingerprint() -> str:
    """One sum over every export of the sample in every language."""
    whole = course(SAMPLE)
    made = [
        export(SAMPLE, tag) for export in (to_gift, to_moodle, to_qti, to_lrmi) for tag in LANGUAGES
    ]
    made += [to_imscc(whole, tag, page=page) + to_lrmi(whole, tag) for tag in LANGUAGES]
    return hashlib.sha256(b"".join(made)).hexdigest()
