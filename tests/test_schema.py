from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

import cafe_ia.curriculum
import cafe_ia.feedback
import cafe_ia.programme
import cafe_ia.session
from cafe_ia import entry
from cafe_ia.files.node import Node, Source
from cafe_ia.files.tree import compose, read_source
from cafe_ia.files.writing import session_text
from cafe_ia.record import Record, YesNo
from cafe_ia.schema import RECORDS, field_docstrings, main, schema, schema_bytes
from cafe_ia.session import Session
from cafe_ia.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLE = Path(cafe_ia.session.__file__).with_name("example")

SMALLEST = "title: T\nstarts: 2026-12-05 18:30\nupdated: 2026-11-20 10:00\n"


def as_an_editor_sees(node: Node) -> Any:
    """A tree with the types that the core schema of YAML 1.2 gives to plain values."""
    value = node.value
    if isinstance(value, dict):
        return {key: as_an_editor_sees(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_an_editor_sees(one) for one in value]
    return guessed(value) if value is not None and node.style is None else value


def guessed(value: str) -> str | bool | float:
    """What the core schema of YAML 1.2 takes a plain value for."""
    if re.fullmatch(r"true|True|TRUE|false|False|FALSE", value):
        return value.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", value):
        return int(value)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", value):
        return float(value)
    return value


def complaints(name: str, text: str) -> list[str]:
    """What an editor that knows a schema underlines in a file."""
    source = compose(Source("a.yaml", text))
    assert source.root is not None, source.problems
    validator = Draft202012Validator(json.loads(schema_bytes(name)))
    return [error.message for error in validator.iter_errors(as_an_editor_sees(source.root))]


def records(kind: type[Record]) -> Iterator[type[Record]]:
    """Every record of the package below one."""
    for one in kind.__subclasses__():
        if one.__module__.startswith("cafe_ia."):
            yield one
            yield from records(one)


def test_schemas_are_current(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The packaged schemas are those of the records; `--check` finds a stale or missing one."""
    assert main(["--check"]) == 0
    assert main(["--folder", str(tmp_path)]) == 0
    for name in RECORDS:
        assert (tmp_path / f"{name}.schema.json").read_bytes() == schema_bytes(name)
    capsys.readouterr()
    (tmp_path / "form.schema.json").write_bytes(b"{}\n")
    (tmp_path / "module.schema.json").unlink()
    assert main(["--check", "--folder", str(tmp_path)]) == 1
    assert capsys.readouterr().out == "form.schema.json\nmodule.schema.json\n"
    assert (tmp_path / "form.schema.json").read_bytes() == b"{}\n"


@pytest.mark.parametrize("name", RECORDS)
def test_schema_is_valid_and_stable(name: str) -> None:
    """A schema is one of draft 2020-12, sorted, the same at each making, with a final newline."""
    made = schema(name)
    Draft202012Validator.check_schema(made)
    assert made == schema(name)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["additionalProperties"] is False
    content = schema_bytes(name).decode()
    assert content == json.dumps(made, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def test_schema_bytes_of_an_unknown_name_is_refused() -> None:
    """Only the named schemas can be asked for."""
    with pytest.raises(KeyError):
        schema_bytes("../example/programme")


def test_every_field_of_every_record_has_a_docstring() -> None:
    """Each field says what it is; a new one without a docstring fails here, by its name."""
    found = {kind: field_docstrings(kind) for kind in records(Record)}
    assert {Session, *RECORDS.values()} <= set(found)
    bare = [
        f"{kind.__name__}.{name}"
        for kind, docstrings in found.items()
        for name in kind.model_fields
        if not docstrings.get(name)
    ]
    assert bare == []


@pytest.mark.parametrize("name", RECORDS)
def test_schema_describes_every_field(name: str) -> None:
    """Wherever an editor completes a field of a record, it can say what the field is."""
    made = schema(name)
    for part in (made, *made["$defs"].values()):
        if part.get("additionalProperties") is False:
            assert part["description"]
            for field, kind in part["properties"].items():
                assert kind.get("description"), field


def test_schema_takes_a_description_from_the_docstring() -> None:
    """What stands under the field in the source is what the editor shows."""
    properties = schema("session")["properties"]
    assert properties["title"]["description"] == field_docstrings(Session)["title"]
    assert properties["ends"]["description"] == Session.input_only["ends"]


def test_schema_accepts_every_file_of_the_example() -> None:
    """No editor underlines anything in the example programme."""
    paths = [EXAMPLE / "programme.yaml", *sorted((EXAMPLE / "sessions").glob("*.yaml"))]
    assert len(paths) > 10
    for path in paths:
        name = "programme" if path.stem == "programme" else "session"
        assert complaints(name, read_source(path).text) == [], path.name


@pytest.mark.parametrize(
    "lines",
    [
        "id: 2026-12-05-rabat",
        "id: 2026",
        "language: ar",
        "ends: 2026-12-05 20:00",
        "minutes: 60",
        "minutes: ٦٠",
        "free: yes",
        "free: true",
        "free: Oui",
        "free: لا",
        "free:",
        "module:",
        "venue: bnrm",
        "venue: 2",
        "venue: {name: Rabat, location: {lat: 34, lon: '-6,8'}}",
        "host: cafes",
        "facilitators: naima",
        "facilitators: [naima, {name: Omar, speaks: [ary]}]",
        "summary: {fr: oui, ary-Latn: 1984, en: }",
        "uid: 1984",
        "agenda: [{minutes: 5, mode: write, title: true}]",
    ],
)
def test_schema_accepts_what_people_type(lines: str) -> None:
    """What the reader takes is not underlined, whatever YAML makes of it in an editor."""
    assert complaints("session", SMALLEST + lines + "\n") == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("titel: T", "'titel' was unexpected"),
        ("venue: {name: A, stepfree: yes}", "not valid under any"),
        ("status: perhaps", "not valid under any"),
        ("minutes: 60.5", "not valid under any"),
        ("free: 1", "not valid under any"),
        ("free: perhaps", "not valid under any"),
        ("spoken: fr", "not valid under any"),
        ("online: example.org", "not valid under any"),
        ("module: Nos Langues", "not valid under any"),
        ("summary: {francais!: x}", "not valid under any"),
    ],
)
def test_schema_refuses_what_the_reader_refuses(lines: str, said: str) -> None:
    """A misspelt field and a value of the wrong kind are underlined."""
    (message,) = complaints("session", SMALLEST + lines + "\n")
    assert said in message


def test_schema_of_a_session_requires_what_the_reader_requires() -> None:
    """Title, beginning and time of change are required; the name is the file's."""
    assert schema("session")["required"] == ["starts", "title", "updated"]
    assert complaints("session", "title:\n" + SMALLEST.partition("\n")[2])


def test_schema_of_a_programme_takes_short_names_and_no_sessions() -> None:
    """The organiser may be a short name; the sessions stand in files of their own."""
    start = "id: p\ntitle: P\norganiser: cafes\nhosts: {cafes: {name: C}}\n"
    assert complaints("programme", start + "fallback: {ary: [ar, fr]}\nvenues: {a: }\n") == []
    assert complaints("programme", start + "sessions: []\n")
    assert complaints("programme", start + "venues: {A B: {name: x}}\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("curriculum", "id: c\ntitle: T\nages: 12-15\nmodules: [{id: m, question: Q}]\n"),
        ("form", "id: f\ntitle: T\nquestions: [{id: q, label: L, choices: [{id: a, label: A}]}]\n"),
        ("response", "session: s\nform: f\nconsent: yes\nanswers: {q: [oui, 3]}\n"),
        ("statement", "id: a\nsession: s\nkind: doubt\nwords: W\nlanguage: ary\nsupport: 3\n"),
        ("cafe-report", "session: s\nattendance: 12\naudiences: {women: 7}\nagreements: [A]\n"),
    ],
)
def test_schema_of_each_record_takes_a_file_and_no_unknown_field(name: str, text: str) -> None:
    """Each schema accepts a sound file of its record and underlines a field that is none."""
    source = compose(Source("a.yaml", text))
    assert source.root is not None
    RECORDS[name].model_validate(source.root.plain())
    assert complaints(name, text) == []
    assert complaints(name, text + "phone: x\n")


def test_schema_of_a_module_takes_its_file_and_not_what_lessons_say() -> None:
    """Minutes and modes stand in `module.yaml`; a question stands in the language's file."""
    text = (
        "updated: 2026-11-24T12:00:00Z\nages: 12-\nneeds: {screen: no}\n"
        "steps:\n  - {id: talk, mode: discuss, minutes: {60: 30, 90: 45}}\n"
    )
    assert complaints("module", text) == []
    assert complaints("module", text + "question: Qui ?\n")
    assert complaints("module", text.replace("discuss", "lecture"))
    curriculum = "title: T\nmodules: [nos-langues, {id: m, question: Q}]\n"
    assert complaints("curriculum", curriculum) == []


@given(typed=st.sampled_from(sorted(entry._YES | entry._NO)), upper=st.booleans())  # noqa: SLF001
def test_schema_takes_every_answer_that_the_reader_takes(typed: str, *, upper: bool) -> None:
    """Yes and no, in every language and letter case that the reader knows."""
    answer = typed.upper() if upper else typed.capitalize()
    TypeAdapter(YesNo).validate_python(answer)
    assert complaints("session", f"{SMALLEST}free: {answer}\n") == []


@settings(deadline=None, max_examples=30)
@given(
    words=st.text(st.characters(categories=["L", "N", "P", "Z"]), min_size=1)
    .map(str.strip)
    .filter(bool),
    name=st.from_regex(r"[a-z0-9]{1,4}(-[0-9]{1,4})?", fullmatch=True),
)
def test_schema_accepts_what_the_writer_writes(words: str, name: str) -> None:
    """A file that the library made is never underlined."""
    session = Session(
        id=name,
        title=Text(fr=words, no=words),
        starts="2026-12-05 18:30",
        minutes=60,
        updated="2026-11-20 10:00",
        module=name,
        facilitators=(cafe_ia.session.Facilitator(name=words.splitlines()[0]),),
        free=False,
    )
    assert complaints("session", session_text(session, venue=name, host=name)) == []
