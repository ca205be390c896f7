"""A passage: prose of a record in the language that it really is in, ready for a template.

The tree of `prose` is given as it is; here is only what HTML asks of it and what it does not
say: which link may be followed, how deep a subheading stands, which way a card of one word runs.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from cafe_ia.prose import (
    Items,
    Paragraph,
    Quote,
    Subheading,
    Table,
    blocks,
    card_lines,
    plain_text,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cafe_ia.prose import Block, Span
    from cafe_ia.text import Said

__all__ = ["KINDS", "Passage", "card", "passage", "runs", "stray"]

KINDS: Mapping[str, type] = {
    "items": Items, "paragraph": Paragraph, "quote": Quote, "subheading": Subheading,
    "table": Table,
}  # fmt: skip
"""The blocks that a template tells apart, by the name of its test."""

_FOLLOWED = re.compile(r"^(?:https?://|mailto:)\S", re.IGNORECASE)
_TURNS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


class Passage(NamedTuple):
    """Blocks, the language that they are in, and the direction in which they run."""

    blocks: tuple[Block, ...]
    language: str
    direction: str

    @property
    def steps(self) -> Iterator[tuple[int, Block]]:
        """The blocks, each with how deep it stands: 1 for the highest subheading that it has.

        A teacher may go from `#` to `####`; who listens to the headings must not look for the
        two that were never written.
        """
        above: list[int] = []
        for block in self.blocks:
            if isinstance(block, Subheading):
                while above and above[-1] >= block.level:
                    above.pop()
                above.append(block.level)
            yield max(1, len(above)), block

    @property
    def is_aloud(self) -> bool:
        """Whether all of it is to be said."""
        return all(isinstance(block, Quote) for block in self.blocks)


def passage(said: Said) -> Passage:
    """Words of a record read as prose."""
    return Passage(blocks(said.words), said.language, said.direction)


def card(said: Said) -> Passage:
    """A card of a deck: below its heading, where it has one, each line is a paragraph."""
    whole = passage(said)
    lines = card_lines(whole.blocks)
    return whole._replace(blocks=tuple(map(Paragraph, lines))) if lines else whole


class Run(NamedTuple):
    """Spans that lead to the same place, or nowhere."""

    spans: tuple[Span, ...]
    link: str | None
    is_bare: bool
    """Whether the words are the address itself."""


def runs(spans: Sequence[Span]) -> Iterator[Run]:
    """The spans of a line, those of one link together.

    Only the Web and e-mail are led to: any other address may act on the reader's machine, or is
    a file of the writer's that the reader does not have. Its words stay.
    """
    for link, group in groupby(spans, key=lambda span: span.link):
        together = tuple(group)
        if link is None or not _FOLLOWED.match(link):
            yield Run(together, None, is_bare=False)
        else:
            words = plain_text(together)
            yield Run(together, link, unquote(words) in (unquote(link), unquote(link)[7:]))


def stray(parts: Sequence[Block | Span], direction: str) -> str | None:
    """The way words run that have no letter of the page's direction, else nothing.

    On a page in French a card that bears one Arabic word runs from the right; a French sentence
    that begins with an Arabic word does not.
    """
    turns = {_TURNS.get(unicodedata.bidirectional(letter)) for letter in plain_text(parts)}
    turns.discard(None)
    return turns.pop() if len(turns) == 1 and direction not in turns else None
