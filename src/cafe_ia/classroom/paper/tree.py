"""Words on their way to the printer: texts and prose as nodes of plain lists and mappings.

The printer is given nodes as JSON, and its templates turn them to pages. A word is always a
string among them, and a string is never markup: nothing that a person types can draw, run or
read a file.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cafe_ia.classroom.paper.fonts import drawn
from cafe_ia.prose import (
    Block,
    Items,
    Paragraph,
    Quote,
    Span,
    Subheading,
    Table,
    blocks,
    card_lines,
    plain_text,
)
from cafe_ia.text import Said, Text, direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "Node",
    "card",
    "line",
    "prose",
    "prose_of",
    "strings",
    "ticks",
]

Node = dict[str, Any]
"""What becomes one object of JSON."""

_LINKS = ("http://", "https://", "mailto:")
"""Addresses that a page may lead to; any other is printed as its words alone."""

_LTR, _END = "\u2066", "\u2069"
"""An address runs from left to right, also where it is broken inside an Arabic line."""

_DEEPEST = 5
"""How many lists and quotes may stand in each other: the printer, too, counts its steps."""

_LONGEST = 36
"""Letters without a space after which a line may end: a longer word would leave the page."""

_ENDLESS = re.compile(rf"[^\s/\u200b]{{{_LONGEST}}}(?=\S)")

_BELOW = 0.62
"""The size of a line below a card's heading, as a part of the heading's."""

_WIDTHS = (8, 30)
"""The least and the most that a column counts for, in letters, when a table's width is shared."""

_TO_WRITE = 14
"""What a column counts for when it is left empty to write in."""


def line(text: Text, language: str) -> Node:
    """A text of one line, as it stands: what has no blocks has no markup either."""
    said = text.best(language)
    return _language(said) | {
        "s": [_span(Span(said.words))],
        "words": _words(said.words, 1),
    }


def prose(text: Text, language: str) -> Node:
    """A text of blocks."""
    said = text.best(language)
    return prose_of(blocks(said.words), said.language)


def prose_of(parts: Sequence[Block], language: str) -> Node:
    """Blocks that are already read, in the language that they are in."""
    said = Said("", language, direction(language))
    return _language(said) | {"b": _nodes(parts)}


def card(words: str, language: str) -> Node:
    """One card of a deck, and its words one by one: the largest type must not cut any.

    A card may have a heading and lines below it: `**12** · dossier complet · depuis mai`.
    """
    parts = blocks(words)
    head, *below = card_lines(parts) or ((),)
    if below:  # one paragraph, in which each line ends where it is written to end
        ends = Span("\n")
        parts = (Paragraph(tuple(span for row in below for span in (ends, *row))[1:]),)
    size = _BELOW if head else 1
    return prose_of(parts, language) | {
        "head": _spans(head),
        "part": size,
        "words": [*_words(plain_text(head), 1), *_words(plain_text(parts), size)],
    }


def ticks(text: Text, language: str) -> Node:
    """Prose whose lists are there to be ticked, and whose quotes are read and not said."""
    said = text.best(language)
    found: list[Node] = []
    for part in blocks(said.words):
        if isinstance(part, Items):
            found.append({"k": "ticks", "items": [_nodes(item) for item in part.items]})
        else:
            found += _nodes(part.blocks if isinstance(part, Quote) else (part,))
    return _language(said) | {"b": found}


def strings(node: object) -> Iterator[str]:
    """All that would be printed of a node."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            if key != "u":  # an address is followed, not drawn
                yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)


def _words(text: str, part: float) -> list[list[str | float]]:
    """The words that may not be cut, each with the part of a size in which it is set."""
    return [[word, part] for word in drawn(text).split() if len(word) <= _LONGEST]


def _language(said: Said) -> Node:
    main = said.language.split("-", maxsplit=1)[0]
    return {"lang": main, "rtl": said.direction == "rtl"}


def _nodes(parts: Sequence[Block], depth: int = 0) -> list[Node]:
    found: list[Node] = []
    for part in parts:
        if isinstance(part, Paragraph):
            found.append({"k": "paragraph", "s": _spans(part.spans)})
        elif isinstance(part, Subheading):
            found.append({"k": "subheading", "s": _spans(part.spans)})
        elif isinstance(part, Table):
            found.append(_table(part))
        elif depth >= _DEEPEST:
            inner = (part.blocks,) if isinstance(part, Quote) else part.items
            for each in inner:
                found += _nodes(each, depth)
        elif isinstance(part, Quote):
            found.append({"k": "quote", "b": _nodes(part.blocks, depth + 1)})
        else:
            items = [_nodes(item, depth + 1) for item in part.items]
            found.append({"k": "items", "first": part.first, "items": items})
    return found


def _table(table: Table) -> Node:
    columns = range(len(table.head))
    whole = (table.head, *table.rows)
    cells = [[plain_text(row[n]) for row in whole if n < len(row)] for n in columns]
    rows = [[_spans(row[n]) if n < len(row) else [] for n in columns] for row in table.rows]
    return {
        "k": "table",
        "head": [_spans(cell) for cell in table.head],
        "rows": rows,
        "widths": [_width(column) for column in cells],
    }  # fmt: skip


def _width(cells: Sequence[str]) -> int:
    least, most = _WIDTHS
    longest = max(len(cell) for cell in cells)
    if not any(cells[1:]):
        longest = max(longest, _TO_WRITE)
    return min(max(longest, least), most)


def _spans(spans: Sequence[Span]) -> list[Node]:
    found: list[Node] = []
    for span in spans:
        link = span.link if span.link and span.link.lower().startswith(_LINKS) else None
        if link is None:
            found.append(_span(replace(span, link=None)))
        elif span.text in (link, link.removeprefix("mailto:")):
            found.append(_span(replace(span, text=f"{_LTR}{span.text}{_END}")))
        else:  # nobody can follow a word on paper
            found += [_span(span), _span(Span(f" ({_LTR}{link}{_END})", link=link))]
    return found


def _span(span: Span) -> Node:
    """A run of words, by lines; what is not said about its look is as usual."""
    node: Node = {"t": [_breakable(part) for part in drawn(span.text).split("\n")]}
    if span.strong:
        node["b"] = True
    if span.emphasis:
        node["i"] = True
    if span.link:
        node["u"] = span.link
    return node


def _breakable(text: str) -> str:
    """A text in which a line may end within what has no space for a line's length."""
    return _ENDLESS.sub("\\g<0>\u200b", text)
