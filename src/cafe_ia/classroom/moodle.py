"""Moodle XML: a quiz with everything that Moodle keeps of a question, for its question bank."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from cafe_ia.classroom.markup import document, lines, paragraph
from cafe_ia.classroom.questions import category, items, shares, terms_of_use
from cafe_ia.phrases import spoken

if TYPE_CHECKING:
    from cafe_ia.classroom.questions import Item
    from cafe_ia.curriculum import Module

__all__ = ["to_moodle"]


def to_moodle(module: Module, language: str = "fr") -> bytes:
    """The quiz of a module in Moodle XML, in a category that says how far it may be trusted.

    Texts are HTML, since only there a text can say its language and run from right to left.
    Fractions are those of Moodle's own list and the right ones add up to 100. Each question has
    an `idnumber`, which is the same in the next export.

    Args:
        module: The module; one without a quiz gives its category alone.
        language: Of the reader: `fr`, `ar`, `ary`, `en`.

    Returns:
        XML in UTF-8.

    Source: https://docs.moodle.org/en/Moodle_XML_format; where it leaves open what is read,
    `question/format/xml/format.php` of Moodle.
    """
    quiz = Element("quiz")
    top = SubElement(quiz, "question", type="category")
    _text(top, "category", category(module, language))
    _html(top, "info", lines(terms_of_use(module, language), spoken(language)))
    SubElement(top, "idnumber").text = f"{module.id}-{language}"
    for item in items(module, language):
        quiz.append(_question(item))
    return document(quiz)


def _question(item: Item) -> Element:
    question = Element("question", type="multichoice")
    _text(question, "name", item.name)
    _html(question, "questiontext", paragraph(item.question))
    _html(question, "generalfeedback", paragraph(item.why))
    for name, value in (
        ("defaultgrade", "1"),
        ("penalty", "0.3333333"),
        ("hidden", "0"),
        ("idnumber", item.id),
        ("single", "true" if item.single else "false"),
        ("shuffleanswers", "true"),
        ("answernumbering", "none"),
        ("showstandardinstruction", "1"),  # tells whether one box or several are to be ticked
    ):
        SubElement(question, name).text = value
    for choice, share in zip(item.choices, shares(item.choices), strict=True):
        alone = "100" if choice.right else "0"
        answer = _html(question, "answer", paragraph(choice.said))
        answer.set("fraction", alone if item.single else share)
    return question


def _text(parent: Element, name: str, words: str) -> Element:
    element = SubElement(parent, name)
    SubElement(element, "text").text = words
    return element


def _html(parent: Element, name: str, html: str) -> Element:
    element = _text(parent, name, html)
    element.set("format", "html")
    return element
