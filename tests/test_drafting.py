"""A new module: every heading, what is expected under each, and nothing overwritten."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import yaml
from jsonschema import Draft202012Validator

from cafe_ia.checks.lesson import check_module
from cafe_ia.curriculum import Module
from cafe_ia.files import load_module, read_module
from cafe_ia.files.drafting import start_module
from cafe_ia.files.outline import PARTS
from cafe_ia.files.translating import translate_module
from cafe_ia.phrases import LANGUAGES, catalogue, heading, spoken
from cafe_ia.planning import plan
from cafe_ia.problem import RecordError
from cafe_ia.schema import schema_bytes

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
QUESTION = {
    "fr": "Qui décide ?", "ar": "من يقرر؟", "en": "Who decides?", "ary": "شكون كيقرر؟",
    "zgh": "ⵎⴰ ⵉⵜⵜⵖⵜⴰⵙⵏ?",
}  # fmt: skip
WORDS = {
    "fr": "Dire un mot", "ar": "قول كلمة", "en": "Say a word", "ary": "نقولو كلمة",
    "zgh": "ⵉⵏⵉ ⴰⵡⴰⵍ",
}  # fmt: skip


def started(folder: Path, language: str = "fr") -> tuple[Path, ...]:
    """A new module in one language."""
    return start_module(folder, question=QUESTION[language], language=language, updated=NOON)


def fill_in(path: Path, language: str) -> None:
    """Write the fewest words under each heading, as its comment asks, and delete the comments."""
    said = WORDS[language]
    minimal = {
        "invitation": said, "objectives": f"- {said}", "prediction": f"> {said}\n\n- a\n- b",
        "rules": f"1. {said}", "cards": f"#### {said}\n\n- a\n- b",
        "sheets": f"#### {said}\n\n{said}",
        "debate": f"> {said}\n\n- {said}", "expected": f"### {said}\n\n{said}",
        "hard": f"### {said}\n\n{said}", "terms": f"- **{said}**: {said}",
        "quiz": f"* {said}\n- a\n+ b\n> {said}", "materials": f"- {said}", "takeaway": said,
        "references": f"- {said}",
    }  # fmt: skip
    text = re.sub(r"<!--.*?-->\n", "", path.read_text("utf-8"), flags=re.DOTALL)
    for part, words in minimal.items():
        title = re.escape(heading(part, language))
        text, count = re.subn(rf"(?m)^(#+ {title})\n+", rf"\1\n\n{words}\n\n", text, count=1)
        assert count == 1
    text = re.sub(r"(?m)^(### .*)\n+(?=#{1,3} )", rf"\1\n\n{said}\n\n", text)  # the steps
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("language", QUESTION)
def test_a_draft_has_every_heading_and_says_what_is_expected(tmp_path: Path, language: str) -> None:
    """The headings in their order, a comment under each, the question as it was typed."""
    paths = started(tmp_path / "qui-decide", language)
    assert [path.name for path in paths] == ["module.yaml", f"{language}.md"]
    text = paths[1].read_text("utf-8")
    assert text.startswith(f"---\nstatus: draft\n---\n\n# {QUESTION[language]}\n")
    assert re.findall(r"(?m)^## (.*)$", text) == [heading(part, language) for part in PARTS]
    hints = catalogue("lessons", spoken(language))["new"]
    assert text.count("<!--") == len(hints) - 1
    for key, hint in hints.items():
        assert (hint if isinstance(hint, str) else f"### {hint['welcome']}") in text, key


@pytest.mark.parametrize("language", QUESTION)
def test_a_draft_lacks_only_words(tmp_path: Path, language: str) -> None:
    """What is told of a fresh draft is that its parts are empty, each at its heading."""
    started(tmp_path / "qui-decide", language)
    told = check_module(read_module(tmp_path / "qui-decide"))
    assert {one.code for one in told} == {
        "part-empty", "list-missing", "deck-title-missing", "quote-missing", "subheading-missing",
        "quiz-empty",
    }  # fmt: skip
    lines = (tmp_path / "qui-decide" / f"{language}.md").read_text("utf-8").split("\n")
    assert all(one.place and lines[one.place.line - 1].startswith("#") for one in told)


@pytest.mark.parametrize("language", QUESTION)
def test_a_draft_that_is_filled_in_is_sound(tmp_path: Path, language: str) -> None:
    """With the fewest words under each heading nothing is left to tell, and it can be planned."""
    folder = tmp_path / "qui-decide"
    started(folder, language)
    fill_in(folder / f"{language}.md", language)
    assert [one.text("en") for one in check_module(read_module(folder))] == []
    module = load_module(folder)
    assert (module.id, module.source, module.updated) == ("qui-decide", language, NOON)
    assert module.question == {language: QUESTION[language]}
    assert module.versions == (60, 90)
    for version in module.versions:
        work = sum(step.minutes.get(version, 0) for step in module.steps if step.mode != "break")
        assert 2 * module.talk(version) >= work
        assert plan(module, 10, version).minutes == version


def test_a_draft_that_is_filled_in_can_be_translated(tmp_path: Path) -> None:
    """The next command is ready: each heading waits for its translator."""
    folder = tmp_path / "qui-decide"
    started(folder)
    fill_in(folder / "fr.md", "fr")
    assert len(translate_module(folder, "ar").added) > 10
    told = {one.code for one in check_module(read_module(folder))}
    assert told == {"translation-waiting"}


def test_the_schema_stands_beside_and_takes_the_fields(tmp_path: Path) -> None:
    """An editor finds the published schema where the first line says, and underlines nothing."""
    folder = tmp_path / "qui-decide"
    started(folder)
    text = (folder / "module.yaml").read_text("utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(.*)\n", text)
    assert named
    content = (folder / named[1]).read_bytes()
    assert content == schema_bytes("module")
    fields = yaml.load(text, yaml.BaseLoader)  # noqa: S506 # it makes strings and nothing else
    fields["needs"] = dict.fromkeys(fields["needs"], False)
    for step in fields["steps"]:
        step["minutes"] = {length: int(count) for length, count in step["minutes"].items()}
    Draft202012Validator(json.loads(content)).validate(fields)
    assert {*fields} <= {*Module.model_fields}


def test_a_draft_is_the_same_each_time(tmp_path: Path) -> None:
    """The present comes in from outside: two drafts of one moment are alike."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        started(tmp_path / name / "essai")
    one, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()}
        for name in ("a", "b")
    )
    assert one == other
    assert b"updated: 2026-12-01T12:00:00Z\n" in one["module.yaml"]


# What is refused


@pytest.mark.parametrize("there", ["module.yaml", "fr.md"])
def test_nothing_is_overwritten(tmp_path: Path, there: str) -> None:
    """Where one of the files stands, it stays, and no other is written beside it."""
    (tmp_path / there).write_text("le mien", "utf-8")
    folder = tmp_path / "essai"
    folder.mkdir()
    (folder / there).write_text("le mien", "utf-8")
    with pytest.raises(RecordError) as caught:
        started(folder)
    assert [one.code for one in caught.value.problems] == ["file-exists"]
    assert [(path.name, path.read_text("utf-8")) for path in folder.iterdir()] == [
        (there, "le mien")
    ]


def test_what_else_is_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    """A folder with notes in it becomes a module, and the notes stay."""
    folder = tmp_path / "essai"
    folder.mkdir()
    (folder / "notes.txt").write_text("à moi", "utf-8")
    started(folder)
    assert (folder / "notes.txt").read_text("utf-8") == "à moi"


@pytest.mark.parametrize(
    "name", ["Qui décide", "qui_decide", "Décider", "من-يقرر", "a--b", "-a", "qui.decide", "QUI"]
)
def test_a_folder_whose_name_is_no_module_s_is_refused(tmp_path: Path, name: str) -> None:
    """The folder's name is the module's for machines; nothing is made."""
    with pytest.raises(RecordError) as caught:
        started(tmp_path / name)
    assert [one.code for one in caught.value.problems] == ["slug-shape"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", ["darija", "", "xx", "français"])
def test_a_language_that_is_none_is_refused(tmp_path: Path, language: str) -> None:
    """Nothing is made for a language that has no tag."""
    with pytest.raises(RecordError) as caught:
        start_module(tmp_path / "essai", question="?", language=language, updated=NOON)
    assert [one.code for one in caught.value.problems] == ["language-unknown"]
    assert list(tmp_path.iterdir()) == []


def test_a_question_stays_on_its_line(tmp_path: Path) -> None:
    """A question that was pasted from two lines is one heading."""
    paths = start_module(
        tmp_path / "essai", question="Qui\n décide\t?", language="fr", updated=NOON
    )
    assert "\n# Qui décide ?\n" in paths[1].read_text("utf-8")


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """Where a file stands in the way, the refusal names it."""
    (tmp_path / "essai").write_text("un fichier", "utf-8")
    with pytest.raises(RecordError) as caught:
        started(tmp_path / "essai")
    assert [one.code for one in caught.value.problems] == ["output-unwritable"]


def test_every_language_of_the_library_has_hints() -> None:
    """A person is told what is expected in the language in which they write."""
    keys = {language: set(catalogue("lessons", language)["new"]) for language in LANGUAGES}
    assert keys["fr"] == keys["ar"] == keys["en"]
