"""A Common Cartridge: lessons and their quizzes in one file that learning platforms import.

Version 1.1 is the one that every platform reads: Moodle, Canvas and Open edX read it, and what
1.2 and 1.3 added (references to standards by code, tools on other servers) is nothing that a
module has.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from cafe_ia.classroom.archive import archive
from cafe_ia.classroom.markup import document
from cafe_ia.classroom.qti import to_qti
from cafe_ia.classroom.questions import terms_of_use
from cafe_ia.curriculum import Curriculum, Module
from cafe_ia.page import lesson_page
from cafe_ia.phrases import heading, say, spoken
from cafe_ia.prose import blocks, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["to_imscc"]

_NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
_QUIZ = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
_HOUR = 60
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # of a curriculum in which nothing is written yet


def to_imscc(
    course: Curriculum | Module,
    language: str = "fr",
    *,
    minutes: int | None = None,
    page: Callable[[Module, str], bytes] | None = None,
) -> bytes:
    """A curriculum or one module as a Common Cartridge 1.1: for each module its page and quiz.

    Only what is written is offered, in the curriculum's order, each module in a folder of its
    own. Identifiers come from the modules' own, so that a platform that has the cartridge
    recognises the parts of the next one.

    Args:
        course: What to pack.
        language: Of the reader: `fr`, `ar`, `ary`, `en`.
        minutes: How long the meeting of a page lasts: without it the curriculum's length, of a
            module an hour.
        page: Writes the page of a module for a reader of a language, as HTML in UTF-8, in place
            of `lesson_page`.

    Returns:
        A ZIP, dated like the module that changed last.

    Source: IMS Common Cartridge 1.1, `ccv1p1_imscp_v1p2_v1p0.xsd` and its Schematron rules.
    """
    length = minutes or (_HOUR if isinstance(course, Module) else course.minutes)
    page = page or partial(lesson_page, minutes=length)
    given = (course,) if isinstance(course, Module) else course.written
    modules = {module.id: module for module in given}  # met twice in an order, packed once
    files = {f"{name}/page.html": page(module, language) for name, module in modules.items()}
    files |= {
        f"{name}/quiz/assessment.xml": to_qti(module, language)
        for name, module in modules.items()
        if module.quiz.items
    }
    manifest = _manifest(course, tuple(modules.values()), language)
    files["imsmanifest.xml"] = manifest
    return archive(files, max((module.updated for module in given), default=_EARLIEST))


def _manifest(course: Curriculum | Module, modules: tuple[Module, ...], language: str) -> bytes:
    root = Element("manifest", identifier=f"cafe-ia-{course.id}-{language}")
    root.set("xmlns", _NAMESPACE)
    root.set("xmlns:lom", _LOM)
    root.append(_metadata(course, modules, language))
    organization = SubElement(
        SubElement(root, "organizations"), "organization",
        identifier="organization", structure="rooted-hierarchy",
    )  # fmt: skip
    top = SubElement(organization, "item", identifier="root")
    resources = SubElement(root, "resources")
    for module in modules:
        _add(module, language, top, resources)
    return document(root)


def _add(module: Module, language: str, top: Element, resources: Element) -> None:
    """The folder of a module with its page and quiz, and the files that these are."""
    folder = SubElement(top, "item", identifier=f"folder-{module.id}")
    SubElement(folder, "title").text = module.question.best(language).words
    parts = [("page", say("lessons", "quiz.page", spoken(language)), "page.html", "webcontent")]
    if module.quiz.items:
        parts.append(("quiz", heading("quiz", language), "quiz/assessment.xml", _QUIZ))
    for part, title, name, kind in parts:
        known, path = f"{part}-{module.id}", f"{module.id}/{name}"
        item = SubElement(folder, "item", identifier=f"item-{known}", identifierref=known)
        SubElement(item, "title").text = title
        resource = SubElement(resources, "resource", identifier=known, type=kind)
        if kind == "webcontent":  # an assessment must not have one
            resource.set("href", path)
        SubElement(resource, "file", href=path)


def _metadata(course: Curriculum | Module, modules: Iterable[Module], language: str) -> Element:
    metadata = Element("metadata")
    SubElement(metadata, "schema").text = "IMS Common Cartridge"
    SubElement(metadata, "schemaversion").text = "1.1.0"
    lom = SubElement(metadata, "lom:lom")
    general = SubElement(lom, "lom:general")
    name = course.question if isinstance(course, Module) else course.title
    identifier = SubElement(general, "lom:identifier")
    SubElement(identifier, "lom:catalog").text = "cafe_ia"
    SubElement(identifier, "lom:entry").text = course.id
    title = name.best(language)
    _said(SubElement(general, "lom:title"), title.words, title.language)
    SubElement(general, "lom:language").text = title.language
    summary = course.invitation if isinstance(course, Module) else course.summary
    if summary:
        about = summary.best(language)
        words = plain_text(blocks(about.words))
        _said(SubElement(general, "lom:description"), words, about.language)
    # Each line once: the modules of a curriculum mostly share licence and language.
    lines = dict.fromkeys(line for module in modules for line in terms_of_use(module, language))
    authors = dict.fromkeys(author for module in modules for author in module.authors)
    if lines:
        rights = SubElement(lom, "lom:rights")
        restricted = SubElement(rights, "lom:copyrightAndOtherRestrictions")
        SubElement(restricted, "lom:value").text = "yes"
        described = SubElement(rights, "lom:description")
        _said(described, "\n".join([*authors, *lines]), spoken(language))
    return metadata


def _said(parent: Element, words: str, language: str) -> None:
    SubElement(parent, "lom:string", language=language).text = words
