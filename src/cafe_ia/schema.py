"""The records as files, for an editor: what may stand where, shown while a person types.

An editor that knows these schemas (JSON Schema, draft 2020-12) offers the names of the fields,
explains each one and underlines a misspelt one. They describe files and not only records: a
short name of the programme may stand for a venue, one string for a text, and a value may be what
YAML 1.2 guesses (`60` a number, `yes` a word, `title: 1984` a number where words are meant).

The schemas are made from the records: `python -m cafe_ia.schema` writes them beside this file,
and `--check` says whether they are up to date.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import sys
import textwrap
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from cafe_ia.curriculum import Curriculum, Entry, Module, Moment
from cafe_ia.feedback import CafeReport, Form, Response, Statement
from cafe_ia.programme import Programme
from cafe_ia.record import LanguageTag, LocalTime, Record, YesNo
from cafe_ia.session import Session
from cafe_ia.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic_core.core_schema import ModelSchema

__all__ = ["IN_OTHER_FILES", "RECORDS", "field_docstrings", "main", "schema", "schema_bytes"]

RECORDS: Mapping[str, type[Record]] = {
    "cafe-report": CafeReport,
    "curriculum": Curriculum,
    "form": Form,
    "module": Module,
    "programme": Programme,
    "response": Response,
    "session": Session,
    "statement": Statement,
}
"""The records that stand in files of their own, by the name of their schema."""

_Fields = dict[type[Record], tuple[str, ...]]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

IN_OTHER_FILES: _Fields = {
    Programme: ("sessions",),
    Entry: ("module",),
    Module: (
        "standing", "question", "invitation", "objectives", "prediction", "twin", "debate",
        "expected", "hard", "terms", "quiz", "materials", "takeaway", "references",
    ),
    Moment: ("title", "guide"),
}  # fmt: skip
"""Fields of a record that its own file does not hold."""

_FROM_THE_FILE: _Fields = {
    Session: ("id",),
    Module: ("id",),
    Curriculum: ("id",),
    Entry: ("question",),
}
"""Required fields that a file may leave out, because its name says them."""

_SHORT_NAMES: _Fields = {Session: ("venue", "host"), Programme: ("organiser",)}
"""Fields where a short name of the programme may stand for the record."""

_LISTS_OF_SHORT_NAMES: _Fields = {Session: ("facilitators",), Curriculum: ("modules",)}
"""The same for the records of a list; one of them may stand without the list."""

_INPUT_ONLY: Mapping[str, Any] = {"ends": LocalTime, "language": LanguageTag}
"""What the keys hold that a file may use though the record does not keep them."""

_ANSWERS = ("yes", "y", "oui", "o", "true", "no", "n", "non", "false")
_ARABIC_ANSWERS = ("نعم", "ايه", "إيه", "أجل", "لا")

_NOTHING = {"type": "null"}
_GUESSES = ["string", "number", "boolean"]


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a record's file, made from the record.

    Args:
        name: One of `RECORDS`.

    Raises:
        KeyError: no such schema.
    """
    made = RECORDS[name].model_json_schema(schema_generator=_OfFiles)
    _, text = TypeAdapter(Text).json_schema()["anyOf"]
    _, answer = TypeAdapter(YesNo).json_schema()["anyOf"]
    whole = _guessed(_shared(made, [(text, "Text"), (answer, "YesNo")]))
    said = {"type": "string", "minLength": 1}
    languages = {tag: _or(said, _NOTHING) for tag in text["properties"]}
    typed = "|".join([*(_in_any_case(one) for one in _ANSWERS), *_ARABIC_ANSWERS])
    words = {"description": "One text in several languages.", **text, "properties": languages}
    whole["$defs"] = {
        **whole.get("$defs", {}),
        "Text": _guessed(words),
        "YesNo": {"anyOf": [answer, {"type": "string", "pattern": f"^\\s*({typed})\\s*$"}]},
    }
    return {"$schema": _DIALECT, **_without_unused(whole)}


def schema_bytes(name: str) -> bytes:
    """The schema that the package carries, as it stands in its file.

    Args:
        name: One of `RECORDS`.

    Raises:
        KeyError: no such schema.
    """
    if name not in RECORDS:
        raise KeyError(name)
    return files("cafe_ia").joinpath("schemas", f"{name}.schema.json").read_bytes()


@cache
def field_docstrings(record: type[Record]) -> dict[str, str]:
    """What the docstring under each field of a record says, on one line.

    They are read from the source only when schemas are made, so that importing the records
    costs nothing for it.
    """
    found: dict[str, str] = {}
    for ancestor in reversed(record.__mro__):
        if not issubclass(ancestor, Record) or ancestor is Record:
            continue
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(ancestor))).body
        assert isinstance(tree, ast.ClassDef)  # a record is a class
        for field, below in zip(tree.body, tree.body[1:], strict=False):
            match field, below:
                case (
                    ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str(docstring))),
                ):
                    found[name] = " ".join(docstring.split())
    return {name: found[name] for name in record.model_fields if name in found}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the schemas, or say which are out of date.

    Returns:
        0, or 1 when `--check` found one that is not what would be written.
    """
    parser = argparse.ArgumentParser(prog="python -m cafe_ia.schema", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--folder", type=Path, default=Path(__file__).with_name("schemas"))
    asked = parser.parse_args(arguments)
    stale = 0
    for name in RECORDS:
        path = asked.folder / f"{name}.schema.json"
        text = json.dumps(schema(name), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        if path.is_file() and path.read_bytes() == text.encode():
            continue
        stale += 1
        if not asked.check:
            asked.folder.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        sys.stdout.write(f"{path.name}\n")
    return 1 if asked.check and stale else 0


class _OfFiles(GenerateJsonSchema):
    """pydantic's schemas, with each record as its file has it."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  # pydantic's
        """No title: it would only repeat the field's name."""
        return False

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        """A record's schema with the docstrings of its fields, and what only files may say."""
        made = super().model_schema(schema)
        record: type[Record] = schema["cls"]
        properties, required = made["properties"], set(made.get("required", ()))
        for name in IN_OTHER_FILES.get(record, ()):
            del properties[name]
        required -= {*IN_OTHER_FILES.get(record, ()), *_FROM_THE_FILE.get(record, ())}
        for name in _SHORT_NAMES.get(record, ()):
            properties[name] = _or(properties[name], {"type": "string"})
        for name in _LISTS_OF_SHORT_NAMES.get(record, ()):
            several = properties[name]
            several["items"] = _or(several["items"], {"type": "string"})
            properties[name] = _or(several, {"type": "string"})
        for name in set(properties) - required:
            properties[name] = _or(properties[name], _NOTHING)
        for name, docstring in field_docstrings(record).items():
            if name in properties:
                properties[name]["description"] = docstring
        for name, docstring in getattr(record, "input_only", {}).items():
            kind = TypeAdapter(_INPUT_ONLY[name]).json_schema()
            properties[name] = {**_or(kind, _NOTHING), "description": docstring}
        made.pop("required", None)
        return {**made, **({"required": sorted(required)} if required else {})}


def _or(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """A schema that takes what the one or the other takes, with the one's default."""
    notes = {key: one[key] for key in ("default", "description") if key in one}
    rest = {key: value for key, value in one.items() if key not in notes}
    choices = rest["anyOf"] if set(rest) == {"anyOf"} else [rest]
    return {**notes, "anyOf": [*choices, *([other] if other not in choices else [])]}


def _shared(part: Any, shared: Sequence[tuple[Any, str]]) -> Any:
    """The schema with parts that stand in it again and again named once."""
    for whole, name in shared:
        if part == whole:
            return {"$ref": f"#/$defs/{name}"}
    if isinstance(part, dict):
        return {key: _shared(value, shared) for key, value in part.items()}
    return [_shared(one, shared) for one in part] if isinstance(part, list) else part


def _guessed(part: Any) -> Any:
    """The schema with numbers and truth values taken where free words are meant.

    `title: 1984` is a text to the library and a number to an editor. An empty value is as if it
    were not written, in a group of named things as well.
    """
    if isinstance(part, list):
        return [_guessed(one) for one in part]
    if not isinstance(part, dict):
        return part
    if "patternProperties" in part:  # says nothing of a name that does not fit: propertyNames does
        ((pattern, kind),) = part["patternProperties"].items()
        names = {**part.get("propertyNames", {}), "pattern": pattern}
        part = {"type": "object", "propertyNames": names, "additionalProperties": kind}
    said = {
        key: value if key == "propertyNames" else _guessed(value) for key, value in part.items()
    }
    if part.get("type") == "string" and not {"enum", "examples", "format"} & set(part):
        said["type"] = _GUESSES
    if any(one.get("type") in ("integer", "number") for one in part.get("anyOf", ())):
        said["anyOf"] = part["anyOf"]  # a number is one, or the digits of one
    if isinstance(said.get("additionalProperties"), dict):
        said["additionalProperties"] = _or(said["additionalProperties"], _NOTHING)
    return said


def _without_unused(whole: dict[str, Any]) -> dict[str, Any]:
    """The schema with the definitions that something in it points to."""
    text = json.dumps(whole)
    used = {name: one for name, one in whole["$defs"].items() if f'"#/$defs/{name}"' in text}
    return {**whole, "$defs": used}


def _in_any_case(word: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" for letter in word)


if __name__ == "__main__":
    sys.exit(main())
