from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cafe_ia.curriculum import Deck, Module
from cafe_ia.page import lesson_page
from cafe_ia.phrases import LANGUAGES, heading
from cafe_ia.prose import blocks, plain_text
from cafe_ia.record import Record
from cafe_ia.text import Text
from html_tree import Element, read_html
from lesson import SAMPLE
from outside.readers import look_at_page
from outside.tool import HERE, PATIENCE, require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGE: Callable[[Module, str], bytes] = lesson_page
"""What other documents that hold a page ask of it."""

DIRECTIONS = {"fr": "ltr", "ar": "rtl", "en": "ltr"}


def _module(**fields: Any) -> Module:
    return Module.model_validate({**dict(SAMPLE), **fields})


def _root(language: str = "fr", *, minutes: int = 60, **fields: Any) -> Element:
    return read_html(lesson_page(_module(**fields), language, minutes=minutes))


def _step(guide: Any) -> tuple[dict[str, Any], ...]:
    return ({"id": "un", "mode": "show", "minutes": {60: 60}, "title": "Un", "guide": guide},)


def _section(root: Element, key: str) -> Element:
    (section,) = root.all("section", **{"aria-labelledby": key})
    return section


def _plain(words: str) -> str:
    return " ".join(words.split())


def _saved(html: bytes, folder: Path) -> Path:
    path = folder / "lesson.html"
    path.write_bytes(html)
    return path


def _texts(part: Any, language: str) -> Iterator[str]:
    """Every text of a record, in the words that a reader of the language gets."""
    if isinstance(part, Text):
        yield part.best(language).words
    elif isinstance(part, Deck):
        yield from (text.best(language).words for text in (part.title, *part.cards))
    elif isinstance(part, Record):
        for _, field in part:
            yield from _texts(field, language)
    elif isinstance(part, tuple):
        for one in part:
            yield from _texts(one, language)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_lesson_keeps_nobody_out(tmp_path: Path, language: str, width: int) -> None:
    """No barrier, no request, no error and no sideways scroll, on a telephone and on a desk."""
    seen = look_at_page(_saved(lesson_page(SAMPLE, language), tmp_path), width=width)
    assert seen["violations"] == []
    assert seen["requests"] == []
    assert seen["errors"] == []
    assert not seen["overflow"]
    assert (seen["lang"], seen["dir"]) == (language, DIRECTIONS[language])


def _unfolded(path: Path) -> dict[str, list[str]]:
    require("Chromium with axe-core")
    done = subprocess.run(
        ["node", str(HERE / "unfold_page.mjs"), str(path)],
        capture_output=True, check=True, encoding="utf-8", timeout=PATIENCE,
    )  # fmt: skip
    answer: dict[str, list[str]] = json.loads(done.stdout)
    return answer


def test_lesson_unfolds_answers_without_script_or_mouse(tmp_path: Path) -> None:
    """Enter opens each answer where no script may run, and the dark page has no barrier."""
    seen = _unfolded(_saved(lesson_page(SAMPLE, "fr"), tmp_path))
    assert seen["violations"] == []
    assert seen["folded"] == ["Réponse à la question 1", "Réponse à la question 2"]
    whys = [item.why["fr"] for item in SAMPLE.quiz.items]
    assert all(why in shown for why, shown in zip(whys, seen["unfolded"], strict=True))


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_lesson_says_everything_that_the_module_holds(language: str) -> None:
    """Each text of the module is on its page, none left out."""
    shown = _plain(_root(language, minutes=90).text)
    for text in _texts(SAMPLE, language):
        for line in re.split(r"[\n\t]| · ", plain_text(blocks(text))):
            assert _plain(line) in shown


def test_lesson_lists_its_sections_in_the_order_of_the_page() -> None:
    """The contents lead to each section by the heading that it has, and to nothing else."""
    root = _root("en")
    (nav,) = root.all("nav")
    led = [(link.attributes["href"], link.text) for link in nav.all("a")]
    there = [(f"#{one.attributes['id']}", one.text) for one in root.all("main")[0].all("h2")]
    assert led == there
    assert [name for _, name in led[:3]] == ["Invitation", "Objectives", "Steps"]


def test_lesson_has_no_empty_section() -> None:
    """What a module lacks is neither a heading nor a line of the contents."""
    root = _root(expected=(), terms=(), quiz={}, materials=(), references=(), frameworks=())
    keys = [one.attributes["id"] for one in root.all("main")[0].all("h2")]
    assert keys == [
        "invitation", "objectives", "steps", "prediction", "twin", "debate", "hard", "takeaway",
    ]  # fmt: skip


def test_lesson_names_each_place_once() -> None:
    """Every label and every link within the page finds its one place."""
    root = _root("ar", minutes=90)
    everything = root.all()
    names = [one.attributes["id"] for one in everything if "id" in one.attributes]
    assert len(names) == len(set(names))
    wanted = [one.attributes.get("aria-labelledby") for one in everything]
    links = [one.attributes.get("href") or "" for one in everything if one.name == "a"]
    wanted += [link[1:] for link in links if link.startswith("#")]
    assert {name for name in wanted if name} <= set(names)


def test_lesson_marks_what_is_said_aloud() -> None:
    """Each quote of the module is a quotation under a label, and nothing else is."""
    section = _section(_root("fr"), "steps")
    assert [_plain(quote.text) for quote in section.all("blockquote")] == [
        "Bienvenue. Ici, pas de question bête. On écoute autant qu’on parle.",
        "Combien de morceaux ?",
        "Qui devrait payer ?",
    ]
    for box in section.all("div", class_="aloud"):
        assert [one.text for one in box.all("p", class_="label")] == ["À dire à voix haute"]


@pytest.mark.parametrize(
    ("minutes", "last"), [(60, "0:30"), (90, "0:45"), (75, "0:30"), (300, "0:45"), (10, "0:30")]
)
def test_lesson_shows_the_longest_version_that_fits(minutes: int, last: str) -> None:
    """A length that the module lacks gives the next shorter one, or the shortest there is."""
    root = _root("fr", minutes=minutes)
    rows = _section(root, "steps").all("tbody")[0].all("tr")
    assert rows[-1].all("td")[0].text == last
    assert [row.all("a")[0].text for row in rows if row.has(class_="is-break")] == (
        ["Pause"] if last == "0:45" else []
    )
    assert len(_section(root, "steps").all("article")) == len(rows)


def test_lesson_without_steps_is_a_page() -> None:
    """A module of which only the questions are written gives a page, and not an error."""
    root = _root(steps=())
    assert "steps" not in [one.attributes.get("id") for one in root.all("h2")]


def test_lesson_shows_a_step_that_has_no_guide() -> None:
    """A step of which only the title is written stands there with its minutes."""
    step = {"id": "un", "mode": "show", "minutes": {60: 60}, "title": "Un"}
    (article,) = _section(_root(steps=(step,)), "steps").all("article")
    assert _plain(article.text) == "Un 0:00 · 60 min · on montre"


def test_lesson_shows_darija_beside_the_arabic_alone() -> None:
    """What is said in Darija stands in the Arabic page under its own tag, and in no other."""
    root = _root("ar")
    assert all(one.has(dir="rtl") for one in root.all(lang="ary"))
    shown = [_plain(one.text) for one in root.all(lang="ary")]
    for words in (
        "واش الماكينة كتهضر لغاتنا؟", "شكون خاصو يخلص باش الماكينة تهضر لغاتنا؟", "طرف", "مرحبا",
    ):  # fmt: skip
        assert words in shown
    (step,) = [one for one in root.all("article") if "كاينش" in one.text]
    assert "الكراسي في دائرة" in step.text
    for language in ("fr", "en"):
        assert not _root(language).all(lang="ary")


def test_lesson_says_once_what_darija_says_alike() -> None:
    """Words that Arabic and Darija share do not stand there twice."""
    question = {"ar": "شكون؟", "ary": "شكون؟"}
    assert _root("ar", question=question).all("h1")[0].text == "شكون؟"


def test_lesson_in_darija_keeps_what_only_the_arabic_says() -> None:
    """Darija has only what is said aloud: what to do stands before it, in Arabic."""
    root = _root("ary")
    assert root.all("html")[0].has(lang="ar", dir="rtl")
    assert root.all("h1")[0].all("span")[0].has(lang="ary", dir="rtl")
    article = root.all("article", class_="step")[0]
    arabic, darija = article.all("div", class_="prose")
    assert _plain(arabic.text) == "الكراسي في دائرة."
    assert darija.has(lang="ary")
    assert "مرحبا بكم." not in article.text
    assert not article.all("div", class_="darija")


def test_lesson_marks_words_of_another_language() -> None:
    """What the page's language lacks carries its own language and direction, and it is said."""
    root = _root(
        "ar", minutes=60,
        question={"fr": "Qui décide ?"},
        takeaway={"fr": "Demain."},
        twin={"rules": "Un.", "decks": [{"title": "Mots", "cards": ["bon"]}]},
    )  # fmt: skip
    assert root.all("title")[0].has(lang="fr", dir="ltr")
    assert root.all("h1")[0].all("span")[0].has(lang="fr", dir="ltr")
    assert _section(root, "takeaway").all("div", class_="prose")[0].has(lang="fr", dir="ltr")
    assert _section(root, "twin").all("ul", class_="cards")[0].all("li")[0].has(lang="fr")
    assert "بالفرنسية" in root.all("header")[0].text
    assert "asked for" not in _root("en").text


def test_lesson_names_competences_in_english() -> None:
    """A framework's entry stands by its published name, marked as English where it must be."""
    for one in _section(_root("ar"), "frameworks").all("li"):
        assert one.all("span")[0].has(lang="en", dir="ltr")
    text = _section(_root("fr"), "frameworks").text
    assert "AI foundations, UNESCO AI competency framework for students, UNESCO, 2024" in text


def test_lesson_hides_the_right_answers_until_asked() -> None:
    """Outside of the details nothing tells a right answer from a wrong one."""
    for item, asked in zip(
        _section(_root("fr"), "quiz").all("details"), SAMPLE.quiz.items, strict=True
    ):
        right = [one.text for one in item.all("ul", class_="right")[0].all("li")]
        assert right == [one.text["fr"] for one in asked.answers if one.right]
        assert "open" not in item.attributes
    answers = [one for box in _root("fr").all("ol", class_="answers") for one in box.all("li")]
    assert len(answers) == 6
    assert all(not one.attributes for one in answers)


BIDI = "\u202e\u2066\u200f"
HOSTILE = (
    "</style></title><script>alert(1)</script><img src=x onerror=alert(2)>\"' {{ 7*7 }} {% x %} "
    f"&amp; $x$ #y =cmd|' /C calc'!A0 {BIDI} *a _b \\ `c @d <!-- e"
)


def test_lesson_escapes_hostile_text_everywhere(tmp_path: Path) -> None:
    """What looks like markup in a module is words on its page, and never acts."""
    text = dict.fromkeys(("fr", "ary"), HOSTILE)
    reaction = {"said": text, "reply": text}
    module = _module(
        authors=(HOSTILE,), standing={"fr": _reviewed(HOSTILE)}, steps=_step(text),
        license="https://example.org/?a='onmouseover=alert(3)&b=1",
        question=text, invitation=text, objectives=({"text": text},), prediction=text,
        twin={
            "rules": text, "decks": [{"title": text, "cards": [HOSTILE]}],
            "sheets": [{"title": text, "body": f"| {HOSTILE.replace('|', '')} |\n|---|\n| x |"}],
        },
        debate={"question": text, "follow_ups": [text]}, expected=(reaction,), hard=reaction,
        terms=({"word": text, "definition": text},),
        quiz={"items": [{
            "question": text, "why": text, "answers": [{"text": text, "right": True}],
        }]},
        materials=(text,), takeaway=text, references=({"text": text},),
    )  # fmt: skip
    for language in LANGUAGES:
        path = _saved(lesson_page(module, language), tmp_path)
        root = read_html(path.read_bytes())
        assert (len(root.all("script")), len(root.all("style")), len(root.all("img"))) == (0, 1, 0)
        assert not [name for one in root.all() for name in one.attributes if name[:2] == "on"]
        assert "<" not in root.all("style")[0].text
        shown = {_plain(one.text) for one in root.all("h1")[0].all("span")} or {
            _plain(root.all("h1")[0].text)
        }
        assert _plain(HOSTILE) in shown
        for width in (320, 1280):
            seen = look_at_page(path, width=width)
            assert (seen["violations"], seen["requests"], seen["errors"]) == ([], [], [])
            assert not seen["overflow"]


def test_lesson_bears_a_hundred_thousand_letters(tmp_path: Path) -> None:
    """A word without end breaks its line, and the margin of a printed sheet shows its beginning."""
    endless = "x" * 100_000
    table = f"| {endless} |\n|---|\n| y |"
    module = _module(question=endless, twin={"rules": table}, takeaway=endless)
    path = _saved(lesson_page(module), tmp_path)
    seen = look_at_page(path, width=320)
    assert (seen["violations"], seen["errors"], seen["overflow"]) == ([], [], False)
    root = read_html(path.read_bytes())
    assert root.all("h1")[0].text == endless
    assert "x" * 91 not in root.all("style")[0].text


def test_lesson_isolates_names_in_its_own_sentences() -> None:
    """A name that turns the line round does not turn the words around it."""
    root = _root("fr", authors=(f"{BIDI}A", "ب"), standing={"fr": _reviewed(f"{BIDI}B")})
    assert f"Textes : \u2068{BIDI}A\u2069 et \u2068ب\u2069".replace(" :", "\u00a0:") in root.text
    assert f"\u2068{BIDI}B\u2069" in root.all("footer")[0].text


def test_lesson_lets_nothing_in() -> None:
    """The policy of the page allows its own style sheet, and neither script nor request."""
    root = _root()
    policies = root.all("meta", **{"http-equiv": "Content-Security-Policy"})
    (rules,) = [one.attributes["content"] or "" for one in policies]
    assert rules.startswith("default-src 'none'; img-src data:; ")
    assert "script-src" not in rules
    assert not root.all("script")
    assert [one.attributes["href"] for one in root.all("link")] == ["data:,"]


def _reviewed(reviewer: str) -> dict[str, Any]:
    return {"status": "reviewed", "reviewer": reviewer, "reviewed": "2026-11-20"}


def test_lesson_says_how_far_it_may_be_trusted() -> None:
    """A draft says so at the top, at the end and on each sheet, until a name stands for it."""
    draft = "Brouillon\u00a0: aucun locuteur n’a encore relu ce texte."
    unreviewed: tuple[dict[str, Any], ...] = ({}, {"fr": {}}, {"ar": _reviewed("Naïma")})
    for standing in unreviewed:
        root = _root("fr", standing=standing)
        assert _plain(root.all("header")[0].all("div", class_="notice")[0].text) == _plain(draft)
        assert _plain(draft) in _plain(root.all("footer")[0].text)
        assert "@bottom-center" in root.all("style")[0].text
    words = _root("fr", standing={"fr": _reviewed("Naïma")}).all("footer")[0].text
    assert "Relu par \u2068Naïma\u2069, le vendredi 20 novembre 2026." in words


def test_lesson_says_which_of_two_languages_was_reviewed() -> None:
    """The Arabic page tells the standing of its Darija where it differs."""
    one = _root("ar").all("header")[0].all("div", class_="notice")[0].all("p")
    assert len(one) == 1
    standing = {"ar": _reviewed("نعيمة"), "ary": {}}
    lines = _root("ar", standing=standing).all("header")[0].all("div", class_="notice")[0].all("p")
    assert [line.text.rpartition("(")[2] for line in lines] == ["العربية)", "الدارجة)"]


def test_lesson_says_its_licence_and_its_date() -> None:
    """The usual licence by name, any other by its address; the date is the module's own."""
    footer = _root("en").all("footer")[0]
    assert footer.all("a")[0].attributes["href"] == SAMPLE.license
    assert footer.all("a")[0].text == "Licence: CC BY 4.0."
    assert footer.all("time")[0].has(datetime="2026-11-24")
    assert footer.all("time")[0].text == "Version of Tuesday 24 November 2026."
    other = _root("en", license="https://example.org/l").all("footer")[0].all("p")[1].text
    assert other == "Licence: https://example.org/l"


def test_lesson_says_for_whom_and_with_what() -> None:
    """Length, ages, needs and authors, a line each."""
    facts = [_plain(one.text) for one in _root("en").all("ul", class_="facts")[0].all("li")]
    assert facts == [
        "60 min, of which 30 min for the room to write, talk and share",
        "From age 12",
        "Works without a screen, electricity or the Internet",
        "Texts: \u2068The cafe_ia contributors\u2069",
    ]
    needs = {"screen": True, "electricity": True}
    other = _root("en", ages="12-15", needs=needs, authors=()).all("ul", class_="facts")[0]
    assert [one.text for one in other.all("li")][1:] == [
        "Ages 12 to 15", "Needed: a screen and electricity",
    ]  # fmt: skip


def _sheets(html: bytes, folder: Path) -> int:
    pdf = folder / "lesson.pdf"
    look_at_page(_saved(html, folder), pdf=pdf)
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


def test_lesson_prints_with_its_answers_unfolded(tmp_path: Path) -> None:
    """Long explanations, folded on the screen, take up sheets of paper."""
    item = SAMPLE.quiz.items[0]
    long = {"items": [item.model_copy(update={"why": Text(fr="Une voix. " * 3_000)})]}
    short = _sheets(lesson_page(_module(quiz={"items": [item]})), tmp_path)
    assert _sheets(lesson_page(_module(quiz=long)), tmp_path) > short + 2


def test_lesson_is_the_same_bytes_each_time() -> None:
    """The same module gives the same page, in any process, zone and order of hashing."""
    command = (
        "import sys; from lesson import SAMPLE; from cafe_ia.page import lesson_page\n"
        "for tag in ('fr', 'ar', 'en', 'ary'): sys.stdout.buffer.write(lesson_page(SAMPLE, tag))"
    )
    here = b"".join(PAGE(SAMPLE, tag) for tag in ("fr", "ar", "en", "ary"))
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York")):
        variables = {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(Path(__file__).parent)}
        done = subprocess.run(
            [sys.executable, "-c", command],
            capture_output=True, check=True, env={**os.environ, **variables},
        )  # fmt: skip
        assert done.stdout == here


def test_lesson_speaks_the_nearest_language_that_it_knows() -> None:
    """A reader of Tamazight gets the library's French, and is told what the lesson is in."""
    root = _root("zgh")
    assert root.all("html")[0].has(lang="fr")
    assert root.all("h2")[1].text == heading("invitation", "fr")
    assert "ici en français" in root.all("header")[0].text
