"""A session that moves, is postponed or is cancelled: the same record, one revision further.

The file keeps everything else that stands in it. `id` and UID never change, so that the next
feed changes the event in people's calendars instead of adding one. What changes nothing raises no
revision: nobody's telephone rings for it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from cafe_ia.entry import local_time, plain
from cafe_ia.files.editing import edit_file
from cafe_ia.files.node import Source
from cafe_ia.files.reading import SESSIONS, Reading, node_of, read_programme
from cafe_ia.files.typed import nearest, problems_of
from cafe_ia.problem import Problem, RecordError, Severity
from cafe_ia.session import Session, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cafe_ia.programme import Programme

__all__ = ["cancel_session", "move_session", "postpone_session", "session_of", "venue_named"]

_AFTER = {
    "minutes": "starts", "status": "starts", "revision": "status", "updated": "revision",
    "venue": "updated",
}  # fmt: skip


def cancel_session(folder: Path, name: str, *, updated: datetime) -> Session:
    """Say in the file that the café does not take place.

    Args:
        folder: The programme's folder.
        name: The session's `id`.
        updated: When this is decided, aware.

    Returns:
        The session as it is now.

    Raises:
        RecordError: the session is not there or cannot be read, or the file cannot be changed.
    """
    return _decided(folder, name, Status.CANCELLED, updated)


def postpone_session(folder: Path, name: str, *, updated: datetime) -> Session:
    """Say in the file that the café does not take place at its time, and that the new one is open.

    Args, returns and errors are those of `cancel_session`; a café that is cancelled stays so.
    """
    return _decided(folder, name, Status.POSTPONED, updated)


def move_session(  # noqa: PLR0913 # one for each thing that may change
    folder: Path,
    name: str,
    *,
    starts: str | datetime | None = None,
    minutes: str | int | None = None,
    venue: str | None = None,
    updated: datetime,
) -> Session:
    """Give the café another time or another place; a new time plans a postponed one again.

    Args:
        folder: The programme's folder.
        name: The session's `id`.
        starts: The new local time, as a person types it.
        minutes: How long it lasts from now on.
        venue: The short name of one of the programme's venues.
        updated: When this is decided, aware.

    Returns:
        The session as it is now.

    Raises:
        RecordError: as for `cancel_session`; the time or the length is none, the venue is not
            known, or the café is cancelled.
    """
    reading = read_programme(folder)
    session = session_of(reading, name)
    if session.status is Status.CANCELLED:
        raise RecordError([Problem("session-cancelled", {"name": name})])
    given = {"starts": starts, "minutes": minutes}
    moved = _valid(session, {key: one for key, one in given.items() if one is not None})
    changes: dict[str, str] = {}
    if moved.starts != session.starts:
        pattern = "%Y-%m-%d" if session.all_day else "%Y-%m-%d %H:%M"
        changes["starts"] = moved.starts.strftime(pattern)
    if venue is not None and reading.programme is not None:
        short = venue_named(reading.programme, venue)
        if reading.programme.venues[short] != session.venue:
            changes["venue"] = short
    says_end = _says(reading, name, "ends")
    if moved.minutes != session.minutes or (says_end and moved.ends != session.ends):
        changes["ends" if says_end else "minutes"] = (
            _end_said(moved) if says_end else str(moved.minutes)
        )
    if session.status is Status.POSTPONED and starts is not None:
        changes["status"] = Status.PLANNED.value  # only a new time ends the waiting for one
    return _changed(reading, session, changes, updated)


def session_of(reading: Reading, name: str) -> Session:
    """The sound session of that `id`.

    Raises:
        RecordError: its own problems; `session-not-found`; `programme-empty`.
    """
    sessions = reading.programme.sessions if reading.programme else ()
    for session in sessions:
        if session.id == name:
            return session
    source = reading.sources.get(name)
    file = source.file if source else None
    own = [one for one in reading.problems if one.place and one.place.file == file]
    errors = [one for one in own or reading.problems if one.severity is Severity.ERROR]
    if errors and (own or not sessions):
        raise RecordError(errors)
    known = sorted(reading.sources.keys() - {""})
    if not known:
        raise RecordError([Problem("programme-empty")])
    values = {"name": name, "known": ", ".join(known), "near": nearest(name, known)}
    raise RecordError([Problem("session-not-found", values)])


def _decided(folder: Path, name: str, status: Status, updated: datetime) -> Session:
    """The session with another status; a café that is cancelled stays so."""
    reading = read_programme(folder)
    session = session_of(reading, name)
    if session.status is status:
        return session
    if session.status is Status.CANCELLED:
        raise RecordError([Problem("session-cancelled", {"name": name})])
    return _changed(reading, session, {"status": status.value}, updated)


def _changed(
    reading: Reading, session: Session, changes: Mapping[str, str], updated: datetime
) -> Session:
    """The session with its file changed; where nothing is to change, as it is."""
    if not changes:
        return session
    moment = max(updated.astimezone(UTC), session.updated).replace(microsecond=0)
    stamped = {
        **changes,
        "revision": str(session.revision + 1),
        "updated": moment.isoformat().replace("+00:00", "Z"),
    }
    path = reading.folder / SESSIONS / Path(reading.sources[session.id].file).name
    edit_file(path, stamped, after=_AFTER)
    return session_of(read_programme(reading.folder), session.id)


def _valid(session: Session, given: Mapping[str, Any]) -> Session:
    """The session with other values, before any of them is written to its file.

    Raises:
        RecordError: what of it cannot be used; `hour-missing`.
    """
    try:
        moved = Session.model_validate({**dict(session), **given})
    except ValidationError as error:
        problems = problems_of(error, Session, Source(""), None)
        raise RecordError([Problem(one.code, one.values, one.path) for one in problems]) from None
    starts = given.get("starts")
    if isinstance(starts, str) and not session.all_day:
        moment = local_time(starts)
        if not isinstance(moment, datetime):
            raise RecordError([Problem("hour-missing", {"typed": moment.isoformat()}, ("starts",))])
    return moved


def venue_named(programme: Programme, typed: str) -> str:
    """The short name of one of the programme's venues, or its whole name in any language.

    Raises:
        RecordError: `name-unknown`.
    """
    name = plain(typed)
    if name in programme.venues:
        return name
    called = [key for key, one in programme.venues.items() if name in one.name.values()]
    if len(called) == 1:
        return called[0]
    near, known = nearest(name, list(programme.venues)), ", ".join(programme.venues) or "–"
    values = {"name": name, "group": "venues", "known": known, "near": near}
    raise RecordError([Problem("name-unknown", values)])


def _end_said(session: Session) -> str:
    """The end as a file says it: of whole days, the last one."""
    if session.all_day:
        return f"{session.ends - timedelta(days=1):%Y-%m-%d}"
    return f"{session.ends:%Y-%m-%d %H:%M}"


def _says(reading: Reading, name: str, field: str) -> bool:
    """Whether the session's file itself says a field."""
    source = reading.sources.get(name)
    return source is not None and node_of(source, (field,)) is not None
