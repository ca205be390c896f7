"""Paper: a document into which paragraphs, lists and tables are put, in words of any language.

Each run of letters is marked with its direction, and with its language where that is not the
document's: a screen reader changes its voice there, and a spelling checker its dictionary.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from cafe_ia import prose
from cafe_ia.classroom.office.edition import locale
from cafe_ia.classroom.office.grid import Cell, Grid, element, framed
from cafe_ia.classroom.office.lettering import runs, settable
from cafe_ia.classroom.office.styles import BULLETS, LEVELS, NUMBERS, indent, numbering, styles
from cafe_ia.prose import Span
from cafe_ia.text import Said, direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

    from cafe_ia.classroom.office.edition import Edition
    from cafe_ia.prose import Block, Spans

__all__ = ["Paper", "Place"]

_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?([/?#][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*)?"
)
_FURTHER = 200  # what is said aloud, with its line beside it, inside a list


class Place(NamedTuple):
    """Where blocks are put: in which style, and how deep in which lists."""

    style: str = "Normal"
    depth: int = 0
    """How many lists there are around; 0 outside of lists."""
    number: int | None = None
    """The list that the next paragraph is an item of."""


class Paper:
    """A document that fills up from top to bottom."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.document: WordDocument = Document()
        self.body = self.document.element.body
        self._numbering = self.document.part.numbering_part.element
        self._lists = max(BULLETS, NUMBERS) + 1
        self._furnish()

    def _furnish(self) -> None:
        known = self.document.styles.element
        for style in [child for child in known if child.tag != qn("w:latentStyles")]:
            known.remove(style)
        defaults, *rest = styles(self.edition)
        known.insert(0, defaults)
        known.extend(rest)
        for old in list(self._numbering):
            self._numbering.remove(old)
        self._numbering.extend(numbering(self.edition))
        for old in list(self.body):
            self.body.remove(old)

    def write(
        self, said: Said, style: str = "Normal", *, into: BaseOxmlElement | None = None,
        new_page: bool = False,
    ) -> BaseOxmlElement:  # fmt: skip
        """A paragraph of plain words, of which no letter is markup."""
        made = self.spans((Span(said.words),), said.language, Place(style), into=into)
        if new_page:
            made[0].insert(1, element("pageBreakBefore"))
        return made

    def prose(
        self, said: Said, place: Place | None = None, *, into: BaseOxmlElement | None = None
    ) -> None:
        """Prose, in the styles of its blocks."""
        where = self.body if into is None else into
        self.blocks(prose.blocks(said.words), said.language, place or Place(), where)

    def blocks(
        self, blocks: Iterable[Block], language: str, place: Place, into: BaseOxmlElement
    ) -> None:
        """Blocks one after another; in a list the first one bears the number."""
        for block in blocks:
            if isinstance(block, prose.Paragraph):
                self.spans(block.spans, language, place, into=into)
            elif isinstance(block, prose.Subheading):
                self.spans(block.spans, language, place._replace(style="Heading3"), into=into)
            elif isinstance(block, prose.Quote):
                self.blocks(block.blocks, language, place._replace(style="SaidAloud"), into)
            else:
                if place.number is not None:  # an item that begins with a list or a table
                    self.spans((), language, place, into=into)
                if isinstance(block, prose.Items):
                    number = (
                        self.new_list(NUMBERS, block.first) if block.first is not None else BULLETS
                    )
                    self.items(block.items, language, place, number, into)
                else:
                    rows = [
                        [Cell((prose.Paragraph(cell),), language) for cell in row]
                        for row in (block.head, *block.rows)
                    ]
                    self.table(Grid(rows), into=into)
            place = place._replace(number=None)

    def items(
        self, items: Iterable[Sequence[Block]], language: str, place: Place, number: int,
        into: BaseOxmlElement,
    ) -> None:  # fmt: skip
        """The items of one list."""
        inside = place._replace(depth=min(place.depth + 1, LEVELS), number=number)
        for item in items:
            self.blocks(item or (prose.Paragraph(()),), language, inside, into)

    def new_list(self, kind: int, first: int = 1) -> int:
        """A list of a kind that counts from its own first number, at every level."""
        self._lists += 1
        restarts = [
            element("lvlOverride", element("startOverride", val=first), ilvl=level)
            for level in range(LEVELS)
        ]
        abstract = element("abstractNumId", val=kind)
        self._numbering.append(element("num", abstract, *restarts, numId=self._lists))
        return self._lists

    def spans(
        self, spans: Spans, language: str, place: Place, *, into: BaseOxmlElement | None = None
    ) -> BaseOxmlElement:
        """One paragraph; it runs as its language does."""
        way = direction(language)
        style, numbered = place.style, place.number is not None
        if place.depth and style == "Normal":
            style = "ListContinue"
            if numbered:
                style = "ListBullet" if place.number == BULLETS else "ListNumber"
        properties = element("pPr", element("pStyle", val=style))
        if place.number is not None:
            level = element("ilvl", val=place.depth - 1)
            properties.append(element("numPr", level, element("numId", val=place.number)))
        if way == "rtl":
            properties.append(element("bidi"))
        elif self.edition.direction == "rtl":
            properties.append(element("bidi", val=0))
        if place.depth and not numbered:
            further = _FURTHER if style == "SaidAloud" else 0
            left = indent(self.edition, place.depth) + further
            properties.append(element("ind", left=left))
        made = element("p", properties)
        for span in spans:
            self._span(made, span, language)
        where = self.body if into is None else into
        if not style.startswith("Heading"):  # it keeps its distance by itself
            self.leave_space(where)
        where.append(made)
        return made

    def _span(self, paragraph: BaseOxmlElement, span: Span, language: str) -> None:
        home = paragraph
        linked = bool(span.link and _ADDRESS.fullmatch(span.link))
        if linked:
            rid = self.document.part.relate_to(
                str(span.link), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            home = OxmlElement("w:hyperlink")
            home.set(qn("r:id"), rid)
            paragraph.append(home)
        for words, way in runs(settable(span.text, language), direction(language)):
            look = element("rPr")
            if linked:
                look.append(element("rStyle", val="Hyperlink"))
            if not linked and (span.strong or span.emphasis):
                look.append(element("rStyle", val="Strong" if span.strong else "Emphasis"))
            if (linked and span.strong) or (way == "rtl" and linked and span.emphasis):
                look.extend([element("b"), element("bCs")])
            if span.emphasis and (linked or span.strong) and way == "ltr":
                look.append(element("i"))
            if way == "rtl":
                look.append(element("rtl"))
            elif self.edition.direction == "rtl":
                look.append(element("rtl", val=0))
            if language != self.edition.language and way == direction(language):
                look.append(
                    element("lang", **{"bidi" if way == "rtl" else "val": locale(language)})
                )
            home.append(self.run(words, look))

    def labelled(self, label: str, said: Said, place: Place) -> None:
        """Words with a label before them, each in its own language."""
        made = self.spans((), said.language, place)
        self._span(made, Span(label, strong=True), self.edition.interface)
        self._span(made, Span(said.words), said.language)

    @staticmethod
    def keep_with_next(paragraph: BaseOxmlElement) -> None:
        """Keeps a paragraph on the page of the next one."""
        paragraph[0].insert(1, element("keepNext"))

    def run(self, words: str, look: BaseOxmlElement) -> BaseOxmlElement:
        """Letters of one look; lines end where they end in the words."""
        made = element("r", look)
        for part in re.split(r"([\n\t])", words):
            if part in ("\n", "\t"):
                made.append(element("br" if part == "\n" else "tab"))
            elif part:
                text = element("t")
                text.text = part
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                made.append(text)
        return made

    def table(self, grid: Grid, *, into: BaseOxmlElement | None = None) -> None:
        """A true table; its head comes again on each page, and rows are not torn."""
        made, boxes = framed(grid, self.edition.direction)
        for box, cell in boxes:
            self.blocks(cell.blocks, cell.language, Place(grid.style), box)
            if box[-1].tag != qn("w:p"):  # a cell ends with a paragraph, or Word opens nothing
                self.spans((), cell.language, Place(grid.style), into=box)
        where = self.body if into is None else into
        self.leave_space(where)
        where.append(made)

    @staticmethod
    def leave_space(where: BaseOxmlElement) -> None:
        """Parts a table from what comes: two that touch become one, and none may come last."""
        if len(where) and where[-1].tag == qn("w:tbl"):
            where.append(element("p", element("pPr", element("pStyle", val="Space"))))
