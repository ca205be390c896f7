"""A session that moves, is postponed or is cancelled."""

from __future__ import annotations

import difflib
import shutil
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from cafe_ia.calendar import to_ics
from cafe_ia.files import (
    cancel_session,
    load_programme,
    move_session,
    postpone_session,
)
from cafe_ia.problem import RecordError
from cafe_ia.session import Session, Status

NAME = "2026-12-12-sale-c-est-quoi"
LATER = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)

WITH_REMARKS = """\
# Ne pas oublier les chaises.
title: Nos langues   # à relire
starts: '2026-12-05 15:00'
ends: 2026-12-05 16:00

# Le reste est convenu.
venue: bnrm
seats: 12
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example programme, with a session that a person wrote by hand."""
    shutil.copytree(Path(str(files("cafe_ia"))) / "example", tmp_path / "programme")
    hand = tmp_path / "programme" / "sessions" / "a-la-main.yaml"
    hand.write_text(WITH_REMARKS + "updated: 2026-11-20 10:00\n", encoding="utf-8")
    return tmp_path / "programme"


def changed_lines(old: str, new: str) -> list[str]:
    """The lines that were taken away and those that came, as `diff` marks them."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


def text(folder: Path, name: str = NAME) -> str:
    """The text of a session's file."""
    return (folder / "sessions" / f"{name}.yaml").read_bytes().decode()


def session(folder: Path, name: str = NAME) -> Session:
    """A session as it stands in its file."""
    return load_programme(folder).session(name)


def test_cancelling_changes_three_lines(folder: Path) -> None:
    """`status`, `revision` and `updated` are new, and nothing else in the file is."""
    old = text(folder)
    now = cancel_session(folder, NAME, updated=LATER)
    assert changed_lines(old, text(folder)) == [
        "-status: planned" if "status: planned" in old else "-status: confirmed",
        "-revision: 0",
        "-updated: 2026-11-20 10:00",
        "+status: cancelled",
        "+revision: 1",
        "+updated: 2026-12-01T09:30:00Z",
    ]
    assert (now.status, now.revision, now.updated) == (Status.CANCELLED, 1, LATER)
    assert now == session(folder)


def test_moving_keeps_remarks_quotation_marks_and_the_length(folder: Path) -> None:
    """A file that says `ends` gets a new `ends`; remarks, order and quotation marks stay."""
    old = text(folder, "a-la-main")
    now = move_session(folder, "a-la-main", starts="06/12/2026 18h30", updated=LATER)
    assert changed_lines(old, text(folder, "a-la-main")) == [
        "-starts: '2026-12-05 15:00'",
        "-ends: 2026-12-05 16:00",
        "+starts: '2026-12-06 18:30'",
        "+ends: 2026-12-06 19:30",
        "-updated: 2026-11-20 10:00",
        "+updated: 2026-12-01T09:30:00Z",
        "+revision: 1",
    ]
    assert (now.starts, now.minutes) == (datetime(2026, 12, 6, 18, 30), 60)  # noqa: DTZ001 # wall
    assert "# Ne pas oublier les chaises." in text(folder, "a-la-main")


def test_moving_takes_a_venue_and_a_length(folder: Path) -> None:
    """A café that goes elsewhere and lasts longer says both."""
    now = move_session(folder, NAME, venue="bnrm", minutes="٧٥", updated=LATER)
    assert now.venue == load_programme(folder).venues["bnrm"]
    assert (now.minutes, now.revision) == (75, 1)


def test_moving_plans_a_postponed_session_again(folder: Path) -> None:
    """A postponed café that gets a time takes place."""
    postponed = postpone_session(folder, NAME, updated=LATER)
    assert postponed.status is Status.POSTPONED
    moved = move_session(folder, NAME, starts="2026-12-20 15:00", updated=LATER)
    assert (moved.status, moved.revision) == (Status.PLANNED, 2)


def test_only_a_time_plans_a_postponed_session_again(folder: Path) -> None:
    """Its length alone does not announce the old time; the old time, said again, does."""
    postpone_session(folder, NAME, updated=LATER)
    longer = move_session(folder, NAME, minutes=75, updated=LATER)
    assert (longer.status, longer.minutes) == (Status.POSTPONED, 75)
    back = move_session(folder, NAME, starts=longer.starts, updated=LATER)
    assert (back.status, back.starts) == (Status.PLANNED, longer.starts)


def test_moving_whole_days_keeps_their_number(folder: Path) -> None:
    """Where a file says the last day, it goes on saying the last day."""
    path = folder / "sessions" / "jours.yaml"
    days = "title: Jours\nall_day: yes\nstarts: 2026-12-05\nends: 2026-12-06\n"
    path.write_text(days + "updated: 2026-11-20 10:00\n", encoding="utf-8")
    moved = move_session(folder, "jours", starts="2026-12-12", updated=LATER)
    assert (moved.minutes, moved.revision) == (2 * 1440, 1)
    assert "ends: 2026-12-13\n" in text(folder, "jours")


def test_the_next_feed_tells_subscribers(folder: Path) -> None:
    """UID stays, SEQUENCE is one higher, STATUS says that people should not come."""
    before = to_ics(load_programme(folder).only(session=NAME)).decode()
    cancel_session(folder, NAME, updated=LATER)
    after = to_ics(load_programme(folder).only(session=NAME)).decode()

    def line(feed: str, name: str) -> str:
        return next(one for one in feed.splitlines() if one.startswith(name))

    assert line(before, "UID:") == line(after, "UID:")
    assert (line(before, "SEQUENCE:"), line(after, "SEQUENCE:")) == ("SEQUENCE:0", "SEQUENCE:1")
    assert line(after, "STATUS:") == "STATUS:CANCELLED"
    assert line(after, "DTSTAMP:") == "DTSTAMP:20261201T093000Z"


@pytest.mark.parametrize("change", [cancel_session, postpone_session])
def test_a_change_made_twice_is_made_once(folder: Path, change: object) -> None:
    """What is so already raises no revision, so that nobody's telephone rings for nothing."""
    assert callable(change)
    change(folder, NAME, updated=LATER)
    once = text(folder)
    assert change(folder, NAME, updated=LATER).revision == 1
    assert text(folder) == once


def test_moving_to_the_same_time_and_place_changes_nothing(folder: Path) -> None:
    """A move to where the café is already leaves the file alone."""
    old, now = text(folder), session(folder)
    short = next(key for key, one in load_programme(folder).venues.items() if one == now.venue)
    move_session(folder, NAME, starts=now.starts, minutes=now.minutes, venue=short, updated=LATER)
    assert text(folder) == old


def test_updated_never_goes_back(folder: Path) -> None:
    """A machine whose clock is late does not make a record older than it is."""
    early = datetime(2020, 1, 1, tzinfo=UTC)
    was = session(folder).updated
    assert cancel_session(folder, NAME, updated=early).updated == was


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"starts": "demain"}, "time-unreadable"),
        ({"starts": "2026-12-13"}, "hour-missing"),
        ({"starts": "2026-12-13 18:30Z"}, "time-with-offset"),
        ({"minutes": "0"}, "number-too-small"),
        ({"minutes": "beaucoup"}, "number-whole"),
        ({"venue": "bnmr"}, "name-unknown"),
    ],
)
def test_a_move_that_cannot_be_leaves_the_file_alone(
    folder: Path, given: dict[str, str], code: str
) -> None:
    """What cannot be used is told before a single character of the file is changed."""
    old = text(folder)
    with pytest.raises(RecordError) as error:
        move_session(folder, NAME, updated=LATER, **given)
    assert [one.code for one in error.value.problems] == [code]
    assert text(folder) == old


def test_a_cancelled_session_stays_so(folder: Path) -> None:
    """People were told; another time is another café."""
    cancel_session(folder, NAME, updated=LATER)
    for change in (postpone_session, move_session):
        with pytest.raises(RecordError) as error:
            change(folder, NAME, updated=LATER)
        assert [one.code for one in error.value.problems] == ["session-cancelled"]


def test_an_unknown_session_is_told_with_the_nearest_name(folder: Path) -> None:
    """A slip of the finger gets the name that was meant."""
    with pytest.raises(RecordError) as error:
        cancel_session(folder, NAME[:-1], updated=LATER)
    (problem,) = error.value.problems
    assert (problem.code, problem.values["near"]) == ("session-not-found", NAME)


def test_a_broken_session_is_told_and_not_changed(folder: Path) -> None:
    """A file with an error is mended by a person first; another file's errors do not matter."""
    path = folder / "sessions" / f"{NAME}.yaml"
    broken = text(folder).replace("minutes:", "minuts:", 1)
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(RecordError) as error:
        cancel_session(folder, NAME, updated=LATER)
    assert {one.code for one in error.value.problems} == {"field-unknown"}
    assert text(folder) == broken
    assert cancel_session(folder, "a-la-main", updated=LATER).status is Status.CANCELLED


def test_windows_line_ends_and_the_other_suffix_stay(folder: Path) -> None:
    """A file from another machine keeps its line ends, its mark and its name."""
    path = folder / "sessions" / "autre.YML"
    path.write_bytes(
        "\ufefftitle: Là-bas\r\nstarts: 2026-12-05 15:00\r\nupdated: 2026-11-20\r\n".encode()
    )
    postpone_session(folder, "autre", updated=LATER)
    content = path.read_bytes()
    assert content.startswith("\ufeff".encode())
    assert content.count(b"\r\n") == content.count(b"\n") == 5
    assert not (folder / "sessions" / "autre.yaml").exists()
