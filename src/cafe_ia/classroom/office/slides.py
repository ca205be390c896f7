"""The slides: the question, the bet, the debate, and a farewell; few, and large enough to read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement

from cafe_ia import prose
from cafe_ia.classroom.archive import repacked
from cafe_ia.classroom.office.edition import locale
from cafe_ia.classroom.office.fitting import pages, size_for
from cafe_ia.classroom.office.lettering import settable
from cafe_ia.classroom.office.screen import (
    CHOICE,
    FULL,
    OPENING,
    QUESTION,
    Layout,
    blank,
    placeholder,
)  # fmt: skip
from cafe_ia.classroom.office.script import lines, plain, said_aloud, shared_out
from cafe_ia.prose import Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pptx.oxml.xmlchemy import BaseOxmlElement
    from pptx.presentation import Presentation as Show
    from pptx.shapes.base import BaseShape

    from cafe_ia.classroom.office.edition import Edition
    from cafe_ia.classroom.office.fitting import Line
    from cafe_ia.text import Text

__all__ = ["slides"]

_QUESTION = (80, 72, 66, 60, 54)
"""The sizes of a question, the largest first: what the back of the room reads at a glance."""

_LONG = (48, 44, 40)
"""The sizes of a question that is too long for those; longer ones go on to the next slide."""

_TEXT = (44, 40, 36, 32)
"""The sizes of what stands under a question."""

_TITLE = (*_QUESTION, *_LONG)
_FOOT, _NOTE = 14, 12


class _Slide(NamedTuple):
    layout: Layout
    title: Sequence[Line]
    title_size: int
    text: Sequence[Line] = ()
    text_size: int = _TEXT[-1]
    notes: Sequence[Line] = ()


def slides(edition: Edition) -> bytes:
    """The edition's slides as a .pptx."""
    show = blank(edition)
    for slide in _planned(edition):
        _draw(show, slide, edition)
    _name_notes_master(show)
    for name, value in edition.properties().items():
        setattr(show.core_properties, name, value)
    file = io.BytesIO()
    show.save(file)
    return repacked(file.getvalue(), edition.module.updated)


def _planned(edition: Edition) -> Iterator[_Slide]:
    module = edition.module
    opening, showing, talking, leaving = (
        tuple(said_aloud(edition, steps)) for steps in shared_out(edition.steps)
    )
    yield from _asked(edition, module.question, opening)
    yield from _bet(edition, showing)
    yield from _asked(edition, module.debate.question, talking)
    for question in module.debate.follow_ups:
        yield from _asked(edition, question, (), _TITLE)
    steps = [plain(edition.say(f"office.{key}")) for key in ("one_word", "one_step")]
    takeaway = edition.read(module.takeaway)
    yield from _chosen(
        _title(plain(edition.say("office.farewell"))),
        [step._replace(point=True) for step in steps],
        (*leaving, *lines(prose.blocks(takeaway.words), takeaway)),
    )


def _asked(
    edition: Edition, question: Text, notes: Sequence[Line], sizes: Sequence[int] = _QUESTION
) -> Iterator[_Slide]:
    """A question alone; in Arabic beside itself in Darija, where the module has it.

    Where the two are too long to stand large on one slide, each has one.
    """
    asked = _title(plain(edition.read(question)))
    if edition.language != "ar" or "ary" not in question:
        yield from _alone(asked, notes)
        return
    darija = plain(question.best("ary"))
    size = size_for(asked, OPENING.title.box, sizes)
    under = OPENING.text and size_for(
        [darija], OPENING.text.box, [n for n in (60, 54, 48, *_TEXT) if size and n < size]
    )
    if size and under:
        yield _Slide(OPENING, asked, size, [darija], under, notes)
    else:
        yield from _alone(asked, notes)
        yield from _alone(_title(darija), ())


def _title(*said: Line) -> list[Line]:
    """Lines as a title, which the layouts set in bold."""
    return [line._replace(heavy=True) for line in said]


def _alone(asked: Sequence[Line], notes: Sequence[Line]) -> Iterator[_Slide]:
    size = size_for(asked, FULL.box, _TITLE)
    for page in [asked] if size else pages(asked, FULL.box, _TITLE[-1]):
        yield _Slide(QUESTION, page, size or _TITLE[-1], notes=notes)
        notes = ()


def _bet(edition: Edition, notes: Sequence[Line]) -> Iterator[_Slide]:
    """What the room bets on, and the bets; what is not said aloud stays in the notes."""
    said = edition.read(edition.module.prediction)
    blocks = prose.blocks(said.words)
    shown = [block for block in blocks if isinstance(block, Quote | prose.Items)] or blocks
    first, rest = shown[:1], shown[1:]
    if first and isinstance(first[0], Quote):
        asked, bets = _title(*lines(first, said)), list(lines(rest, said))
    else:
        asked, bets = [], list(lines(shown, said))
    notes = (*lines(blocks, said), *notes)
    if asked and size_for(asked, CHOICE.title.box, _TITLE):
        yield from _chosen(asked, bets, notes)
        return
    if asked:  # too long to stand above its answers
        yield from _alone(asked, notes)
    if bets or not asked:
        heading = _title(plain(edition.heading("prediction")))
        yield from _chosen(heading, bets, () if asked else notes)


def _chosen(title: Sequence[Line], text: Sequence[Line], notes: Sequence[Line]) -> Iterator[_Slide]:
    """A title and what is under it, on as many slides as that needs, each with the title."""
    if CHOICE.text is None or not text:
        yield from _alone(title, notes)
        return
    box = CHOICE.text.box
    title_size = size_for(title, CHOICE.title.box, _TITLE) or _TITLE[-1]
    size = size_for(text, box, _TEXT)
    for page in [text] if size else pages(text, box, _TEXT[-1]):
        yield _Slide(CHOICE, title, title_size, page, size or _TEXT[-1], notes)
        notes = ()


def _draw(show: Show, slide: _Slide, edition: Edition) -> None:
    layouts = {layout.element.cSld.get("name"): layout for layout in show.slide_layouts}
    name = edition.say(f"office.layout_{slide.layout.name}").words
    first = not len(show.slides)
    drawn = show.slides.add_slide(layouts[name])
    title, *texts = drawn.placeholders
    _write(title, slide.title, slide.title_size)
    title.name = edition.say("office.title").words
    for text in texts:
        text.name = edition.say("office.text").words
        _write(text, slide.text, slide.text_size)
    tree = drawn.element.cSld.spTree
    if first:
        foot = parse_xml(placeholder(8, "ftr", edition, number=11))
        tree.append(foot)
        words = " ".join(said.words for said in edition.notices()[:3])
        _fill(foot.txBody, [plain(edition.own(words))], _FOOT)
    tree.append(parse_xml(placeholder(9, "sldNum", edition, number=12)))
    if slide.notes:
        pad = drawn.notes_slide.notes_placeholder
        if pad is not None:
            _write(pad, slide.notes, _NOTE)


def _name_notes_master(show: Show) -> None:
    """The presentation names the master of its notes, which python-pptx leaves to the reader."""
    for rid, relation in show.part.rels.items():
        if relation.reltype == RELATIONSHIP_TYPE.NOTES_MASTER:
            listed, named = OxmlElement("p:notesMasterIdLst"), OxmlElement("p:notesMasterId")
            named.set(qn("r:id"), rid)
            listed.append(named)
            show.element.find(qn("p:sldMasterIdLst")).addnext(listed)


def _write(shape: BaseShape, said: Iterable[Line], size: int) -> None:
    body = shape.element.find(qn("p:txBody"))
    assert body is not None  # a placeholder for words has room for words
    _fill(body, said, size)


def _fill(body: BaseOxmlElement, said: Iterable[Line], size: int) -> None:
    """Puts lines where words stood, each in its own language and direction."""
    for old in body.findall(qn("a:p")):
        body.remove(old)
    body.extend([_paragraph(line, size) for line in said])


def _paragraph(line: Line, size: int) -> BaseOxmlElement:
    rtl = line.direction == "rtl"
    made = _element("a:p")
    properties = _element("a:pPr", algn="r" if rtl else "l", rtl=int(rtl))
    if not line.point:
        properties.set("marL", "0")
        properties.set("indent", "0")
        properties.append(_element("a:buNone"))
    made.append(properties)
    for span in line.spans:
        look = {"b": 1} if span.strong or (span.emphasis and rtl) else {}
        if span.emphasis and not rtl:
            look["i"] = 1
        for number, words in enumerate(settable(span.text, line.language).split("\n")):
            if number:
                made.append(_element("a:br"))
            if words:
                made.append(_run(words, line.language, size, look))
    return made


def _run(words: str, language: str, size: int, look: dict[str, int]) -> BaseOxmlElement:
    made = _element("a:r")
    # The font is the theme's, so that another design can be laid over the slides.
    made.append(_element("a:rPr", lang=locale(language), sz=size * 100, **look))
    text = _element("a:t")
    text.text = words
    made.append(text)
    return made


def _element(tag: str, **attributes: object) -> BaseOxmlElement:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(name, str(value))
    return made
