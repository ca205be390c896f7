from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest

from cafe_ia.curriculum import Module
from cafe_ia.page import lesson_page
from cafe_ia.phrases import LANGUAGES
from html_tree import Element, read_html
from lesson import SAMPLE


def _root(language: str = "fr", **fields: Any) -> Element:
    module = Module.model_validate({**dict(SAMPLE), **fields})
    return read_html(lesson_page(module, language))


def _section(root: Element, key: str) -> Element:
    (section,) = root.all("section", **{"aria-labelledby": key})
    return section


def _spaced(words: str) -> str:
    return " ".join(words.split())


def _levels(root: Element) -> list[int]:
    return [int(one.name[1]) for one in root.all() if re.fullmatch("h[1-6]", one.name)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_passage_headings_never_skip_a_level(language: str) -> None:
    """One heading of the first level, and each other at most one deeper than the one before."""
    jumping = "##### A\n\n## B\n\n###### C\n\n#\n\ntext"
    root = _root(
        language,
        takeaway=jumping,
        twin={"rules": jumping},
        expected=({"said": "Oui", "reply": jumping},),
    )
    levels = _levels(root)
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    rules = _section(root, "twin")
    assert [(one.name, one.text) for one in rules.all() if one.text in "ABC"] == [
        ("h4", "A"), ("h4", "B"), ("h5", "C"),
    ]  # fmt: skip


def test_passage_turns_a_card_of_another_script() -> None:
    """A card or a cell that has no letter of the page's direction runs its own way."""
    (deck,) = _section(_root("fr"), "twin").all("ul", class_="cards")
    turned = [box.text for box in deck.all("div") if box.has(dir="rtl")]
    assert [words.strip() for words in turned] == ["سلام", "ما"]
    (table,) = _section(_root("ar"), "twin").all("table")
    assert [one.text for one in table.all("bdi", dir="ltr")] == ["bonjour"]


def test_passage_gives_each_line_of_a_card_a_line_of_its_own() -> None:
    """A card with a heading is compared with others line by line; any other stands as written."""
    cards = ["**C'est un 7** · pied : *non* · barre", "chapeau · pied", "**a** b · c", "<!-- -->"]
    root = _root(twin={"rules": "Un.", "decks": [{"title": "Sept", "cards": cards}]})
    (deck,) = _section(root, "twin").all("ul", class_="cards")
    shown = [[_spaced(line.text) for line in card.all("p")] for card in deck.all("li")]
    assert shown == [
        ["C'est un 7", "pied : non", "barre"], ["chapeau · pied"], ["a b · c"], [],
    ]  # fmt: skip


def test_passage_tables_have_names_and_headers() -> None:
    """A table is named by its sheet, its columns by their first row; a blank heads nothing."""
    body = {"fr": "| | Prix |\n|---|---|\n| thé | |"}
    rules = {"rules": "Un.", "sheets": [{"title": "Compte", "body": body}]}
    (table,) = _section(_root(twin=rules), "twin").all("table")
    assert table.all("caption")[0].text == "Compte"
    assert [(one.text, one.attributes["scope"]) for one in table.all("th")] == [("Prix", "col")]
    assert [cell.text for cell in table.all("tbody")[0].all("td")] == ["thé", ""]


def test_passage_draws_all_that_prose_can_say() -> None:
    """Lists within lists, numbers that go on, line ends, emphasis and quotes in items stay."""
    prose = "3. un\n   - deux **fort *et* fin**\n\n     > dire\n4. trois\\\nquatre\n\n> # haut"
    (box,) = _section(_root(takeaway=prose), "takeaway").all("div", class_="prose")
    (numbered,) = box.all("ol")
    assert numbered.has(start="3")
    (inner,) = numbered.all("ul")
    assert [one.text for one in inner.all("strong")] == ["fort ", "et", " fin"]
    assert [one.text for one in inner.all("em")] == ["et"]
    assert inner.all("blockquote")[0].text.strip() == "dire"
    assert len(box.all("br")) == 1
    assert [one.text for one in box.all("blockquote")[1].all("strong")] == ["haut"]


@pytest.mark.parametrize(
    ("typed", "led"),
    [
        ("[a](https://example.org/?a=1&b='2')", "https://example.org/?a=1&b='2'"),
        ("[a](HTTP://example.org)", "HTTP://example.org"),
        ("[a](mailto:a@example.org)", "mailto:a@example.org"),
        ("[a](javascript:alert(1))", None),
        ("[a](JAVASCRIPT:alert(1))", None),
        ("[a](vbscript:x)", None),
        ("[a](data:text/html,x)", None),
        ("[a](data:image/png;base64,x)", None),
        ("[a](file:///etc/passwd)", None),
        ("[a](//example.org)", None),
        ("[a](../secret.html)", None),
        ("[a](#quiz)", None),
        ("[a](tel:0)", None),
        ("[a]( https:)", None),
        ("![a](https://example.org/a.png)", None),
    ],
)
def test_passage_leads_only_to_the_web_and_to_mail(typed: str, led: str | None) -> None:
    """Any other address may act on the reader's machine: its words stay and lead nowhere."""
    takeaway = _section(_root(takeaway=typed), "takeaway")
    assert [link.attributes["href"] for link in takeaway.all("a")] == ([led] if led else [])
    assert "a" in takeaway.text
    assert not takeaway.all("img")


def test_passage_writes_out_on_paper_the_addresses_that_words_hide() -> None:
    """An address that is itself the words is not printed twice."""
    typed = "<https://example.org/%C3%A9> [là](https://example.org/b)"
    root = _root(takeaway=typed)
    bare, hidden = _section(root, "takeaway").all("a")
    assert bare.has(class_="bare")
    assert bare.all("bdi")[0].has(dir="ltr")
    assert not hidden.has(class_="bare")
    assert 'a[href^="http"]:not(.bare)::after' in root.all("style")[0].text
