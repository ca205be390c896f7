"""A table: a programme for a spreadsheet, one row for each session."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from cafe_ia.phrases import catalogue
from cafe_ia.wording import access_facts, days, language_names, phrase

if TYPE_CHECKING:
    from cafe_ia.programme import Programme
    from cafe_ia.session import Session
    from cafe_ia.text import Text

__all__ = ["to_csv"]


def to_csv(programme: Programme, *, language: str = "fr") -> bytes:
    """The programme as a table: a header, then one row for each session.

    Cells are separated by semicolons, because a spreadsheet in French takes the comma for the
    decimal point and would put each row into one cell. The byte order mark makes Excel read
    UTF-8, hence Arabic, and lines end as RFC 4180 says. Dates are `2026-12-05` and hours `15:00`,
    those of the clock on the wall. A text that a spreadsheet would run as a formula begins with
    an apostrophe; numbers (`-6.8`) stay numbers. What is not known is an empty cell.

    Args:
        programme: The sessions and what they share.
        language: Of the header, and of the texts where they have it.

    Returns:
        CSV in UTF-8; `csv.reader(…, delimiter=";")` reads it after decoding as `utf-8-sig`.

    Raises:
        KeyError: the library does not speak the language.
    """
    table = _Table(programme, language)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(_harmless, table.header()))
    for session in programme.sessions:
        writer.writerow(map(_harmless, table.row(session)))
    return out.getvalue().encode("utf-8-sig")


_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠−﹢﹣﹦﹫]")
"""How a cell begins that a spreadsheet may run (OWASP, CSV injection): also in full width."""


def _harmless(cell: str | float | None) -> str | float:
    """A cell that no spreadsheet runs; numbers are left alone."""
    if cell is None:
        return ""
    if isinstance(cell, str) and (_FORMULA.match(cell) or cell.startswith(("\t", "\r"))):
        return f"'{cell}"
    return cell


class _Table:
    """The columns of the table in one language."""

    def __init__(self, programme: Programme, language: str) -> None:
        self.programme = programme
        self.language = language
        self.others = sorted({tag for session in programme.sessions for tag in session.title})
        self.separator = catalogue("pages", language)["list"]["separator"]

    def header(self) -> list[str]:
        """The names of the columns; a title has one more for each of its languages."""
        names = [phrase(f"table.{name}", self.language) for name in _COLUMNS]
        return names + [
            phrase("table.title_in", self.language, name=self._language(tag)) for tag in self.others
        ]

    def row(self, session: Session) -> list[str | float | None]:
        """One session, in the order of the header."""
        host = session.host or self.programme.organiser
        cells: dict[str, str | float | None] = {
            **self._when(session),
            **self._where(session),
            **{name: self._answer(answer) for name, answer in access_facts(session).items()},
            "id": session.id,
            "status": phrase(f"status.{session.status.value}", self.language),
            "revision": session.revision,
            "updated": f"{session.updated:%Y-%m-%d %H:%M:%S}",
            "title": self._said(session.title),
            "summary": self._said(session.summary),
            "online": session.online,
            "spoken": self.separator.join(map(self._language, session.spoken)),
            "audiences": self.separator.join(
                phrase(f"audience.{audience.value}", self.language)
                for audience in session.audiences
            ),
            "seats": session.seats,
            "free": self._answer(session.free),
            "access_notes": self._said(session.access.notes if session.access else None),
            "facilitators": self.separator.join(person.name for person in session.facilitators),
            "host": self._said(host.name if host else None),
            "module": session.module,
            "registration": session.registration,
            "url": session.url,
        }
        titles = [session.title.get(tag) for tag in self.others]
        return [cells[name] for name in _COLUMNS] + titles

    def _when(self, session: Session) -> dict[str, str | float | None]:
        (first, last), timed = days(session), not session.all_day
        return {
            "start_day": first.isoformat(),
            "start_hour": f"{session.starts:%H:%M}" if timed else None,
            "end_day": last.isoformat(),
            "end_hour": f"{session.ends:%H:%M}" if timed else None,
            "timezone": session.timezone,
            "minutes": session.minutes,
        }

    def _where(self, session: Session) -> dict[str, str | float | None]:
        venue = session.venue
        point, region = (venue.location, venue.region) if venue else (None, None)
        return {
            "venue": self._said(venue.name if venue else None),
            "address": self._said(venue.address if venue else None),
            "city": self._said(venue.city if venue else None),
            "region": phrase(f"region.{region.value}", self.language) if region else None,
            "lat": point.lat if point else None,
            "lon": point.lon if point else None,
        }

    def _said(self, text: Text | None) -> str | None:
        return self.programme.say(text, self.language).words if text else None

    def _language(self, tag: str) -> str:
        """A language's name, or its tag where the name would not tell two columns apart."""
        return tag if "-" in tag else language_names([tag], self.language)

    def _answer(self, answer: bool | None) -> str | None:  # noqa: FBT001 # it is the answer
        if answer is None:
            return None
        return phrase("answer.yes" if answer else "answer.no", self.language)


_COLUMNS = (
    "id", "status", "title", "start_day", "start_hour", "end_day", "end_hour", "timezone",
    "minutes", "venue", "address", "city", "region", "lat", "lon", "online", "spoken",
    "audiences", "seats", "free", "step_free", "seating", "sign_language", "children",
    "women_only", "access_notes", "summary", "facilitators", "host", "module", "registration",
    "url", "revision", "updated",
)  # fmt: skip
"""In the order in which a person reads a programme; titles in every language come after."""
