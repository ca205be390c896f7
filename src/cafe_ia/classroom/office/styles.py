"""The styles of a lesson: what a teacher picks from Word's list, and what the next words inherit.

The direction of the page is in the styles and not only in the paragraphs, so that a paragraph
added tomorrow runs the right way. The library's own style is the one for what is said aloud;
the others are Word's own, known by their names to every office program and screen reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from cafe_ia.classroom.office.edition import locale
from cafe_ia.classroom.office.lettering import FONT

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    from cafe_ia.classroom.office.edition import Edition

__all__ = [
    "ANSWERS", "BULLETS", "INK", "LEVELS", "NUMBERS", "indent", "numbering", "styles",
]  # fmt: skip

INK = "1F4E5F"
"""The colour of headings: 9 to 1 on white."""

_PAPER = "EEF5F4"
_GREY = "595959"

BULLETS, NUMBERS, ANSWERS = 1, 2, 3
"""The three kinds of lists, by their `numId`: points, numbers, and boxes to tick."""

LEVELS = 9
"""How deep Word's lists go."""


_INDENT = 400
_OUTWARDS = 200


def indent(edition: Edition, depth: int) -> int:
    """Where the words of a list begin, by how deep it is, in twentieths of a point.

    LibreOffice draws a number outwards from its place where a page runs from right to left.
    There lists stand further in by the width of a number, or it would be in the margin.
    """
    return _INDENT * depth + (_OUTWARDS if edition.direction == "rtl" else 0)


class _Style(NamedTuple):
    """A style as Word keeps it. Sizes are half points, for Latin and for Arabic letters."""

    id: str
    name: str
    based: str = "Normal"
    after: str = "Normal"
    """The style of the paragraph typed after it."""
    paragraph: str = ""
    """Properties of the paragraph that come before its direction."""
    spacing: str = ""
    """Properties of the paragraph that come after its direction."""
    look: str = ""
    """Weight, slant, colour."""
    sizes: tuple[int, int] | None = None
    own: bool = False
    """Whether it is ours, with a name in the reader's language, and not one of Word's."""


def _paragraph_styles(edition: Edition) -> list[_Style]:
    def name(key: str) -> str:
        return edition.say(f"office.{key}").words

    start = "left" if edition.direction == "ltr" else "right"
    bold, ink = "<w:b/><w:bCs/>", f'<w:color w:val="{INK}"/>'
    keep = "<w:keepNext/><w:keepLines/>"
    # Borders are drawn on a side of the sheet, whichever way the text runs.
    aloud = (
        f'<w:keepLines/><w:pBdr><w:{start} w:val="single" w:sz="24" w:space="10" w:color="{INK}"/>'
        f'</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{_PAPER}"/>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    edges = '<w:tabs><w:tab w:val="center" w:pos="4819"/></w:tabs>'
    near = '<w:spacing w:after="60"/>'
    return [
        _Style("Title", "Title", paragraph=keep, spacing='<w:spacing w:after="160" w:line="252" '
               'w:lineRule="auto"/>', look=bold + ink, sizes=(52, 56)),
        _Style("Subtitle", "Subtitle", spacing='<w:spacing w:after="160"/>', look=ink,
               sizes=(32, 36)),
        _Style("Heading1", "heading 1", paragraph=keep, look=bold + ink, sizes=(36, 40),
               spacing='<w:spacing w:before="420" w:after="140"/><w:outlineLvl w:val="0"/>'),
        _Style("Heading2", "heading 2", paragraph=keep, look=bold + ink, sizes=(28, 32),
               spacing='<w:spacing w:before="300" w:after="100"/><w:outlineLvl w:val="1"/>'),
        _Style("Heading3", "heading 3", paragraph=keep, look=bold, sizes=(24, 28),
               spacing='<w:spacing w:before="220" w:after="80"/><w:outlineLvl w:val="2"/>'),
        _Style("SaidAloud", name("said_aloud"), after="SaidAloud", own=True,
               paragraph=aloud, sizes=(24, 28),
               spacing='<w:spacing w:before="80" w:after="80"/>'
               '<w:ind w:left="340" w:right="340"/>'),
        _Style("ListBullet", "List Bullet", after="ListBullet", paragraph=listed.format(BULLETS),
               spacing=near),
        _Style("ListNumber", "List Number", after="ListNumber", paragraph=listed.format(NUMBERS),
               spacing=near),
        _Style("ListContinue", "List Continue", after="ListContinue",
               spacing=f'{near}<w:ind w:left="{indent(edition, 1)}"/>'),
        _Style("Notice", name("notice"), own=True, spacing=near, look=f'<w:color w:val="{_GREY}"/>',
               sizes=(19, 22)),
        _Style("Card", name("card"), after="Card", own=True, sizes=(28, 32),
               spacing='<w:spacing w:before="60" w:after="60"/><w:jc w:val="center"/>'),
        _Style("TableText", name("cell"), after="TableText", own=True,
               spacing='<w:spacing w:before="40" w:after="40"/>'),
        _Style("Space", name("gap"), own=True,
               spacing='<w:spacing w:after="0" w:line="160" w:lineRule="exact"/>', sizes=(8, 8)),
        _Style("Footer", "footer", after="Footer", paragraph=edges,
               spacing='<w:spacing w:after="0"/>', look=f'<w:color w:val="{_GREY}"/>',
               sizes=(16, 19)),
    ]  # fmt: skip


def styles(edition: Edition) -> list[BaseOxmlElement]:
    """The document's defaults and all its styles, in the language and direction of the edition."""
    rtl = edition.direction == "rtl"
    tag = locale(edition.language)
    # Latin letters in an Arabic page are most often French in Morocco.
    latin, arabic = ("fr-FR", tag) if rtl else (tag, "ar-MA")
    defaults = (
        "<w:docDefaults {ns}><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        f'<w:sz w:val="22"/><w:szCs w:val="26"/>'
        f"<w:lang w:val={quoteattr(latin)} w:eastAsia={quoteattr(latin)} "
        f"w:bidi={quoteattr(arabic)}/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="120" w:line="276" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    bidi, run = ("<w:bidi/>", "<w:rtl/>") if rtl else ("", "")
    normal = (
        '<w:style {ns} w:type="paragraph" w:default="1" w:styleId="Normal">'
        f'<w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl/>{bidi}</w:pPr>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )
    found = [defaults, normal]
    for style in _paragraph_styles(edition):
        ours = ' w:customStyle="1"' if style.own else ""
        latin_size, arabic_size = style.sizes or (0, 0)
        sizes = f'<w:sz w:val="{latin_size}"/><w:szCs w:val="{arabic_size}"/>'
        found.append(
            f'<w:style {{ns}} w:type="paragraph"{ours} w:styleId="{style.id}">'
            f"<w:name w:val={quoteattr(style.name)}/>"
            f'<w:basedOn w:val="{style.based}"/><w:next w:val="{style.after}"/><w:qFormat/>'
            f"<w:pPr>{style.paragraph}{bidi}{style.spacing}</w:pPr>"
            f"<w:rPr>{style.look}{sizes if style.sizes else ''}{run}</w:rPr></w:style>"
        )
    return [*map(_parsed, found), *_parsed(_OTHERS)]


_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="9DB5B2"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_OTHERS = (
    "<w:styles {ns}>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>'
    "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
    # Arabic letters do not slant; what leans in Latin is heavier in Arabic.
    '<w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:qFormat/>'
    '<w:rPr><w:bCs/><w:i/><w:iCs w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="0B5394"/><w:u w:val="single"/></w:rPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_LINES}</w:tblBorders></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{_PAPER}"/></w:tcPr></w:tblStylePr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    "<w:semiHidden/></w:style></w:styles>"
)


def numbering(edition: Edition) -> list[BaseOxmlElement]:
    """The definitions of the three kinds of lists, and one list of each to begin from."""
    # A box to tick is in no text font of Windows, hence the fonts of its signs.
    ticked = (
        '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:cs="Segoe UI Symbol"/>'
    )
    kinds = {
        BULLETS: ("•–", "", "bullet"),
        NUMBERS: ("", "", "decimal"),
        ANSWERS: ("☐", ticked, "bullet"),
    }
    found = []
    for kind, (signs, look, written) in kinds.items():
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{written}"/>'
            f'<w:lvlText w:val="{escape(signs[n % len(signs)] if signs else f"%{n + 1}.")}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{indent(edition, n + 1)}" '
            f'w:hanging="{_INDENT}"/></w:pPr><w:rPr>{look}</w:rPr></w:lvl>'
            for n in range(LEVELS)
        )
        found.append(
            f'<w:abstractNum {{ns}} w:abstractNumId="{kind}"><w:multiLevelType '
            f'w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        )
    found += [
        f'<w:num {{ns}} w:numId="{kind}"><w:abstractNumId w:val="{kind}"/></w:num>'
        for kind in kinds
    ]
    return [_parsed(part) for part in found]


def _parsed(xml: str) -> BaseOxmlElement:
    return parse_xml(xml.replace("{ns}", nsdecls("w"), 1))
