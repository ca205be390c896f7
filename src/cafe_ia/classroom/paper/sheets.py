"""Sheets: what of a module is printed on paper, part by part, before it has any look.

A café's facilitator holds a running order, each person gets half a page, the table gets cards,
the wall gets the question; a class also gets a quiz, and its teacher the key. Here each is
gathered as nodes; the templates beside this file give them their look.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Literal, get_args

from cafe_ia.classroom.paper.fonts import drawn
from cafe_ia.classroom.paper.tree import Node, card, line, prose, prose_of, ticks
from cafe_ia.curriculum import CC_BY, Standing, Status
from cafe_ia.phrases import heading, say, spoken
from cafe_ia.problem import Problem, RecordError
from cafe_ia.prose import Block, Quote, blocks
from cafe_ia.session import Mode
from cafe_ia.wording import day, phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cafe_ia.curriculum import Deck, Module, Moment, QuizItem, Reaction, Term

__all__ = ["PARTS", "Part", "document", "in_version"]

Part = Literal["all", "facilitator", "participant", "quiz", "cards", "poster"]
"""What is printed: the facilitator's sheet, the participants', the quiz of a class with its key,
the game without a computer, the question for the wall, or all of them in this order."""

PARTS: tuple[Part, ...] = get_args(Part)

_SPOKEN = "ary"
"""Darija, the language that most people speak: the wall says its question in it, too."""


def in_version(module: Module, minutes: int) -> list[tuple[Moment, int]]:
    """The steps of a version with their minutes.

    Raises:
        RecordError: `version-unknown`, when the module cannot be played in so many minutes.
    """
    if minutes not in module.versions:
        known = ", ".join(str(length) for length in module.versions)
        values = {"module": module.id, "minutes": minutes, "known": known}
        raise RecordError([Problem("version-unknown", values)])
    return [(step, step.minutes[minutes]) for step in module.steps if minutes in step.minutes]


def document(
    module: Module, language: str, part: Part, steps: Sequence[tuple[Moment, int]]
) -> Node:
    """All that the templates need to know of a document."""
    question = module.question.best(language)
    parts = (part,) if part != "all" else _all(module)
    made = {
        "facilitator": lambda: _facilitator(module, language, steps),
        "participant": lambda: _participant(module, language),
        "quiz": lambda: _quiz(module, language),
        "cards": lambda: _cards(module, language),
        "poster": lambda: _poster(module, language),
    }
    at = module.updated.timetuple()
    return {
        "lang": question.language.split("-", maxsplit=1)[0],
        "rtl": question.direction == "rtl",
        "title": drawn(question.words),
        "authors": list(module.authors),
        "updated": [at.tm_year, at.tm_mon, at.tm_mday, at.tm_hour, at.tm_min, at.tm_sec],
        "words": {
            "status": _status(module, language),
            "page": _own("page", language, page="{page}", pages="{pages}"),
        },
        "parts": [{"kind": part} | made[part]() for part in parts],
    }


def _all(module: Module) -> tuple[Part, ...]:
    """The parts that a module has: not each one has a quiz."""
    return tuple(each for each in PARTS if each != "all" and (each != "quiz" or module.quiz.items))


def _own(key: str, language: str, **values: object) -> str:
    return say("lessons", f"paper.{key}", spoken(language), **values)


def _common(key: str, language: str, **values: object) -> str:
    return say("lessons", key, spoken(language), **values)


def _status(module: Module, language: str) -> str:
    """How far the text may be trusted, under which terms it may be copied, and how old it is."""
    tags = {
        module.question.language(language),
        *([spoken(language)] if language == _SPOKEN else []),
    }
    standings = [module.standing.get(tag, Standing()) for tag in sorted(tags)]
    trusted = _common("draft", language)
    if all(each.status is Status.REVIEWED for each in standings):
        each = standings[0]
        when = day(each.reviewed, spoken(language)) if each.reviewed else "?"
        trusted = _common("reviewed", language, reviewer=each.reviewer or "?", when=when)
    terms = _common("license", language)
    if module.license != CC_BY:
        terms = _own("license", language, address=module.license)
    version = _common("updated", language, when=day(module.updated, spoken(language)))
    return drawn(f"{trusted} {terms} {version}")


def _facilitator(module: Module, language: str, steps: Sequence[tuple[Moment, int]]) -> Node:
    total = sum(minutes for _, minutes in steps)
    words = {
        "title": _own("facilitator", language, minutes=_common("minutes", language, count=total)),
        "legend": _own("legend", language),
        "follow-ups": _own("follow_ups", language),
        "colon": _own("colon", language),
    }
    for part in ("prediction", "debate", "expected", "hard", "terms", "materials", "references"):
        words[part] = heading(part, language)
    shown = [moment for moment, _ in steps if moment.mode is Mode.SHOW]
    bet = prose(module.prediction, language)
    start, rows = 0, []
    for moment, minutes in steps:
        rows.append({
            "title": line(moment.title, language),
            "minutes": _common("minutes", language, count=minutes),
            "mode": phrase(f"mode.{moment.mode}", spoken(language)),
            "at": _own("at", language, count=start),
            # The room bets before the first thing that it is shown.
            "bet": bet if shown and moment is shown[0] else None,
            "guide": _guide(moment, language),
        })  # fmt: skip
        start += minutes
    return {
        "words": words,
        "question": line(module.question, language),
        "steps": rows,
        "bet": None if shown else bet,
        "debate": line(module.debate.question, language),
        "follow-ups": [line(text, language) for text in module.debate.follow_ups],
        "expected": [_reaction(each, language) for each in module.expected],
        "hard": _reaction(module.hard, language),
        "terms": [_term(term, language) for term in module.terms],
        "materials": [line(text, language) for text in module.materials],
        "references": [prose(each.text, language) for each in module.references],
    }


def _guide(moment: Moment, language: str) -> Node:
    """What the facilitator does and says in a step.

    Darija is only what is said aloud: what the facilitator does is then in Arabic, and each
    quote stands where the Arabic one stood.
    """
    if not moment.guide:
        return prose_of((), language)
    own = moment.guide.language(language)
    if own != _SPOKEN or spoken(own) not in moment.guide:
        return prose(moment.guide, language)
    said = blocks(moment.guide[own])
    if not all(isinstance(block, Quote) for block in said):
        return prose(moment.guide, language)
    around = blocks(moment.guide[spoken(own)])
    lengths = [len(block.blocks) for block in around if isinstance(block, Quote)]
    quotes = _cut([block for block in said if isinstance(block, Quote)], lengths)
    found: list[Block] = []
    for block in around:
        if isinstance(block, Quote):
            found += quotes[:1]
            quotes = quotes[1:]
        else:
            found.append(block)
    return prose_of([*found, *quotes], spoken(own))


def _cut(quotes: list[Quote], lengths: Sequence[int]) -> list[Quote]:
    """Quotes, cut as others of as many sentences are.

    Where nothing but quotes is written, two of them grow together; what is done between the one
    and the other must still stand there.
    """
    parts = [part for quote in quotes for part in quote.blocks]
    if len(quotes) == len(lengths) or len(parts) != sum(lengths):
        return quotes
    ends = accumulate(lengths)
    return [
        Quote(tuple(parts[end - length : end])) for end, length in zip(ends, lengths, strict=True)
    ]


def _reaction(reaction: Reaction, language: str) -> Node:
    return {"said": line(reaction.said, language), "reply": prose(reaction.reply, language)}


def _term(term: Term, language: str) -> Node:
    """A word; beside it, where there is one, the word that people use in Darija."""
    own = term.word.best(language)
    spoken_word = _SPOKEN in term.word and own.language != _SPOKEN
    return {
        "word": line(term.word, language),
        "spoken": line(term.word, _SPOKEN) if spoken_word else None,
        "definition": line(term.definition, language),
    }


def _participant(module: Module, language: str) -> Node:
    return {
        "words": {
            "prediction": _own("prediction", language),
            "colon": _own("colon", language),
            "coming-in": _own("coming_in", language),
            "going-out": _own("going_out", language),
            "takeaway": heading("takeaway", language),
            "terms": heading("terms", language),
        },
        "question": line(module.question, language),
        "bet": ticks(module.prediction, language),
        "takeaway": prose(module.takeaway, language),
        "terms": [_term(term, language) for term in module.terms],
    }


def _quiz(module: Module, language: str) -> Node:
    """The questions; a sheet that was asked for without any says that there are none."""
    items = [_question(item, language) for item in module.quiz.items]
    asks = "quiz_one" if all(item["count"] is None for item in items) else "quiz_several"
    return {
        "words": {
            "title": heading("quiz", language),
            "asks": _own(asks if items else "quiz_none", language),
            "key": _own("key", language),
            "number": _own("key_number", language),
            "right": _own("key_right", language),
            "why": _own("key_why", language),
        },
        "question": line(module.question, language),
        "items": items,
    }


def _question(item: QuizItem, language: str) -> Node:
    """A question; where several answers are right, it says how many."""
    right = [line(answer.text, language) for answer in item.answers if answer.right]
    count = _own("quiz_count", language, count=len(right)) if len(right) > 1 else None
    return {
        "asked": line(item.question, language),
        "count": count,
        "answers": [line(answer.text, language) for answer in item.answers],
        "right": right,
        "why": line(item.why, language),
    }


def _cards(module: Module, language: str) -> Node:
    decks = [_deck(deck, language) for deck in module.twin.decks]
    sheets = [
        {"title": line(sheet.title, language), "body": prose(sheet.body, language)}
        for sheet in module.twin.sheets
    ]
    listed = [
        {"title": deck["title"], "count": _own("count", language, count=len(deck["cards"]))}
        for deck in decks
    ] + [{"title": sheet["title"], "count": None} for sheet in sheets]
    return {
        "words": {
            "title": heading("twin", language),
            "rules": heading("rules", language),
            "to-print": _own("to_print", language),
        },
        "question": line(module.question, language),
        "rules": prose(module.twin.rules, language),
        "to-print": listed,
        "decks": [deck for deck in decks if deck["cards"]],
        "sheets": sheets,
    }


def _deck(deck: Deck, language: str) -> Node:
    said = [text.best(language) for text in deck.cards]
    return {
        "title": line(deck.title, language),
        "cards": [card(one.words, one.language) for one in said],
    }


def _poster(module: Module, language: str) -> Node:
    """The question in the language of the sheet, then in Darija where that is another."""
    tags = dict.fromkeys([module.question.language(language)])
    if _SPOKEN in module.question:
        tags[_SPOKEN] = None
    return {"questions": [line(module.question, tag) for tag in tags]}
