"""The script: what is said aloud beside each slide, for the notes that only the facilitator sees.

The steps of an evening are shared out by what the room does: those before anything is shown stand
with the question, showing and explaining with the bet, the talk with the debate, and the last
step with the farewell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cafe_ia import prose
from cafe_ia.classroom.office.fitting import Line
from cafe_ia.prose import Paragraph, Quote, Span, Subheading
from cafe_ia.session import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cafe_ia.classroom.office.edition import Edition
    from cafe_ia.curriculum import Moment
    from cafe_ia.prose import Block
    from cafe_ia.text import Said

__all__ = ["lines", "plain", "said_aloud", "shared_out"]

_SHOWN = (Mode.SHOW, Mode.EXPLAIN)


def plain(said: Said) -> Line:
    """A line of plain words, of which no letter is markup."""
    return Line((Span(said.words),), said.language, said.direction)


def lines(blocks: Iterable[Block], said: Said, *, point: bool = False) -> Iterator[Line]:
    """Blocks as lines, in order; the items of a list are points, and so are rows of a table."""
    for block in blocks:
        if isinstance(block, Paragraph | Subheading):
            yield Line(block.spans, said.language, said.direction, point)
        elif isinstance(block, Quote):
            yield from lines(block.blocks, said, point=point)
        elif isinstance(block, prose.Items):
            for item in block.items:
                yield from lines(item, said, point=True)
        else:
            for row in (block.head, *block.rows):
                words = prose.plain_text(Paragraph(cell) for cell in row).replace("\n", " · ")
                yield Line((Span(words),), said.language, said.direction, point=True)


def shared_out(steps: Sequence[Moment]) -> tuple[Sequence[Moment], ...]:
    """The steps of the question, of the bet, of the debate and of the farewell."""
    earlier, last = steps[:-1], steps[-1:]
    modes = [step.mode for step in earlier]
    first = next((n for n, mode in enumerate(modes) if mode in (*_SHOWN, Mode.DISCUSS)), len(modes))
    after = max((n + 1 for n, mode in enumerate(modes) if mode in _SHOWN), default=first)
    return earlier[:first], earlier[first:after], earlier[after:], last


def said_aloud(edition: Edition, steps: Iterable[Moment]) -> Iterator[Line]:
    """Each step's title and minutes, and the quotes of its guide."""
    for step in steps:
        title = edition.read(step.title)
        length = edition.say("minutes", count=step.minutes[edition.version]).words
        yield Line((Span(f"{title.words} ({length})", strong=True),), *title[1:])
        guide = edition.read(step.guide) if step.guide else None
        if guide:
            quotes = [block for block in prose.blocks(guide.words) if isinstance(block, Quote)]
            yield from lines(quotes, guide)
