"""Lines for a terminal: folded between words, and Arabic that runs from the right.

A terminal takes a line's direction from its first letter, so that an Arabic sentence that begins
with a path would run from the left; and it turns round a date or an option that stands among
Arabic words. Marks that take no room say how each is meant. A line without Arabic gets none: it is
a command or a path, which a person copies.
"""

from __future__ import annotations

import re
import textwrap

__all__ = ["folded", "turned"]

_RIGHT, _LEFT = "\u200f", "\u200e"

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")

_TOKEN = re.compile(r"[A-Za-z0-9./~+@#%=:_-]+")
"""A path, a date, an option, a name for machines: what is read from the left as one thing."""

_TURNS = re.compile(r"[^A-Za-z].*(?:[A-Za-z]|\d[/-]|[/-]\d)|^\d+[/-]\d")
"""A token that begins with no letter, and whose parts would change places among Arabic words.

Hours are none: `15:00 – 16:00` is read from the right, like the sentence.
"""


def turned(line: str) -> str:
    """A line with the marks that it needs in a terminal; none where it holds no Arabic."""
    if not _ARABIC.search(line):
        return line
    return _RIGHT + _TOKEN.sub(_kept_whole, line)


def folded(text: str, width: int, *, hanging: int = 0) -> str:
    """A text whose lines are broken between words.

    Args:
        text: The text; the spaces at the beginning of a line are kept for what is folded from it.
        width: Columns of the longest line. What has no space is not broken: it may be a path.
        hanging: More spaces before each line that is folded off.
    """
    lines = []
    for line in text.split("\n"):
        margin = " " * (len(line) - len(line.lstrip(" ")))
        lines += textwrap.wrap(
            line.strip(), max(width, len(margin) + hanging + 8),
            initial_indent=margin, subsequent_indent=margin + " " * hanging,
            break_long_words=False, break_on_hyphens=False,
        ) or [""]  # fmt: skip
    return "\n".join(lines)


def _kept_whole(found: re.Match[str]) -> str:
    return f"{_LEFT}{found[0]}" if _TURNS.match(found[0]) else found[0]
