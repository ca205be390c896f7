from __future__ import annotations

import io
import unittest
import warnings
import zipfile
from datetime import UTC, datetime
from html import unescape
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from cafe_ia.classroom import to_imscc, to_qti
from cafe_ia.classroom.archive import archive, repacked
from cafe_ia.curriculum import Quiz
from cafe_ia.page import lesson_page
from cafe_ia.text import Text
from lesson import SAMPLE
from quizzes import (
    HOSTILE,
    LANGUAGES,
    course,
    hostile,
    opened,
    page,
    quiz_of,
    tree,
    unwrapped,
)  # fmt: skip

if TYPE_CHECKING:
    from pathlib import Path

QTI = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}
CC = {"c": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"}


def read_qti(quiz: bytes) -> list[tuple[str, list[str], set[str]]]:
    """The questions as qti2latex reads them: what is asked, the answers, the right ones."""
    reader = import_module("qti2latex")
    found = []
    for item in reader.findall_anyns(tree(quiz), "item"):
        answers = dict(reader.get_choices(item))
        right = {unwrapped(unescape(answers[name])) for name in reader.get_correct_idents(item)}
        texts = [unwrapped(unescape(text)) for text in answers.values()]
        found.append((unwrapped(unescape(reader.get_item_stem(item))), texts, right))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_qti_is_read_by_another_parser(language: str) -> None:
    """qti2latex finds each question with its answers and the right ones."""
    expected = [
        (
            item.question.best(language).words,
            [answer.text.best(language).words for answer in item.answers],
            {answer.text.best(language).words for answer in item.answers if answer.right},
        )
        for item in SAMPLE.quiz.items
    ]
    assert read_qti(to_qti(SAMPLE, language)) == expected


def test_qti_keeps_what_was_typed() -> None:
    """What would be HTML comes back as words, in the question and in the right answer."""
    for (asked, answers, right), typed in zip(read_qti(to_qti(hostile())), HOSTILE, strict=True):
        expected = typed.replace("\n", "<br>").replace("\ufffe", "\ufffd")
        assert (asked, answers, right) == (expected, [expected, "non", "oui"], {expected})


def test_qti_keeps_the_rules_of_common_cartridge() -> None:
    """Profiles, cardinality, labels and feedback are as the cartridge's Schematron rules want."""
    module = quiz_of(
        ("Trois ?", {"a": True, "b": False, "c": False}, "Oui."),
        ("Plusieurs ?", {"a": True, "b": True, "c": False}, "Oui."),
        ("Deux ?", {"la machine": False, "une personne": True}, "Oui."),
    )
    root = tree(to_qti(module))
    assert len(root.findall("./q:assessment/q:section", QTI)) == 1
    items = root.findall(".//q:item", QTI)
    assert len({item.get("ident") for item in items}) == len(items)
    profiles = [item.findtext(".//q:fieldentry", namespaces=QTI) for item in items]
    several = "cc.multiple_response.v0p1"
    assert profiles == ["cc.multiple_choice.v0p1", several, several]
    for item, profile in zip(items, profiles, strict=True):
        assert [child.tag.partition("}")[2] for child in item] == [
            "itemmetadata", "presentation", "resprocessing", "itemfeedback",
        ]  # fmt: skip
        (response,) = item.iterfind(".//q:response_lid", QTI)
        labels = {label.get("ident") for label in item.iterfind(".//q:response_label", QTI)}
        assert len(labels) >= (2 if profile == several else 3)
        assert response.get("rcardinality") == ("Multiple" if profile == several else "Single")
        tested = list(item.iterfind(".//q:varequal", QTI))
        assert {equal.get("respident") for equal in tested} == {response.get("ident")}
        assert {equal.text for equal in tested} <= labels
        shown = {shown.get("linkrefid") for shown in item.iterfind(".//q:displayfeedback", QTI)}
        assert shown == {kept.get("ident") for kept in item.iterfind("./q:itemfeedback", QTI)}


def test_cartridge_conforms_for_another_reader(tmp_path: Path) -> None:
    """Another library follows every reference, and its tests of conformance pass."""
    other = SAMPLE.model_copy(update={"id": "2-autre"})
    path = tmp_path / "cours.zip"
    path.write_bytes(to_imscc(course(SAMPLE, other), page=page))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is older than the Pythons that run it
        profile = import_module("pyslet.imscc_profilev1p1")
        rules = import_module("pyslet.imscc_profilev1p0")
        cartridge = profile.CommonCartridge(str(path))
        result = unittest.TextTestRunner(stream=io.StringIO()).run(rules.CCTestSuite(cartridge))
        assert (result.testsRun, result.failures, result.errors) == (8, [], [])
        resources = cartridge.cp.manifest.root.Resources.Resource
        known = {(resource.id, resource.type, str(resource.File[0].href)) for resource in resources}
        cartridge.close()
    quiz = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
    assert known == {
        ("page-exemple", "webcontent", "exemple/page.html"),
        ("quiz-exemple", quiz, "exemple/quiz/assessment.xml"),
        ("page-2-autre", "webcontent", "2-autre/page.html"),
        ("quiz-2-autre", quiz, "2-autre/quiz/assessment.xml"),
    }


def outline(packed: bytes) -> list[list[str | None]]:
    """The folders of a cartridge, each as its title and the titles inside."""
    root = tree(opened(packed).read("imsmanifest.xml"))
    folders = root.findall("./c:organizations/c:organization/c:item/c:item", CC)
    return [[title.text for title in folder.iter(f"{{{CC['c']}}}title")] for folder in folders]


def test_cartridge_offers_what_is_written_in_order() -> None:
    """Each written module is a folder with its page and its quiz; what is to come is nowhere."""
    other = SAMPLE.model_copy(update={"id": "autre", "question": Text(fr="Et toi ?")})
    packed = to_imscc(course(other, SAMPLE, other), page=page)
    assert outline(packed) == [
        ["Et toi ?", "La leçon", "Quiz"],
        ["Est-ce que la machine parle nos langues ?", "La leçon", "Quiz"],
    ]
    assert "plus-tard" not in opened(packed).read("imsmanifest.xml").decode()
    assert opened(packed).read("autre/page.html") == page(other, "fr")
    assert opened(packed).read("exemple/quiz/assessment.xml") == to_qti(SAMPLE)


def test_cartridge_holds_the_lesson_of_the_meeting() -> None:
    """Each page is the module's own, as long as the curriculum's meeting or as is asked for."""
    whole = course(SAMPLE, minutes=90)
    for packed, length in (
        (to_imscc(whole), 90), (to_imscc(whole, minutes=60), 60), (to_imscc(SAMPLE), 60),
    ):  # fmt: skip
        assert opened(packed).read("exemple/page.html") == lesson_page(SAMPLE, minutes=length)
    assert lesson_page(SAMPLE, minutes=90) != lesson_page(SAMPLE, minutes=60)


def test_cartridge_of_a_module_without_quiz_has_its_page_alone() -> None:
    """QTI knows no assessment without a question, so that none is packed."""
    bare = SAMPLE.model_copy(update={"quiz": Quiz()})
    packed = to_imscc(bare, "ar", page=page)
    assert outline(packed) == [["هل تتكلم الآلة لغاتنا؟", "الدرس"]]
    assert opened(packed).namelist() == ["exemple/page.html", "imsmanifest.xml"]


def test_cartridge_of_a_curriculum_to_be_written_is_empty() -> None:
    """A curriculum in which nothing is written makes a cartridge that offers nothing."""
    packed = to_imscc(course(), page=page)
    assert outline(packed) == []
    assert opened(packed).namelist() == ["imsmanifest.xml"]


def test_manifest_keeps_what_was_typed() -> None:
    """A hostile title is a title, in the folder's name and in the description of the whole."""
    for typed in HOSTILE:
        module = SAMPLE.model_copy(update={"question": Text(fr=typed)})
        titles = outline(to_imscc(module, page=page))
        assert titles[0][0] == typed.replace("\ufffe", "\ufffd")


def test_archive_depends_on_files_and_date_alone() -> None:
    """Order, dates and permissions are fixed, whatever the order in which files were given."""
    moment = datetime(2026, 11, 24, 12, 0, 1, tzinfo=UTC)
    packed = archive({"b/é.txt": b"2", "a.txt": b"1", "mimetype": b"x/y"}, moment)
    assert packed == archive({"mimetype": b"x/y", "a.txt": b"1", "b/é.txt": b"2"}, moment)
    entries = opened(packed).infolist()
    assert [entry.filename for entry in entries] == ["mimetype", "a.txt", "b/é.txt"]
    assert {entry.date_time for entry in entries} == {(2026, 11, 24, 12, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o644}
    assert entries[0].compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize(("year", "kept"), [(1900, 1980), (2199, 2107)])
def test_archive_takes_any_date(year: int, kept: int) -> None:
    """A date that a ZIP cannot hold becomes the nearest one."""
    packed = archive({"a": b""}, datetime(year, 6, 1, tzinfo=UTC))
    assert opened(packed).infolist()[0].date_time[0] == kept


def test_repacked_forgets_when_it_was_packed() -> None:
    """Two packings of one document at different times are the same bytes afterwards."""

    def packed(hour: int) -> bytes:
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w") as made:
            for name in ("word/", "word/b.xml", "[Content_Types].xml", "a.xml"):
                made.writestr(zipfile.ZipInfo(name, (2026, 1, 1, hour, 0, 0)), name.rstrip("/"))
        return whole.getvalue()

    moment = datetime(2026, 11, 24, tzinfo=UTC)
    once = repacked(packed(1), moment)
    assert once == repacked(packed(2), moment) == repacked(once, moment)
    assert opened(once).namelist() == ["[Content_Types].xml", "word/b.xml", "a.xml"]
    assert opened(once).read("word/b.xml") == b"word/b.xml"
