"""Printed sheets, read back by poppler: the words, the fonts, the pages, and the same bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cafe_ia.classroom.paper import to_pdf
from cafe_ia.classroom.paper.fonts import drawn
from cafe_ia.files import load_module
from cafe_ia.phrases import say
from cafe_ia.planning import fitted, plan
from cafe_ia.problem import RecordError
from lesson import SAMPLE
from outside.by_poppler import facts_of, pages_of, read_by, text_of, words_of
from printed import HOSTILE, changed, with_guide

if TYPE_CHECKING:
    from cafe_ia.curriculum import Module

# Without the vowels of Arabic, which poppler parts from the letters that they are on.
_LONGEST = type(SAMPLE).model_validate_json(
    re.sub(
        "[\u064b-\u0652]",
        "",
        load_module(Path(__file__).parents[1] / "curricula/modules/se-tromper").model_dump_json(),
    )
)


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_sheets_hold_the_words_of_the_module_in_each_language(language: str) -> None:
    """What is said, bet on, played, debated and taken home is on paper."""
    found = words_of(text_of(to_pdf(SAMPLE, language)))
    texts = [
        SAMPLE.question, SAMPLE.prediction, SAMPLE.twin.rules, SAMPLE.debate.question,
        SAMPLE.hard.said, SAMPLE.hard.reply, SAMPLE.takeaway, SAMPLE.twin.sheets[0].body,
        *SAMPLE.debate.follow_ups, *SAMPLE.materials, *(term.definition for term in SAMPLE.terms),
        *(step.guide for step in SAMPLE.steps if step.guide and 60 in step.minutes),
        *(each.reply for each in SAMPLE.expected), *(each.said for each in SAMPLE.expected),
    ]  # fmt: skip
    wanted = words_of("\n".join(text[language] for text in texts))
    wanted |= words_of("\n".join(card[language] for card in SAMPLE.twin.decks[0].cards))
    # Poppler gives Tifinagh letters back from right to left, as if they were Arabic ones.
    turned = {word[::-1] for word in found if word[0] in "ⴰⵍ"}
    assert wanted - found - turned == set()


@pytest.mark.parametrize("language", ["fr", "ar", "en", "ary"])
def test_each_page_says_how_far_it_may_be_trusted(language: str) -> None:
    """Draft, licence and version stand on every page, whichever one is pulled out of the pile."""
    spoken = "ar" if language == "ary" else language
    wanted = words_of(say("lessons", "draft", spoken) + say("lessons", "license", spoken))
    for page in pages_of(to_pdf(SAMPLE, language)):
        assert wanted | {"2026"} <= words_of(page)


def test_reviewed_text_names_its_reviewer() -> None:
    """A text that a person reviewed is no draft any more, in that language only."""
    standing = {
        "fr": {"status": "reviewed", "reviewer": "Amina", "reviewed": "2026-11-20"},
        "ar": {},
    }
    module = changed(standing=standing)
    french, arabic = (text_of(to_pdf(module, tag, part="poster")) for tag in ("fr", "ar"))
    assert "Relu par Amina" in french
    assert "Brouillon" not in french
    assert "مسودة" in arabic


@pytest.mark.parametrize(
    ("part", "pages"),
    [("facilitator", 2), ("participant", 1), ("quiz", 2), ("cards", 4), ("poster", 1)],
)
def test_each_part_takes_the_pages_that_it_needs(part: Any, pages: int) -> None:
    """Nine cards are two pages, beside one of rules and one sheet; all parts follow each other."""
    for language in ("fr", "ar", "en", "ary"):
        facts = facts_of(to_pdf(SAMPLE, language, part=part))
        assert facts["Pages"] == str(pages)
        assert facts["Page size"].endswith("(A4)")
    assert facts_of(to_pdf(SAMPLE))["Pages"] == "10"


def test_participants_sheet_is_twice_the_same_half() -> None:
    """A page is cut in two, and each half says all of it."""
    (page,) = pages_of(to_pdf(SAMPLE, part="participant"))
    for words in ("Mon pari", "Un mot en entrant", "Un mot en sortant", "Brouillon", "jeton"):
        assert page.count(words) == 2


def test_participants_sheet_is_one_whole_page_when_half_is_too_small() -> None:
    """Nothing is cut off and nothing is set too small to be read."""
    module = changed(takeaway={"fr": "\n\n".join(f"Phrase numéro {n}." for n in range(150))})
    pages = pages_of(to_pdf(module, part="participant"))
    assert sum(page.count("Mon pari") for page in pages) == 1
    assert {str(n) for n in range(150)} <= words_of("\n".join(pages))


def test_darija_is_said_aloud_and_arabic_says_what_to_do() -> None:
    """In Darija there are only quotes: they stand in the Arabic guide, in place of its own."""
    found = words_of(pages_of(to_pdf(SAMPLE, "ary", part="facilitator"))[0])
    assert words_of("الكراسي في دائرة ما كاينش سؤال خايب") <= found
    assert "سخيف" not in found


def test_poster_asks_in_darija_too() -> None:
    """Who reads no French reads the wall all the same."""
    found = words_of(pages_of(to_pdf(SAMPLE, "fr", part="poster"))[0])
    assert words_of(SAMPLE.question["fr"]) | words_of(SAMPLE.question["ary"]) <= found


def test_document_says_title_author_language_and_date() -> None:
    """A screen reader and a search find what the file is, dated by the module and no clock."""
    pdf = to_pdf(SAMPLE, "ar")
    facts = facts_of(pdf)
    assert facts["Title"] == SAMPLE.question["ar"]
    assert facts["Author"] == "The cafe_ia contributors"
    assert facts["Tagged"] == "yes"
    assert {facts["CreationDate"], facts["ModDate"]} == {"Tue Nov 24 12:00:00 2026 UTC"}
    assert b"/Lang(ar)" in pdf
    assert b"pdfuaid" in pdf


def test_same_module_gives_the_same_bytes() -> None:
    """On two runs, in another process, with another hash seed, time zone and language."""
    script = (
        "import sys; from lesson import SAMPLE; from cafe_ia.classroom.paper import to_pdf;"
        "sys.stdout.buffer.write(to_pdf(SAMPLE, 'ar'))"
    )
    here = str(Path(__file__).parent)
    outcomes = {to_pdf(SAMPLE, "ar"), to_pdf(SAMPLE, "ar")}
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        environment = os.environ | {
            "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONPATH": here,
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, check=True
        )
        outcomes.add(done.stdout)
    assert len(outcomes) == 1


def test_typed_text_is_never_markup() -> None:
    """What looks like Typst, Markdown, HTML or a formula is printed, where it is no Markdown."""
    module = changed(
        question={"fr": HOSTILE},
        materials=[{"fr": HOSTILE}],
        debate={"question": {"fr": HOSTILE}, "follow_ups": [{"fr": HOSTILE}]},
        terms=[{"word": {"fr": HOSTILE}, "definition": {"fr": HOSTILE}}],
    )
    found = re.sub(r"\s", "", text_of(to_pdf(module)))
    # Question, debate, follow-up, twice a term, material; then twice on the halves; rules; wall.
    assert found.count(re.sub(r"\s", "", HOSTILE)) >= 9


def test_prose_with_signs_of_typst_is_printed() -> None:
    """A guide that was written by a programmer, or against one, stays a guide."""
    prose = 'Dire #set text(fill: red), $a$, @nom, <but>, #read("/etc/passwd") et 5 < 6 & 7.'
    found = " ".join(text_of(to_pdf(with_guide(prose), part="facilitator")).split())
    assert prose in found


def test_mark_that_turns_text_round_turns_nothing() -> None:
    """An override that someone left open does not reverse the words after it."""
    module = with_guide("avant \u202e milieu \u202d\u2067 après \u2066\u061c fin \ufeff.")
    found = " ".join(text_of(to_pdf(module, part="facilitator")).split())
    for word in ("avant", "milieu", "après", "fin"):
        assert word in found
    assert drawn("a\u202eb\ufeff\tc\u2028d") == "ab c\nd"


def test_very_long_text_is_printed_whole() -> None:
    """A hundred thousand characters, with spaces and without, take the pages that they need."""
    sentence = "Un mot après l’autre. "
    module = with_guide(sentence * 2500 + "a" * 50_000)
    found = text_of(to_pdf(module, part="facilitator"))
    assert len(re.findall(r"Un\s+mot", found)) >= 2500
    assert sum(len(run) for run in re.findall("a{20,}", found)) == 50_000


def test_very_long_card_follows_its_deck() -> None:
    """A card that no eighth of a page can hold is printed on a page of its own."""
    twin = SAMPLE.model_dump(mode="json")["twin"]
    twin["decks"][0]["cards"] = ["court", "Une carte sans fin. " * 200]
    pages = pages_of(to_pdf(changed(twin=twin), part="cards"))
    assert len(re.findall(r"Une\s+carte\s+sans\s+fin", "\n".join(pages))) == 200
    assert "court" in pages[1]
    assert "sans fin" not in pages[1]


def test_deeply_nested_prose_is_printed() -> None:
    """Quotes and lists in each other are flattened where they are too deep; their words stay."""
    found = text_of(to_pdf(with_guide("> " * 19 + "au fond\n\n" + "- " * 8 + "liste")))
    assert "au fond" in found
    assert "liste" in found


def _script(acts: int, sentences: int = 2) -> str:
    """A guide of several acts: each is something to do, then sentences to say."""
    return "\n\n".join(
        f"Jouer le point {act} des règles, puis dire :\n\n"
        + "\n>\n".join(f"> Phrase {act}.{n} pour la salle." for n in range(sentences))
        for act in range(acts)
    )


def _played(guide: str) -> Module:
    """The sample with a French guide in each of its steps."""
    steps = SAMPLE.model_dump(mode="json")["steps"]
    return changed(steps=[step | {"guide": {"fr": guide}} for step in steps])


def _in_order(pages: list[str], guides: list[str]) -> bool:
    """Whether guides stand on pages as they are written, each paragraph on lines of its own."""
    lines = [Counter(_in_a_row(line)) for page in pages for line in page.splitlines()]
    at = 0
    for paragraph in re.split(r"\n>?\n", "\n\n".join(guides)):
        left = Counter(_in_a_row(paragraph))
        while left and at < len(lines):
            if lines[at] and lines[at] <= left:
                left -= lines[at]
            at += 1
        if left:
            return False
    return True


def _in_a_row(text: str) -> list[str]:
    return re.findall(r"[^\W\d]+|\d+", unicodedata.normalize("NFKC", text))


def _order(pages: list[str], follow_up: str) -> list[str]:
    """The pages of the running order: the next one begins with the debate and its follow-ups."""
    words = words_of(follow_up)
    return pages[: next(n for n, page in enumerate(pages) if words <= words_of(page))]


@pytest.mark.parametrize("minutes", [60, 90])
def test_running_order_stays_on_one_sheet(minutes: int) -> None:
    """A longer guide is set smaller and closer, and what is done stays beside what is said."""
    guide = _script({60: 9, 90: 6}[minutes])
    pages = pages_of(to_pdf(_played(guide), part="facilitator", minutes=minutes))
    order = _order(pages, SAMPLE.debate.follow_ups[0]["fr"])
    assert len(order) == 2
    assert _in_order(order, [guide] * {60: 3, 90: 4}[minutes])


def test_running_order_takes_a_third_page_rather_than_move_what_is_done() -> None:
    """A guide that no type keeps on a sheet stays whole and in order, with nothing else there."""
    guide = _script(18)
    pages = pages_of(to_pdf(_played(guide), part="facilitator"))
    order = _order(pages, SAMPLE.debate.follow_ups[0]["fr"])
    assert len(order) == 3
    assert _in_order(order, [guide] * 3)


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize("minutes", [55, 90])
def test_what_is_done_stands_between_what_is_said(language: str, minutes: int) -> None:
    """In the longest module, each guide reads on paper as it was written, line by line."""
    pages = pages_of(to_pdf(_LONGEST, language, part="facilitator", minutes=minutes))
    guides = [
        step.guide[language] for step in _LONGEST.steps if step.guide and minutes in step.minutes
    ]
    order = _order(pages, _LONGEST.debate.follow_ups[0][language])
    assert len(order) == 2
    assert _in_order(order, guides)


def test_darija_that_grew_together_is_cut_where_something_is_done() -> None:
    """A guide of quotes alone has nothing between them: the Arabic one says where they end."""
    steps = SAMPLE.model_dump(mode="json")["steps"]
    steps[0]["guide"] = {
        "ar": "الكراسي في دائرة.\n\n> مرحبا.\n>\n> نبدأ.\n\nلعب النقطة الأولى.\n\n> كم قطعة؟",
        "ary": "> مرحبا بيكم.\n>\n> يالاه نبداو.\n>\n> شحال من طرف؟",
    }
    pages = pages_of(to_pdf(changed(steps=steps), "ary", part="facilitator"))
    played = [
        "الكراسي في دائرة.",
        "مرحبا بيكم.",
        "يالاه نبداو.",
        "لعب النقطة الأولى.",
        "شحال من طرف؟",
    ]
    assert _in_order(pages[:1], played)
    assert not _in_order(pages[:1], [*played[:2], *played[3:], played[2]])


def test_running_order_that_nothing_can_shorten_takes_the_pages_it_needs() -> None:
    """What is said aloud is never cut, even when there is too much of it."""
    spoken = "\n>\n".join(f"> Phrase {n}, dite à toute la salle, lentement." for n in range(400))
    pages = pages_of(to_pdf(with_guide(spoken), part="facilitator"))
    assert len(re.findall(r"Phrase \d+", "\n".join(pages))) == 400


def test_plan_is_followed() -> None:
    """A café that has other minutes prints its own, and what comes when."""
    module = fitted(SAMPLE, plan(SAMPLE, 12, 80))
    page = pages_of(to_pdf(module, part="facilitator", minutes=80))[0]
    assert {"10 min", "24 min", "36 min", "80 min"} <= set(re.findall(r"\d+ min\b", page))
    assert "minute 34" in page
    assert "Pause" in page


def test_bet_stands_before_what_is_shown() -> None:
    """The room bets first: the facilitator need not turn the page to find the bet."""
    page = pages_of(to_pdf(SAMPLE, part="facilitator"))[0]
    assert page.index("La machine") < page.index("Prédire") < page.index("Poser les cartes")
    assert page.count("Quelle langue coûte le plus") == 1


def test_links_lead_only_to_pages_and_letters() -> None:
    """An address that could run something is words; on paper an address is also printed."""
    module = with_guide(
        "[page](https://example.org/a) [lettre](mailto:a@example.org) [piège](data:text/html,x) "
        "[fichier](file:///etc/passwd) [ici](autre.md)"
    )
    pdf = to_pdf(module, part="facilitator")
    leads = re.findall(r"(?:https?|mailto|data|file):\S+", read_by("pdfinfo", pdf, "-url"))
    assert {"https://example.org/a", "mailto:a@example.org"} <= set(leads)
    assert not [each for each in leads if each.startswith(("data", "file"))]
    found = text_of(pdf)
    assert "https://example.org/a" in found
    assert "piège" in found


def test_unknown_part_and_length_are_refused() -> None:
    """A slip of the caller is said, not guessed at."""
    with pytest.raises(ValueError, match="flyer"):
        to_pdf(SAMPLE, part="flyer")  # type: ignore[arg-type] # the slip is what is tried
    with pytest.raises(RecordError, match="version-unknown") as caught:
        to_pdf(SAMPLE, minutes=45)
    assert caught.value.problems[0].values["known"] == "60, 90"


def test_missing_printer_is_said_with_its_remedy() -> None:
    """Without the extra, the person learns what to install, and the import still works."""
    script = (
        "import sys; sys.modules['typst'] = None\n"
        "from lesson import SAMPLE\nfrom cafe_ia.classroom.paper import to_pdf\n"
        "from cafe_ia.problem import RecordError\n"
        "try:\n    to_pdf(SAMPLE)\n"
        "except RecordError as error:\n    print(error.problems[0])\n"
    )
    environment = os.environ | {
        "PYTHONPATH": str(Path(__file__).parent), "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, check=True
    )
    assert "cafe-ia[print]" in done.stdout.decode()
    assert "[extra-missing]" in done.stdout.decode()
