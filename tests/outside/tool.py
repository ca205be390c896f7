"""A tool: an outside program that must be there before a reader can read.

Tools are installed by `tests/outside/install`, not by this package: a browser is too much to ask of
someone who changes a sentence. The machine that guards a release must have them all, though.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import pytest

__all__ = ["HERE", "PATIENCE", "RefusedError", "Tool", "require"]

HERE = Path(__file__).parent
PATIENCE = 120
"""Seconds after which a tool that has not answered has failed."""

Tool = Literal[
    "ical.js",
    "libical",
    "Radicale and caldav",
    "Chromium with axe-core",
    "yaml-language-server",
    "gift-pegjs",
    "poppler",
    "LibreOffice",
]


class RefusedError(Exception):
    """An outside reader could not read what it was given; the message is its own reason."""


def require(tool: Tool) -> None:
    """Ends the running test where an outside tool is missing: failed on CI, else skipped.

    Someone who changes a sentence need not install a browser; the machine that guards the
    release must not pass over a reader in silence.
    """
    if _is_there(tool):
        return
    reason = f"{tool} is missing: {_REMEDIES[tool]}, or run tests/outside/install"
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


_REMEDIES: dict[Tool, str] = {
    "ical.js": "install Node.js 20 or newer and run `npm install --prefix tests/outside`",
    "libical": "run `apt-get install libical3`",
    "poppler": "run `apt-get install poppler-utils`",
    "LibreOffice": "run `apt-get install libreoffice-writer-nogui libreoffice-impress-nogui`",
    "Radicale and caldav": "run `pip install '.[test]'`",
    "yaml-language-server": (
        "install Node.js 20 or newer and run `npm install --prefix tests/outside`"
    ),
    "gift-pegjs": "install Node.js 20 or newer and run `npm install --prefix tests/outside`",
    "Chromium with axe-core": (
        "run `apt-get install chromium fonts-noto-core` (or name a browser in CAFE_IA_CHROMIUM), "
        "install Node.js 20 or newer and run `npm install --prefix tests/outside`"
    ),
}


def _is_there(tool: Tool) -> bool:
    if tool == "libical":
        return _can_load("libical.so.3")
    if tool == "poppler":
        return all(shutil.which(name) for name in ("pdffonts", "pdfinfo", "pdftotext"))
    if tool == "LibreOffice":
        return shutil.which("soffice") is not None
    if tool == "Radicale and caldav":
        return find_spec("radicale") is not None and find_spec("caldav") is not None
    packages = ["playwright-core", "axe-core"] if tool == "Chromium with axe-core" else [tool]
    there = [HERE / "node_modules" / package / "package.json" for package in packages]
    if tool == "Chromium with axe-core":
        there.append(Path(os.environ.get("CAFE_IA_CHROMIUM") or "/usr/bin/chromium"))
    return shutil.which("node") is not None and all(path.exists() for path in there)


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
