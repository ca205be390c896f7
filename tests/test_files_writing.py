from __future__ import annotations

import os
import stat
import tempfile
import threading
from datetime import UTC, datetime, time
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cafe_ia.files import read_programme
from cafe_ia.files.node import Source
from cafe_ia.files.saving import _write_new
from cafe_ia.files.tree import compose
from cafe_ia.files.writing import create_file, programme_text, replace_file, session_text
from cafe_ia.problem import RecordError
from cafe_ia.programme import Programme
from cafe_ia.session import (
    Access,
    Audience,
    Facilitator,
    Host,
    Location,
    Mode,
    Region,
    Session,
    Status,
    Step,
    Venue,
)
from cafe_ia.text import Text

AWKWARD = (
    "\t #:-'\"\\|>%@`&*!?{}[],~=<0é’«»…\u00a0\u202f\u0085\u009f\u2028\u2029\u200b\u200d\u200e\u200f"
    "\u061c\u202a\u202e\u2066\u2069\ufeff\ufffd\ufffe\uffff\ue000ⵣمقهى١😀\U0010ffff"
)
CHARACTERS = st.one_of(
    st.sampled_from(AWKWARD),
    st.characters(min_codepoint=32, exclude_categories=["Cs"], exclude_characters="\x7f"),
)
LINE = st.text(CHARACTERS, max_size=40)
PARAGRAPH = st.lists(
    st.one_of(st.sampled_from(["mot\u00a0:", "-", "#", "Le", "café", "", "\u00a0«", "مقهى"]), LINE),
    min_size=15,
    max_size=40,
).map(" ".join)
SAID = (
    st.one_of(LINE, PARAGRAPH, st.lists(LINE, min_size=2, max_size=5).map("\n".join))
    .map(str.strip)
    .filter(bool)
)
TAGS = st.sampled_from(["fr", "ar", "ary", "zgh", "en", "no", "ary-Latn", "tzm"])
TEXTS = st.dictionaries(TAGS, SAID, min_size=1, max_size=3).map(Text)
WORDS = LINE.map(str.strip).filter(bool)
SLUGS = st.one_of(
    st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,3}", fullmatch=True),
    st.sampled_from(["null", "yes", "no", "2026", "1e5", "0x1f", "2026-12-05", "off", "true"]),
)
ADDRESSES = st.sampled_from(
    ["https://example.org/a?b=1&c#d", "http://example.org/مقهى", "https://a:", "https://a/x'y,[z]:"]
)
EMAILS = st.sampled_from(["bonjour@example.org", "o'neil+x@example.org", "1@2.3"])
ANSWERS = st.one_of(st.none(), st.booleans())
ZONES = st.sampled_from(["Africa/Casablanca", "Europe/Paris", "UTC"])
DEGREES = st.integers(-90 * 10**12, 90 * 10**12).map(lambda n: n / 10**12)
SPOKEN = st.lists(TAGS, max_size=4).map(tuple)

VENUES = st.builds(
    Venue,
    name=TEXTS,
    address=st.none() | TEXTS,
    city=st.none() | TEXTS,
    region=st.none() | st.sampled_from(Region),
    location=st.none() | st.builds(Location, lat=DEGREES, lon=DEGREES),
    step_free=ANSWERS,
    electricity=ANSWERS,
    internet=ANSWERS,
    how_to_come=st.none() | TEXTS,
    source=st.none() | ADDRESSES,
)
HOSTS = st.builds(Host, name=TEXTS, email=st.none() | EMAILS, url=st.none() | ADDRESSES)
FACILITATORS = st.builds(Facilitator, name=WORDS, speaks=SPOKEN)
STEPS = st.builds(Step, minutes=st.integers(1, 90), mode=st.sampled_from(Mode), title=TEXTS)
ACCESSES = st.builds(Access, seating=ANSWERS, children=ANSWERS, notes=st.none() | TEXTS)
MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1))  # noqa: DTZ001 # the wall's


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Any session that a file can hold."""
    all_day = draw(st.booleans())
    starts = draw(MOMENTS).replace(microsecond=0)
    days = {"minutes": draw(st.integers(1, 3)) * 1440} if all_day else {}
    some = st.fixed_dictionaries(
        {},
        optional={
            "uid": WORDS,
            "summary": TEXTS,
            "minutes": st.integers(1, 600),
            "timezone": ZONES,
            "status": st.sampled_from(Status),
            "revision": st.integers(0, 9),
            "spoken": SPOKEN,
            "venue": VENUES,
            "online": ADDRESSES,
            "host": HOSTS,
            "facilitators": st.lists(FACILITATORS, max_size=3).map(tuple),
            "seats": st.integers(1, 30),
            "audiences": st.lists(st.sampled_from(Audience), max_size=3).map(tuple),
            "module": SLUGS,
            "agenda": st.lists(STEPS, max_size=3).map(tuple),
            "access": ACCESSES,
            "registration": ADDRESSES,
            "url": ADDRESSES,
            "free": st.booleans(),
        },
    )
    return Session(
        **draw(some) | days,
        id=draw(SLUGS),
        title=draw(TEXTS),
        all_day=all_day,
        starts=datetime.combine(starts, time()) if all_day else starts,
        updated=draw(MOMENTS).replace(tzinfo=UTC),
    )


PROGRAMMES = st.builds(
    Programme,
    id=SLUGS,
    title=TEXTS,
    summary=st.none() | TEXTS,
    notice=st.none() | TEXTS,
    organiser=st.none() | HOSTS,
    language=TAGS,
    timezone=ZONES,
    fallback=st.dictionaries(TAGS, SPOKEN, max_size=2),
    venues=st.dictionaries(SLUGS, VENUES, max_size=2),
    hosts=st.dictionaries(SLUGS, HOSTS, max_size=2),
    facilitators=st.dictionaries(SLUGS, FACILITATORS, max_size=2),
)

SESSION = Session(
    id="2026-12-05-rabat-nos-langues",
    title=Text(fr="Dans quelle langue ?", ar="بأي لغة؟"),
    summary=Text(
        fr="Nous regardons comment la machine découpe le darija et l’amazigh : elle en fait des "
        "miettes. Puis nous parlons.",
        en="First line:\n  second line",
    ),
    starts="2026-12-05 18:30",
    minutes=90,
    updated="2026-11-20 10:00",
    spoken=("ary", "fr"),
    venue=Venue(name=Text(fr="Bibliothèque"), step_free=False, location=Location(lat=34, lon=-6.8)),
    facilitators=(Facilitator(name="Naïma"),),
    seats=18,
    audiences=(Audience.SENIORS,),
    agenda=(Step(minutes=90, mode=Mode.DISCUSS, title=Text(fr="On parle")),),
    access=Access(),
)

WRITTEN = """\
# yaml-language-server: $schema=../.cafe-ia/session.schema.json
id: 2026-12-05-rabat-nos-langues
title:
  fr: "Dans quelle langue ?"
  ar: "بأي لغة؟"
summary:
  fr: >-
    Nous regardons comment la machine découpe le darija et l’amazigh : elle en fait des miettes.
    Puis nous parlons.
  en: |-
    First line:
      second line
starts: 2026-12-05 18:30
minutes: 90
status: planned
revision: 0
updated: 2026-11-20T10:00:00Z
spoken: [ary, fr]
venue:
  name:
    fr: "Bibliothèque"
  location:
    lat: 34
    lon: -6.8
  step_free: no
facilitators:
  - name: "Naïma"
seats: 18
audiences: [seniors]
agenda:
  - minutes: 90
    mode: discuss
    title:
      fr: "On parle"
access: {}
"""


def read_back(session: str, name: str, programme: str) -> Programme:
    """The programme that the reader makes of two texts."""
    with tempfile.TemporaryDirectory() as name_of_folder:
        folder = Path(name_of_folder)
        (folder / "sessions").mkdir()
        (folder / "programme.yaml").write_bytes(programme.encode())
        if session:
            (folder / "sessions" / f"{name}.yaml").write_bytes(session.encode())
        reading = read_programme(folder)
    assert reading.problems == []
    assert reading.programme is not None
    return reading.programme


def leftovers(folder: Path) -> list[str]:
    """Temporary files in a folder."""
    return [path.name for path in folder.iterdir() if path.suffix == ".tmp"]


def test_session_text_is_what_a_person_would_write() -> None:
    """Prose is quoted, folded or literal; defaults are left out; fields keep their order."""
    assert session_text(SESSION) == WRITTEN


def test_session_text_writes_short_names_instead_of_records() -> None:
    """What the programme names once is written by its short name."""
    text = session_text(SESSION, schema=None, venue="bnrm", host="cafes", facilitators=["a", "no"])
    assert text.startswith("id: ")
    assert '\nvenue: bnrm\nhost: cafes\nfacilitators: [a, "no"]\nseats:' in text


def test_session_text_says_the_zone_where_the_programme_has_another() -> None:
    """A session of Casablanca in a programme of Paris says so, and the other way round."""
    assert "\ntimezone: Africa/Casablanca\n" in session_text(SESSION, timezone="Europe/Paris")
    paris = SESSION.model_copy(update={"timezone": "Europe/Paris"})
    assert "timezone" not in session_text(paris, timezone="Europe/Paris")


def test_session_text_of_a_whole_day_has_a_date_only() -> None:
    """A session that lasts whole days starts on a date."""
    session = SESSION.model_copy(
        update={"all_day": True, "minutes": 1440, "starts": datetime(2026, 12, 5)}  # noqa: DTZ001
    )
    assert "\nall_day: yes\nstarts: 2026-12-05\nstatus: planned\n" in session_text(session)


@settings(deadline=None, max_examples=60)
@given(session=sessions(), zone=ZONES)
def test_session_text_reads_back_as_the_same_session(session: Session, zone: str) -> None:
    """Load after dump is the identity, whatever the texts hold."""
    text = session_text(session, timezone=zone)
    programme = f"id: p\ntitle: P\ntimezone: {zone}\n"
    (read,) = read_back(text, session.id, programme).sessions
    uid = f"{session.id}@p.cafe-ia" if session.uid is None else session.uid
    assert read == session.model_copy(update={"uid": uid})
    assert [list(read.title), list(read.summary or ())] == [
        list(session.title),
        list(session.summary or ()),
    ]


@settings(deadline=None, max_examples=30)
@given(programme=PROGRAMMES)
def test_programme_text_reads_back_as_the_same_programme(programme: Programme) -> None:
    """Load after dump is the identity for a programme's own file."""
    assert read_back("", "", programme_text(programme)) == programme


def test_programme_text_leaves_sessions_to_their_files() -> None:
    """A programme's own file names the organiser by its short name and holds no session."""
    host = Host(name=Text(fr="Cafés"))
    programme = Programme(
        id="p", title="P", organiser=host, hosts=MappingProxyType({"cafes": host}),
        sessions=(SESSION,),
    )  # fmt: skip
    text = programme_text(programme, organiser="cafes")
    assert text.startswith(
        "# yaml-language-server: $schema=.cafe-ia/programme.schema.json\nid: p\n"
    )
    assert '\norganiser: cafes\n\nhosts:\n  cafes:\n    name:\n      fr: "Cafés"\n' in text
    assert "sessions" not in text


@settings(deadline=None, max_examples=150)
@given(words=SAID)
def test_texts_read_the_same_by_another_reader(words: str) -> None:
    """What is written means the same to PyYAML's own constructor, in at most 100 columns."""
    session = SESSION.model_copy(update={"title": Text(fr=words), "summary": None, "venue": None})
    text = session_text(session)
    assert yaml.safe_load(text)["title"] == {"fr": words}
    assert compose(Source("a.yaml", text)).problems == []


def test_texts_with_hidden_characters_show_them() -> None:
    """A line end or a direction mark that no editor shows is written as an escape."""
    words = "a\u0085b\u2028c\u2029d\u202ee\u2066f\ufeffg\u009fh"
    text = session_text(SESSION.model_copy(update={"title": Text(fr=words)}))
    assert r'fr: "a\Nb\Lc\Pd\u202Ee\u2066f\uFEFFg\x9Fh"' in text


def test_replace_file_keeps_the_mode_and_the_link(tmp_path: Path) -> None:
    """The file keeps its mode, a symbolic link keeps pointing at it, nothing else is left."""
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to("real.yaml")
    replace_file(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.yaml", "real.yaml"]


def test_replace_file_makes_a_missing_file_with_the_usual_mode(tmp_path: Path) -> None:
    """A file that was not there gets the mode that any new file gets."""
    other = tmp_path / "other"
    other.touch()
    replace_file(tmp_path / "new", b"new")
    assert (tmp_path / "new").stat().st_mode == other.stat().st_mode


def test_replace_file_refuses_a_folder_and_leaves_nothing(tmp_path: Path) -> None:
    """What cannot be written is told as a problem, with the reason, and no temporary stays."""
    with pytest.raises(RecordError) as caught:
        replace_file(tmp_path, b"new")
    assert [problem.code for problem in caught.value.problems] == ["output-unwritable"]
    with pytest.raises(RecordError, match="No such file or directory"):
        replace_file(tmp_path / "missing" / "a.yaml", b"new")
    assert list(tmp_path.iterdir()) == []


def test_replace_file_that_fails_keeps_the_old_file(tmp_path: Path) -> None:
    """A content that cannot be written leaves the old one and no temporary."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    with pytest.raises(TypeError):
        replace_file(path, "not bytes")  # type: ignore[arg-type] # the failure that we want
    assert path.read_bytes() == b"old"
    assert leftovers(tmp_path) == []


def test_replace_file_writes_into_a_pipe(tmp_path: Path) -> None:
    """A pipe stays a pipe: what reads from it gets the content."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    replace_file(pipe, b"new")
    reader.join(10)
    assert got == [b"new"]
    assert pipe.is_fifo()


def test_create_file_refuses_what_is_there(tmp_path: Path) -> None:
    """A file, or a link to nothing, is never overwritten."""
    path, link = tmp_path / "a.yaml", tmp_path / "b.yaml"
    create_file(path, b"old")
    link.symlink_to("nowhere")
    for taken in (path, link):
        with pytest.raises(RecordError) as caught:
            create_file(taken, b"new")
        assert [problem.code for problem in caught.value.problems] == ["file-exists"]
    assert path.read_bytes() == b"old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.yaml", "b.yaml"]


def test_create_file_lets_one_of_many_win(tmp_path: Path) -> None:
    """Of twenty that make the same file at once, one does, and the file is whole."""
    path, start = tmp_path / "a.yaml", threading.Barrier(20)
    won: list[int] = []

    def make(n: int) -> None:
        start.wait()
        try:
            create_file(path, bytes([n]) * 5000)
        except RecordError:
            return
        won.append(n)

    threads = [threading.Thread(target=make, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert path.read_bytes() == bytes(won) * 5000


def test_create_file_tells_why_it_cannot(tmp_path: Path) -> None:
    """A name that the file system refuses is told with the reason."""
    with pytest.raises(RecordError) as caught:
        create_file(tmp_path / ("a" * 300), b"new")
    assert [problem.code for problem in caught.value.problems] == ["output-unwritable"]
    assert list(tmp_path.iterdir()) == []


def test_write_new_takes_a_name_once(tmp_path: Path) -> None:
    """Where a file can have one name only, the name is still taken in one step."""
    _write_new(tmp_path / "a", b"old")
    with pytest.raises(FileExistsError):
        _write_new(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"
