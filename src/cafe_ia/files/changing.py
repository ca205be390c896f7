"""A session that moves, is postponed or is cancelled: the same record, one revision further.

The file keeps everything else that stands in it. `id` and UID never change, so that the next
feed changes the event in people's calendars instead of adding one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic_core import PydanticCustomError

from cafe_ia.entry import local_time
from cafe_ia.files.editing import edit_file
from cafe_ia.files.reading import SESSIONS, Reading, node_of, read_programme
from cafe_ia.files.typed import nearest
from cafe_ia.problem import Problem, RecordError, Severity
from cafe_ia.session import Session, Status

__all__ = ["cancel_session", "move_session", "postpone_session", "session_of"]

_AFTER = {"status": "starts", "revision": "status", "updated": "revision", "venue": "updated"}


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
    return _changed(folder, name, {"status": Status.CANCELLED.value}, updated)


def postpone_session(folder: Path, name: str, *, updated: datetime) -> Session:
    """Say in the file that the café does not take place at its time, and that the new one is open.

    Args, returns and errors are those of `cancel_session`.
    """
    return _changed(folder, name, {"status": Status.POSTPONED.value}, updated)


def move_session(
    folder: Path,
    name: str,
    *,
    starts: str | datetime | None = None,
    minutes: int | None = None,
    venue: str | None = None,
    updated: datetime,
) -> Session:
    """Give the café another time or another place; a postponed one is planned again.

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
        RecordError: as for `cancel_session`; the time is none, the venue is not known, or the
            café is cancelled.
    """
    reading = read_programme(folder)
    session = session_of(reading, name)
    if session.status is Status.CANCELLED:
        raise RecordError([Problem("session-cancelled", {"name": name})])
    changes: dict[str, str] = {}
    if starts is not None:
        moment = _time(starts, session)
        changes["starts"] = f"{moment:%Y-%m-%d}" if session.all_day else f"{moment:%Y-%m-%d %H:%M}"
    if venue is not None:
        known = list(reading.programme.venues) if reading.programme else []
        if venue not in known:
            values = {"name": venue, "group": "venues", "known": ", ".join(known) or "–"}
            raise RecordError([Problem("name-unknown", {**values, "near": nearest(venue, known)})])
        changes["venue"] = venue
    if minutes is not None or (starts is not None and _says(reading, name, "ends")):
        field = "ends" if _says(reading, name, "ends") else "minutes"
        lasts = minutes or session.minutes
        moved = session.model_copy(
            update={"starts": moment if starts is not None else session.starts, "minutes": lasts}
        )
        changes[field] = f"{moved.ends:%Y-%m-%d %H:%M}" if field == "ends" else str(lasts)
    if session.status is Status.POSTPONED:
        changes["status"] = Status.PLANNED.value
    return _changed(folder, name, changes, updated, reading)


def session_of(reading: Reading, name: str) -> Session:
    """The sound session of that `id`.

    Raises:
        RecordError: its own problems; `session-not-found`.
    """
    sessions = reading.programme.sessions if reading.programme else ()
    for session in sessions:
        if session.id == name:
            return session
    source = reading.sources.get(name)
    own = [one for one in reading.problems if source and one.place and one.place.file == source.file]
    errors = [one for one in own or reading.problems if one.severity is Severity.ERROR]
    if errors and (own or not sessions):
        raise RecordError(errors)
    known = sorted(reading.sources.keys() - {""})
    values = {"name": name, "known": ", ".join(known) or "–", "near": nearest(name, known)}
    raise RecordError([Problem("session-not-found", values)])


def _changed(
    folder: Path,
    name: str,
    changes: Mapping[str, str],
    updated: datetime,
    reading: Reading | None = None,
) -> Session:
    session = session_of(reading or read_programme(folder), name)
    moment = max(updated.astimezone(UTC), session.updated).replace(microsecond=0)
    stamped = {
        **changes,
        "revision": str(session.revision + 1),
        "updated": moment.isoformat().replace("+00:00", "Z"),
    }
    path = folder / SESSIONS / f"{name}.yaml"
    edit_file(path, stamped, after=_AFTER)
    return session_of(read_programme(folder), name)


def _time(typed: str | datetime, session: Session) -> datetime:
    try:
        moment = local_time(typed)
    except PydanticCustomError as error:
        raise RecordError([Problem(error.type, error.context or {})]) from None
    if isinstance(moment, datetime):
        return moment
    if isinstance(moment, date) and session.all_day:
        return datetime.combine(moment, session.starts.time())
    raise RecordError([Problem("hour-missing", {"typed": str(moment)})])


def _says(reading: Reading, name: str, field: str) -> bool:
    """Whether the session's file itself says a field."""
    source = reading.sources.get(name)
    return source is not None and node_of(source, (field,)) is not None
