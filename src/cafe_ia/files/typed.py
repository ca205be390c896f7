"""A tree of text becomes a typed record; what pydantic refuses gets its line and our words."""

from __future__ import annotations

import difflib
import types
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from cafe_ia.problem import Problem, codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core import ErrorDetails

    from cafe_ia.files.node import Node, Source

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

_UNTOLD = frozenset({"default_factory_not_called"})
"""What pydantic says only because something else is wrong."""

_MOST_PROBLEMS = 100
"""Faults told for one record: past that, the file is something else."""

_ALSO_SAID: Mapping[str, str] = {
    # fields
    "adresse": "address", "accès": "access", "acces": "access", "animateur": "facilitators",
    "animateurs": "facilitators", "animatrice": "facilitators", "animatrices": "facilitators",
    "date": "starts", "début": "starts", "debut": "starts", "heure": "starts",
    "durée": "minutes", "duree": "minutes", "fin": "ends", "gratuit": "free",
    "inscription": "registration", "intitulé": "title", "langue": "language",
    "langues": "spoken", "lien": "url", "lieu": "venue", "lieux": "venues", "mode": "mode",
    "nom": "name", "organisateur": "organiser", "places": "seats", "public": "audiences",
    "publics": "audiences", "résumé": "summary", "resume": "summary", "région": "region",
    "salle": "venue", "statut": "status", "titre": "title", "ville": "city",
    "البداية": "starts", "التاريخ": "starts", "الحالة": "status", "العنوان": "title",
    "اللغة": "language", "المدة": "minutes", "المدينة": "city", "المقاعد": "seats",
    "المكان": "venue", "الملخص": "summary", "النهاية": "ends",
    # values
    "annulé": "cancelled", "annule": "cancelled", "annulée": "cancelled", "canceled": "cancelled",
    "confirmé": "confirmed", "confirmée": "confirmed", "planifié": "planned", "prévu": "planned",
    "prévue": "planned", "reporté": "postponed", "reportée": "postponed", "ملغى": "cancelled",
    "مؤجل": "postponed", "مؤكد": "confirmed", "مبرمج": "planned",
    "aînés": "seniors", "élèves": "pupils", "étudiants": "students", "femmes": "women",
    "jeunes": "youth", "tous": "everyone", "tout public": "everyone", "séniors": "seniors",
    "التلاميذ": "pupils", "الجميع": "everyone", "الشباب": "youth", "الطلبة": "students",
    "النساء": "women",
    "accueil": "frame", "débat": "discuss", "discuter": "discuss", "discussion": "discuss",
    "écrire": "write", "écriture": "write", "expliquer": "explain", "montrer": "show",
    "partage": "share", "partager": "share", "pause": "break",
}  # fmt: skip
"""What people say for a word of the files, in French and in Arabic."""


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
    """The problems that a validation error stands for, each at its place in the file.

    A field that is missing is not told where its name is there in another spelling.
    """
    found: dict[tuple[Any, ...], Problem] = {}
    for details in error.errors(include_url=False):
        if details["type"] in _UNTOLD:
            continue
        if len(found) == _MOST_PROBLEMS:
            break
        problem = _problem(details, record, source, node)
        found.setdefault((problem.code, problem.path), problem)
    meant = {
        (*problem.path[:-1], problem.values["near"])
        for problem in found.values()
        if problem.code == "field-unknown"
    }
    return [one for one in found.values() if one.code != "field-missing" or one.path not in meant]


def nearest(typed_word: str, known: Iterable[str]) -> str:
    """The known word that means or looks most like what was typed, or nothing."""
    choices = {choice.casefold(): choice for choice in known}
    word = typed_word.casefold().strip()
    if _ALSO_SAID.get(word) in choices:
        return _ALSO_SAID[word]
    close = difflib.get_close_matches(word[:_LONGEST_WORD], choices, n=1, cutoff=0.7)
    return choices[close[0]] if close else ""


_LONGEST_WORD = 100


def _problem(
    details: ErrorDetails, record: type[BaseModel], source: Source, node: Node | None
) -> Problem:
    kind, context = details["type"], dict(details.get("ctx", {}))
    path = tuple(step for step in details["loc"] if step != "[key]")
    code = kind if kind in codes() else _OURS.get(kind, "value-refused")
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    if path and "field" in context:  # `ends` is told in the place of `minutes`
        path = (*path[:-1], context["field"])
    values: dict[str, Any] = {"field": name, "typed": _typed(details["input"]), **context}
    if code == "field-unknown":
        known = sorted(_fields(record, path[:-1]))
        values |= {"known": ", ".join(known), "near": nearest(name, known)}
    elif code == "value-unknown":
        known = [word.strip("' ") for word in context.get("expected", "").split(",")]
        known = [word for part in known for word in part.replace("' or '", " ").split()]
        values |= {"known": ", ".join(known), "near": nearest(str(values["typed"]), known)}
    elif code in ("number-too-small", "number-too-large"):
        values["bound"] = next(iter(value for key, value in context.items() if key in _BOUNDS), "")
    elif code == "fields-expected":
        values["example"] = _example(record, path)
    elif code == "value-refused":
        values["said"] = details["msg"]
    at_name = code in ("field-missing", "field-unknown") or "[key]" in details["loc"]
    where = _where(path, node, context, at_name=at_name) if node else None
    return Problem(code, values, path, source.place(where))


_BOUNDS = ("ge", "gt", "le", "lt")


def _where(
    path: tuple[str | int, ...], node: Node, context: Mapping[str, Any], *, at_name: bool
) -> Node:
    """The name or the value in the file at which a person should look."""
    at, depth = node.find(path)
    if path and depth == len(path):
        above = node.find(path[:-1])[0]
        if at_name:
            return above.keys.get(str(path[-1]), at)
        for tag in (context.get("typed"), context.get("language")):  # of one of a text's languages
            if tag in at.keys:
                return at.keys[tag]
    return at


def _typed(value: Any) -> str:
    """What was typed, where it is short enough to be shown; else what kind of thing it is."""
    if isinstance(value, str | int | float):
        return str(value)
    return "" if value is None else "…"


def _fields(record: Any, path: tuple[str | int, ...]) -> set[str]:
    """The names of the fields that stand at a path below a record."""
    names: set[str] = set()
    for kind in _records(record, path):
        names |= set(kind.model_fields) | set(getattr(kind, "input_only", {}))
    return names


def _records(record: Any, path: tuple[str | int, ...]) -> list[type[BaseModel]]:
    """The types of record that may stand at a path below a record."""
    kinds = [record]
    for step in path:
        kinds = [inner for kind in kinds for inner in _below(kind, step)]
    return [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]


def _example(record: Any, path: tuple[str | int, ...]) -> str:
    """A field that must stand at a path below a record, as an example of what is expected."""
    for kind in _records(record, path):
        return next(iter(kind.model_fields))
    return "60" if path and path[-1] == "minutes" else "short-name"


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
