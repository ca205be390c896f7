from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import docx
import pptx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from pptx.enum.shapes import PP_PLACEHOLDER

from cafe_ia.classroom.office import to_docx, to_pptx
from cafe_ia.classroom.office.edition import Edition
from cafe_ia.classroom.office.fitting import Box, Line, pages, size_for
from cafe_ia.classroom.office.lettering import runs, settable
from cafe_ia.curriculum import Module
from cafe_ia.problem import RecordError
from cafe_ia.prose import Span
from lesson import SAMPLE
from outside.tool import PATIENCE, require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LANGUAGES = ("fr", "ar", "en", "ary")

HOSTILE = (
    "#", "## titre", "$x$", "<script>alert('é')</script>", "{{ 7 * 7 }}", "{ns}",
    "=cmd|' /C calc'!A0", "«\"'", "C:\\nouveau\\", "_x000D_ et _a_", "@", "\u202etxet", "]]>",
    "&amp;lt; &copy", "{PAGE}", "عربي abc 12 عربي", "été\u0085fin", "\ufffe",
)  # fmt: skip

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@cache
def lesson(language: str) -> bytes:
    """The sample as a lesson."""
    return to_docx(SAMPLE, language)


@cache
def show(language: str) -> bytes:
    """The sample as slides."""
    return to_pptx(SAMPLE, language)


def changed(**fields: Any) -> Module:
    """The sample with other fields, read again from the ground up."""
    return Module.model_validate({**SAMPLE.model_dump(), **fields})


def part(packed: bytes, name: str) -> ET.Element:
    """The root of one of the XML files inside a document."""
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        return ET.fromstring(opened.read(name))  # noqa: S314 # our own


def loose(text: str) -> str:
    """A text in which all white space is alike."""
    return " ".join(text.split())


def in_order(words: Iterable[str], text: str) -> None:
    """Fails at the first of the words that does not come after the others."""
    at, text = 0, loose(text)
    for each in words:
        found = text.find(loose(each), at)
        assert found >= 0, each
        at = found + len(loose(each))


def parts_of_sample(language: str) -> list[str]:
    """What a reader meets in the lesson, in order."""
    said = Edition(SAMPLE, language, 60).read
    return [
        said(SAMPLE.question).words,
        *(said(objective.text).words for objective in SAMPLE.objectives),
        *(said(step.title).words for step in SAMPLE.steps if 60 in step.minutes),
        said(SAMPLE.twin.decks[0].title).words,
        "ⴰⵣⵓⵍ",
        said(SAMPLE.twin.sheets[0].title).words,
        said(SAMPLE.debate.question).words,
        *(said(question).words for question in SAMPLE.debate.follow_ups),
        said(SAMPLE.expected[0].said).words,
        said(SAMPLE.hard.said).words,
        said(SAMPLE.terms[0].definition).words,
        *(said(item.question).words for item in SAMPLE.quiz.items),
        *(said(item.why).words for item in SAMPLE.quiz.items),
        *(said(thing).words for thing in SAMPLE.materials),
        "AI foundations",
        "1948",
    ]


# The lesson


@pytest.mark.parametrize("language", LANGUAGES)
def test_lesson_has_true_headings(language: str) -> None:
    """The question is the title, parts are headings of the first level, steps of the second."""
    document = docx.Document(io.BytesIO(lesson(language)))
    styled = [(p.style.name, p.text) for p in document.paragraphs if p.style]
    edition = Edition(SAMPLE, language, 60)
    assert styled[0] == ("Title", settable(edition.read(SAMPLE.question).words, language))
    parts = [words for name, words in styled if name == "Heading 1"]
    keys = ("invitation", "objectives", "prediction", "twin", "debate", "expected", "hard",
            "terms", "quiz", "materials", "takeaway", "references")  # fmt: skip
    in_order([edition.heading(key).words for key in keys], "\n".join(parts))
    steps = [words for name, words in styled if name == "Heading 2"][:3]
    titles = [edition.read(step.title).words for step in edition.steps]
    assert steps == titles
    levels = [int(name[-1]) for name, _ in styled if name and name.startswith("Heading")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_lesson_marks_what_is_said_aloud_with_a_style_of_its_own() -> None:
    """Each quote is in the style that is named in the reader's language."""
    document = docx.Document(io.BytesIO(lesson("fr")))
    aloud = [
        p.text for p in document.paragraphs if p.style and p.style.name == "À dire à voix haute"
    ]
    in_order(["Bienvenue. Ici, pas de question bête.", "Qui devrait payer ?"], "\n".join(aloud))
    assert "Les chaises en cercle." not in aloud


def test_lesson_counts_each_list_from_its_own_first_number() -> None:
    """Two lists of a lesson are two lists of Word's, and one that begins at 5 says 5."""
    twin = {"rules": "1. un\n2. deux\n\nEnsuite.\n\n5. cinq\n   - dedans\n6. six"}
    packed = to_docx(changed(twin=twin), "fr")
    root = part(packed, "word/document.xml")
    numbers = {}
    for paragraph in root.iter(f"{W}p"):
        listed = paragraph.find(f"{W}pPr/{W}numPr")
        if listed is not None:
            level, number = (value.get(f"{W}val") for value in listed)
            numbers["".join(paragraph.itertext())] = (number, level)
    assert numbers["un"] == numbers["deux"] != numbers["cinq"] == numbers["six"]
    assert numbers["dedans"][1] == "1"
    starts = {
        num.get(f"{W}numId"): num.find(f".//{W}startOverride")
        for num in part(packed, "word/numbering.xml").iter(f"{W}num")
    }
    begins = [starts[numbers[words][0]] for words in ("un", "cinq")]
    assert [found.get(f"{W}val") for found in begins if found is not None] == ["1", "5"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_lesson_has_true_tables(language: str) -> None:
    """The running order and the words have a head that comes again on each page, and a name."""
    document = docx.Document(io.BytesIO(lesson(language)))
    order, cards, sheet, terms, competences = document.tables
    minutes = [row.cells[0].text for row in order.rows]
    assert minutes[1:] == ["10", "20", "30"]
    assert [cell.text for cell in terms.rows[1].cells][1] == "طرف"
    assert len(cards.rows) * len(cards.columns) >= 9
    assert sheet.rows[1].cells[1].text == ""
    assert competences.rows[1].cells[1].text == "AI foundations"
    heads, names, turned = [], [], []
    for table in part(lesson(language), "word/document.xml").iter(f"{W}tbl"):
        first, *others = [row.find(f"{W}trPr/{W}tblHeader") for row in table.iter(f"{W}tr")]
        assert set(others) == {None}
        heads.append(first is not None)
        names.append(table.find(f"{W}tblPr/{W}tblCaption") is not None)
        turned.append(table.find(f"{W}tblPr/{W}bidiVisual") is not None)
    assert heads == [True, False, True, True, True]
    assert names == [True, True, False, True, True]
    assert turned == [language in ("ar", "ary")] * 5


def test_lesson_gives_each_line_of_a_card_a_line_of_its_own() -> None:
    """A card with a heading is compared with others line by line; any other stands as written."""
    deck = {"title": "Sept", "cards": ["**Un 7** · pied : non · barre", "chapeau · pied"]}
    module = Module.model_validate({**dict(SAMPLE), "twin": {"rules": "Un.", "decks": [deck]}})
    _, cards, *_ = docx.Document(io.BytesIO(to_docx(module, "fr"))).tables
    lines = [[line.text for line in cell.paragraphs] for cell in cards.rows[0].cells]
    assert [[line.replace("\N{NO-BREAK SPACE}", " ") for line in card] for card in lines] == [
        ["Un 7", "pied : non", "barre"], ["chapeau · pied"], [""],
    ]  # fmt: skip


def test_lesson_keeps_the_key_of_the_quiz_on_a_page_of_its_own() -> None:
    """The questions, the key and what follows each begin a page; no question gives its answer."""
    document = docx.Document(io.BytesIO(lesson("fr")))
    begins = [
        "".join(paragraph.itertext()).replace("\N{NO-BREAK SPACE}", " ")
        for paragraph in part(lesson("fr"), "word/document.xml").iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    assert begins == ["Quiz", "Quiz : les réponses", "Matériel"]
    texts = [p.text.replace("\N{NO-BREAK SPACE}", " ") for p in document.paragraphs]
    questions, key = texts.index("Quiz"), texts.index(begins[1])
    assert "une lettre" in texts[questions:key]
    assert not any(words.startswith("Juste") for words in texts[questions:key])
    assert "une lettre" not in texts[key:]


@pytest.mark.parametrize("language", ["ar", "ary"])
def test_lesson_runs_from_right_to_left_in_arabic(language: str) -> None:
    """Paragraphs, runs, tables, the sheet and the styles say so, and Latin letters do not."""
    packed = lesson(language)
    root = part(packed, "word/document.xml")
    assert root.find(f"{W}body/{W}sectPr/{W}bidi") is not None
    for paragraph in root.iter(f"{W}p"):
        letters = "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        if re.match("[\u0600-\u06ff]", letters):
            turned = paragraph.find(f"{W}pPr/{W}bidi")
            assert turned is not None, letters
            assert turned.get(f"{W}val", "1") == "1", letters
    for run in root.iter(f"{W}r"):
        letters = "".join(text.text or "" for text in run.iter(f"{W}t"))
        turned = run.find(f"{W}rPr/{W}rtl")
        rtl = turned is not None and turned.get(f"{W}val") != "0"
        if re.search("[\u0600-\u06ff]", letters):
            assert rtl, letters
        if re.search("[A-Za-z\u2d30-\u2d7f]", letters):
            assert not rtl, letters
    sheet = part(packed, "word/styles.xml")
    assert sheet.find(f"{W}docDefaults//{W}szCs") is not None
    fonts = sheet.find(f"{W}docDefaults//{W}rFonts")
    tongue = sheet.find(f"{W}docDefaults//{W}lang")
    assert fonts is not None
    assert fonts.get(f"{W}cs") == "Arial"
    assert tongue is not None
    assert tongue.get(f"{W}bidi") == {"ar": "ar-MA", "ary": "ary-MA"}[language]
    for style in sheet.iter(f"{W}style"):
        if style.get(f"{W}type") == "paragraph":
            assert style.find(f"{W}pPr/{W}bidi") is not None
            assert style.find(f"{W}rPr/{W}rtl") is not None


def test_lesson_in_french_turns_only_what_is_arabic() -> None:
    """Nothing of the page turns; an Arabic word does, and so does the Darija of a term."""
    packed = lesson("fr")
    root = part(packed, "word/document.xml")
    turned = {
        "".join(text.text or "" for text in run.iter(f"{W}t"))
        for run in root.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}rtl") is not None
    }
    assert turned == {"سلام", "ما", "طرف"}
    assert next(part(packed, "word/styles.xml").iter(f"{W}bidi"), None) is None


def test_lesson_marks_words_in_another_language() -> None:
    """A text that is missing stands in another language, and says which, and runs its way."""
    packed = to_docx(changed(invitation={"fr": "Venez parler."}), "ar")
    root = part(packed, "word/document.xml")
    paragraph = next(
        p
        for p in root.iter(f"{W}p")
        if "Venez parler." in "".join(t.text or "" for t in p.iter(f"{W}t"))
    )
    assert paragraph.find(f"{W}pPr/{W}bidi").get(f"{W}val") == "0"  # type: ignore[union-attr]
    assert paragraph.find(f"{W}r/{W}rPr/{W}lang").get(f"{W}val") == "fr-FR"  # type: ignore[union-attr]
    darija = next(t for t in root.iter(f"{W}r") if "".join(t.itertext()) == "طرف")
    assert darija.find(f"{W}rPr/{W}lang").get(f"{W}bidi") == "ary-MA"  # type: ignore[union-attr]


def test_lesson_links_only_to_addresses() -> None:
    """A source is a link; what is no address of the web stays words."""
    references = [
        {
            "text": "[bon](https://www.un.org/fr/?a=b&c=d#e) [moche](http://[x) [f](file:///c) <ftp://a.b>"
        }
    ]
    document = docx.Document(io.BytesIO(to_docx(changed(references=references), "fr")))
    last = document.paragraphs[-1]
    assert last.text.startswith("bon")
    assert [link.url for link in last.hyperlinks] == ["https://www.un.org/fr/?a=b&c=d#e"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_lesson_says_on_each_page_that_it_is_a_draft(language: str) -> None:
    """The foot has the notice, the licence, the version and the page; the file says the same."""
    document = docx.Document(io.BytesIO(lesson(language)))
    foot = document.sections[0].footer
    edition = Edition(SAMPLE, language, 60)
    notice = settable(edition.say("draft").words, edition.interface).rstrip(".")
    assert notice in foot.paragraphs[0].text
    assert "CC BY 4.0" in foot.paragraphs[0].text
    assert "2026" in foot.paragraphs[0].text
    fields = [field.get(qn("w:instr")) for field in foot.part.element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    said = document.core_properties
    assert said.created == said.modified
    assert said.created is not None
    assert said.created.isoformat().startswith("2026-11-24T12:00:00")
    assert said.author == "The cafe_ia contributors"
    assert said.content_status == "draft"


def test_lesson_says_who_reviewed_it() -> None:
    """A text that a speaker has reviewed is no draft any more."""
    standing = {"fr": {"status": "reviewed", "reviewer": "Khadija B.", "reviewed": "2026-12-01"}}
    document = docx.Document(io.BytesIO(to_docx(changed(standing=standing), "fr")))
    assert "Khadija B." in document.sections[0].footer.paragraphs[0].text
    assert "Brouillon" not in document.sections[0].footer.paragraphs[0].text


def test_lesson_in_darija_keeps_what_to_do_in_arabic() -> None:
    """In Darija only what is said aloud is written; the rest of a step comes before it."""
    document = docx.Document(io.BytesIO(lesson("ary")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    in_order(["الكراسي في دائرة.", "مرحبا بيكم. ما كاينش سؤال خايب."], "\n".join(texts))
    assert "نستمع بقدر ما نتكلم." not in texts


@pytest.mark.parametrize(
    ("minutes", "version"), [(60, 60), (90, 90), (75, 60), (120, 90), (30, 60)]
)
def test_lesson_is_planned_by_the_longest_version_that_fits(minutes: int, version: int) -> None:
    """Where none fits it is the shortest, and the running order says which one it is."""
    document = docx.Document(io.BytesIO(to_docx(SAMPLE, "fr", minutes=minutes)))
    assert f"Déroulé en {version} minutes" in [p.text for p in document.paragraphs]
    steps = [row.cells[1].text for row in document.tables[0].rows]
    assert ("Pause" in steps) == (version == 90)


def test_lesson_of_a_bare_module_opens() -> None:
    """Without steps, terms, quiz, materials and sources there is still a lesson, and slides."""
    bare = changed(steps=(), terms=(), quiz={}, materials=(), references=(), frameworks=(),
                   expected=(), objectives=(), authors=())  # fmt: skip
    assert docx.Document(io.BytesIO(to_docx(bare, "fr"))).paragraphs
    assert len(pptx.Presentation(io.BytesIO(to_pptx(bare, "fr"))).slides) == 6


# The slides


def slides_of(packed: bytes) -> list[tuple[str, list[str], str]]:
    """Of each slide its title, its other texts, and its notes."""
    found = []
    for slide in pptx.Presentation(io.BytesIO(packed)).slides:
        title = slide.shapes.title
        assert title is not None
        others = [
            shape.text_frame.text
            for shape in slide.placeholders
            if shape.placeholder_format.type
            not in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.SLIDE_NUMBER)
        ]
        pad = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        found.append((loose(title.text_frame.text), others, pad.text if pad else ""))
    return found


def test_slides_carry_what_the_room_keeps_before_its_eyes() -> None:
    """The question, the bet, the debate, what to go on with, and the farewell."""
    slides = slides_of(show("fr"))
    assert [title for title, _, _ in slides] == [
        "Est-ce que la machine parle nos langues ?",
        "Quelle langue coûte le plus ?",
        "Qui devrait payer pour que la machine parle nos langues ?",
        "Et si c’est gratuit ?",
        "Qui décide ?",
        "Un mot, un pas",
    ]
    assert slides[1][1] == ["le français\nl’arabe\nl’amazighe"]
    assert "Brouillon" in slides[0][1][0]
    assert "CC BY 4.0" in slides[0][1][0]


def test_slides_have_what_is_said_aloud_in_their_notes() -> None:
    """Each step's words stand beside the slide that is up when they are said."""
    question, bet, *_, farewell = (notes for _, _, notes in slides_of(show("fr")))
    assert "Bienvenue. Ici, pas de question bête." in question.replace("\N{NO-BREAK SPACE}", " ")
    assert "Les chaises en cercle." not in question
    in_order(["Quelle langue coûte le plus ?", "La machine (20 min)", "Combien de morceaux ?"], bet)
    in_order(["Parler (30 min)", "Qui devrait payer ?", "J’ai vu que la machine"], farewell)


@pytest.mark.parametrize("language", LANGUAGES)
def test_slides_are_read_from_the_back_of_the_room(language: str) -> None:
    """A question has 54 points or more, what is under it 32 or more."""
    for slide in pptx.Presentation(io.BytesIO(show(language))).slides:
        for shape in slide.placeholders:
            kind = shape.placeholder_format.type
            if kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                continue
            titles = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
            sizes = [
                run.font.size.pt
                for paragraph in shape.text_frame.paragraphs
                for run in paragraph.runs
                if run.font.size
            ]
            assert sizes, shape.name
            assert min(sizes) >= (54 if kind in titles else 32)


@pytest.mark.parametrize("language", ["ar", "ary"])
def test_slides_run_from_right_to_left_in_arabic(language: str) -> None:
    """Paragraphs, notes and the master say so, each run its language."""
    packed = show(language)
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        names = [
            name for name in opened.namelist() if re.match(r"ppt/(notesS|s)lides/\w+\.xml", name)
        ]
    tags = set()
    for name in names:
        for paragraph in part(packed, name).iter(f"{A}p"):
            letters = "".join(text.text or "" for text in paragraph.iter(f"{A}t"))
            if re.search("[\u0600-\u06ff]", letters):
                properties = paragraph.find(f"{A}pPr")
                assert properties is not None, letters
                assert (properties.get("rtl"), properties.get("algn")) == ("1", "r"), letters
                tags |= {run.get("lang", "") for run in paragraph.iter(f"{A}rPr")}
    assert tags == {"ar-MA", "ary-MA"}
    master = part(packed, "ppt/slideMasters/slideMaster1.xml")
    assert {level.get("rtl") for level in master.iter() if level.get("rtl")} == {"1"}
    fonts = part(packed, "ppt/theme/theme1.xml").iter(f"{A}cs")
    assert [font.get("typeface") for font in fonts] == ["Arial", "Arial"]


def test_slides_show_the_question_in_darija_beside_the_arabic() -> None:
    """In Arabic both are on the slide; in French there is one."""
    title, (darija, *_), _ = slides_of(show("ar"))[0]
    assert title == "هل تتكلم الآلة لغاتنا؟"
    assert darija == "واش الماكينة كتهضر لغاتنا؟"
    assert "كتهضر" not in str(slides_of(show("fr")))


def test_slides_are_wide_and_hold_nothing_foreign() -> None:
    """16:9, three layouts that are used, no picture, no printer, no empty placeholder."""
    opened = pptx.Presentation(io.BytesIO(show("fr")))
    assert opened.slide_width is not None
    assert opened.slide_height is not None
    assert opened.slide_width * 9 == opened.slide_height * 16
    names = zipfile.ZipFile(io.BytesIO(show("fr"))).namelist()
    assert sum(name.startswith("ppt/slideLayouts/slideLayout") for name in names) == 3
    assert not [name for name in names if re.search(r"jpe?g|printer|app\.xml", name)]
    for slide in opened.slides:
        assert all(shape.text_frame.text for shape in slide.placeholders)
    size = (opened.slide_width, opened.slide_height)
    for shape in [
        *opened.slide_master.shapes,
        *(s for lay in opened.slide_layouts for s in lay.shapes),
    ]:
        assert shape.left >= 0
        assert shape.top >= 0
        assert shape.left + shape.width <= size[0]
        assert shape.top + shape.height <= size[1]


def test_slides_of_a_question_that_is_too_long_go_on() -> None:
    """Nothing is cut off: all the words are there, on as many slides as they need."""
    question = " ".join(f"mot{n}" for n in range(400))
    debate = {"question": question}
    titles = [title for title, _, _ in slides_of(to_pptx(changed(debate=debate), "fr"))]
    assert " ".join(titles[2:-1]) == question
    bets = "> Combien ?\n\n" + "\n".join(f"- choix {n}" for n in range(30))
    found = slides_of(to_pptx(changed(prediction=bets), "fr"))
    shown = [others[0] for title, others, _ in found if title == "Combien ?"]
    assert "\n".join(shown).split("\n") == [f"choix {n}" for n in range(30)]
    assert len(shown) > 1


def test_slides_give_a_long_bet_a_slide_of_its_own() -> None:
    """What is too long to stand above its answers comes before them, and nothing twice."""
    asked = " ".join(["mot"] * 60)
    found = slides_of(to_pptx(changed(prediction=f"> {asked}\n\n- oui\n- non"), "fr"))
    assert [title for title, _, _ in found][1:3] == [asked, "Prédire"]
    assert found[2][1] == ["oui\nnon"]
    assert (asked in loose(found[1][2]), found[2][2]) == (True, "")


# Fitting and lettering

LETTERS = st.text(st.sampled_from("abcWM .,é\u0301سلام ⴰⵣ12?()\n😀"), max_size=400)


@given(LETTERS, st.sampled_from(["ltr", "rtl"]))
def test_runs_put_together_are_the_words(words: str, direction: str) -> None:
    """No letter is lost, and no run holds letters of both directions."""
    found = runs(words, direction)
    assert "".join(run.words for run in found) == words
    for run in found:
        wrong = "[a-zA-Zⴰⵣ]" if run.direction == "rtl" else "[\u0600-\u06ff]"
        assert not re.search(wrong, run.words)


@pytest.mark.parametrize(
    ("words", "direction", "cut"),
    [
        ("استعمل GPT 4 اليوم", "rtl", ["استعمل ", "GPT 4", " اليوم"]),
        ("le mot سلام 12 !", "ltr", ["le mot ", "سلام 12", " !"]),
        ("12 %", "rtl", ["12 %"]),
        ("(سلام)", "ltr", ["(", "سلام", ")"]),
    ],
)
def test_runs_turn_where_the_bidirectional_algorithm_does(
    words: str, direction: str, cut: list[str]
) -> None:
    """A number goes with the word before it, a sign with its neighbours or with the text."""
    assert [run.words for run in runs(words, direction)] == cut


@given(st.lists(LETTERS.filter(str.strip), min_size=1, max_size=6), st.sampled_from([32, 54]))
def test_pages_hold_every_word_and_overflow_nowhere(texts: list[str], size: int) -> None:
    """The pages put together are the lines, and each of them stays in its box."""
    box = Box(800, 250)
    lines = [Line((Span(text),), "fr", "ltr") for text in texts]
    found = list(pages(lines, box, size))
    held = "".join(line.words for page in found for line in page)
    assert held.replace("\n", "") == "".join(texts).replace("\n", "")
    assert all(page and size_for(page, box, [size]) == size for page in found)


# Both


@pytest.mark.parametrize("make", [to_docx, to_pptx])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_hostile_words_stay_words(make: Callable[..., bytes], language: str) -> None:
    """What looks like markup, code or a field comes out as the letters that were typed."""
    typed = [{"fr": words, "ar": words} for words in HOSTILE]
    shown = [loose(words.replace("\ufffe", "\N{REPLACEMENT CHARACTER}")) for words in HOSTILE]
    for number, question in ((3, typed[3]), (15, typed[15])):
        debate = {"question": question, "follow_ups": typed}
        packed = make(changed(question=question, debate=debate, authors=HOSTILE), language)
        if make is to_docx:
            document = docx.Document(io.BytesIO(packed))
            title, *texts = [loose(paragraph.text) for paragraph in document.paragraphs]
            at = texts.index(shown[number]) + 2
            assert texts[at : at + len(shown)] == shown
        else:
            title, *texts = [title for title, _, _ in slides_of(packed)]
            assert texts[-1 - len(shown) : -1] == shown
        assert title == shown[number]


@pytest.mark.parametrize("make", [to_docx, to_pptx])
def test_very_long_words_pass(make: Callable[..., bytes]) -> None:
    """A hundred thousand letters without a space are in the document, every one."""
    long = "é" * 100_000
    packed = make(changed(question=long, takeaway=long, debate={"question": long}), "fr")
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        text = "".join(opened.read(name).decode() for name in opened.namelist() if "xml" in name)
    assert text.count("é") >= 300_000


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_documents_made_twice_are_the_same_bytes(language: str) -> None:
    """Two processes with another seed and another time zone write what this one writes."""
    code = (
        "import sys, hashlib; from lesson import SAMPLE\n"
        "from cafe_ia.classroom.office import to_docx, to_pptx\n"
        "for make in (to_docx, to_pptx): "
        f"print(hashlib.sha256(make(SAMPLE, {language!r})).hexdigest())"
    )
    expected = [hashlib.sha256(packed).hexdigest() for packed in (lesson(language), show(language))]
    for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/Lima")):
        environment = {
            **os.environ, "PYTHONHASHSEED": seed, "TZ": zone,
            "PYTHONPATH": str(Path(__file__).parent),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            text=True,
            env=environment,
        )
        assert done.stdout.split() == expected


@pytest.mark.parametrize(
    ("make", "package", "library"),
    [(to_docx, "docx", "python-docx"), (to_pptx, "pptx", "python-pptx")],
)
def test_missing_library_is_said(
    make: Callable[..., bytes], package: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has not installed the extra is told its name and the library's."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(RecordError) as caught:
        make(SAMPLE, "fr")
    (problem,) = caught.value.problems
    assert (problem.code, problem.values) == (
        "extra-missing", {"extra": "office", "library": library},
    )  # fmt: skip


def test_import_loads_no_office_library() -> None:
    """They come with the first document and not before."""
    code = "import sys, cafe_ia.classroom.office; print({'docx', 'pptx', 'lxml'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "set()"


# An independent reader


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], str]:
    """What LibreOffice reads: the words of a lesson, and of slides with their notes."""
    require("LibreOffice")
    folder = tmp_path_factory.mktemp("office")
    for language in LANGUAGES:
        (folder / f"{language}.docx").write_bytes(lesson(language))
        (folder / f"{language}.pptx").write_bytes(show(language))
    for kind, form in (("docx", "txt:Text (encoded):UTF8"), ("pptx", "fodp")):
        convert(folder, kind, form)

    def read(language: str, kind: str) -> str:
        ending = {"docx": "txt", "pptx": "fodp"}[kind]
        text = (folder / f"{language}.{ending}").read_text("utf-8-sig")
        return text if kind == "docx" else "\n".join(ET.fromstring(text).itertext())  # noqa: S314

    return read


def convert(folder: Path, kind: str, form: str) -> None:
    """Lets LibreOffice read every file of a kind in a folder, with a profile of its own."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", form, "--outdir", str(folder),
         *map(str, sorted(folder.glob(f"*.{kind}")))],
        capture_output=True, check=True, timeout=PATIENCE,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_reads_the_lesson_in_order(
    language: str, converted: Callable[[str, str], str]
) -> None:
    """Every part is there, one after the other, in the words of the module."""
    in_order(parts_of_sample(language), converted(language, "docx"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_reads_the_slides_in_order(
    language: str, converted: Callable[[str, str], str]
) -> None:
    """The question, the debate and what to go on with, and the notes of each."""
    said = Edition(SAMPLE, language, 60).read
    asked = [SAMPLE.question, SAMPLE.debate.question, *SAMPLE.debate.follow_ups]
    in_order([said(question).words for question in asked], converted(language, "pptx"))
    assert loose(said(SAMPLE.steps[0].title).words) in loose(converted(language, "pptx"))


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_slides_overflow_nowhere_when_drawn(language: str, tmp_path: Path) -> None:
    """Questions of every length stay above the foot, also where nothing shrinks them to fit."""
    require("LibreOffice")
    require("poppler")
    word = {"fr": "machine", "ar": "الآلة"}[language]
    follow_ups = [" ".join([word] * n) for n in range(1, 42, 4)]
    bets = f"> {' '.join([word] * 6)}\n\n" + "\n".join(f"- {word} {word}" for _ in range(9))
    module = changed(debate={"question": word, "follow_ups": follow_ups}, prediction=bets)
    with (
        zipfile.ZipFile(io.BytesIO(to_pptx(module, language))) as given,
        zipfile.ZipFile(tmp_path / "long.pptx", "w") as rigid,
    ):
        for name in given.namelist():
            content = given.read(name).replace(b"<a:normAutofit/>", b"<a:noAutofit/>")
            rigid.writestr(name, content)
    convert(tmp_path, "pptx", "pdf")
    drawn = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "long.pdf"), "-"],
        capture_output=True, check=True, encoding="utf-8", timeout=PATIENCE,
    ).stdout  # fmt: skip
    page = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', drawn)
    assert page
    width, height = map(float, page.groups())
    places = re.findall(r'<word xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">', drawn)
    large = [
        tuple(map(float, place)) for place in places if float(place[3]) - float(place[1]) > 30
    ]  # what is smaller is the foot
    assert len(large) > 200
    foot = 488 / 540 * height
    for left, top, right, bottom in large:
        assert left > 0
        assert right < width
        assert top > 0
        assert bottom < foot
