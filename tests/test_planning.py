"""A module fitted to the people and the minutes that there are."""

from __future__ import annotations

import shutil
from importlib.resources import files
from itertools import pairwise
from math import ceil
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from cafe_ia.checks import check
from cafe_ia.cli import main
from cafe_ia.curriculum import Module, Moment
from cafe_ia.files import load_module, read_programme, written_modules
from cafe_ia.planning import BREAK_PAST, LONGEST, SHORTEST, Agenda, fitted, plan
from cafe_ia.problem import RecordError
from cafe_ia.session import TALK, Mode
from lesson import SAMPLE

PEOPLE = st.integers(1, 60)
MINUTES = st.integers(SHORTEST, LONGEST)
LENGTHS = (45, 55, 60, 75, 90, 120)
WORK = [mode for mode in Mode if mode is not Mode.BREAK]


def module_of(*steps: tuple[str, Mode, dict[int, int]]) -> Module:
    """A module whose steps are given by name, mode and minutes."""
    moments = tuple(
        Moment.model_validate(
            {"id": name, "mode": mode, "minutes": minutes, "title": {"fr": name.capitalize()}}
        )
        for name, mode, minutes in steps
    )
    return SAMPLE.model_copy(update={"steps": moments})


@st.composite
def parts(draw: st.DrawFn, whole: int, count: int) -> list[int]:
    """A length cut in so many pieces of at least a minute."""
    cuts = draw(st.sets(st.integers(1, whole - 1), min_size=count - 1, max_size=count - 1))
    return [end - start for start, end in pairwise([0, *sorted(cuts), whole])]


@st.composite
def modules(draw: st.DrawFn) -> Module:
    """A module of three to nine steps in one to three versions, some of them with a break."""
    modes = draw(st.lists(st.sampled_from(WORK), min_size=3, max_size=9))
    modes[draw(st.integers(0, len(modes) - 1))] = draw(st.sampled_from(sorted(TALK)))
    minutes: list[dict[int, int]] = [{} for _ in modes]
    rest: dict[int, int] = {}
    for version in draw(st.sets(st.sampled_from(LENGTHS), min_size=1, max_size=3)):
        pause = draw(st.sampled_from((0, 0, 5, 10)))
        if pause:
            rest[version] = pause
        for step, length in zip(minutes, draw(parts(version - pause, len(modes))), strict=True):
            step[version] = length
    steps: list[tuple[str, Mode, dict[int, int]]] = [
        (f"step-{n}", mode, lengths)
        for n, (mode, lengths) in enumerate(zip(modes, minutes, strict=True))
    ]
    if rest:
        steps.insert(draw(st.integers(1, len(steps) - 1)), ("rest", Mode.BREAK, rest))
    return module_of(*steps)


def work_of(agenda: Agenda) -> int:
    """The minutes that are no break."""
    return sum(step.minutes for step in agenda.steps if step.mode is not Mode.BREAK)


def of_the_module(module: Module, agenda: Agenda) -> list[str]:
    """The names of the module's own steps in an agenda."""
    own = {step.id for step in module.steps}
    return [step.moment.id for step in agenda.steps if step.moment.id in own]


def floor(step: Moment, version: int) -> int:
    """The fewest minutes of a step: half of its own, and three; all of them where it has less."""
    whole = step.minutes[version]
    return min(whole, max(3, ceil(whole / 2)))


# What is true of every plan


@settings(deadline=None, max_examples=150)
@given(module=modules(), people=PEOPLE, minutes=MINUTES)
@example(  # a step of one minute in a room that has half of the time
    module_of(
        ("show", Mode.SHOW, {90: 16}), ("talk", Mode.DISCUSS, {90: 47}),
        ("more", Mode.SHOW, {90: 26}), ("bye", Mode.FRAME, {90: 1}),
    ),
    5, 32,
)  # fmt: skip
def test_minutes_add_up_and_people_talk_for_half_of_them(
    module: Module, people: int, minutes: int
) -> None:
    """Whole minutes, each step at least one, the sum just what was asked for, half of it talk."""
    agenda = plan(module, people, minutes)
    assert agenda.minutes == minutes == sum(step.minutes for step in agenda.steps)
    assert min(step.minutes for step in agenda.steps) >= 1
    assert 2 * agenda.talk >= work_of(agenda)
    assert agenda.talk == sum(step.minutes for step in agenda.steps if step.mode in TALK)
    assert agenda.version in module.versions


@settings(deadline=None, max_examples=100)
@given(module=modules(), people=PEOPLE, minutes=MINUTES)
def test_a_break_comes_past_seventy_five_minutes(module: Module, people: int, minutes: int) -> None:
    """A longer plan has one break inside it; a shorter one only where it was written so."""
    agenda = plan(module, people, minutes)
    breaks = [n for n, step in enumerate(agenda.steps) if step.mode is Mode.BREAK]
    if minutes > BREAK_PAST:
        assert len(breaks) == 1
        assert 0 < breaks[0] < len(agenda.steps) - 1
        assert 5 * agenda.steps[breaks[0]].minutes <= minutes
    else:
        assert not breaks or agenda.version == minutes


@settings(deadline=None, max_examples=100)
@given(module=modules(), people=PEOPLE, minutes=MINUTES)
def test_steps_keep_their_order_and_none_is_lost(module: Module, people: int, minutes: int) -> None:
    """What is done and what was left out are the version's steps, each once, in its order."""
    agenda = plan(module, people, minutes)
    version = [step.id for step in module.steps if agenda.version in step.minutes]
    done, dropped = of_the_module(module, agenda), [step.id for step in agenda.dropped]
    assert sorted([*done, *dropped]) == sorted(version)
    work = [name for name in version if name != "rest"]
    assert [name for name in done if name != "rest"] == [name for name in work if name in done]
    assert dropped == [name for name in version if name in dropped]
    assert {work[0], work[-1]} <= {*done}  # a welcome and a closing
    for step in agenda.steps:
        assert (step.mode, step.title) == (step.moment.mode, step.moment.title)


@settings(deadline=None, max_examples=150)
@given(module=modules(), people=PEOPLE, minutes=MINUTES)
def test_no_step_is_under_its_floor_while_another_could_be_left_out(
    module: Module, people: int, minutes: int
) -> None:
    """Half of a step's minutes, and three, unless three steps are left or the talk needs them."""
    agenda = plan(module, people, minutes)
    work = [step for step in agenda.steps if step.mode is not Mode.BREAK]
    under = [step for step in work if step.minutes < floor(step.moment, agenda.version)]
    if not under:
        return
    quiet = [step for step in work[1:-1] if step.mode not in TALK]
    assert len(work) <= 3 or (not quiet and all(step.mode not in TALK for step in under))


@settings(deadline=None, max_examples=100)
@given(module=modules(), people=PEOPLE, data=st.data())
def test_a_version_of_that_length_comes_out_as_it_is(
    module: Module, people: int, data: st.DataObject
) -> None:
    """Where the people talk enough and a long one has a break, nothing is changed."""
    version = data.draw(st.sampled_from(module.versions))
    steps = [step for step in module.steps if version in step.minutes]
    work = sum(step.minutes[version] for step in steps if step.mode is not Mode.BREAK)
    assume(2 * module.talk(version) >= work)
    assume(version <= BREAK_PAST or work < version)
    agenda = plan(module, people, version)
    assert [(one.moment, one.minutes) for one in agenda.steps] == [
        (step, step.minutes[version]) for step in steps
    ]
    assert (agenda.version, agenda.dropped) == (version, ())


@settings(deadline=None, max_examples=50)
@given(module=modules(), people=PEOPLE, minutes=MINUTES)
def test_the_same_question_has_the_same_answer(module: Module, people: int, minutes: int) -> None:
    """Nothing is drawn at random, and a module read again is planned alike."""
    again = Module.model_validate(module.model_dump(mode="json", exclude_defaults=True))
    assert plan(module, people, minutes) == plan(again, people, minutes)


@settings(deadline=None, max_examples=50)
@given(module=modules(), people=PEOPLE, minutes=MINUTES)
def test_a_plan_is_a_session_s_agenda_and_a_module_s_version(
    module: Module, people: int, minutes: int
) -> None:
    """The session's steps are the plan's; a module fitted to it has that one version."""
    agenda = plan(module, people, minutes)
    assert [(one.minutes, one.mode, one.title) for one in agenda.session_steps()] == [
        (one.minutes, one.mode, one.title) for one in agenda.steps
    ]
    one = fitted(module, agenda)
    assert one.versions == (minutes,)
    assert one.talk(minutes) == agenda.talk
    whole = plan(one, people, minutes)
    assert [(step.moment.id, step.minutes) for step in whole.steps] == [
        (step.moment.id, step.minutes) for step in agenda.steps
    ]


# How a version is chosen and cut


@pytest.mark.parametrize(
    ("people", "minutes", "version"),
    [
        (15, 75, 60), (16, 75, 90), (1, 89, 60), (60, 61, 90), (16, 45, 60), (5, 120, 90),
        (30, 60, 60), (5, 90, 90), (5, 55, 55), (30, 56, 60), (5, 150, 90),
    ],
)  # fmt: skip
def test_up_to_fifteen_people_begin_from_the_hour(people: int, minutes: int, version: int) -> None:
    """Between the hour and the hour and a half the people decide; outside, the nearest does."""
    module = load_module("decider")
    assert plan(module, people, minutes).version == version


def test_a_module_without_an_hour_is_planned_from_what_it_has() -> None:
    """A lesson of 55 minutes, or a long evening, is stretched or cut like any other."""
    talk, show = ("talk", Mode.DISCUSS, {55: 35}), ("show", Mode.SHOW, {55: 15})
    short = module_of(show, talk, ("bye", Mode.FRAME, {55: 5}))
    assert [step.minutes for step in plan(short, 10, 70).steps] == [20, 45, 5]
    long = module_of(
        ("show", Mode.SHOW, {120: 40}), ("talk", Mode.DISCUSS, {120: 70}),
        ("bye", Mode.FRAME, {120: 10}),
    )  # fmt: skip
    assert [step.minutes for step in plan(long, 10, 60).steps] == [20, 35, 5]


def test_welcome_and_closing_do_not_grow() -> None:
    """More time goes to what the room does, never to what frames it."""
    module = load_module("nos-langues")
    hour = {step.id: step.minutes[60] for step in module.steps if 60 in step.minutes}
    for one in plan(module, 10, 75).steps:
        assert one.mode is not Mode.FRAME or one.minutes == hour[one.moment.id]


def test_what_is_explained_is_left_out_before_what_is_said() -> None:
    """Of an hour in half an hour the explanation goes, the debate stays, and it is told."""
    agenda = plan(load_module("decider"), 12, 30)
    assert [step.id for step in agenda.dropped] == ["pourquoi"]
    assert max(agenda.steps, key=lambda one: one.minutes).mode is Mode.DISCUSS


def test_many_short_steps_leave_the_talk_its_half() -> None:
    """What is shown is left out, not squeezed to nothing, where the talk needs the time."""
    shown = [(f"show-{n}", Mode.SHOW, {60: 3}) for n in range(8)]
    module = module_of(
        ("hello", Mode.FRAME, {60: 3}), *shown, ("talk", Mode.DISCUSS, {60: 30}),
        ("bye", Mode.FRAME, {60: 3}),
    )  # fmt: skip
    agenda = plan(module, 10, 30)
    assert agenda.talk >= 15
    assert all(one.minutes >= 3 for one in agenda.steps)
    assert all(step.mode is Mode.SHOW for step in agenda.dropped)


def test_a_break_that_is_too_long_is_cut() -> None:
    """A break takes at most a fifth of an evening, whatever was written."""
    module = module_of(
        ("show", Mode.SHOW, {120: 5}), ("rest", Mode.BREAK, {120: 100}),
        ("talk", Mode.DISCUSS, {120: 15}),
    )  # fmt: skip
    agenda = plan(module, 10, 80)
    assert [step.minutes for step in agenda.steps if step.mode is Mode.BREAK] == [16]
    assert agenda.minutes == 80


def test_a_version_that_does_not_add_up_is_planned_all_the_same() -> None:
    """A record made without files may be wrong by a minute; its plan is not."""
    module = module_of(("show", Mode.SHOW, {60: 20}), ("talk", Mode.DISCUSS, {60: 50}))
    assert plan(module, 10, 60).minutes == 60


@pytest.mark.parametrize(
    ("people", "tables"), [(1, 1), (8, 1), (9, 2), (10, 2), (11, 3), (15, 3), (30, 6), (60, 12)]
)
def test_tables_hold_four_or_five(people: int, tables: int) -> None:
    """Up to eight people talk in one circle; more sit down at tables."""
    assert plan(load_module("decider"), people, 60).tables == tables


# Refusals


@pytest.mark.parametrize(
    ("minutes", "code"),
    [
        (29, "plan-too-short"), (1, "plan-too-short"), (0, "plan-too-short"),
        (-30, "plan-too-short"), (151, "plan-too-long"), (10_000, "plan-too-long"),
    ],
)  # fmt: skip
def test_a_length_that_no_room_bears_is_refused(minutes: int, code: str) -> None:
    """Under half an hour nobody could speak; past two hours and a half nobody listens."""
    with pytest.raises(RecordError) as caught:
        plan(load_module("decider"), 10, minutes)
    assert [one.code for one in caught.value.problems] == [code]


def test_a_module_in_which_nobody_talks_is_refused() -> None:
    """A lecture is no café, and the refusal names the module."""
    module = module_of(("show", Mode.SHOW, {60: 50}), ("bye", Mode.FRAME, {60: 10}))
    with pytest.raises(RecordError, match="exemple") as caught:
        plan(module, 10, 60)
    assert [one.code for one in caught.value.problems] == ["plan-without-talk"]


# The library's modules


@pytest.mark.parametrize("name", written_modules())
@pytest.mark.parametrize("minutes", [30, 45, 55, 60, 75, 76, 90, 100, 120, 150])
def test_each_module_fits_each_evening(name: str, minutes: int) -> None:
    """Nothing is under its floor, the debate is there, and no version is touched."""
    module = load_module(name)
    for people in (5, 12, 30):
        agenda = plan(module, people, minutes)
        work = [one for one in agenda.steps if one.mode is not Mode.BREAK]
        assert (agenda.minutes, 2 * agenda.talk >= work_of(agenda)) == (minutes, True)
        assert all(one.minutes >= floor(one.moment, agenda.version) for one in work)
        assert any(one.mode is Mode.DISCUSS for one in work)
        assert (len(work) < len(agenda.steps)) == (minutes > BREAK_PAST)
        if minutes in module.versions:
            assert (agenda.version, agenda.dropped) == (minutes, ())
        if minutes >= 45:
            assert [step for step in agenda.dropped if step.mode is not Mode.BREAK] == []


@pytest.mark.parametrize("name", written_modules())
@pytest.mark.parametrize(("seats", "minutes"), [(15, 60), (20, 90), (12, 75), (30, 120)])
def test_a_session_about_a_module_carries_its_agenda(
    name: str, seats: int, minutes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`session new --module` writes the plan into the record, and `check` finds nothing in it."""
    folder = tmp_path / "programme"
    shutil.copytree(Path(str(files("cafe_ia"))) / "example", folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796126400")
    words = ["session", "new", "--programme", str(folder), "--title", "Essai", "--id", "essai",
             "--starts", "05/06/2027 16h", "--seats", str(seats), "--minutes", str(minutes),
             "--module", name]  # fmt: skip
    assert main(words) == 0
    reading = read_programme(folder)
    assert reading.programme is not None
    session = reading.programme.session("essai")
    assert session.agenda == plan(load_module(name), seats, minutes).session_steps()
    told = [one for one in check(reading.programme) if one.path[:2] == ("sessions", "essai")]
    about = {"talk-under-half", "agenda-minutes", "module-unknown"}
    assert not about & {one.code for one in [*reading.problems, *told]}
