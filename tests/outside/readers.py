"""Outside readers: programs by other people that read what this library writes.

A file that its own writer reads back proves little. Here ical.js, libical, Radicale with a CalDAV
client, Chromium with axe-core and the YAML language server say what they understood, and none of
them knows this library.
`tests/outside/install` installs them; `require` says what to do where one is missing.
"""

from __future__ import annotations

from .by_caldav import radicale_server, round_trip_by_caldav
from .by_editor import complaints_of_editor, explanation_in_editor, fields_in_editor
from .by_libical import complaints_of_libical
from .by_node import Event, Feed, Finding, Page, look_at_page, read_with_ical_js
from .tool import RefusedError, Tool, require

__all__ = [
    "Event",
    "Feed",
    "Finding",
    "Page",
    "RefusedError",
    "Tool",
    "complaints_of_editor",
    "complaints_of_libical",
    "explanation_in_editor",
    "fields_in_editor",
    "look_at_page",
    "radicale_server",
    "read_with_ical_js",
    "require",
    "round_trip_by_caldav",
]
