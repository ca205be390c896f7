"""What people type, and the value that they mean.

A café's record is typed by a person on whatever keyboard is there: `18h30`, `٢٠٢٦-١٢-٠٥`,
`oui`, a non-breaking space from a word processor. What can mean one thing only is taken; what
could mean two is refused with the reason. Values that a program passes already typed go
straight through.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from cafe_ia.problem import fault

__all__ = ["aware_time", "local_time", "number", "plain", "whole_number", "words", "yes_or_no"]

DateT = TypeVar("DateT", bound=date)

_DIGITS = {ord(digit): str(n % 10) for n, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_SPACES = dict.fromkeys((160, 8199, 8201, 8239, 12288), " ")
_UNSEEN = dict.fromkeys(
    [0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
)
_PLAIN = {**_DIGITS, **_SPACES, **_UNSEEN}

_YES = frozenset({"yes", "y", "oui", "o", "true", "نعم", "ايه", "إيه", "أجل"})
_NO = frozenset({"no", "n", "non", "false", "لا"})

_DATE = re.compile(
    r"(?:(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})[-/.](?P<m2>\d{1,2})[-/.](?P<y2>\d{4}))(?!\d)"
)
_TIME = re.compile(r"(?P<h>\d{1,2})(?:\s?[h:H]\s?(?P<min>\d{2})(?::(?P<s>\d{2}))?|\s?[hH])")
_BEFORE_HOUR = re.compile(r"\s+(?:à|at|على(?:\s+الساعة)?|الساعة|مع)\s+|\s*[,،T]?\s*")
_HALF_DAY = re.compile(
    r"(?i)[ap]\.?\s?m\.?$|\b(?:matin|soir|après-midi|morning|evening|afternoon)$"
    r"|[صم]$|(?:صباح|مساء|ظهر|عشي|ليل)"
)
_YEARS = range(1900, 2200)
_SHORT_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}(?!\d)")
_OFFSET = re.compile(
    r"[hH:]\s?\d{2}(?:[:.]\d+)*\s?(?:Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)$"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def plain(typed: str) -> str:
    """What was typed, with Western digits, plain spaces and no unseen direction mark."""
    return typed.strip() if typed.isascii() else typed.translate(_PLAIN).strip()


def words(typed: Any) -> Any:
    r"""A text for people: ends trimmed, line ends as `\n`, control characters refused."""
    if type(typed) is not str:
        return typed
    text = typed.strip()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable() and (unseen := _CONTROL.search(text)):
        raise fault("text-control-character", character=f"U+{ord(unseen[0]):04X}")
    return text


def yes_or_no(typed: Any) -> Any:
    """`oui`, `non`, `yes`, `no`, `نعم`, `لا` as a truth value."""
    if not isinstance(typed, str):
        return typed
    answer = plain(typed).casefold()
    if answer in _YES:
        return True
    if answer in _NO:
        return False
    raise fault("yes-or-no", typed=typed)


def whole_number(typed: Any) -> Any:
    """A whole number in Western or Arabic-Indic digits."""
    if not isinstance(typed, str):
        return typed
    text = plain(typed)
    if re.fullmatch(r"[+-]?\d{1,18}", text) and text.isascii():
        return int(text)
    raise fault("number-whole", typed=typed)


def number(typed: Any) -> Any:
    """A decimal number, with a point or with one decimal comma."""
    if not isinstance(typed, str):
        return typed
    text = plain(typed).replace("٫", ".")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if re.fullmatch(r"[+-]?\d{1,9}(?:\.\d{1,15})?", text) and text.isascii():
        return float(text)
    raise fault("number-decimal", typed=typed)


def local_time(typed: Any) -> Any:
    """A local date and time: `2026-12-05 18:30`, `05/12/2026 à 18h30` (the day first).

    Returns:
        A naive `datetime`, or a `date` where no hour was given (the record decides whether it
        needs one).
    """
    if isinstance(typed, datetime):
        if typed.tzinfo is not None:
            raise fault("time-with-offset", typed=typed.isoformat())
        return _of_our_time(typed).replace(microsecond=0)  # no calendar holds less than a second
    if isinstance(typed, date):
        return _of_our_time(typed)
    if not isinstance(typed, str):
        return typed
    text = plain(typed)
    if _OFFSET.search(text):
        raise fault("time-with-offset", typed=typed)
    day, rest = _day(text, typed)
    hour = _hour(rest, typed)
    return day if hour is None else datetime.combine(day, hour)


def aware_time(typed: Any) -> Any:
    """An instant: an ISO 8601 time with its offset; without one it is UTC.

    Returns:
        An aware `datetime` in UTC.
    """
    if isinstance(typed, str):
        text = plain(typed)
        if _OFFSET.search(text):
            text = text.replace("UTC", "Z").replace("GMT", "Z")
            try:
                typed = datetime.fromisoformat(re.sub(r"\s+(?=[Z+-][\d:]*$)", "", text))
            except ValueError:
                raise fault("time-unreadable", typed=typed) from None
        else:
            typed = local_time(typed)
    if isinstance(typed, date):
        _of_our_time(typed)
    if isinstance(typed, datetime):
        typed = typed.replace(microsecond=0)
        return typed.replace(tzinfo=UTC) if typed.tzinfo is None else typed.astimezone(UTC)
    if isinstance(typed, date):
        return datetime.combine(typed, time(), UTC)
    return typed


def _day(text: str, typed: str) -> tuple[date, str]:
    """The date at the start of a text, and what follows it."""
    found = _DATE.match(text)
    if found is None:
        if _SHORT_YEAR.match(text):
            raise fault("date-short-year", typed=typed)
        raise fault("time-unreadable", typed=typed)
    year, month, day = (int(found[name] or found[f"{name}2"]) for name in "ymd")
    if month > 12 >= day and found["y2"]:  # noqa: PLR2004 # months of a year
        raise fault("date-month-first", typed=typed)
    try:
        return _of_our_time(date(year, month, day)), text[found.end() :]
    except ValueError:
        raise fault("date-impossible", typed=typed) from None


def _of_our_time(day: DateT) -> DateT:
    """The day itself; a year that is a slip of the finger is refused, as it has no instant."""
    if day.year not in _YEARS:
        raise fault("date-impossible", typed=day.isoformat())
    return day


def _hour(text: str, typed: str) -> time | None:
    """The hour that follows a date: after a space, a `T`, a comma, `à`, `at` or `على الساعة`."""
    between = _BEFORE_HOUR.match(text)
    text = text[between.end() if between else 0 :].strip()
    if not text:
        return None
    found = _TIME.fullmatch(text)
    if found is None:
        code = "time-half-day" if _HALF_DAY.search(text) else "time-unreadable"
        raise fault(code, typed=typed)
    try:
        return time(int(found["h"]), int(found["min"] or 0), int(found["s"] or 0))
    except ValueError:
        raise fault("time-impossible", typed=typed) from None
