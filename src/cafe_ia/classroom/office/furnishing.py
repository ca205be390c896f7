"""Furnishing: what a document is besides its text: its sheet, foot, settings, fonts and name.

What the template of python-docx brings along (a picture of another document, the marks of
another program) is left out, so that nothing in the file is anybody else's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls

from cafe_ia.classroom.office.edition import locale
from cafe_ia.classroom.office.grid import element
from cafe_ia.classroom.office.lettering import FONT
from cafe_ia.classroom.office.paper import Place
from cafe_ia.prose import Span

if TYPE_CHECKING:
    from cafe_ia.classroom.office.paper import Paper

__all__ = ["furnish"]

_KEPT = (
    RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.THEME, RELATIONSHIP_TYPE.HYPERLINK, RELATIONSHIP_TYPE.FOOTER,
)  # fmt: skip

_FONT_TABLE = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>'
    f'<w:font w:name="{FONT}"><w:altName w:val="Liberation Sans"/>'
    '<w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)


def furnish(paper: Paper) -> None:
    """Gives a document its sheet, foot, settings, fonts and properties."""
    _sheet(paper)
    _foot(paper)
    _settings(paper)
    _parts(paper)
    for name, value in paper.edition.properties().items():
        setattr(paper.document.core_properties, name, value)


def _sheet(paper: Paper) -> None:
    """A4, margins of two centimetres, running as the language does."""
    section = element("sectPr")
    section.append(element("pgSz", w=11906, h=16838))
    sides = dict.fromkeys(("top", "right", "bottom", "left"), 1134)
    section.append(element("pgMar", **sides, header=567, footer=567, gutter=0))
    section.append(element("cols", space=708))
    if paper.edition.direction == "rtl":
        section.append(element("bidi"))
    paper.leave_space(paper.body)
    paper.body.append(section)


def _foot(paper: Paper) -> None:
    """On each page: the standing of the text, its licence, its version, and the page's number."""
    edition = paper.edition
    foot = paper.document.sections[0].footer.part.element
    for old in list(foot):
        foot.remove(old)
    first, licence, version, *_ = edition.notices()
    words = " · ".join(said.words.rstrip(".") for said in (first, licence, version))
    paper.write(edition.own(words), "Footer", into=foot)
    page = paper.spans((Span(f"{edition.say('office.page').words} "),), edition.interface,
                       Place("Footer"), into=foot)  # fmt: skip
    for instruction, before in (("PAGE", ""), ("NUMPAGES", " / ")):
        look = element("rPr", element("rtl")) if edition.direction == "rtl" else element("rPr")
        if before:
            page.append(paper.run(before, look))
            look = element("rPr", *look)
        page.append(element("fldSimple", paper.run("1", look), instr=instruction))


def _settings(paper: Paper) -> None:
    """As Word 2013 and later write it: without this, the title bar says "compatibility mode"."""
    settings = paper.document.settings.element
    for old in list(settings):
        settings.remove(old)
    settings.append(element("defaultTabStop", val=720))
    settings.append(element("characterSpacingControl", val="doNotCompress"))
    mode = element("compatSetting", name="compatibilityMode",
                   uri="http://schemas.microsoft.com/office/word", val=15)  # fmt: skip
    settings.append(element("compat", mode))
    tag, rtl = locale(paper.edition.language), paper.edition.direction == "rtl"
    settings.append(
        element("themeFontLang", val="fr-FR" if rtl else tag, bidi=tag if rtl else "ar-MA")
    )
    colours = {
        "bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2",
        **{f"accent{n}": f"accent{n}" for n in range(1, 7)},
        "hyperlink": "hyperlink", "followedHyperlink": "followedHyperlink",
    }  # fmt: skip
    settings.append(element("clrSchemeMapping", **colours))
    settings.append(element("decimalSymbol", val=","))
    settings.append(element("listSeparator", val=";"))


def _parts(paper: Paper) -> None:
    part, package = paper.document.part, paper.document.part.package
    for rid, relation in list(part.rels.items()):
        if relation.reltype not in _KEPT:
            del part.rels[rid]
    for rid, relation in list(package.rels.items()):
        if relation.reltype not in (
            RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
            RELATIONSHIP_TYPE.CORE_PROPERTIES,
        ):
            del package.rels[rid]
    fonts = Part(
        PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, _FONT_TABLE.encode(), package
    )
    part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)
