"""The parts of a calendar: its content lines, cut but not decoded (RFC 5545, section 3.1).

A server of calendars wants each event by itself. Cutting the text, instead of reading it and
writing it anew, lets every byte of the writer reach the reader.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Parts", "take_apart", "uid_of", "unfold"]


class Parts(NamedTuple):
    """A calendar's content lines, cut into its own and those of its components, not decoded."""

    head: list[bytes]
    zones: list[bytes]
    events: list[bytes]

    def calendar_of(self, events: list[bytes], *, is_stored: bool = False) -> bytes:
        """Those events as one calendar, byte for byte as in the file.

        Args:
            events: of these parts.
            is_stored: leave out METHOD and the zones that no event names.
        """
        head, zones = self.head, self.zones
        if is_stored:
            head = [line for line in head if not line.upper().startswith(b"METHOD:")]
            named = set(re.findall(rb';TZID="?([^":;,\r\n]+)', unfold(b"".join(events))))
            zones = [zone for zone in zones if _value(b"TZID", zone) in named]
        return b"".join(
            [b"BEGIN:VCALENDAR\r\n", *head, *zones, *events, b"END:VCALENDAR\r\n"],
        )


def take_apart(ics: bytes) -> Parts:
    """The parts of the first VCALENDAR in a text, however wrong their content is."""
    parts = Parts([], [], [])
    block: list[bytes] = []
    depth = 0
    for line in re.findall(rb"[^\n]+(?:\n[ \t][^\n]*)*\n?", ics):
        depth += line.startswith(b"BEGIN:")
        if depth > 1:
            block.append(line)
        elif not line.startswith((b"BEGIN:", b"END:")):
            parts.head.append(line)
        depth -= line.startswith(b"END:")
        if depth == 1 and block:
            if block[0].rstrip() == b"BEGIN:VTIMEZONE":
                parts.zones.append(b"".join(block))
            elif block[0].rstrip() == b"BEGIN:VEVENT":
                parts.events.append(b"".join(block))
            block = []
    return parts


def unfold(lines: bytes) -> bytes:
    """Content lines each on one line (RFC 5545, section 3.1)."""
    return re.sub(rb"\r?\n[ \t]", b"", lines)


def _value(name: bytes, component: bytes) -> bytes | None:
    _, _, inside = unfold(component).partition(b"\n")
    own = re.sub(rb"BEGIN:([^\r\n]+).*?END:\1", b"", inside, flags=re.DOTALL)
    found = re.search(rb"^" + name + rb"(?:;[^:\r\n]*)?:([^\r\n]*)", own, re.MULTILINE)
    return found and found[1]


def uid_of(event: bytes) -> str:
    """The UID of a VEVENT, or words that say it has none."""
    return (_value(b"UID", event) or b"an event without UID").decode(errors="replace")
