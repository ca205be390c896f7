"""Prose: the Markdown that people write in modules, as a small tree that every document is made of.

Paragraphs, lists, quotes, tables, subheadings, links, emphasis: what a lesson needs, and what
every format that it goes out to can say. HTML is not markup here: a teacher who types `<script>`
gets these letters on the page. A comment (`<!-- … -->`) is for who edits, and is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

__all__ = [
    "DEEPEST", "Block", "Items", "Paragraph", "Quote", "Span", "Subheading", "Table", "blocks",
    "blocks_of", "card_lines", "closing", "parser", "plain_text", "plain_words", "spans",
]  # fmt: skip

DEEPEST = 100
"""Levels of lists and quotes inside each other down to which prose is read."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words of one look."""

    text: str
    """The words; `\\n` where a line must end."""
    strong: bool = False
    emphasis: bool = False
    link: str | None = None
    """The address that it leads to."""


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that belong together."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section."""

    level: int
    """1 for the highest that Markdown has, `#`."""
    spans: Spans


@dataclass(frozen=True, slots=True)
class Quote:
    """What is said aloud."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list, each item with blocks of its own."""

    items: tuple[tuple[Block, ...], ...]
    first: int | None = None
    """The number of the first item; nothing for a list without order."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row names the columns."""

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


_BETWEEN = " · "
"""What stands between the heading of a card and each line below it."""

_MARKS = re.compile(r"[*_`\\\[<&!\n]")

Block = Paragraph | Subheading | Quote | Items | Table


@cache
def parser() -> MarkdownIt:
    """The one reader of Markdown: CommonMark and tables."""
    # HTML is on so that comments are known; whatever else looks like it is given as text.
    return MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST}).enable("table")


def blocks(markdown: str) -> tuple[Block, ...]:
    """Prose as blocks, in order."""
    return blocks_of(parser().parse(markdown))


def spans(markdown: str) -> Spans:
    """One line of prose as runs of words."""
    return _spans(parser().parseInline(markdown)[0].children or ())


def card_lines(parts: Sequence[Block]) -> tuple[Spans, ...]:
    """The lines of a card that has a heading, the heading first; nothing of any other card.

    `**12** · dossier complet · depuis mai` is written in one go and compared with other cards
    line by line.
    """
    if len(parts) != 1 or not isinstance(parts[0], Paragraph):
        return ()
    head, *rest = parts[0].spans or (Span(""),)
    if not (head.strong and rest and rest[0].text.startswith(_BETWEEN)):
        return ()
    lines: list[list[Span]] = []
    for span in rest:
        first, *others = span.text.split(_BETWEEN)
        if first:
            lines[-1].append(replace(span, text=first))
        lines += [[replace(span, text=text)] for text in others]
    return ((head,), *map(tuple, lines))


def plain_words(markdown: str) -> str:
    """Prose as its words alone: what a title, a question or an answer is.

    A line without any mark is given back as it stands.
    """
    if not _MARKS.search(markdown):
        return markdown
    return "\n\n".join(
        plain_text(spans(part)).strip() for part in re.split(r"\n{2,}", markdown.strip())
    )


def plain_text(parts: Iterable[Block | Span]) -> str:
    """The words alone, a line for each block."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Span):
            lines[-1:] = [(lines[-1] if lines else "") + part.text]
        elif isinstance(part, Paragraph | Subheading):
            lines.append("".join(span.text for span in part.spans))
        elif isinstance(part, Quote):
            lines.append(plain_text(part.blocks))
        elif isinstance(part, Items):
            lines += [plain_text(item) for item in part.items]
        else:
            rows = (part.head, *part.rows)
            lines += ["\t".join(plain_text(cell) for cell in row) for row in rows]
    return "\n".join(line for line in lines if line)


def blocks_of(tokens: Sequence[Token]) -> tuple[Block, ...]:
    """The blocks of a run of the parser's tokens."""
    found: list[Block] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = closing(tokens, at)
        inner = tokens[at + 1 : end]
        at = end + 1
        if token.type == "paragraph_open":
            found.append(Paragraph(_spans(inner[0].children or ())))
        elif token.type == "heading_open":
            found.append(Subheading(int(token.tag[1]), _spans(inner[0].children or ())))
        elif token.type == "blockquote_open":
            found.append(Quote(blocks_of(inner)))
        elif token.type == "bullet_list_open":
            found.append(Items(_items(inner)))
        elif token.type == "ordered_list_open":
            found.append(Items(_items(inner), int(token.attrs.get("start", 1))))
        elif token.type == "table_open":
            head, *rows = _rows(inner)
            found.append(Table(head, tuple(rows)))
        elif token.type in ("fence", "code_block") and (code := token.content.rstrip("\n")):
            found.append(Paragraph((Span(code),)))
        elif token.type == "html_block" and (text := _without_comments(token.content)):
            found.append(Paragraph((Span(text),)))
    return tuple(found)


def closing(tokens: Sequence[Token], at: int) -> int:
    """Where what opens at a token is closed: the token itself, where it opens nothing."""
    depth = 0
    for n in range(at, len(tokens)):
        depth += tokens[n].nesting
        if depth == 0:
            return n
    return len(tokens) - 1


def _items(tokens: Sequence[Token]) -> tuple[tuple[Block, ...], ...]:
    found, at = [], 0
    while at < len(tokens):
        end = closing(tokens, at)
        found.append(blocks_of(tokens[at + 1 : end]))
        at = end + 1
    return tuple(found)


def _rows(tokens: Sequence[Token]) -> list[tuple[Spans, ...]]:
    rows: list[list[Spans]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_spans(token.children or ()))
    return [tuple(row) for row in rows]


def _spans(tokens: Sequence[Token]) -> Spans:
    found: list[Span] = []
    strong = emphasis = 0
    links: list[str] = []
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        elif token.type in ("em_open", "em_close"):
            emphasis += token.nesting
        elif token.type == "link_open":
            links.append(str(token.attrs.get("href", "")))
        elif token.type == "link_close":
            links.pop()
        else:
            text = _words_of(token)
            look = (strong > 0, emphasis > 0, links[-1] if links else None)
            if found and (found[-1].strong, found[-1].emphasis, found[-1].link) == look:
                found[-1] = Span(found[-1].text + text, *look)
            elif text:
                found.append(Span(text, *look))
    return tuple(found)


def _words_of(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    if token.type == "html_inline":
        return _without_comments(token.content)
    return token.content  # text, code, and of a picture the words that stand for it


def _without_comments(html: str) -> str:
    kept, at = "", 0
    while (start := html.find("<!--", at)) >= 0:
        kept += html[at:start]
        end = html.find("-->", start)
        at = len(html) if end < 0 else end + 3
    return (kept + html[at:]).strip("\n")
