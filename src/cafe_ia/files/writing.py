"""A record becomes the YAML that a person goes on editing.

It is the kind that survives a person: prose stands between quotation marks or in a block, never
plain, so that a colon or a `#` typed into it later changes nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from cafe_ia.files.node import Source
from cafe_ia.files.saving import create_file, replace_file
from cafe_ia.files.tree import compose
from cafe_ia.record import Record, Words
from cafe_ia.text import Text

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from cafe_ia.programme import Programme
    from cafe_ia.session import Session

__all__ = ["create_file", "programme_text", "quoted", "replace_file", "session_text"]

_WIDTH = 100
"""Columns of the longest line of prose."""

_NARROWEST = 80
"""Columns down to which a paragraph is tried when a wider one would not be read back whole."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_./?=&%+~@#:-]*[A-Za-z0-9_/=&%+~-])?")
_GUESSED = re.compile(r"(?i)null|true|false|yes|no|on|off|y|n|[0-9][0-9a-fox_.:+-]*")
"""What one version of YAML or another takes for a number, a date, a truth value or nothing."""

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Control characters, other line ends and what turns the direction of the text around it."""

_ESCAPED = re.compile(rf'["\\\t\n]|{_HIDDEN.pattern}')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\u0085": "\\N",
            "\u2028": "\\L", "\u2029": "\\P"}  # fmt: skip

_GAP = re.compile(r"(?<=[^ \t]) (?=[^ \t])")
"""Where a folded line may be broken: YAML keeps every other space as it stands."""

_SPACE_AT_END = re.compile(r"[ \t]$", re.MULTILINE)


def session_text(  # noqa: PLR0913 # one for each thing that a programme names for its sessions
    session: Session,
    *,
    schema: str | None = "../.cafe-ia/session.schema.json",
    venue: str | None = None,
    host: str | None = None,
    facilitators: Sequence[str] = (),
    timezone: str = "Africa/Casablanca",
) -> str:
    """A session as the YAML of its file.

    What is at its default is left out, so that a person reads only what is said; `status`,
    `revision` and `updated` always stand there, because commands change them.
    Decimals of a degree past the fifteenth are rounded: the reader takes no more.

    Args:
        session: The session.
        schema: Where editors find the schema, seen from the file; none for no such line.
        venue: The short name that the programme has for the venue, instead of the whole venue.
        host: The same for the host.
        facilitators: The same for the facilitators, for all of them.
        timezone: The programme's zone, which its sessions need not repeat.
    """
    named = {"venue": venue, "host": host, "facilitators": tuple(facilitators)}
    instead: dict[str, Any] = {name: short for name, short in named.items() if short}
    if session.all_day:
        instead["starts"] = _day(session.starts)
    always = {"status", "revision", "updated"}
    unsaid = {"timezone": timezone}
    return _page(schema, _fields(session, instead=instead, always=always, unsaid=unsaid))


def programme_text(
    programme: Programme,
    *,
    schema: str | None = ".cafe-ia/programme.schema.json",
    organiser: str | None = None,
) -> str:
    """A programme as the YAML of its own file; its sessions have a file each.

    Args:
        programme: The programme.
        schema: Where editors find the schema, seen from the file; none for no such line.
        organiser: The short name of one of the hosts, instead of the whole organiser.
    """
    instead: dict[str, Any] = {"organiser": organiser} if organiser else {}
    lines = _fields(programme, instead=instead, unsaid={"sessions": programme.sessions})
    groups = ("venues:", "hosts:", "facilitators:")
    return _page(schema, [f"\n{line}" if line in groups else line for line in lines])


def quoted(words: str) -> str:
    """The words between double quotation marks, on one line, nothing hidden in them."""
    return f'"{_ESCAPED.sub(_escape, words)}"'


def _page(schema: str | None, lines: list[str]) -> str:
    modeline = [f"# yaml-language-server: $schema={schema}"] if schema else []
    return "\n".join([*modeline, *lines, ""])


def _fields(
    record: Record,
    indent: int = 0,
    *,
    instead: Mapping[str, Any] = _NOTHING,
    always: set[str] | frozenset[str] = frozenset(),
    unsaid: Mapping[str, Any] = _NOTHING,
) -> list[str]:
    """The lines of a record's fields, in its order.

    Args:
        record: The record.
        indent: Spaces before each line.
        instead: What is written in place of some fields' values.
        always: Fields that are written even at their default.
        unsaid: Values that are not written, in place of some fields' defaults.
    """
    lines: list[str] = []
    said = dict(record)
    for name, field in type(record).model_fields.items():
        value = instead.get(name, said[name])
        default = field.get_default(call_default_factory=True, validated_data=said)
        if name in always or value != unsaid.get(name, default):
            lines += _entry(name, value, indent, prose=_is_prose(field))
    return lines


def _is_prose(field: FieldInfo) -> bool:
    kinds: tuple[Any, ...] = get_args(field.annotation)
    return Words in kinds or get_args(Words)[1:] == tuple(field.metadata)


def _entry(key: str, value: Any, indent: int, *, prose: bool = False) -> list[str]:
    """The lines of `key: value`."""
    head = f"{' ' * indent}{_word(key)}:"
    if isinstance(value, Text):
        return [head, *(_said(tag, words, indent + 2) for tag, words in value.items())]
    if isinstance(value, Record):
        below = _fields(value, indent + 2)
    elif isinstance(value, Mapping):
        below = [line for name, one in value.items() for line in _entry(name, one, indent + 2)]
    elif isinstance(value, tuple) and any(isinstance(one, Record) for one in value):
        below = [line for one in value for line in _item(one, indent + 2)]
    elif isinstance(value, tuple):
        return [f"{head} [{', '.join(_word(one) for one in value)}]"]
    else:
        return [f"{head} {_scalar(value, prose=prose)}"]
    return [head, *below] if below else [f"{head} {{}}"]


def _item(record: Record, indent: int) -> list[str]:
    """The lines of one record of a list."""
    first, *rest = _fields(record, indent + 2) or [f"{' ' * (indent + 2)}{{}}"]
    return [f"{' ' * indent}- {first[indent + 2 :]}", *rest]


def _scalar(value: Any, *, prose: bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return _time(value) if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float):
        return f"{value:.15f}".rstrip("0").removesuffix(".")
    if isinstance(value, int):
        return str(value)
    return quoted(value) if prose else _word(value)


def _day(value: date) -> date:
    return date(value.year, value.month, value.day)


def _time(value: datetime) -> str:
    if value.tzinfo is not None:
        return value.isoformat().replace("+00:00", "Z")
    text = value.isoformat(" ")
    return text.removesuffix(":00") if not value.second else text


def _word(value: str) -> str:
    """A name, a tag or an address: plain where every reader takes it for a word."""
    if _PLAIN.fullmatch(value) and not _GUESSED.fullmatch(value):
        return str(value)
    return quoted(value)


def _said(tag: str, words: str, indent: int) -> str:
    """One language of a text: quoted when short, folded when long, literal when it has lines."""
    head = f"{' ' * indent}{_word(tag)}: "
    line = head + quoted(words)
    if _HIDDEN.search(words) or ("\n" not in words and len(line) <= _WIDTH):
        return line
    margin = "\n" + " " * (indent + 2)
    if "\n" in words:
        literal = head + "|-" + "".join(margin + one if one else "\n" for one in words.split("\n"))
        whole = not _SPACE_AT_END.search(words) and _reads_as(literal, words)
        return literal if whole else line
    for width in range(_WIDTH, _NARROWEST - 1, -1):
        folded = head + ">-" + "".join(margin + one for one in _wrapped(words, width - indent - 2))
        if _reads_as(folded, words):
            return folded
    return line


def _wrapped(words: str, width: int) -> list[str]:
    """The words in lines of at most that width where they have gaps enough."""
    lines: list[str] = []
    for piece in _GAP.split(words):
        if lines and len(lines[-1]) + 1 + len(piece) <= width:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return lines


def _reads_as(block: str, words: str) -> bool:
    """Whether a block gives the words back; hard spaces at the start of a line do not."""
    root = compose(Source("", block)).root
    return root is not None and list(root.plain().values()) == [words]


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    short = f"\\x{code:02X}" if code <= 0xFF else f"\\u{code:04X}"  # noqa: PLR2004 # one byte
    return _ESCAPES.get(character, short)
