"""A grid: a table of cells, and the frame of WordprocessingML that it is put in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from cafe_ia import prose
from cafe_ia.classroom.office.lettering import settable
from cafe_ia.prose import Paragraph, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.oxml.xmlchemy import BaseOxmlElement

    from cafe_ia.prose import Block
    from cafe_ia.text import Said

__all__ = ["Cell", "Grid", "element", "framed"]

_WIDTH = 9638  # an A4 sheet between margins of two centimetres, in twentieths of a point
_HEIGHT_TO_WRITE = 560  # one centimetre


def element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """An element of WordprocessingML with its attributes and children."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


class Cell(NamedTuple):
    """A cell of a table: blocks, in the language of who wrote them."""

    blocks: Sequence[Block]
    language: str

    @classmethod
    def of(cls, said: Said) -> Cell:
        """A cell of plain words."""
        return cls((Paragraph((Span(said.words),)),), said.language)


class Grid(NamedTuple):
    """A table before it is set."""

    rows: Sequence[Sequence[Cell]]
    """The cells, row by row, as many in each."""
    title: Said | None = None
    """What the table is, for who cannot see it."""
    widths: Sequence[int] = ()
    """How wide the columns are beside each other; even where nothing is given."""
    head: bool = True
    """Whether the first row names the columns."""
    style: str = "TableText"
    """The style of what stands in the cells."""
    height: int = 0
    """The least height of a row. Rows with an empty cell leave room to write in any case."""


def framed(
    grid: Grid, direction: str
) -> tuple[BaseOxmlElement, list[tuple[BaseOxmlElement, Cell]]]:
    """The table without its words, and each of its boxes beside the cell that goes into it."""
    shares = grid.widths or (1,) * max(map(len, grid.rows))
    measured = [_WIDTH * share // sum(shares) for share in shares]
    made = element("tbl", _properties(grid, direction))
    made.append(element("tblGrid", *(element("gridCol", w=width) for width in measured)))
    boxes = []
    for number, row in enumerate(grid.rows):
        names_columns = grid.head and number == 0
        empty = any(not prose.plain_text(cell.blocks) for cell in row)
        height = grid.height or (_HEIGHT_TO_WRITE if empty and not names_columns else 0)
        line = element("tr", element("trPr", element("cantSplit")))
        if height:
            line[0].append(element("trHeight", val=height, hRule="atLeast"))
        if names_columns:
            line[0].append(element("tblHeader"))
        for width, cell in zip(measured, row, strict=True):
            size = element("tcW", w=width, type="dxa")
            box = element("tc", element("tcPr", size, element("vAlign", val="center")))
            line.append(box)
            boxes.append((box, cell))
        made.append(line)
    return made, boxes


def _properties(grid: Grid, direction: str) -> BaseOxmlElement:
    made = element("tblPr", element("tblStyle", val="TableGrid"))
    if direction == "rtl":
        made.append(element("bidiVisual"))
    made.append(element("tblW", w=_WIDTH, type="dxa"))
    made.append(element("tblLayout", type="fixed"))
    look = element("tblLook", val="0620" if grid.head else "0600", firstRow=int(grid.head),
                   lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)  # fmt: skip
    made.append(look)
    if grid.title:
        made.append(element("tblCaption", val=settable(grid.title.words, grid.title.language)))
    return made
