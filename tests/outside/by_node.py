"""Readings by JavaScript: a calendar by ical.js, a page by Chromium and axe-core.

The scripts `read_ics.mjs` and `look_at_page.mjs` do the work; here their answers get types.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any, TypedDict, cast

from .tool import HERE, PATIENCE, RefusedError, require

__all__ = ["Event", "Feed", "Finding", "Page", "look_at_page", "read_with_ical_js"]


class Event(TypedDict):
    """A VEVENT as ical.js understood it; `None` where the property is absent."""

    uid: str
    summary: str | None
    description: str | None
    location: str | None
    status: str | None
    sequence: int | None
    all_day: bool
    start: str
    """A UTC instant (`2026-11-28T18:00:00Z`), a date if `all_day`, without Z if it floats."""
    end: str
    """Like `start`; DURATION is added up, and the last day of an all-day event is excluded."""
    tzid: str | None
    categories: list[str]
    geo: list[float] | None
    """Latitude and longitude in degrees."""
    url: str | None


class Feed(TypedDict):
    """A VCALENDAR as ical.js understood it."""

    calendar: dict[str, list[str]]
    """The calendar's own properties, by name in small letters."""
    events: list[Event]
    """In the order of the file."""


class Finding(TypedDict):
    """A rule of axe-core and the elements it is about."""

    id: str
    help: str
    nodes: list[str]


class Page(TypedDict):
    """What Chromium saw of a page."""

    violations: list[Finding]
    undecided: list[Finding]
    """What axe-core leaves to a person, such as contrast over a gradient."""
    requests: list[str]
    """Every address asked for, except the page itself and `data:`."""
    errors: list[str]
    """Uncaught exceptions and what went to `console.error`."""
    lang: str
    dir: str
    overflow: bool
    """Whether one must scroll sideways."""


def _run(script: str, *arguments: str) -> Any:
    """What a script of this folder prints, from its JSON.

    Raises:
        RefusedError: it ended with an error.
    """
    done = subprocess.run(
        ["node", str(HERE / script), *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    if done.returncode != 0:
        raise RefusedError(done.stderr.strip())
    return json.loads(done.stdout)


def read_with_ical_js(ics: bytes) -> Feed:
    """A calendar as ical.js reads it, with no zones but those of the file.

    Raises:
        RefusedError: it is not one calendar in UTF-8, a TZID has no VTIMEZONE, a time does not
            exist or comes before the first observance of its zone.
    """
    require("ical.js")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "feed.ics")
        path.write_bytes(ics)
        return cast("Feed", _run("read_ics.mjs", str(path)))


def look_at_page(  # noqa: PLR0913 - each is an option of the script
    path: Path,
    hash: str | None = None,  # noqa: A002 - the Web's own name for it
    *,
    width: int = 1280,
    height: int = 800,
    screenshot: Path | None = None,
    pdf: Path | None = None,
) -> Page:
    """What Chromium, offline, and axe-core make of a page on the disk.

    Args:
        path: the HTML file.
        hash: what follows the address, for example `#ar`.
        width: of the window, in CSS pixels.
        height: of the window, in CSS pixels.
        screenshot: where to put a PNG of the whole page.
        pdf: where to put the page as printed.

    Raises:
        RefusedError: the page could not be opened.
    """
    require("Chromium with axe-core")
    options = [f"--width={width}", f"--height={height}"]
    for name, value in (("hash", hash), ("screenshot", screenshot), ("pdf", pdf)):
        if value is not None:
            options.append(f"--{name}={value}")
    return cast("Page", _run("look_at_page.mjs", *options, "--", str(path)))
