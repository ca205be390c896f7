"""What poppler reads in a printed document: its words by page, its fonts, its facts."""

from __future__ import annotations

import re
import subprocess
import unicodedata

from outside.tool import PATIENCE, require

__all__ = ["facts_of", "pages_of", "read_by", "text_of", "words_of"]

_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def read_by(program: str, pdf: bytes, *options: str) -> str:
    """What one of poppler's programs says of a document."""
    require("poppler")
    command = [program, *options, "-", *(["-"] if program == "pdftotext" else [])]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=PATIENCE)
    return done.stdout.decode()


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page: letters as they are typed, without marks of direction."""
    text = unicodedata.normalize("NFKC", read_by("pdftotext", pdf, "-enc", "UTF-8"))
    return _UNSEEN.sub("", text).split("\f")[:-1]


def text_of(pdf: bytes) -> str:
    """The words of all pages."""
    return "\n".join(pages_of(pdf))


def words_of(text: str) -> set[str]:
    """The words of a text in any order, since poppler lays Arabic lines out by its own rules."""
    return set(re.findall(r"[^\W\d]+|\d+", unicodedata.normalize("NFKC", text)))


def facts_of(pdf: bytes) -> dict[str, str]:
    """What `pdfinfo` says, by its own names."""
    lines = read_by("pdfinfo", pdf).splitlines()
    return {line.partition(":")[0]: line.partition(":")[2].strip() for line in lines}
