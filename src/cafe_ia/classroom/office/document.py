"""The lesson: everything in a module, in the order in which an evening needs it, to be edited."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from cafe_ia import prose
from cafe_ia.classroom.archive import repacked
from cafe_ia.classroom.office.furnishing import furnish
from cafe_ia.classroom.office.grid import Cell, Grid
from cafe_ia.classroom.office.paper import Paper, Place
from cafe_ia.classroom.office.styles import ANSWERS, NUMBERS
from cafe_ia.framework import frameworks
from cafe_ia.prose import Paragraph, Quote, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cafe_ia.classroom.office.edition import Edition
    from cafe_ia.curriculum import Deck, Reaction
    from cafe_ia.text import Said, Text

__all__ = ["lesson"]

_SHORT_CARD, _LINE_CARD = 14, 60
"""How many letters a card may have to stand four in a row, or three."""

_CARD_HEIGHT = 1300


def lesson(edition: Edition) -> bytes:
    """The edition as a .docx."""
    paper = Paper(edition)
    _opening(paper)
    _steps(paper)
    _part(paper, "prediction", edition.module.prediction)
    _twin(paper)
    _debate(paper)
    _reactions(paper)
    _terms(paper)
    _quiz(paper)
    _closing(paper)
    furnish(paper)
    file = io.BytesIO()
    paper.document.save(file)
    return repacked(file.getvalue(), edition.module.updated)


def _part(paper: Paper, key: str, text: Text) -> None:
    paper.write(paper.edition.heading(key), "Heading1")
    paper.prose(paper.edition.read(text))


def _opening(paper: Paper) -> None:
    edition, module = paper.edition, paper.edition.module
    paper.write(edition.read(module.question), "Title")
    if edition.language == "ar" and "ary" in module.question:
        paper.write(module.question.best("ary"), "Subtitle")
    for notice in edition.notices():
        paper.write(notice, "Notice")
    _part(paper, "invitation", module.invitation)
    if module.objectives:
        paper.write(edition.heading("objectives"), "Heading1")
        _points(paper, [objective.text for objective in module.objectives])


def _points(paper: Paper, texts: Sequence[Text], *, marked_up: bool = False) -> None:
    """A list of short texts: plain words, or prose where `marked_up`."""
    for text in texts:
        said = paper.edition.read(text)
        plain = (Paragraph((Span(said.words),)),)
        item = prose.blocks(said.words) if marked_up else plain
        paper.items((item,), said.language, Place(), 1, paper.body)


def _steps(paper: Paper) -> None:
    edition = paper.edition
    if not edition.steps:
        return
    title = edition.say("office.order", count=edition.version)
    paper.write(title, "Heading1")
    rows = [[edition.say(f"office.{name}") for name in ("minutes", "step", "mode")]]
    rows += [
        [
            edition.own(str(step.minutes[edition.version])),
            edition.read(step.title),
            edition.mode(step.mode),
        ]
        for step in edition.steps
    ]
    cells = [[Cell.of(said) for said in row] for row in rows]
    paper.table(Grid(cells, widths=(2, 6, 4), title=title))
    for step in edition.steps:
        paper.write(edition.read(step.title), "Heading2")
        length = edition.say("minutes", count=step.minutes[edition.version]).words
        mode = edition.mode(step.mode).words
        paper.keep_with_next(paper.write(edition.own(f"{length} · {mode}"), "Notice"))
        *before, guide = edition.guide(step) or (None,)
        for said in before:  # what is said aloud comes in the language of the room
            silent = [part for part in prose.blocks(said.words) if not isinstance(part, Quote)]
            paper.blocks(silent, said.language, Place(), paper.body)
        if guide:
            paper.prose(guide)


def _twin(paper: Paper) -> None:
    edition, twin = paper.edition, paper.edition.module.twin
    paper.write(edition.heading("twin"), "Heading1")
    paper.write(edition.heading("rules"), "Heading2")
    paper.prose(edition.read(twin.rules))
    if twin.decks:
        paper.write(edition.heading("cards"), "Heading2")
    for deck in twin.decks:
        _deck(paper, deck)
    if twin.sheets:
        paper.write(edition.heading("sheets"), "Heading2")
    for sheet in twin.sheets:
        paper.write(edition.read(sheet.title), "Heading3")
        paper.prose(edition.read(sheet.body))


def _deck(paper: Paper, deck: Deck) -> None:
    """Cards as a table to cut out, as many in a row as their words leave room for."""
    title = paper.edition.read(deck.title)
    paper.write(title, "Heading3")
    said = [paper.edition.read(card) for card in deck.cards]
    cards = [_card(one) for one in said]
    if not cards:
        return
    longest = max(len(prose.plain_text(card.blocks)) for card in cards)
    columns = 4 if longest <= _SHORT_CARD else 3 if longest <= _LINE_CARD else 2
    cards += [Cell((), paper.edition.interface)] * (-len(cards) % columns)
    rows = [cards[at : at + columns] for at in range(0, len(cards), columns)]
    paper.table(Grid(rows, title=title, head=False, style="Card", height=_CARD_HEIGHT))


def _card(said: Said) -> Cell:
    """A card, each line below its heading as a paragraph: they are compared line by line."""
    parts = prose.blocks(said.words)
    lines = prose.card_lines(parts)
    return Cell(tuple(map(Paragraph, lines)) or parts, said.language)


def _debate(paper: Paper) -> None:
    edition, debate = paper.edition, paper.edition.module.debate
    paper.write(edition.heading("debate"), "Heading1")
    paper.write(edition.read(debate.question), "SaidAloud")
    if edition.language == "ar" and "ary" in debate.question:
        paper.write(debate.question.best("ary"), "SaidAloud")
    if debate.follow_ups:
        paper.write(edition.say("office.follow_ups"), "Heading2")
        _points(paper, debate.follow_ups)


def _reactions(paper: Paper) -> None:
    module = paper.edition.module
    if module.expected:
        paper.write(paper.edition.heading("expected"), "Heading1")
    for reaction in module.expected:
        _reaction(paper, reaction)
    paper.write(paper.edition.heading("hard"), "Heading1")
    _reaction(paper, module.hard)


def _reaction(paper: Paper, reaction: Reaction) -> None:
    paper.write(paper.edition.read(reaction.said), "Heading2")
    paper.prose(paper.edition.read(reaction.reply))


def _terms(paper: Paper) -> None:
    """The words to take home, beside the one that people use in Darija."""
    edition, terms = paper.edition, paper.edition.module.terms
    if not terms:
        return
    title = edition.heading("terms")
    paper.write(title, "Heading1")
    in_darija = any("ary" in term.word for term in terms)
    names = ["word", *["darija"] * in_darija, "meaning"]
    rows = [[Cell.of(edition.say(f"office.{name}")) for name in names]]
    for term in terms:
        # Who reads in Darija finds its word in its own column, beside the Arabic one.
        row = [term.word.best(*(("ar",) if edition.language == "ary" else (edition.language,)))]
        if in_darija:
            row.append(term.word.best("ary") if "ary" in term.word else edition.own("—"))
        row.append(edition.read(term.definition))
        rows.append([Cell.of(said) for said in row])
    paper.table(Grid(rows, widths=(3, 3, 8) if in_darija else (3, 8), title=title))


def _quiz(paper: Paper) -> None:
    """The questions on one sheet to copy, the key on a page of its own."""
    edition, items = paper.edition, paper.edition.module.quiz.items
    if not items:
        return
    paper.write(edition.heading("quiz"), "Heading1", new_page=True)
    questions = paper.new_list(NUMBERS)
    for item in items:
        _numbered(paper, edition.read(item.question), questions)
        for number, answer in enumerate(item.answers, start=1):
            said = edition.read(answer.text)
            box = paper.spans((Span(said.words),), said.language, Place(depth=2, number=ANSWERS))
            if number < len(item.answers):  # a question and its answers are not torn apart
                paper.keep_with_next(box)
    paper.write(edition.say("office.answers"), "Heading1", new_page=True)
    key = paper.new_list(NUMBERS)
    for item in items:
        _numbered(paper, edition.read(item.question), key)
        label = f"{edition.say('office.right').words} "
        for answer in item.answers:
            if answer.right:
                said = edition.read(answer.text)
                paper.labelled(label, said, Place(depth=1))
        why = edition.read(item.why)
        paper.spans((Span(why.words),), why.language, Place(depth=1))


def _numbered(paper: Paper, said: Said, number: int) -> None:
    place = Place(depth=1, number=number)
    paper.keep_with_next(paper.spans((Span(said.words, strong=True),), said.language, place))


def _closing(paper: Paper) -> None:
    edition, module = paper.edition, paper.edition.module
    after_key = bool(module.quiz.items)
    if module.materials:
        paper.write(edition.heading("materials"), "Heading1", new_page=after_key)
        _points(paper, module.materials)
    paper.write(
        edition.heading("takeaway"), "Heading1", new_page=after_key and not module.materials
    )
    paper.prose(edition.read(module.takeaway))
    if module.frameworks:
        title = edition.say("office.competences")
        paper.write(title, "Heading1")
        rows = [[Cell.of(edition.say(f"office.{name}")) for name in ("framework", "competence")]]
        for slug in module.frameworks:
            entry = frameworks()[slug]
            name = (Span(entry.framework, link=entry.url), Span(f", {entry.edition}"))
            rows.append(
                [Cell((Paragraph(name),), "en"), Cell((Paragraph((Span(entry.name),)),), "en")]
            )
        paper.table(Grid(rows, widths=(8, 5), title=title))
    if module.references:
        paper.write(edition.heading("references"), "Heading1")
        _points(paper, [reference.text for reference in module.references], marked_up=True)
