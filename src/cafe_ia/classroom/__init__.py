"""Modules for classes and cafés, in the formats that teachers, platforms and printers take.

Each export is a pure function of a module and a reader's language: the same lesson gives the
same bytes, every document says that its text is a draft until a named person has reviewed it,
and what a person typed comes out as words, never as markup.
"""

from __future__ import annotations

from cafe_ia.classroom.cartridge import to_imscc
from cafe_ia.classroom.formats import FORMATS, export
from cafe_ia.classroom.gift import to_gift
from cafe_ia.classroom.linked import to_lrmi
from cafe_ia.classroom.moodle import to_moodle
from cafe_ia.classroom.office import to_docx, to_pptx
from cafe_ia.classroom.paper import to_pdf
from cafe_ia.classroom.qti import to_qti

__all__ = [
    "FORMATS", "export", "to_docx", "to_gift", "to_imscc", "to_lrmi", "to_moodle", "to_pdf",
    "to_pptx", "to_qti",
]  # fmt: skip
