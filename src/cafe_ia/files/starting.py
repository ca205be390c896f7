"""A new programme, and a new session in it: files that a person goes on editing.

Beside the programme stand the JSON Schemas of its files, so that an editor completes and
explains the fields without any network.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from cafe_ia.files.node import Source
from cafe_ia.files.reading import PROGRAMME, SESSIONS
from cafe_ia.files.typed import problems_of
from cafe_ia.files.writing import create_file, programme_text, replace_file, session_text
from cafe_ia.problem import Problem, RecordError
from cafe_ia.record import Record
from cafe_ia.schema import schema_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cafe_ia.programme import Programme
    from cafe_ia.session import Session

__all__ = [
    "SCHEMAS", "add_session", "make_folder", "new_record", "read_field", "slug", "start_programme",
]  # fmt: skip

RecordT = TypeVar("RecordT", bound=Record)

SCHEMAS = ".cafe-ia"
"""The folder of a programme that holds its schemas."""


def start_programme(folder: Path, programme: Programme, *, organiser: str | None = None) -> None:
    """Write a new programme's files: its own, an empty `sessions/`, the schemas.

    Args:
        folder: Where; it is made if it is not there.
        programme: The programme.
        organiser: The short name of one of its hosts, instead of the whole organiser.

    Raises:
        RecordError: `file-exists`, and nothing is written; `output-unwritable`.
    """
    path = folder / PROGRAMME
    if path.exists():
        raise RecordError([Problem("file-exists", {"file": str(path)})])
    for name in (SESSIONS, SCHEMAS):
        make_folder(folder / name)
    for name in ("programme", "session"):
        replace_file(folder / SCHEMAS / f"{name}.schema.json", schema_bytes(name))
    create_file(path, programme_text(programme, organiser=organiser).encode())
    for session in programme.sessions:
        add_session(folder, session)


def add_session(  # noqa: PLR0913 # one for each thing that a programme names for its sessions
    folder: Path,
    session: Session,
    *,
    venue: str | None = None,
    host: str | None = None,
    facilitators: Sequence[str] = (),
    timezone: str = "Africa/Casablanca",
) -> Path:
    """Write a new session's file.

    Args:
        folder: The programme's folder.
        session: The session.
        venue: The short name that the programme has for the venue.
        host: The same for the host.
        facilitators: The same for the facilitators.
        timezone: The programme's zone.

    Returns:
        The file.

    Raises:
        RecordError: `file-exists`; `output-unwritable`.
    """
    path = folder / SESSIONS / f"{session.id}.yaml"
    make_folder(path.parent)
    written = session_text(
        session, venue=venue, host=host, facilitators=facilitators, timezone=timezone
    )
    create_file(path, written.encode())
    return path


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, if it is not there.

    Raises:
        RecordError: `output-unwritable`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        values = {"file": str(folder), "reason": error.strerror or type(error).__name__}
        raise RecordError([Problem("output-unwritable", values)]) from None


def new_record(record: type[RecordT], data: dict[str, Any], *, language: str) -> RecordT:
    """A record from what a person answered.

    Raises:
        RecordError: every answer that cannot be used, with the field as its path.
    """
    try:
        return record.model_validate(data, context={"language": language})
    except ValidationError as error:
        problems = problems_of(error, record, Source(""), None)
        raise RecordError([Problem(one.code, one.values, one.path) for one in problems]) from None


def read_field(record: type[Record], name: str, typed: Any, *, language: str) -> Any:
    """One field's value from what a person answered.

    Raises:
        RecordError: the answer cannot be used.
    """
    found = record.model_fields[name]
    kind: Any = found.annotation
    adapter = TypeAdapter[Any](Annotated[kind, *found.metadata] if found.metadata else kind)
    try:
        return adapter.validate_python(typed, context={"language": language})
    except ValidationError as error:
        problems = problems_of(error, record, Source(""), None)
        said = {"field": name, **({"typed": typed} if isinstance(typed, str) else {})}
        raise RecordError(
            [Problem(one.code, {**one.values, **said}, (name,)) for one in problems]
        ) from None


def slug(*words: str) -> str:
    """A name for machines out of words: small Latin letters, digits, single hyphens."""
    plain = unicodedata.normalize("NFKD", "-".join(words).lower()).replace("œ", "oe")
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:80].strip("-")
