"""XML as the quiz formats write it: words inside HTML inside elements, escaped at each door."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import indent, tostring

from cafe_ia.text import Said, direction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

__all__ = ["document", "lines", "paragraph"]

_NO_XML = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
"""The characters that a record can hold and XML cannot, and what stands for the unreadable."""


def document(root: Element) -> bytes:
    """An element and what it holds as an XML file in UTF-8, set out to be read."""
    indent(root)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text.translate(_NO_XML)}\n'.encode()


def paragraph(said: Said) -> str:
    """Words as HTML that says their language and direction, whatever stands in them."""
    broken = escape(said.words, quote=False).replace("\n", "<br>")
    return f'<p lang="{escape(said.language)}" dir="{said.direction}">{broken}</p>'


def lines(words: Iterable[str], language: str) -> str:
    """Lines in one language as HTML."""
    return paragraph(Said("\n".join(words), language, direction(language)))
