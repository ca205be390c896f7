"""The curricula, the library's modules, and a teacher's own beside them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import cafe_ia
from cafe_ia.checks import check_curricula
from cafe_ia.checks.lesson import check_module
from cafe_ia.curriculum import MOST_OBJECTIVES, MOST_TERMS, Module, Needs, Status
from cafe_ia.files import (
    find_curricula,
    find_modules,
    known_modules,
    load_curriculum,
    load_module,
    module_folder,
    read_curriculum,
    read_module,
    written_modules,
)
from cafe_ia.files.library import is_installed, own_curricula
from cafe_ia.problem import RecordError
from cafe_ia.session import Mode
from cafe_ia.text import Text

SOUND = Path(__file__).parent / "modules" / "sound"
CURRICULA = {"college": (6, 55), "lycee": (8, 55), "parlons-ia": (12, 60)}
COMPLETE = ("fr", "ar", "en")
MODULES = written_modules()


# The curricula


@pytest.mark.parametrize("name", CURRICULA)
def test_each_curriculum_is_sound_and_offers_what_is_written(name: str) -> None:
    """A title, a summary and every question in three languages; only written modules offered."""
    curriculum = load_curriculum(name)
    count, minutes = CURRICULA[name]
    assert (curriculum.id, len(curriculum.modules), curriculum.minutes) == (name, count, minutes)
    assert curriculum.summary is not None
    texts = [curriculum.title, curriculum.summary, *(one.question for one in curriculum.modules)]
    assert all(set(COMPLETE) <= set(text) for text in texts)
    assert [one.id for one in curriculum.written] == [
        one.id for one in curriculum.modules if one.id in MODULES
    ]
    assert curriculum.written
    to_come = [one.id for one in curriculum.to_come]
    assert not set(to_come) & set(MODULES)
    assert len(to_come) + len(curriculum.written) == count
    for module in curriculum.written:
        assert minutes in module.versions
    file = own_curricula() / f"{name}.yaml"
    assert read_curriculum(file).problems == []
    assert load_curriculum(file) == curriculum


def test_the_curricula_are_those_three() -> None:
    """Nothing else is found beside the modules, and every written module has its place."""
    assert [path.stem for path in find_curricula(own_curricula())] == sorted(CURRICULA)
    assert [path.name for path in find_modules(own_curricula())] == MODULES
    places = {one.id for name in CURRICULA for one in load_curriculum(name).modules}
    assert places == set(known_modules())
    assert set(MODULES) <= places
    assert len(known_modules()) == len(set(known_modules()))
    assert list(known_modules())[:6] == [one.id for one in load_curriculum("college").modules]


def test_a_question_is_the_same_wherever_it_is_asked() -> None:
    """A module, or a place that is to come, has one question in all curricula."""
    asked: dict[str, Text] = {}
    for name in CURRICULA:
        for entry in load_curriculum(name).modules:
            assert asked.setdefault(entry.id, entry.question) == entry.question
            if entry.module is not None:
                assert entry.question == entry.module.question


def test_a_folder_of_curricula_is_checked_whole() -> None:
    """Every file is read, and nothing is found in any."""
    looked = check_curricula(own_curricula())
    assert [one.text("en") for one in looked.problems] == []
    modules = sum(len([*module_folder(name).iterdir()]) for name in MODULES)
    assert len(looked.files) == len(CURRICULA) + modules
    one = check_curricula(own_curricula() / "college.yaml")
    assert [Path(file).name for file in one.files] == ["college.yaml"]


# The library's modules


@pytest.fixture(params=MODULES)
def module(request: pytest.FixtureRequest) -> Module:
    """One of the library's modules."""
    return load_module(str(request.param))


def test_there_are_modules_to_offer() -> None:
    """The four with which a season can begin."""
    assert {"decider", "inventer", "nos-langues", "se-tromper"} <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_has_no_problem_at_all(name: str) -> None:
    """Neither error nor remark: a person who copies it begins from nothing to mend."""
    told = check_module(read_module(module_folder(name)))
    assert [one.text("en") for one in told] == []


def test_minutes_add_up_and_half_of_them_are_talk(module: Module) -> None:
    """55, 60 and 90 minutes, the last with a break, in each at least half for the people."""
    assert module.versions == (55, 60, 90)
    for version in module.versions:
        steps = {step.id: step for step in module.steps if version in step.minutes}
        breaks = [one.minutes[version] for one in steps.values() if one.mode is Mode.BREAK]
        assert sum(one.minutes[version] for one in steps.values()) == version
        assert 2 * module.talk(version) >= version - sum(breaks)
        assert [5 <= one <= 10 for one in breaks] == [True] * (version == 90)
        assert ("quiz" in steps) == (version == 55)
        assert next(iter(steps.values())).mode is Mode.FRAME
    assert module.needs == Needs()


def texts_of(value: object, path: str = "") -> list[tuple[str, Text]]:
    """Every text of a record, with its place."""
    if isinstance(value, Text):
        return [(path, value)] if value else []
    if isinstance(value, tuple):
        return [one for n, inner in enumerate(value) for one in texts_of(inner, f"{path}.{n}")]
    fields = getattr(type(value), "model_fields", {})
    return [one for name in fields for one in texts_of(getattr(value, name), f"{path}.{name}")]


def test_every_text_is_in_three_languages_and_what_is_said_in_darija(module: Module) -> None:
    """French, Arabic and English whole; Darija where words are spoken."""
    assert set(module.standing) == {*COMPLETE, "ary"}
    spoken = (".question", ".invitation", ".prediction", ".debate.")
    texts = texts_of(module)
    assert len(texts) > 60
    for path, text in texts:
        assert set(COMPLETE) <= set(text), path
        if path.startswith(spoken) or re.fullmatch(r"\.steps\.\d+\.title", path):
            assert "ary" in text, path
    for step in module.steps:
        if step.guide and ">" in step.guide["fr"] and step.id != "quiz":
            assert step.guide.get("ary", "").startswith(">"), step.id


def test_no_text_claims_to_be_reviewed(module: Module) -> None:
    """Each is a draft until a named speaker has read it."""
    assert {one.status for one in module.standing.values()} == {Status.DRAFT}
    assert all(one.reviewer is None for one in module.standing.values())


def test_a_person_can_take_it_home(module: Module) -> None:
    """At most three objectives and seven words; a debate that goes on; replies to what is said."""
    assert 1 <= len(module.objectives) <= MOST_OBJECTIVES
    assert 1 <= len(module.terms) <= MOST_TERMS
    assert len(module.debate.follow_ups) >= 2
    assert 3 <= len(module.expected) <= 5
    assert all(">" in one["fr"] for one in (module.hard.reply, module.prediction))
    assert module.materials
    assert module.frameworks
    for term in module.terms:
        assert all(len(term.definition[tag].split()) < 25 for tag in COMPLETE)


def test_the_quiz_explains_each_answer(module: Module) -> None:
    """At least six questions, each with one right answer or more, wrong ones, and a reason."""
    assert len(module.quiz.items) >= 6
    for item in module.quiz.items:
        right = [answer.right for answer in item.answers]
        assert len(right) >= 2
        assert 0 < sum(right) < len(right)
        assert all(item.why.get(tag) for tag in COMPLETE)
        for tag in COMPLETE:
            assert len({answer.text[tag] for answer in item.answers}) == len(item.answers)
    first = [item.answers[0].right for item in module.quiz.items]
    assert len({*first}) == 2  # the right answer is not always in one place


def test_it_can_be_played_without_a_computer(module: Module) -> None:
    """Rules, and cards or sheets to print; the same number in each language."""
    assert module.twin.decks or module.twin.sheets
    assert re.search(r"(?m)^1\. ", module.twin.rules["fr"])
    for deck in module.twin.decks:
        assert all(set(COMPLETE) <= set(card) for card in deck.cards)
        assert deck.cards


def test_every_source_can_be_found(module: Module) -> None:
    """An address or a date stands in each, in each language."""
    assert module.references
    for reference in module.references:
        for tag in COMPLETE:
            said = reference.text[tag]
            assert re.search(r"https?://|\b(19|20)\d\d\b", said), said


# By name, folder and file


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_loaded_by_name_folder_or_file(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it is named it is the same record."""
    folder = own_curricula() / "modules" / name
    module = load_module(name)
    assert module.id == name
    assert module == load_module(folder) == load_module(str(folder))
    assert module == load_module(folder / "module.yaml")
    monkeypatch.chdir(folder)
    assert load_module(".") == module


@pytest.mark.parametrize("name", ["decidre", "", "../decider", "modules/decider", "/", "Decider"])
def test_a_module_that_is_not_there_is_told_with_those_that_are(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal knows the names, and the nearest one."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RecordError) as caught:
        load_module(name)
    (problem,) = caught.value.problems
    assert problem.code == "module-unknown"
    assert "nos-langues" in problem.values["known"]
    if name == "decidre":
        assert problem.values["near"] == "decider"


def test_a_curriculum_that_is_not_there_is_told() -> None:
    """The refusal names the curriculum that was meant, or those that there are."""
    with pytest.raises(RecordError) as caught:
        load_curriculum("parlons")
    (problem,) = caught.value.problems
    assert problem.code == "curriculum-unknown"
    assert problem.values["near"] == "parlons-ia"


def test_a_folder_without_a_curriculum_is_told(tmp_path: Path) -> None:
    """A folder that holds no curriculum, or several, is named as it was typed."""
    with pytest.raises(RecordError) as caught:
        load_curriculum(tmp_path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.values["name"]) == ("curriculum-unknown", str(tmp_path))


# A teacher's own


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A teacher's folder: a curriculum of their own module, the library's, one that is to come."""
    folder = tmp_path / "mes cours"
    shutil.copytree(SOUND, folder / "modules" / "couper-les-mots")
    (folder / "ma-classe.yaml").write_text(
        "title: Ma classe\nminutes: 55\nmodules:\n  - couper-les-mots\n  - decider\n"
        "  - id: demain\n    question: Et demain ?\n",
        "utf-8",
    )
    return folder


def test_a_teacher_s_curriculum_mixes_their_modules_and_the_library_s(own: Path) -> None:
    """Found by its file or its folder; the places in order; only what is written is offered."""
    curriculum = load_curriculum(own / "ma-classe.yaml")
    assert curriculum == load_curriculum(own)
    assert (curriculum.id, curriculum.title) == ("ma-classe", {"fr": "Ma classe"})
    assert [one.id for one in curriculum.written] == ["couper-les-mots", "decider"]
    assert [one.id for one in curriculum.to_come] == ["demain"]
    assert curriculum.written[1] == load_module("decider")
    assert curriculum.written[0] == load_module(own / "modules" / "couper-les-mots")
    assert check_curricula(own).problems == ()


def test_a_teacher_s_module_stands_before_the_library_s_of_that_name(own: Path) -> None:
    """Who adapts a module keeps its name, and the curriculum takes the one beside it."""
    shutil.copytree(SOUND, own / "modules" / "decider")
    written = load_curriculum(own).written
    assert written[1].question == load_module(own / "modules" / "decider").question
    assert written[1].question != load_module("decider").question


@pytest.mark.parametrize(
    ("places", "code"),
    [
        ("  - decidre\n", "entry-question-missing"),
        ("  - {id: decider, question: Qui décide ?}\n", "entry-question-unneeded"),
        ("  - decider\n  - decider\n", "module-twice"),
        ("  - ../modules/decider\n", "slug-shape"),
        ("  - {question: Et demain ?}\n", "field-missing"),
        ("  - 12\n", None),
    ],
)
def test_a_place_that_cannot_be_is_told(own: Path, places: str, code: str | None) -> None:
    """A misspelt name, a question said twice, a module met twice: each at its line."""
    file = own / "ma-classe.yaml"
    file.write_text(f"title: Ma classe\nmodules:\n{places}", "utf-8")
    reading = read_curriculum(file)
    told = [one.code for one in reading.problems]
    assert told
    assert code is None or code in told
    assert all(one.place and one.place.file == str(file) and one.place.line > 2
               for one in reading.problems)  # fmt: skip


def test_a_module_s_faults_are_its_curriculum_s(own: Path) -> None:
    """A curriculum with a broken module is refused with that module's lines."""
    lesson = own / "modules" / "couper-les-mots" / "fr.md"
    lesson.write_text(lesson.read_text("utf-8").replace("## Débat", "## Debatt"), "utf-8")
    with pytest.raises(RecordError) as caught:
        load_curriculum(own)
    told = caught.value.problems
    assert "heading-unknown" in [one.code for one in told]
    assert all(one.place and Path(one.place.file).name == "fr.md" for one in told)
    looked = check_curricula(own)
    assert {one.code for one in told} <= {one.code for one in looked.problems}


def test_a_folder_of_the_package_is_known_as_installed(tmp_path: Path) -> None:
    """Where an update replaces the files, nobody is to write a translation."""
    assert is_installed(Path(cafe_ia.__file__).parent / "curricula" / "modules" / "decider")
    assert not is_installed(tmp_path)
