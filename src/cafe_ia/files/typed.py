"""A tree of text becomes a typed record; what pydantic refuses gets its line and our words."""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cafe_ia.files.tree import Node, Source
from cafe_ia.problem import Place, Problem, codes

__all__ = ["nearest", "problems_of", "typed"]

RecordT = TypeVar("RecordT", bound=BaseModel)

_OURS: Mapping[str, str] = {
    "missing": "field-missing",
    "extra_forbidden": "field-unknown",
    "greater_than_equal": "number-too-small",
    "greater_than": "number-too-small",
    "less_than_equal": "number-too-large",
    "less_than": "number-too-large",
    "enum": "value-unknown",
    "literal_error": "value-unknown",
    "tuple_type": "list-expected",
    "list_type": "list-expected",
    "dict_type": "fields-expected",
    "model_type": "fields-expected",
    "model_attributes_type": "fields-expected",
    "string_type": "text-expected",
    "bool_type": "yes-or-no",
    "bool_parsing": "yes-or-no",
    "int_type": "number-whole",
    "int_parsing": "number-whole",
    "float_type": "number-decimal",
    "datetime_type": "time-unreadable",
    "date_type": "time-unreadable",
}
"""pydantic's own error types, and our codes for them."""


def typed(
    record: type[RecordT],
    data: Mapping[str, Any],
    source: Source,
    node: Node | None,
    *,
    language: str,
) -> tuple[RecordT | None, list[Problem]]:
    """The record that the data means, or every problem with it, each at its place.

    Args:
        record: The type of the record.
        data: The data, as `Node.plain` gives it, with references already resolved.
        source: The file.
        node: The node that the data came from.
        language: The language of bare strings.
    """
    try:
        return record.model_validate(data, context={"language": language}), []
    except ValidationError as error:
        return None, problems_of(error, record, source, node)


def problems_of(
    error: ValidationError, record: type[BaseModel], source: Source, node: Node | None
) -> list[Problem]:
    """The problems that a validation error stands for, each at its place in the file."""
    found: dict[tuple[str, Place], Problem] = {}
    for details in error.errors(include_url=False):
        problem = _problem(details, record, source, node)
        assert problem.place is not None  # noqa: S101 # _problem gives each its place
        found.setdefault((problem.code, problem.place), problem)
    return list(found.values())


def nearest(typed_word: str, known: Iterator[str] | list[str]) -> str:
    """The known word that looks most like what was typed, or nothing."""
    close = difflib.get_close_matches(typed_word.casefold(), list(known), n=1, cutoff=0.6)
    return close[0] if close else ""


def _problem(
    details: ErrorDetails, record: type[BaseModel], source: Source, node: Node | None
) -> Problem:
    kind, context = details["type"], dict(details.get("ctx", {}))
    path = tuple(step for step in details["loc"] if step != "[key]")
    code = kind if kind in codes() else _OURS.get(kind, "value-refused")
    name = str(path[-1]) if path else ""
    values: dict[str, Any] = {"field": name, "typed": _typed(details["input"]), **context}
    if kind == "missing" or "field" in context:
        values["field"] = context.get("field", name)
    at, depth = node.find(path) if node else (None, 0)
    place = source.place(at)
    if code == "field-unknown":
        known = sorted(_fields(record, path[:-1]))
        values |= {"known": ", ".join(known), "near": nearest(name, known)}
        parent = node.find(path[:-1])[0] if node else None
        place = source.place(parent.keys.get(name, parent) if parent else None)
    elif code == "value-unknown":
        known = [word.strip("' ") for word in context.get("expected", "").split(",")]
        known = [word for part in known for word in part.replace("' or '", " ").split()]
        values |= {"known": ", ".join(known), "near": nearest(str(values["typed"]), known)}
    elif code in ("number-too-small", "number-too-large"):
        values["bound"] = next(iter(value for key, value in context.items() if key in _BOUNDS), "")
    elif code == "value-refused":
        values["said"] = details["msg"]
    elif "field" in context and at is not None and context["field"] in at.keys:
        inner = at.value[context["field"]] if isinstance(at.value, dict) else at
        place = source.place(inner)
    if details["loc"] and details["loc"][-1] == "[key]" and node is not None:
        parent = node.find(path[:-1])[0]
        place = source.place(parent.keys.get(name, parent))
    del depth
    return Problem(code, values, path, place)


_BOUNDS = ("ge", "gt", "le", "lt")


def _typed(value: Any) -> str:
    """What was typed, where it is short enough to be shown; else what kind of thing it is."""
    if isinstance(value, str | int | float):
        return str(value)
    return "" if value is None else "…"


def _fields(record: Any, path: tuple[str | int, ...]) -> set[str]:
    """The names of the fields that stand at a path below a record."""
    kinds = [record]
    for step in path:
        kinds = [inner for kind in kinds for inner in _below(kind, step)]
    names: set[str] = set()
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            names |= set(kind.model_fields) | set(getattr(kind, "input_only", {}))
    return names


def _below(kind: Any, step: str | int) -> list[Any]:
    """The types that may stand one step below a type."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        found = kind.model_fields.get(str(step))
        return _branches(found.annotation) if found else []
    if get_origin(kind) in (tuple, list, dict):
        return [branch for part in get_args(kind)[-2:] for branch in _branches(part)]
    return []


def _branches(kind: Any) -> list[Any]:
    """The alternatives of an annotation, unwrapped."""
    if get_origin(kind) is Annotated:
        return _branches(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return [branch for part in get_args(kind) for branch in _branches(part)]
    return [kind]
