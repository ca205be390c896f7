"""The frame: what every page shares around its own words.

The template engine that escapes them, the policy that lets nothing else in, the margins of
printed sheets, and the marks of French print.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

if TYPE_CHECKING:
    from cafe_ia.text import Said

__all__ = ["environment", "policy", "sheet_margins", "source"]


@cache
def environment() -> Environment:
    """The template engine: every value is escaped, and a value that is missing is an error."""
    return Environment(
        loader=PackageLoader("cafe_ia", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


@cache
def source(name: str) -> str:
    """The text of one of the style sheets and scripts that pages hold."""
    return files("cafe_ia").joinpath("templates", name).read_text(encoding="utf-8")


def policy(style: str, script: str | None = None) -> str:
    """A Content-Security-Policy: nothing is fetched, and only these texts act."""
    allowed = (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src '{_fingerprint(style)}'"
    )
    return allowed if script is None else f"{allowed}; script-src '{_fingerprint(script)}'"


def _fingerprint(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def sheet_margins(name: str, title: Said, direction: str, foot: Said | None = None) -> str:
    """The rule of CSS that repeats a title, the sheet's number and a line at its foot.

    Args:
        name: Of the printed pages that it is for; empty for all.
        title: What stands at the top.
        direction: `ltr` or `rtl`, of the page.
        foot: What stands at the bottom.
    """
    inner, outer = ("left", "right") if direction == "ltr" else ("right", "left")
    boxes = [
        (f"@top-{inner}", title, _css_string(title.words)),
        (f"@top-{outer}", title, "counter(page)"),
    ]
    if foot:
        boxes.append(("@bottom-center", foot, _css_string(foot.words)))
    margins = "".join(
        f"  {box} {{ content: {content}; direction: {said.direction}; color: #000;"
        f" font: 8pt/1.4 {_FONTS[said.direction]}; }}\n"
        for box, said, content in boxes
    )
    return f"@page {name}".rstrip() + f" {{\n{margins}}}\n"


_FONTS = {
    "ltr": 'system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif',
    "rtl": '"Noto Naskh Arabic", "Geeza Pro", "Segoe UI", Tahoma, sans-serif',
}
"""Margins of a printed page inherit nothing from the body."""


def _css_string(words: str) -> str:
    """Words as a CSS string in which no character can end it, nor end the `<style>` around it."""
    plain = " ".join(words.split())
    # Six digits need no space behind them; a real space there would be taken for it.
    safe = (c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in plain)
    return f'"{"".join(safe)}"'
