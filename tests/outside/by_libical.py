"""Complaints of libical: the C library of Evolution and KOrganizer judges a calendar.

It is asked for its restrictions, that is which properties a component must and may have, rather
than for what it reads: it forgives much and says so in X-LIC-ERROR lines.
"""

from __future__ import annotations

import ctypes
import re
from functools import cache

from .parts import take_apart, uid_of, unfold
from .tool import require

__all__ = ["complaints_of_libical"]


@cache
def _libical() -> ctypes.CDLL:
    library = ctypes.CDLL("libical.so.3")
    for name, takes, gives in (
        ("icalparser_parse_string", ctypes.c_char_p, ctypes.c_void_p),
        ("icalcomponent_isa", ctypes.c_void_p, ctypes.c_int),
        ("icalcomponent_kind_to_string", ctypes.c_int, ctypes.c_char_p),
        ("icalrestriction_check", ctypes.c_void_p, ctypes.c_int),
        ("icalcomponent_count_errors", ctypes.c_void_p, ctypes.c_int),
        ("icalcomponent_as_ical_string", ctypes.c_void_p, ctypes.c_char_p),
        ("icalcomponent_free", ctypes.c_void_p, None),
    ):
        function = getattr(library, name)
        function.argtypes, function.restype = [takes], gives
    return library


def complaints_of_libical(ics: bytes) -> list[str]:
    """What libical holds against a calendar, by RFC 5545 and, if it has a METHOD, by RFC 5546.

    Each complaint begins with the UID of its event where there is one. libical stops at the first
    faulty component, so each event is also checked alone, with the head and zones of the file.
    """
    require("libical")
    if b"\0" in ics:
        return ["a NUL byte ends the text for libical"]
    parts = take_apart(ics)
    found = [
        f"{uid_of(event)}: {complaint}"
        for event in parts.events
        for complaint in _complaints(parts.calendar_of([event]))
    ]
    of_events = tuple(found)
    found += [c for c in _complaints(ics) if not any(known.endswith(c) for known in of_events)]
    return list(dict.fromkeys(found))


def _complaints(ics: bytes) -> list[str]:
    library = _libical()
    component = library.icalparser_parse_string(ics)
    if not component:
        return ["libical found no whole component"]
    try:
        kind = library.icalcomponent_kind_to_string(library.icalcomponent_isa(component)).decode()
        if kind != "VCALENDAR":
            return [f"libical found {kind} instead of one VCALENDAR"]
        is_valid = library.icalrestriction_check(component)
        count = library.icalcomponent_count_errors(component)
        text = library.icalcomponent_as_ical_string(component)
    finally:
        library.icalcomponent_free(component)
    found = [
        match["type"] + ": " + match["reason"].replace("\\,", ",")
        for match in re.finditer(
            r"^X-LIC-ERROR;X-LIC-ERRORTYPE=(?P<type>[^:]+):(?P<reason>.*?)\r?$",
            unfold(text).decode(errors="replace"),
            re.MULTILINE,
        )
    ]
    if len(found) != count or not (is_valid or found):
        found.append(f"libical counts {count} errors and calls the calendar valid: {is_valid}")
    return list(dict.fromkeys(found))
