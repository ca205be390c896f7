"""One text in several languages, and which of them a reader gets."""

from __future__ import annotations

import copy
import json
import pickle
from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter, ValidationError

from cafe_ia.text import FALLBACK, Said, Text, direction, language_tag

if TYPE_CHECKING:
    from collections.abc import Callable

ADAPTER = TypeAdapter(Text)
ALL = Text(fr="Bonjour", ar="مرحبا", ary="السلام", en="Hello", zgh="ⴰⵣⵓⵍ")


def without(*tags: str) -> Text:
    """The text of five languages without some of them."""
    return Text({tag: said for tag, said in ALL.items() if tag not in tags})


def code_of(value: object) -> str:
    """The code with which a text is refused."""
    with pytest.raises(ValidationError) as refused:
        ADAPTER.validate_python(value)
    return refused.value.errors()[0]["type"]


@pytest.mark.parametrize("tag", ALL)
def test_best_gives_the_language_asked_for(tag: str) -> None:
    """Where the language is there, it is given."""
    assert ALL.best(tag) == Said(ALL[tag], tag, direction(tag))


@pytest.mark.parametrize(
    ("wanted", "missing", "given"),
    [
        (["ary"], ["ary"], "ar"),
        (["ary"], ["ary", "ar"], "fr"),
        (["ary"], ["ary", "ar", "fr"], "en"),
        (["zgh"], ["zgh"], "fr"),
        (["zgh"], ["zgh", "fr"], "ar"),
        (["en"], ["en"], "fr"),
        (["ar"], ["ar"], "fr"),
        (["fr"], ["fr"], "ar"),
        (["zgh", "ary"], ["zgh"], "ary"),
        (["zgh", "en"], ["zgh"], "en"),
        (["ar-MA"], [], "ar"),
        (["ary-Latn"], ["ary"], "ar"),
        (["de"], [], "fr"),
        ([], [], "fr"),
    ],
)
def test_best_falls_back_to_the_nearest_language(
    wanted: list[str], missing: list[str], given: str
) -> None:
    """All the wanted languages come first, then the table for each, then what is there."""
    said = without(*missing).best(*wanted)
    assert said.language == given
    assert said.words == ALL[given]


def test_best_follows_a_programmes_own_table() -> None:
    """A programme may send its readers elsewhere."""
    assert without("ary").best("ary", fallback={**FALLBACK, "ary": ("en",)}).language == "en"
    assert without("ary").best("ary", fallback={}).language == "fr"


def test_best_gives_the_only_language_there_is() -> None:
    """A text always answers, and says in which language."""
    said = Text(zgh="ⴰⵣⵓⵍ").best("fr")
    assert said == Said("ⴰⵣⵓⵍ", "zgh", "ltr")


@pytest.mark.parametrize(
    ("tag", "runs"),
    [
        ("fr", "ltr"), ("en", "ltr"), ("zgh", "ltr"), ("shi", "ltr"),
        ("ar", "rtl"), ("ary", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("mey", "rtl"),
        ("ar-MA", "rtl"), ("ary-Latn", "ltr"), ("zgh-Arab", "rtl"), ("zgh-Tfng", "ltr"),
    ],
)  # fmt: skip
def test_direction_follows_the_script_before_the_language(tag: str, runs: str) -> None:
    """Darija in Latin letters runs from left to right."""
    assert direction(tag) == runs


def test_text_in_several_languages_does_not_depend_on_their_order() -> None:
    """Equal texts have equal hashes, in whatever order their languages were written."""
    backwards = Text(reversed(list(ALL.items())))
    assert backwards == ALL
    assert hash(backwards) == hash(ALL)
    assert len({backwards, ALL, without("fr")}) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.__setitem__("fr", "Salut"),
        lambda text: text.__delitem__("fr"),
        lambda text: text.update(fr="Salut"),
        lambda text: text.pop("fr"),
        lambda text: text.popitem(),
        lambda text: text.clear(),
        lambda text: text.setdefault("es", "Hola"),
        lambda text: text.__ior__({"fr": "Salut"}),
    ],
)
def test_text_does_not_change(change: Callable[[Text], object]) -> None:
    """No way of changing a dict changes a text."""
    before = dict(ALL)
    with pytest.raises(TypeError, match="does not change"):
        change(ALL)
    assert dict(ALL) == before


def test_text_survives_copies_and_pickles() -> None:
    """A copy is a text again."""
    for again in (pickle.loads(pickle.dumps(ALL)), copy.deepcopy(ALL), copy.copy(ALL)):  # noqa: S301 # our own bytes
        assert type(again) is Text
        assert again == ALL


def test_text_survives_json() -> None:
    """What is dumped as JSON is a plain mapping, and reads back as the same text."""
    dumped = ADAPTER.dump_json(ALL)
    assert json.loads(dumped) == dict(ALL)
    again = ADAPTER.validate_json(dumped)
    assert type(again) is Text
    assert again == ALL


def test_text_as_a_bare_string_is_in_the_language_of_its_file() -> None:
    """French where nothing is said."""
    assert ADAPTER.validate_python("Bonjour") == Text(fr="Bonjour")
    assert ADAPTER.validate_python("مرحبا", context={"language": "ar"}) == Text(ar="مرحبا")


def test_text_tidies_tags_and_words() -> None:
    """Letter case of tags, spaces at the ends and line ends are made regular."""
    typed = {"FR": "  Bonjour\r\nà tous ", "ary-latn": "Salam", "zh-hant-tw": "你好"}
    read = ADAPTER.validate_python(typed)
    assert read == {"fr": "Bonjour\nà tous", "ary-Latn": "Salam", "zh-Hant-TW": "你好"}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "text-empty"),
        ("  ", "text-empty"),
        ({"fr": ""}, "text-empty"),
        ({"fr": "Bonjour", "ar": None}, "text-empty"),
        ({"fr": ["Bonjour"]}, "text-empty"),
        ({}, "text-shape"),
        (["Bonjour"], "text-shape"),
        (None, "text-shape"),
        (12, "text-shape"),
        ({"fr": "Bonjour", "FR": "Salut"}, "text-shape"),
        ({"français": "Bonjour"}, "language-unknown"),
        ({"darija": "Salam"}, "language-unknown"),
        ({"xx": "?"}, "language-unknown"),
        ({"fr": "Bon\x07jour"}, "text-control-character"),
    ],
)
def test_text_refuses_what_no_reader_could_read(value: object, code: str) -> None:
    """Each with its own code."""
    assert code_of(value) == code


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("fr", "fr"), ("FR", "fr"), (" ar\u200f", "ar"), ("ary-latn", "ary-Latn"), ("fr-ma", "fr-MA"),
     ("shi", "shi"), ("rif", "rif"), ("oc", "oc")],
)  # fmt: skip
def test_language_tag_has_its_usual_letter_case(typed: str, tag: str) -> None:
    """Tags of BCP 47 are told apart without regard to letter case."""
    assert language_tag(typed) == tag
