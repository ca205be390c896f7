"""Writing and reading calendars, as ratios measured in one run.

Run it with `python benchmarks/calendar.py [SESSIONS]`. It prints how long it takes to write
10,000 sessions compared with (a) raw string formatting of the same fields without escaping or
folding, (b) ics 0.7.3's own `Calendar.serialize()` and (c) icalendar; the same for building the
records and writing, and for reading; how the cost grows; and the peak memory of writing to a
stream. Each figure is the smallest of several runs, which a busy machine disturbs least.
"""

from __future__ import annotations

import sys

sys.path.pop(0)  # this folder: its calendar.py would stand in for Python's own `calendar`

import gc
import io
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import icalendar
import ics
from ics.grammar.parse import ContentLine

from cafe_ia.calendar import from_ics, to_ics, write_ics
from cafe_ia.calendar.saying import Wording, uid_of
from cafe_ia.session import Facilitator, Host, Session, Venue
from cafe_ia.zone import instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RUNS = 3

VENUE = Venue.model_validate(
    {
        "name": {"fr": "Bibliothèque nationale", "ar": "المكتبة الوطنية"},
        "address": {"fr": "Avenue Ibn Khaldoun", "ar": "شارع ابن خلدون"},
        "city": {"fr": "Rabat", "ar": "الرباط"},
        "location": {"lat": 34.0076, "lon": -6.834},
        "step_free": True,
    }
)
HOST = Host.model_validate({"name": {"fr": "Cafés IA"}, "email": "bonjour@example.org"})
FACILITATORS = (Facilitator(name="Naïma", speaks=("ary", "fr")),)
FIRST = datetime(2026, 12, 5, 15)
SUMMARY = (
    "On parle, on doute, on essaie ; personne ne fait la leçon. Venez avec votre question, "
    "elle sera notée dans vos mots."
)
SUMMARY_AR = "نتحدث ونشك ونجرب، ولا أحد يلقي درسا. تعالوا بسؤالكم وسنكتبه بكلماتكم."


def rows(count: int) -> Iterator[dict[str, Any]]:
    """The fields of so many sessions, as a program would have them."""
    for n in range(count):
        yield {
            "id": f"cafe-{n}",
            "title": {"fr": f"La machine parle nos langues ? ({n})", "ar": f"هل تتكلم ({n})"},
            "summary": {"fr": SUMMARY, "ar": SUMMARY_AR},
            "starts": FIRST + timedelta(days=n % 700, hours=n % 5),
            "minutes": 60,
            "status": "confirmed",
            "revision": n % 3,
            "updated": datetime(2026, 11, 20, 10, tzinfo=UTC),
            "spoken": ("ary", "fr"),
            "venue": VENUE,
            "host": HOST,
            "facilitators": FACILITATORS,
            "seats": 15,
            "audiences": ("everyone",),
            "module": "nos-langues",
            "url": f"https://example.org/cafes/{n}",
        }


def built(count: int) -> list[Session]:
    """The records."""
    return [Session.model_validate(row) for row in rows(count)]


class Fields:
    """What every writer writes of one session: the same properties with the same values."""

    def __init__(self, session: Session, wording: Wording) -> None:
        self.uid, self.starts, self.ends = uid_of(session), session.starts, session.ends
        self.updated, self.revision = session.updated, session.revision
        self.title = wording.title(session)
        self.description = wording.description(session)
        assert session.venue is not None
        assert session.host is not None
        self.place = wording.place(session.venue)
        self.host = wording.said(session.host.name).words
        self.email, self.url = session.host.email, session.url
        self.rest = session.model_dump_json(
            exclude={"uid", "starts", "minutes", "timezone", "revision", "updated"},
            exclude_defaults=True,
        )


def raw(fields: list[Fields]) -> bytes:
    """The events by string formatting alone: no escaping, no folding, no zone."""
    parts = ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"]
    for one in fields:
        changed = f"{one.updated:%Y%m%dT%H%M%SZ}"
        parts.append(
            f"BEGIN:VEVENT\r\nUID:{one.uid}\r\nDTSTAMP:{changed}\r\n"
            f"DTSTART;TZID=Africa/Casablanca:{one.starts:%Y%m%dT%H%M%S}\r\n"
            f"DTEND;TZID=Africa/Casablanca:{one.ends:%Y%m%dT%H%M%S}\r\n"
            f"SEQUENCE:{one.revision}\r\nLAST-MODIFIED:{changed}\r\nSTATUS:CONFIRMED\r\n"
            f"SUMMARY;LANGUAGE={one.title.language}:{one.title.words}\r\n"
            f"DESCRIPTION;LANGUAGE={one.title.language}:{one.description}\r\n"
            f"LOCATION;LANGUAGE={one.place.language}:{one.place.words}\r\n"
            f"GEO:34.007600;-6.834000\r\nURL:{one.url}\r\n"
            f"CATEGORIES:EVERYONE,nos-langues\r\n"
            f'ORGANIZER;CN="{one.host}":mailto:{one.email}\r\n'
            f"X-CAFE-IA:{one.rest}\r\nEND:VEVENT\r\n"
        )
    parts.append("END:VCALENDAR\r\n")
    return "".join(parts).encode()


def by_ics(fields: list[Fields]) -> bytes:
    """The same through ics 0.7.3's own Event and Calendar."""
    calendar = ics.Calendar(creator="x")
    for one in fields:
        event = ics.Event(
            name=one.title.words,
            begin=instant(one.starts, "Africa/Casablanca"),
            end=instant(one.ends, "Africa/Casablanca"),
            uid=one.uid,
            description=one.description,
            created=one.updated,
            last_modified=one.updated,
            location=one.place.words,
            url=one.url,
            status="CONFIRMED",
            categories={"EVERYONE", "nos-langues"},
            geo=(34.0076, -6.834),
            organizer=ics.Organizer(common_name=one.host, email=one.email),
        )
        event.extra.append(ContentLine("SEQUENCE", value=str(one.revision)))
        event.extra.append(ContentLine("X-CAFE-IA", value=one.rest))
        calendar.events.add(event)
    return str(calendar.serialize()).encode()


def by_icalendar(fields: list[Fields]) -> bytes:
    """The same through icalendar."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "x")
    calendar.add("version", "2.0")
    zone = {"TZID": "Africa/Casablanca"}
    for one in fields:
        event = icalendar.Event()
        event.add("uid", one.uid)
        event.add("dtstamp", one.updated)
        event.add("dtstart", one.starts, parameters=zone)
        event.add("dtend", one.ends, parameters=zone)
        event.add("sequence", one.revision)
        event.add("last-modified", one.updated)
        event.add("status", "CONFIRMED")
        event.add("summary", one.title.words, parameters={"LANGUAGE": one.title.language})
        event.add("description", one.description, parameters={"LANGUAGE": one.title.language})
        event.add("location", one.place.words, parameters={"LANGUAGE": one.place.language})
        event.add("geo", (34.0076, -6.834))
        event.add("url", one.url)
        event.add("categories", ["EVERYONE", "nos-langues"])
        event.add("organizer", f"mailto:{one.email}", parameters={"CN": one.host})
        event.add("x-cafe-ia", one.rest)
        calendar.add_component(event)
    return calendar.to_ical()


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The smallest time of several runs."""
    best = float("inf")
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


class Endless:
    """Sessions that are made each time they are walked, so that nothing keeps them."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __iter__(self) -> Iterator[Session]:
        return (Session.model_validate(row) for row in rows(self.count))


class Nowhere(io.RawIOBase):
    """A stream that forgets."""

    def write(self, octets: Any, /) -> int:
        """Forget them."""
        return len(octets)


def peak(work: Callable[[], object]) -> float:
    """The peak of memory allocated by Python while it works, in MB."""
    tracemalloc.start()
    work()
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return highest / 1e6


def main(count: int) -> None:
    """Print the ratios."""
    sessions, wording = built(count), Wording("fr")
    fields = [Fields(session, wording) for session in sessions]
    ours = seconds(lambda: to_ics(sessions))
    whole = seconds(lambda: to_ics(built(count)))
    a = seconds(lambda: raw([Fields(session, wording) for session in sessions]))
    a_bare = seconds(lambda: raw(fields))
    b, c = seconds(lambda: by_ics(fields)), seconds(lambda: by_icalendar(fields), 1)
    print(f"{count} sessions, {len(to_ics(sessions)) / 1e6:.1f} MB; smallest of {RUNS} runs")
    print(f"write from records        {ours:8.3f} s")
    print(f"  / (a) raw, from records {ours / a:8.2f}   (to reach 2.5)")
    print(f"  / (a) raw, strings ready{ours / a_bare:8.2f}")
    print(f"  / (b) ics serialize     {ours / b:8.2f}   (to reach 0.35)")
    print(f"  / (c) icalendar         {ours / c:8.2f}   (to reach 0.15)")
    print(f"build records and write   {whole:8.3f} s")
    print(f"  / (b) ics serialize     {whole / b:8.2f}   (to reach 0.7)")
    feed = to_ics(sessions)
    theirs = by_icalendar(fields)
    read, alone = seconds(lambda: from_ics(feed), 2), seconds(lambda: _walked(feed), 2)
    other, other_alone = seconds(lambda: from_ics(theirs), 1), seconds(lambda: _walked(theirs), 1)
    print(f"read our feed             {read:8.3f} s")
    print(f"  / icalendar alone       {read / alone:8.2f}   (to reach 1.2)")
    print(f"read icalendar's feed     {other:8.3f} s")
    print(f"  / icalendar alone       {other / other_alone:8.2f}   (to reach 1.2)")
    tenfold = _tenfold(count * 10)
    print(f"write {count * 10} / write {count}: {tenfold / ours:.1f} times (10 is linear)")
    small = peak(lambda: write_ics(Nowhere(), Endless(count // 10)))
    large = peak(lambda: write_ics(Nowhere(), Endless(count)))
    print(
        f"peak memory of a stream: {small * 1000:.0f} kB for {count // 10}, "
        f"{large * 1000:.0f} kB for {count}"
    )
    print(f"peak memory of to_ics:   {peak(lambda: to_ics(sessions)):.1f} MB for {count}")


def _tenfold(count: int) -> float:
    many = built(count)
    return seconds(lambda: to_ics(many), 1)


def _walked(feed: bytes) -> int:
    """What icalendar alone does to read every event."""
    return len(icalendar.Calendar.from_ical(feed).walk("VEVENT"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
