"""QTI 1.2 as Common Cartridge narrows it: a quiz that learning platforms of many makers read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from cafe_ia.classroom.markup import document, lines, paragraph
from cafe_ia.classroom.questions import items, terms_of_use
from cafe_ia.phrases import heading, spoken

if TYPE_CHECKING:
    from cafe_ia.classroom.questions import Item
    from cafe_ia.curriculum import Module

__all__ = ["to_qti"]

_NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_FEWEST = 3  # answers of a multiple choice
_RESPONSE, _WHY = "response", "general_fb"

_PROFILE = {
    "cc_profile": "cc.exam.v0p1",
    "qmd_assessmenttype": "Examination",
    "qmd_scoretype": "Percentage",
    "qmd_feedbackpermitted": "Yes",
}


def to_qti(module: Module, language: str = "fr") -> bytes:
    """The quiz of a module as one assessment of QTI 1.2, for a Common Cartridge.

    The why is shown to everybody, whatever they ticked. A question with several right answers
    gives its points for exactly these. Common Cartridge wants three answers at least of a
    multiple choice, and two that say true and false otherwise; a question with two answers of
    its own goes as a multiple response, in which no reader loses its words.

    Args:
        module: A module that has a quiz; QTI knows no assessment without a question.
        language: Of the reader: `fr`, `ar`, `ary`, `en`.

    Returns:
        XML in UTF-8.

    Source: IMS Common Cartridge 1.1, `ccv1p1_qtiasiv1p2p1_v1p0.xsd` and its Schematron rules.
    """
    root = Element("questestinterop", xmlns=_NAMESPACE)
    used = module.question.language(language)
    title = heading("quiz", language)
    assessment = SubElement(root, "assessment", ident=f"{module.id}-{language}", title=title)
    assessment.set("xml:lang", used)
    _metadata(assessment, _PROFILE)
    about = lines(terms_of_use(module, language), spoken(language))
    _material(SubElement(assessment, "rubric"), about)
    section = SubElement(assessment, "section", ident=f"{module.id}-{language}-section")
    for item in items(module, language):
        section.append(_item(item))
    return document(root)


def _item(item: Item) -> Element:
    alone = item.single and len(item.choices) >= _FEWEST
    element = Element("item", ident=item.id, title=item.name)
    profile = "cc.multiple_choice.v0p1" if alone else "cc.multiple_response.v0p1"
    _metadata(SubElement(element, "itemmetadata"), {"cc_profile": profile})
    presentation = SubElement(element, "presentation")
    _material(presentation, paragraph(item.question))
    response = SubElement(
        presentation, "response_lid",
        ident=_RESPONSE, rcardinality="Single" if alone else "Multiple",
    )  # fmt: skip
    offered = SubElement(response, "render_choice")
    for number, choice in enumerate(item.choices, start=1):
        label = SubElement(offered, "response_label", ident=f"a{number}")
        _material(label, paragraph(choice.said))
    element.append(_processing(item, alone=alone))
    feedback = SubElement(element, "itemfeedback", ident=_WHY)
    _material(SubElement(feedback, "flow_mat"), paragraph(item.why))
    return element


def _processing(item: Item, *, alone: bool) -> Element:
    """What is shown, then what gives the points."""
    processing = Element("resprocessing")
    outcomes = SubElement(processing, "outcomes")
    SubElement(outcomes, "decvar", varname="SCORE", vartype="Decimal", minvalue="0", maxvalue="100")
    always = SubElement(processing, "respcondition", {"continue": "Yes"})
    SubElement(SubElement(always, "conditionvar"), "other")
    SubElement(always, "displayfeedback", feedbacktype="Response", linkrefid=_WHY)
    right = SubElement(processing, "respcondition", {"continue": "No"})
    condition = SubElement(right, "conditionvar")
    if not alone:
        condition = SubElement(condition, "and")
    for number, choice in enumerate(item.choices, start=1):
        if choice.right:
            _equal(condition, number)
        elif not alone:
            _equal(SubElement(condition, "not"), number)
    SubElement(right, "setvar", varname="SCORE", action="Set").text = "100"
    return processing


def _equal(parent: Element, number: int) -> None:
    SubElement(parent, "varequal", respident=_RESPONSE).text = f"a{number}"


def _metadata(parent: Element, fields: dict[str, str]) -> None:
    metadata = SubElement(parent, "qtimetadata")
    for label, entry in fields.items():
        field = SubElement(metadata, "qtimetadatafield")
        SubElement(field, "fieldlabel").text = label
        SubElement(field, "fieldentry").text = entry


def _material(parent: Element, html: str) -> None:
    text = SubElement(SubElement(parent, "material"), "mattext", texttype="text/html")
    text.text = html
