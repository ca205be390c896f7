"""A folder of files becomes a programme."""

from __future__ import annotations

import json
import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from cafe_ia.files import find_programmes, load_programme, read_programme
from cafe_ia.files.node import Source
from cafe_ia.files.reading import node_of
from cafe_ia.files.tree import compose, decode
from cafe_ia.problem import Problem, RecordError, Severity
from conftest import HERE, ReadSession

ACCEPTED = sorted((HERE / "accepted").glob("*.json"))

SOUND = "title: Nos langues\nstarts: 2026-12-05 18:30\nupdated: 2026-11-20\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound programme of one session, which a test may break."""
    shutil.copy(HERE / "broken" / "programme.yaml", tmp_path)
    (tmp_path / "sessions").mkdir()
    (tmp_path / "sessions" / "2026-12-05-rabat.yaml").write_text(SOUND, "utf-8")
    return tmp_path


def lines(folder: Path) -> list[str]:
    """What is said of a folder, in English."""
    return [problem.text("en") for problem in read_programme(folder, shown="").problems]


@pytest.mark.parametrize("expected", ACCEPTED, ids=lambda path: path.stem)
def test_accepted_file_means_what_its_author_meant(
    expected: Path, read_session: ReadSession
) -> None:
    """What people type is taken, whole and without a word."""
    typed = expected.with_suffix(".yaml")
    reading = read_session(typed.read_bytes(), typed.name)
    assert [problem.text("en") for problem in reading.problems] == []
    assert reading.programme is not None
    (session,) = reading.programme.sessions
    meant = json.loads(expected.read_text("utf-8"))
    assert session.model_dump(mode="json", exclude_defaults=True) == meant


def test_accepted_files_stand_beside_their_meaning() -> None:
    """No accepted file is forgotten by the test."""
    kept = {path.stem for path in (HERE / "accepted").glob("*.yaml")}
    assert kept - {"programme"} == {path.stem for path in ACCEPTED}


def test_example_programme_is_sound() -> None:
    """What the library ships is read without a word."""
    with as_file(files("cafe_ia").joinpath("example")) as example:
        assert read_programme(example).problems == []
        assert len(load_programme(example).sessions) == 14


def test_load_programme_raises_every_error_of_every_file(folder: Path) -> None:
    """All at once, and nothing that is only a warning."""
    sessions = folder / "sessions"
    (sessions / "a.yaml").write_text(SOUND + "seats: 0\n", "utf-8")
    (sessions / "b.yaml").write_text(SOUND.replace("Nos langues", "Cartes # 1"), "utf-8")
    (sessions / "c.yaml").write_text("title: [IA\n", "utf-8")
    with pytest.raises(RecordError) as error:
        load_programme(str(folder))
    told = [(problem.code, problem.severity) for problem in error.value.problems]
    assert told == [
        ("number-too-small", Severity.ERROR),
        ("yaml-bracket", Severity.ERROR),
    ]


def test_warning_alone_stops_nothing(folder: Path) -> None:
    """Neither in a session nor in the programme's own file."""
    for path in (folder / "programme.yaml", folder / "sessions" / "2026-12-05-rabat.yaml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("title: ", "title: Cartes # "), "utf-8")
    reading = read_programme(folder)
    assert [problem.code for problem in reading.problems] == ["yaml-hash", "yaml-hash"]
    assert len(load_programme(folder).sessions) == 1


def test_sound_sessions_are_kept_beside_a_broken_one(folder: Path) -> None:
    """One slip does not hide the other cafés."""
    (folder / "sessions" / "2026-12-12-sale.yaml").write_text("title: [IA\n", "utf-8")
    reading = read_programme(folder)
    assert reading.programme is not None
    assert [session.id for session in reading.programme.sessions] == ["2026-12-05-rabat"]
    assert set(reading.sources) == {"", "2026-12-05-rabat", "2026-12-12-sale"}


def test_session_takes_what_the_programme_says_once(folder: Path) -> None:
    """Language, zone and organiser, unless it says its own; its UID carries both names."""
    programme = folder / "programme.yaml"
    text = programme.read_text("utf-8").replace("language: fr", "language: ar")
    programme.write_text(text + "timezone: Europe/Paris\n", "utf-8")
    own = SOUND + "language: en\ntimezone: Africa/Casablanca\nhost: {name: City}\nuid: x@y\n"
    (folder / "sessions" / "2026-12-12-sale.yaml").write_text(own, "utf-8")
    first, second = sorted(load_programme(folder).sessions, key=lambda one: one.id)
    assert first.timezone == "Europe/Paris"
    assert list(first.title) == ["ar"]
    assert first.host is not None
    assert first.host.name == {"ar": "Cafés IA"}
    assert first.uid == "2026-12-05-rabat@essai.cafe-ia"
    assert second.timezone == "Africa/Casablanca"
    assert second.host is not None
    assert second.host.name == {"en": "City"}
    assert second.uid == "x@y"


def test_fault_of_the_programme_is_told_once(folder: Path) -> None:
    """Its sessions do not repeat what they only inherit."""
    programme = folder / "programme.yaml"
    text = programme.read_text("utf-8").replace("language: fr", "language: francais")
    text = text.replace("organiser: cafes", "organiser: {name: Cafés, email: x}")
    programme.write_text(text + "timezone: Maroc\n", "utf-8")
    (folder / "sessions" / "2026-12-12-sale.yaml").write_text(SOUND, "utf-8")
    told = [problem.code for problem in read_programme(folder).problems]
    assert told == ["language-unknown", "email-shape", "zone-unknown"]


def test_faulty_venue_is_told_once_and_not_in_its_sessions(folder: Path) -> None:
    """A session that names it by its short name is not at fault."""
    programme = folder / "programme.yaml"
    text = programme.read_text("utf-8").replace("    city: Rabat", "    region: Rabat")
    programme.write_text(text, "utf-8")
    (folder / "sessions" / "2026-12-12-sale.yaml").write_text(SOUND + "venue: bnrm\n", "utf-8")
    assert [line.split(" ")[0] for line in lines(folder)] == ["programme.yaml:12:13:"]


def test_unknown_facilitator_does_not_move_the_places_of_the_others(folder: Path) -> None:
    """Each fault is told on its own line."""
    people = "facilitators:\n  - hind\n  - naima\n  - nom: Youssef\n"
    (folder / "sessions" / "2026-12-05-rabat.yaml").write_text(SOUND + people, "utf-8")
    assert [line.split(": ")[0] for line in lines(folder)] == [
        "sessions/2026-12-05-rabat.yaml:5:5",
        "sessions/2026-12-05-rabat.yaml:7:5",
    ]


@pytest.mark.parametrize(
    "name", [".2026-12-05-rabat.yaml.swp", "._2026-12-05-rabat.yaml", ".#a.yaml", "notes.txt"]
)
def test_file_that_is_no_record_is_left_alone(folder: Path, name: str) -> None:
    """What editors, systems and people leave beside the sessions is not read."""
    (folder / "sessions" / name).write_bytes(b"\x00\x01\xff")
    assert lines(folder) == []
    assert len(load_programme(folder).sessions) == 1


@pytest.mark.parametrize("name", ["2026-12-12-sale.yml", "2026-12-12-sale.YAML"])
def test_session_is_read_under_every_usual_ending(folder: Path, name: str) -> None:
    """A session is never left out without a word."""
    (folder / "sessions" / name).write_text(SOUND, "utf-8")
    assert [one.id for one in load_programme(folder).sessions] == [
        "2026-12-05-rabat",
        "2026-12-12-sale",
    ]


def test_programme_without_a_sessions_folder_has_none(folder: Path) -> None:
    """A new programme is sound."""
    shutil.rmtree(folder / "sessions")
    assert load_programme(folder).sessions == ()


def test_problems_stand_in_the_order_of_the_lines(folder: Path) -> None:
    """Faults of form and of meaning together, from the top of the file to its end."""
    text = "titel: x\nstarts: demain\nseats: 12\nseats: 13\nminutes: 0\nupdated: 2026-11-20\n"
    (folder / "sessions" / "2026-12-05-rabat.yaml").write_text(text, "utf-8")
    places = [problem.place for problem in read_programme(folder).problems]
    assert [place.line for place in places if place] == [1, 2, 4, 5]


def test_files_are_shown_as_a_person_knows_them(folder: Path) -> None:
    """The path in a message is the one that was asked for."""
    (folder / "sessions" / "2026-12-05-rabat.yaml").write_text(SOUND + "seats: 0\n", "utf-8")
    (problem,) = read_programme(folder, shown="ma-saison").problems
    assert problem.place is not None
    assert problem.place.file == str(Path("ma-saison", "sessions", "2026-12-05-rabat.yaml"))


def test_problem_of_a_rule_is_located_in_its_file(folder: Path) -> None:
    """A rule knows records; the reading knows where they stand."""
    (folder / "sessions" / "2026-12-05-rabat.yaml").write_text(SOUND + "seats: 30\n", "utf-8")
    reading = read_programme(folder, shown="")
    seats = Problem("group-too-large", {"seats": 30}, ("sessions", "2026-12-05-rabat", "seats"))
    place = reading.located(seats).place
    assert str(place) == "sessions/2026-12-05-rabat.yaml:4:8"
    venue = Problem("access-missing", {}, ("venues", "bnrm", "city"))
    assert str(reading.located(venue).place) == "programme.yaml:12:11"
    nowhere = Problem("place-missing", {}, ("sessions", "2026-12-05-rabat", "venue"))
    assert str(reading.located(nowhere).place) == "sessions/2026-12-05-rabat.yaml:1:1"
    placed = reading.located(seats)
    assert reading.located(placed) is placed


def test_find_programmes_looks_below_and_from_inside(folder: Path) -> None:
    """From above, from the folder, from its sessions, from a file; never in hidden folders."""
    above = folder / "saisons"
    for name in ("b", "a", ".hidden/c"):
        (above / name).mkdir(parents=True)
        shutil.copy(folder / "programme.yaml", above / name)
    assert find_programmes(above) == [above / "a", above / "b"]
    assert find_programmes(folder / "sessions") == [folder]
    assert find_programmes(folder / "programme.yaml")[0] == folder
    assert find_programmes(above / "a") == [above / "a"]


def test_tree_keeps_every_value_as_text() -> None:
    """YAML's guesses never happen: 18:30 stays a time, no stays a word, 010 keeps its zero."""
    typed = b"a: 18:30\nb: no\nc: 010\nd: 1e3\ne: 2026-12-05\nf: 0x1F\ng: .inf\nh: True\ni: =\n"
    source = compose(decode(typed, Source("essai.yaml")))
    assert source.root is not None
    assert list(source.root.plain().values()) == [
        "18:30", "no", "010", "1e3", "2026-12-05", "0x1F", ".inf", "True", "=",
    ]  # fmt: skip


def test_tree_counts_lines_and_columns_in_characters() -> None:
    """Arabic, emoji, a byte-order mark and Windows' line ends do not move a place."""
    typed = "\ufefftitle: 😀 لغاتنا\r\nvenue: {name: 'é', city: X}\r\n".encode()
    source = compose(decode(typed, Source("essai.yaml")))
    node = node_of(source, ("venue", "city"))
    assert node is not None
    assert str(source.place(node)) == "essai.yaml:2:26"
    assert source.text[node.start : node.end] == "X"
    assert node_of(source, ("venue", "address")) is None
    assert node_of(Source("rien.yaml"), ("venue",)) is None
