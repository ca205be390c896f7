"""What a reading gave, in short: the text of the `.expected` files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cafe_ia.calendar import from_ics

if TYPE_CHECKING:
    from pathlib import Path

    from cafe_ia.session import Session

__all__ = ["shown"]


def shown(path: Path) -> str:
    """The sessions of a calendar, a line for what each says, then its problems in English."""
    found = from_ics(path.read_bytes(), file=path.name)
    parts = ["\n".join(_lines(session)) for session in found.sessions]
    problems = [problem.text("en") for problem in found.problems]
    if problems:
        parts.append("\n".join(problems))
    return "\n\n".join(parts) + "\n"


def _lines(session: Session) -> list[str]:
    when = f"{session.starts:%Y-%m-%d}" if session.all_day else f"{session.starts:%Y-%m-%d %H:%M}"
    lines = [
        f"{session.id} [{session.uid or ''}]",
        f"  {when} {session.timezone}, {session.minutes} min",
        f"  {session.status}, revision {session.revision}, {session.updated:%Y-%m-%dT%H:%M:%SZ}",
    ]
    for name in ("title", "summary", "venue", "online", "url", "host", "audiences", "module"):
        value = getattr(session, name)
        if value:
            said = value if isinstance(value, str) else _plain(value)
            lines.append(
                f"  {name}: {said[:60]}…{len(said)}" if len(said) > 300 else f"  {name}: {said}"
            )
    return lines


def _plain(value: object) -> str:
    dump = getattr(value, "model_dump_json", None)
    if dump:
        return str(dump(exclude_defaults=True))
    return str([str(one) for one in value] if isinstance(value, tuple) else dict(value))  # type: ignore[call-overload]
