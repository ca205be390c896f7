"""`cafe-ia curriculum`: new, show, translate, plan, export, for people and for scripts."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cafe_ia.classroom.formats import ENDINGS, FORMATS, PARTS
from cafe_ia.cli import main
from cafe_ia.curriculum import Module
from cafe_ia.files import load_curriculum, load_module, written_modules
from cafe_ia.files.library import own_curricula
from cafe_ia.phrases import LANGUAGES, catalogue, heading, say
from cafe_ia.planning import plan
from cafe_ia.problem import sentences
from conftest import HERE
from test_cli import Ran
from test_cli_terminal import question, terminal

Run = Callable[..., Ran]

SOUND = HERE / "modules" / "sound"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command in an empty folder, in English unless it says otherwise, in December 2026."""
    for name in ("LC_ALL", "LC_MESSAGES", "CAFE_IA_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796126400")
    monkeypatch.chdir(tmp_path)

    def runs(*words: object) -> Ran:
        capsys.readouterr()
        status = main([str(word) for word in words])
        ran = Ran(status, *capsys.readouterr())
        assert "Traceback" not in ran.out + ran.err
        return ran

    return runs


@pytest.fixture
def essai(tmp_path: Path) -> Path:
    """A small sound module of someone's own."""
    return Path(shutil.copytree(SOUND, tmp_path / "essai"))


def said(text: str) -> str:
    """A text without its spaces: it may be folded anywhere."""
    return "".join(text.split())


# new


@pytest.mark.parametrize("language", LANGUAGES)
def test_new_writes_a_module_and_says_what_is_next(run: Run, language: str, tmp_path: Path) -> None:
    """In the person's language: the files that were written, and the command to type then."""
    ran = run("curriculum", "new", "essai", "--question", "؟ ?", "--lang", language)
    assert (ran.status, ran.err) == (0, "")
    files = [Path("essai", name) for name in ("module.yaml", f"{language}.md")]
    assert ran.out.splitlines()[:2] == [
        say("screens", "say.written", language, file=file) for file in files
    ]
    assert "  cafe-ia check essai\n" in ran.out
    assert all((tmp_path / file).is_file() for file in files)
    assert heading("twin", language) in (tmp_path / files[1]).read_text("utf-8")


def test_new_for_a_machine_names_its_files(run: Run) -> None:
    """One object, with the paths; `--in` chooses the language of the module alone."""
    ran = run("curriculum", "new", "essai", "--question", "شكون؟", "--in", "ary", "--json")
    written = [str(Path("essai", name)) for name in ("module.yaml", "ary.md")]
    assert (ran.status, ran.err, ran.json) == (0, "", {"written": written})


# show


@pytest.mark.parametrize("language", LANGUAGES)
def test_show_lists_every_curriculum(run: Run, language: str) -> None:
    """Titles, questions, which are written and which are to come, in 80 columns."""
    ran = run("curriculum", "show", "--lang", language)
    assert (ran.status, ran.err) == (0, "")
    to_come = say("screens", "say.module_to_come", language)
    for name in ("college", "lycee", "parlons-ia"):
        curriculum = load_curriculum(name)
        assert said(f"{curriculum.title[language]} · {name}") in said(ran.out)
        for entry in curriculum.modules:
            end = entry.id if entry.module else to_come
            assert said(f"{entry.question[language]} · {end}") in said(ran.out)
    one = run("curriculum", "show", "college", "--lang", language)
    assert one.status == 0
    assert one.out.strip() in ran.out


def test_show_for_a_machine_says_what_is_written(run: Run) -> None:
    """Every curriculum as an object with its places; one curriculum as the object itself."""
    found = run("curriculum", "show", "--json").json["curricula"]
    assert [one["id"] for one in found] == ["college", "lycee", "parlons-ia"]
    for one in found:
        assert [place["id"] for place in one["modules"] if place["written"]] == [
            module.id for module in load_curriculum(one["id"]).written
        ]
        assert run("curriculum", "show", one["id"], "--json").json == one


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", written_modules())
def test_show_one_module_whole(run: Run, name: str, language: str) -> None:
    """Its question, each version with its steps, the debate, the words; that it is a draft."""
    ran = run("curriculum", "show", name, "--lang", language)
    module = load_module(name)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(module.question[language].split()[0])
    for words in [
        module.question, module.debate.question, *(one.title for one in module.steps),
        *(one.word for one in module.terms), *(one.text for one in module.objectives),
    ]:  # fmt: skip
        assert said(words[language]) in said(ran.out)
    for version in module.versions:
        length = say("lessons", "minutes", language, count=version)
        assert f"{heading('steps', language)} · {length}" in ran.out
    assert said(say("screens", "say.module_draft", language)) in said(ran.out)
    assert f"  cafe-ia curriculum export {name} --to pdf\n" in ran.out


def test_show_a_module_for_a_machine_is_its_record(run: Run, essai: Path) -> None:
    """The object can be read back as the module, of the library or of a folder."""
    for name in ("decider", essai):
        record = run("curriculum", "show", name, "--json").json
        assert Module.model_validate(record) == load_module(name)


# translate


@pytest.mark.parametrize("language", LANGUAGES)
def test_translate_says_what_waits_and_what_is_next(
    run: Run, language: str, essai: Path, tmp_path: Path
) -> None:
    """Every heading that waits, the way on, and that a second run had nothing to do."""
    (essai / "en.md").unlink()
    ran = run("curriculum", "translate", "essai", "--to", "en", "--lang", language)
    file = Path("essai", "en.md")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(say("screens", "say.written", language, file=file) + "\n")
    assert "  · Invitation\n" in ran.out
    assert "  cafe-ia check essai\n" in ran.out
    before = (tmp_path / file).read_bytes()
    again = run("curriculum", "translate", "essai", "--to", "en", "--lang", language)
    assert again.out == say("screens", "say.translation_current", language, file=file) + "\n"
    assert (tmp_path / file).read_bytes() == before


def test_translate_for_a_machine_tells_each_kind(run: Run, essai: Path) -> None:
    """What was added, changed and marked, by heading; nothing written where nothing had to be."""
    first = run("curriculum", "translate", "essai", "--to", "en", "--json").json
    assert (first["added"], first["changed"]) == ([], [])
    assert len(first["marked"]) > 10
    source = essai / "fr.md"
    source.write_text(source.read_text("utf-8").replace("Venez", "Venez vite"), "utf-8")
    second = run("curriculum", "translate", essai, "--to", "en", "--json").json
    assert second == {
        "written": [str(essai / "en.md")], "added": [], "changed": ["Invitation"], "marked": [],
    }  # fmt: skip
    assert run("curriculum", "translate", "essai", "--to", "en", "--json").json["written"] == []
    spoken = run("curriculum", "translate", "essai", "--to", "en")
    assert spoken.status == 0


# plan


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("people", "minutes"), [(12, 70), (30, 30), (20, 120)])
def test_plan_prints_each_step_and_what_was_left_out(
    run: Run, language: str, people: int, minutes: int
) -> None:
    """Minutes, titles and modes in order; how long the people talk; tables; what is missing."""
    ran = run("curriculum", "plan", "nos-langues", "--people", people, "--minutes", minutes,
              "--lang", language)  # fmt: skip
    agenda = plan(load_module("nos-langues"), people, minutes)
    assert (ran.status, ran.err) == (0, "")
    steps = [line for line in ran.out.splitlines() if re.match(r"\W*\d+ ", line) and "·" in line]
    assert len(steps) == len(agenda.steps)
    assert [int(re.findall(r"\d+", line)[0]) for line in steps] == [
        step.minutes for step in agenda.steps
    ]
    for line, step in zip(steps, agenda.steps, strict=True):
        assert said(step.title[language]) in said(line)
    if agenda.dropped:
        assert said(agenda.dropped[0].title[language]) in said(ran.out.splitlines()[-1])
    assert say("screens", "say.plan_tables", language, count=agenda.tables) in ran.out


def test_plan_for_a_machine_is_the_agenda(run: Run, essai: Path) -> None:
    """Fifteen people and an hour where nothing is said; ninety minutes for more people."""
    usual = run("curriculum", "plan", essai, "--json").json
    assert (usual["minutes"], usual["version"], usual["tables"]) == (60, 60, 3)
    assert sum(step["minutes"] for step in usual["steps"]) == 60
    assert [step["mode"] for step in usual["steps"]] == ["frame", "show", "discuss", "share"]
    more = run("curriculum", "plan", "decider", "--people", "١٦", "--json").json
    assert (more["minutes"], more["module"], more["dropped"]) == (90, "decider", [])
    short = run("curriculum", "plan", "decider", "--minutes", "30", "--json").json
    assert short["dropped"] == ["pourquoi"]
    assert 2 * short["talk"] >= 30


# export

_FIRST = {
    "html": b"<!doctype html", "pdf": b"%PDF-", "docx": b"PK", "pptx": b"PK", "imscc": b"PK",
    "moodle": b"<?xml", "jsonld": b"{", "gift": b"//",
}  # fmt: skip


@pytest.mark.parametrize("to", FORMATS)
def test_export_writes_a_file_under_a_usual_name_or_the_one_given(
    run: Run, to: str, tmp_path: Path
) -> None:
    """Module, language and format make the name; `-o` gives another; the same bytes each time."""
    ran = run("curriculum", "export", "decider", "--to", to)
    usual = tmp_path / f"decider.en.{ENDINGS.get(to, to)}"
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"Written: {usual.name}\n"
    content = usual.read_bytes()
    assert content[:14].lower().startswith(_FIRST[to].lower())
    again = run("curriculum", "export", "decider", "--to", to.upper(), "-o", "autre", "--json")
    assert again.json == {"written": ["autre"]}
    assert (tmp_path / "autre").read_bytes() == content
    if content[:2] == b"PK":
        assert zipfile.ZipFile(BytesIO(content)).testzip() is None
    if to == "jsonld":
        json.loads(content)
    if to == "moodle":
        assert ET.fromstring(content).tag == "quiz"  # noqa: S314 # our own file


@pytest.mark.parametrize("language", ["fr", "ar", "en", "ary"])
@pytest.mark.parametrize("to", FORMATS)
def test_export_speaks_each_language(run: Run, to: str, language: str, tmp_path: Path) -> None:
    """`--lang` is the language of the document: what was written in it can be read by it."""
    ran = run("curriculum", "export", "se-tromper", "--to", to, "--lang", language)
    assert (ran.status, ran.err) == (0, "")
    assert (tmp_path / f"se-tromper.{language}.{ENDINGS.get(to, to)}").stat().st_size > 1_000


@pytest.mark.parametrize("part", PARTS)
def test_export_prints_one_part(run: Run, part: str, tmp_path: Path) -> None:
    """What is printed on its own says so in its name, however it was typed."""
    ran = run("curriculum", "export", "decider", "--part", part.upper(), "--lang", "ar")
    middle = "" if part == "all" else f".{part}"
    assert (ran.status, ran.err) == (0, "")
    assert (tmp_path / f"decider.ar{middle}.pdf").read_bytes().startswith(b"%PDF-")


def test_export_takes_other_minutes(run: Run, tmp_path: Path) -> None:
    """A module is planned for the minutes and the people of the evening."""
    for minutes in (55, 60, 70, 120):
        ran = run("curriculum", "export", "decider", "--to", "html", "--minutes", minutes,
                  "--people", "12", "-o", f"{minutes}.html")  # fmt: skip
        assert (ran.status, ran.err) == (0, "")
    pages = {path.name: path.read_text("utf-8") for path in tmp_path.glob("*.html")}
    assert len({*pages.values()}) == 4
    for step in plan(load_module("decider"), 12, 120).steps:
        assert step.title["en"] in pages["120.html"]


@pytest.mark.parametrize("to", ["imscc", "jsonld"])
def test_export_of_a_whole_curriculum(run: Run, to: str, tmp_path: Path) -> None:
    """A class platform and the web take all modules that are written at once."""
    ran = run("curriculum", "export", "college", "--to", to, "--lang", "fr")
    assert (ran.status, ran.err) == (0, "")
    content = (tmp_path / f"college.fr.{to}").read_bytes()
    if to == "imscc":
        names = " ".join(zipfile.ZipFile(BytesIO(content)).namelist())
    else:
        names = content.decode()
    assert all(module.id in names for module in load_curriculum("college").written)


def test_export_of_a_folder_of_one_s_own(run: Run, essai: Path, tmp_path: Path) -> None:
    """A module anywhere goes out like the library's, and a curriculum beside it too."""
    assert run("curriculum", "export", "essai", "--to", "gift").status == 0
    assert (tmp_path / "essai.en.gift.txt").is_file()
    shutil.copytree(essai, tmp_path / "cours" / "modules" / "couper")
    (tmp_path / "cours" / "classe.yaml").write_text("title: Classe\nmodules: [couper]\n", "utf-8")
    for name in ("cours", "cours/classe.yaml"):
        ran = run("curriculum", "export", name, "--to", "jsonld", "--json")
        assert ran.json == {"written": ["classe.en.jsonld"]}


def test_export_never_takes_the_place_of_a_record(run: Run, essai: Path) -> None:
    """A slip of the hand after `-o` does not cost a module its file."""
    before = (essai / "module.yaml").read_bytes()
    ran = run("curriculum", "export", "essai", "--to", "gift", "-o", "essai/module.yaml")
    assert (ran.status, "[file-exists]" in ran.err) == (2, True)
    assert (essai / "module.yaml").read_bytes() == before


# check


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_of_curricula_says_what_it_does_not_prove(run: Run, language: str) -> None:
    """No remark, exit status 0, and that nobody was asked whether they understood."""
    ran = run("check", own_curricula(), "--lang", language)
    assert (ran.status, ran.err) == (0, "")
    count, last = ran.out.rstrip("\n").split("\n")
    assert re.findall(r"\d+", count)[1:] == ["0", "0"]
    assert last == say("screens", "say.not_proved", language)
    told = run("check", own_curricula(), "--json").json
    assert (told["problems"], told["errors"], told["warnings"]) == ([], 0, 0)
    assert told["files"] == int(re.findall(r"\d+", count)[0])


def test_check_of_a_module_tells_each_fault_in_its_place(run: Run, essai: Path) -> None:
    """An error gives exit status 1, a remark 0; one file alone tells its own."""
    lesson = essai / "en.md"
    text = lesson.read_text("utf-8")
    lesson.write_text(text.replace("## Debate", "## Debats"), "utf-8")
    ran = run("check", "essai")
    line = text.split("\n").index("## Debate") + 1
    assert ran.status == 1
    assert ran.out.startswith(f"{Path('essai', 'en.md')}:{line}:4: error: ")
    assert run("check", "essai/fr.md").status == 0
    assert run("check", "essai/en.md").status == 1
    (problem, *_) = run("check", "essai", "--json").json["problems"]
    assert (problem["code"], problem["line"]) == ("heading-unknown", line)
    lesson.write_text(text.replace("## Debate\n", "## Debate\n\n<!-- fr@00000000 -->\n"), "utf-8")
    ran = run("check", "essai")
    assert (ran.status, "[translation-stale]" in ran.out) == (0, True)


# Refusals

_REFUSED = [
    (["curriculum", "shwo"], "command-unknown", 2),
    (["curriculum", "new"], "argument-missing", 2),
    (["curriculum", "new", "autre"], "answer-missing", 2),
    (["curriculum", "new", "Mon module", "--question", "?"], "slug-shape", 2),
    (["curriculum", "new", "autre", "--question", ""], "text-empty", 2),
    (["curriculum", "new", "autre", "--question", "?", "--in", "xx"], "language-unknown", 2),
    (["curriculum", "new", "essai", "--question", "?", "--in", "fr"], "file-exists", 2),
    (["curriculum", "show", "decidre"], "module-unknown", 2),
    (["curriculum", "show", "nulle-part.yaml"], "file-unreadable", 2),
    (["curriculum", "show", "casse"], "yaml-bracket", 1),
    (["curriculum", "translate"], "argument-missing", 2),
    (["curriculum", "translate", "essai"], "answer-missing", 2),
    (["curriculum", "translate", "essai", "--to", "fr"], "translation-of-itself", 2),
    (["curriculum", "translate", "essai", "--to", "tlh-x-"], "language-unknown", 2),
    (["curriculum", "translate", "nulle-part", "--to", "en"], "module-unknown", 2),
    (["curriculum", "translate", "casse", "--to", "en"], "yaml-bracket", 1),
    (["curriculum", "plan"], "argument-missing", 2),
    (["curriculum", "plan", "nulle-part"], "module-unknown", 2),
    (["curriculum", "plan", "essai", "--minutes", "29"], "plan-too-short", 2),
    (["curriculum", "plan", "essai", "--minutes", "151"], "plan-too-long", 2),
    (["curriculum", "plan", "essai", "--minutes", "une heure"], "number-whole", 2),
    (["curriculum", "plan", "essai", "--people", "0"], "number-too-small", 2),
    (["curriculum", "plan", "casse"], "yaml-bracket", 1),
    (["curriculum", "export"], "argument-missing", 2),
    (["curriculum", "export", "nulle-part"], "module-unknown", 2),
    (["curriculum", "export", "essai", "--to", "doc"], "value-unknown", 2),
    (["curriculum", "export", "essai", "--part", "cartes"], "value-unknown", 2),
    (["curriculum", "export", "essai", "--people", "douze"], "number-whole", 2),
    (["curriculum", "export", "essai", "--minutes", "x"], "number-whole", 2),
    (["curriculum", "export", "essai", "--minutes", "20"], "plan-too-short", 2),
    (["curriculum", "export", "college"], "format-of-module", 2),
    (["curriculum", "export", "college", "--to", "gift"], "format-of-module", 2),
    (["curriculum", "export", "essai", "--to", "gift", "-o", "essai"], "output-unwritable", 2),
    (["curriculum", "export", "casse", "--to", "gift"], "yaml-bracket", 1),
    (["check", "casse"], "yaml-bracket", 1),
]


@pytest.mark.parametrize(("words", "code", "status"), _REFUSED)
def test_a_refusal_is_a_sentence_and_its_code(  # noqa: PLR0913, PLR0917 # what is refused, where
    run: Run, words: list[str], code: str, status: int, essai: Path, tmp_path: Path
) -> None:
    """In three languages and as an object: 2 where the command is at fault, 1 where a file is."""
    shutil.copytree(essai, tmp_path / "casse")
    (tmp_path / "casse" / "module.yaml").write_text("source: [\n", "utf-8")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    for language in LANGUAGES:
        ran = run(*words, "--lang", language)
        told = ran.err + ran.out
        assert (ran.status, f"[{code}]" in told) == (status, True), told
        own = sentences(code, language)["found"].split("{")[0].strip(' «"“')
        assert own.casefold() in told.casefold()
    ran = run(*words, "--json")
    assert (ran.status, ran.err) == (status, "")
    assert code in [one["code"] for one in ran.json["problems"]]
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_a_language_in_which_nobody_wrote_the_module_is_refused(run: Run) -> None:
    """The languages that there are, and the command that begins another."""
    ran = run("curriculum", "export", "decider", "--to", "gift", "--lang", "es")
    assert (ran.status, "[language-unwritten]" in ran.err) == (2, True)
    assert "fr, ar, ary, en" in ran.err
    assert "cafe-ia curriculum translate" in ran.err


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        (["curriculum", "plan", "essai", "--people", "x"], "--people"),
        (["curriculum", "plan", "essai", "--minutes", "x"], "--minutes"),
        (["curriculum", "export", "essai", "--people", "x"], "--people"),
        (["curriculum", "export", "essai", "--minutes", "x"], "--minutes"),
        (["curriculum", "new", "autre", "--question", ""], "--question"),
    ],
)
@pytest.mark.usefixtures("essai")
def test_an_answer_that_cannot_be_used_names_its_option(
    run: Run, words: list[str], flag: str
) -> None:
    """A script learns which of its options is at fault."""
    assert run(*words).err.startswith(f"{flag}: ")


# In a terminal


def test_new_asks_for_the_question(tmp_path: Path) -> None:
    """An answer is needed; the module is then in the person's language."""
    with terminal(tmp_path, "curriculum", "new", "qui-decide") as there:
        there.until(question("module_question"))
        there.type("\n")
        there.until(question("module_question"))
        there.type("Qui décide ?\n")
        assert there.end() == 0
    assert "\n# Qui décide ?\n" in (tmp_path / "qui-decide" / "fr.md").read_text("utf-8")


def test_plan_proposes_what_is_usual(tmp_path: Path) -> None:
    """More than fifteen people propose ninety minutes; a wrong number is asked again."""
    with terminal(tmp_path, "curriculum", "plan", "decider") as there:
        there.until(f"{question('people')} [15]")
        there.type("beaucoup\n")
        there.until(f"{question('people')} [15]")
        there.type("20\n")
        there.until(f"{question('minutes')} [90]")
        there.type("\n")
        assert there.end() == 0
    assert "Pause" in there.shown


def test_translate_asks_for_the_language(tmp_path: Path) -> None:
    """The conversation is in the person's language."""
    shutil.copytree(SOUND, tmp_path / "essai")
    with terminal(tmp_path, "curriculum", "translate", "essai", LANG="ar_MA.UTF-8") as there:
        there.until(question("translate_to", "ar"))
        there.type("en\n")
        assert there.end() == 0
    assert "<!-- fr@" in (tmp_path / "essai" / "en.md").read_text("utf-8")


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize("columns", [80, 40])
def test_no_line_is_longer_than_the_terminal(tmp_path: Path, language: str, columns: int) -> None:
    """Whatever is shown is folded between words; only a path or a command may be longer."""
    (tmp_path / "casse").mkdir()
    (tmp_path / "casse" / "module.yaml").write_text("source: fr\nsteps: 12\n", "utf-8")
    for words in (
        ["curriculum", "show"], ["curriculum", "show", "se-tromper"],
        ["curriculum", "plan", "se-tromper", "--people", "30", "--minutes", "30"],
        ["curriculum", "export", "--help"], ["check", "casse"],
    ):  # fmt: skip
        with terminal(tmp_path, *words, "--lang", language, columns=columns, NO_COLOR="1") as there:
            assert there.end() in (0, 1)
        plain = re.sub(r"\x1b\[[\d;]*m|[\u200e\u200f]", "", there.shown)
        lines = [line for line in plain.splitlines() if " " in line.strip()]
        lines = [line for line in lines if not line.startswith("  cafe-ia ")]
        assert max(map(len, lines)) <= columns, max(lines, key=len)
        assert "Traceback" not in plain


def test_every_word_of_the_commands_is_in_three_languages() -> None:
    """What the commands say and ask has the same keys in each language."""
    for topic in ("screens", "lessons"):
        keys = [{*catalogue(topic, language)} for language in LANGUAGES]
        assert keys[0] == keys[1] == keys[2]


def test_export_takes_its_format_from_the_file_s_ending(run: Run, tmp_path: Path) -> None:
    """`-o quiz.gift.txt` is GIFT and `-o page.html` a page; a name that lies is refused."""
    assert run("curriculum", "export", "decider", "-o", "page.html").status == 0
    assert (tmp_path / "page.html").read_bytes().startswith(b"<!doctype html>")
    assert run("curriculum", "export", "decider", "-o", "quiz.gift.txt").status == 0
    assert b"$CATEGORY" in (tmp_path / "quiz.gift.txt").read_bytes()
    lying = run("curriculum", "export", "decider", "--to", "html", "-o", "lesson.docx")
    assert (lying.status, "[output-other-format]" in lying.err) == (2, True)
    assert not (tmp_path / "lesson.docx").exists()


def test_export_knows_parts_of_a_pdf_only(run: Run, tmp_path: Path) -> None:
    """Another format holds the whole lesson, and a part of it is refused."""
    refused = run("curriculum", "export", "decider", "--to", "html", "--part", "quiz")
    assert (refused.status, "[part-of-pdf]" in refused.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_export_and_a_new_session_say_what_found_no_place(run: Run) -> None:
    """A document for fewer minutes than were written leaves steps out, and says which."""
    told = say("screens", "say.plan_dropped", "en", titles="").removesuffix(".")
    short = ("--minutes", "30", "--people", "25")
    exported = run("curriculum", "export", "se-tromper", "--to", "html", *short)
    assert told in exported.out
    assert say("screens", "say.plan_large", "en") in exported.out
    assert run("init", "p", "--title", "T", "--organiser", "O").status == 0
    session = run(
        "session", "new", "--programme", "p", "--title", "T", "--starts", "2026-12-12 18:30",
        "--minutes", "30", "--seats", "12", "--module", "se-tromper",
    )  # fmt: skip
    assert told in session.out


@pytest.mark.parametrize("command", ["plan", "export", "show"])
def test_a_module_to_come_is_not_offered(run: Run, command: str) -> None:
    """What a curriculum only announces is called that."""
    ran = run("curriculum", command, "quelle-ia")
    assert (ran.status, "[module-to-come]" in ran.err) == (2, True)


def test_people_are_called_people(run: Run) -> None:
    """Nobody is no number of people, and the option is named as it was typed."""
    ran = run("curriculum", "plan", "decider", "--people", "0")
    assert ran.status == 2
    assert "people" in ran.err
    assert "seats" not in ran.err
