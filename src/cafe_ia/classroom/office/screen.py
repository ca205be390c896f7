"""The screen: an empty presentation of 16:9 with three clean layouts, running as its language does.

It is python-pptx's template with what is foreign taken out. Titles and texts are placeholders of
the layouts, so that the outline shows them, a screen reader names them, and another design can be
laid over them; the direction is in the master, for the slides that someone adds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from cafe_ia.classroom.office.edition import locale
from cafe_ia.classroom.office.fitting import Box
from cafe_ia.classroom.office.lettering import FONT

if TYPE_CHECKING:
    from pptx.oxml.xmlchemy import BaseOxmlElement
    from pptx.presentation import Presentation as Show

    from cafe_ia.classroom.office.edition import Edition

__all__ = ["CHOICE", "FULL", "OPENING", "QUESTION", "Area", "Layout", "blank", "placeholder"]

_INK, _GREY = "1F4E5F", "595959"
_WIDE, _HIGH = 960, 540  # 16:9, in points
_MARGIN, _INSET = 54, 7
_INNER = _WIDE - 2 * _MARGIN


class Area(NamedTuple):
    """Where a placeholder stands, in points from the top left."""

    left: int
    top: int
    width: int
    height: int

    @property
    def box(self) -> Box:
        """The room for words inside."""
        return Box(self.width - 2 * _INSET, self.height - _INSET)


class Layout(NamedTuple):
    """What a kind of slide is made of."""

    name: str
    """Its name in our catalogue."""
    template: str
    """The layout of python-pptx's template that it takes the place of."""
    title: Area
    text: Area | None = None
    """What stands under the title."""


FULL = Area(_MARGIN, 30, _INNER, 440)
"""A title that has the slide to itself."""

OPENING = Layout("opening", "Title Slide", Area(_MARGIN, 30, _INNER, 250),
                 Area(_MARGIN, 298, _INNER, 174))  # fmt: skip
QUESTION = Layout("question", "Title Only", FULL)
CHOICE = Layout("choice", "Title and Content", Area(_MARGIN, 28, _INNER, 166),
                Area(_MARGIN, 206, _INNER, 268))  # fmt: skip

_FOOT_TOP, _FOOT_HIGH, _NUMBER_WIDE = 478, 48, 80
_FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"


def blank(edition: Edition) -> Show:
    """A presentation without slides."""
    show = Presentation()
    show.slide_width, show.slide_height = Pt(_WIDE), Pt(_HIGH)
    show.element.find(qn("p:sldSz")).attrib.pop("type")
    made_from = {layout.template: layout for layout in (OPENING, QUESTION, CHOICE)}
    for layout in list(show.slide_layouts):
        kind = made_from.get(layout.name)
        if kind is None:
            show.slide_layouts.remove(layout)
            continue
        layout.element.cSld.set("name", edition.say(f"office.layout_{kind.name}").words)
        _fill(layout.element, _layout(kind, edition))
    _fill(show.slide_master.element, _master(edition))
    _turn(show, edition)
    theme = show.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme.blob = _theme(theme.blob)
    _leave_out(show)
    return show


def _fill(slide: BaseOxmlElement, shapes: list[str]) -> None:
    tree = slide.cSld.spTree
    for shape in tree.findall(qn("p:sp")):
        tree.remove(shape)
    for shape in shapes:
        tree.append(parse_xml(shape))


def _master(edition: Edition) -> list[str]:
    side = 0 if edition.direction == "ltr" else _WIDE - 18
    bar = (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="9" name=""/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_frame(Area(side, 0, 18, _HIGH))}'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/>'
        "</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
    return [
        bar,
        placeholder(2, "title", edition, area=CHOICE.title),
        placeholder(3, "body", edition, area=CHOICE.text, number=1),
        placeholder(4, "ftr", edition, area=_foot(edition, "ftr"), number=3),
        placeholder(5, "sldNum", edition, area=_foot(edition, "sldNum"), number=4),
    ]


def _layout(layout: Layout, edition: Edition) -> list[str]:
    opening = layout is OPENING
    shapes = [placeholder(2, "ctrTitle" if opening else "title", edition, area=layout.title)]
    if layout.text:
        kind = "subTitle" if opening else ""
        shapes.append(placeholder(3, kind, edition, area=layout.text, number=1))
    shapes.append(placeholder(4, "ftr", edition, number=11))
    shapes.append(placeholder(5, "sldNum", edition, number=12))
    return shapes


def _foot(edition: Edition, kind: str) -> Area:
    """The standing of the text where lines begin, the slide's number where they end."""
    wide = _NUMBER_WIDE if kind == "sldNum" else _INNER - _NUMBER_WIDE
    begins = (kind == "ftr") == (edition.direction == "ltr")
    left = _MARGIN if begins else _WIDE - _MARGIN - wide
    return Area(left, _FOOT_TOP, wide, _FOOT_HIGH)


_NAMES = {"ftr": "standing", "sldNum": "page", "title": "title", "ctrTitle": "title"}


def placeholder(
    shape: int, kind: str, edition: Edition, *, area: Area | None = None, number: int | None = None
) -> str:
    """A placeholder as PresentationML, without words of a lesson.

    Args:
        shape: Its number on the slide.
        kind: Its kind in PresentationML; empty for any content.
        edition: Whose language and direction it takes.
        area: Where it stands; where its layout says, when nothing is given.
        number: Its `idx`, by which a slide's placeholder finds its layout's.
    """
    start, end = ("l", "r") if edition.direction == "ltr" else ("r", "l")
    name = edition.say(f"office.{_NAMES.get(kind, 'text')}").words
    look, anchor, words = "", "t", escape(name)
    if kind in ("title", "ctrTitle"):
        anchor = "b" if area != FULL else "ctr"
    elif kind == "subTitle":
        look = f'<a:lvl1pPr marL="0" indent="0" algn="{start}"><a:buNone/></a:lvl1pPr>'
    elif kind in ("ftr", "sldNum"):
        side = start if kind == "ftr" else end
        look = (
            f'<a:lvl1pPr algn="{side}"><a:defRPr sz="1400"><a:solidFill><a:srgbClr val="{_GREY}"/>'
            "</a:solidFill></a:defRPr></a:lvl1pPr>"
        )
        anchor = "b"
    run = f"<a:rPr lang={quoteattr(locale(edition.language))}/><a:t>{words}</a:t>"
    paragraph = f"<a:p><a:r>{run}</a:r></a:p>"
    if kind == "sldNum":
        paragraph = (
            f'<a:p><a:fld id="{_FIELD}" type="slidenum">{run.replace(words, "1")}</a:fld></a:p>'
        )
    elif kind == "ftr":
        paragraph = "<a:p/>"
    ident = f' type="{kind}"' * bool(kind) + (f' idx="{number}"' if number is not None else "")
    shown = f'{_frame(area)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' if area else ""
    # On a slide nothing is said that the layout says already.
    body = (
        f'<a:bodyPr vert="horz" lIns="{Pt(_INSET)}" tIns="0" rIns="{Pt(_INSET)}" bIns="0" '
        f'rtlCol="{int(start == "r")}" anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{look}</a:lstStyle>" if area else "<a:bodyPr/><a:lstStyle/>"
    )  # fmt: skip
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{shape}" name={quoteattr(name)}/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph{ident}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{shown}</p:spPr><p:txBody>{body}{paragraph}</p:txBody></p:sp>"
    )


def _frame(area: Area) -> str:
    left, top, width, height = (Pt(points) for points in area)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _turn(show: Show, edition: Edition) -> None:
    """What is typed tomorrow runs as the language does, in the master's styles and elsewhere."""
    rtl = edition.direction == "rtl"
    for level in (
        *show.slide_master.element.iter(), *show.element.iter(),
    ):  # fmt: skip
        if level.get("rtl") is not None:
            level.set("rtl", str(int(rtl)))
            level.set("algn", "r" if rtl else "l")
        if level.tag == qn("a:defRPr") and level.get("lang"):
            level.set("lang", locale(edition.language))
    title = next(show.slide_master.element.iter(qn("p:titleStyle")))
    for look in title.iter(qn("a:defRPr")):
        look.set("b", "1")
        for colour in look.iter(qn("a:schemeClr")):
            colour.set("val", "accent1")


def _theme(xml: bytes) -> bytes:
    """The theme with our one font and our one colour."""
    fonts = rf"\g<1><a:latin typeface=\"{FONT}\"/><a:ea typeface=\"\"/><a:cs typeface=\"{FONT}\"/>"
    text = re.sub(
        r"(<a:m(?:aj|in)orFont>)<a:latin [^>]*/><a:ea [^>]*/><a:cs [^>]*/>",
        fonts.replace('\\"', '"'), xml.decode(),
    )  # fmt: skip
    text = re.sub(r'(<a:font script="Arab" typeface=")[^"]*', rf"\g<1>{FONT}", text)
    return re.sub(r'(<a:accent1><a:srgbClr val=")\w{6}', rf"\g<1>{_INK}", text).encode()


def _leave_out(show: Show) -> None:
    """A picture of another document, another program's marks and another's printer."""
    package = show.part.package
    foreign = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    found = [relation for relation in package.iter_rels() if relation.reltype in foreign]
    for relation in found:
        package.drop_rel(relation.rId)
    for rid, relation in list(show.part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.PRINTER_SETTINGS:
            show.part.rels.pop(rid)
