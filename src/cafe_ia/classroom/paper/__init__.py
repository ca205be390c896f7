"""Paper: a module as pages to print, set by Typst with fonts of our own.

Most people who come to a café own no computer, and the room may have no electricity: what they
hold, read and write on is paper. One document holds the sheets that are asked for, and the same
module always gives the same bytes.
"""

from cafe_ia.classroom.paper.printing import to_pdf
from cafe_ia.classroom.paper.sheets import PARTS, Part

__all__ = ["PARTS", "Part", "to_pdf"]
