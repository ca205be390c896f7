"""The command line: every command, in the person's language, for scripts and for people."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer

from cafe_ia.cli import app, main
from cafe_ia.cli.direction import folded, turned
from cafe_ia.files import load_programme
from cafe_ia.phrases import LANGUAGES, catalogue
from cafe_ia.problem import codes

NAME = "2026-12-05-rabat-nos-langues"
NOON = "1796126400"  # 2026-12-01 12:00 UTC


class Ran(NamedTuple):
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object that it printed."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, in English unless it says otherwise, on 1 December 2026."""
    for name in ("LC_ALL", "LC_MESSAGES", "CAFE_IA_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)

    def runs(*words: object) -> Ran:
        capsys.readouterr()
        status = main([str(word) for word in words])
        return Ran(status, *capsys.readouterr())

    return runs


@pytest.fixture
def programme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example programme, which is also the present folder."""
    folder = tmp_path / "un programme برنامج"
    shutil.copytree(Path(str(files("cafe_ia"))) / "example", folder)
    monkeypatch.chdir(folder)
    return folder


def process(*words: str, **settings: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own, as a script does."""
    command = [sys.executable, "-m", "cafe_ia", *words]
    environment = {**os.environ, "LANG": "en_GB.UTF-8", **settings.pop("env", {})}
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **settings}
    return subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, check=False, **settings
    )


@contextmanager
def without_rights() -> Iterator[None]:
    """As a person who may not write everywhere, even where the tests run as the superuser."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def commands() -> dict[str, Any]:
    """Every command, by its words."""
    found: dict[str, Any] = {"": typer.main.get_command(app)}
    for words, command in list(found.items()):
        for name, below in command.commands.items():
            found[f"{words} {name}".strip()] = below
            for inner, one in getattr(below, "commands", {}).items():
                found[f"{name} {inner}"] = one
    del found["version"]
    return found


# Help


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", commands())
def test_help_explains_every_option_in_three_languages(run: Run, words: str, language: str) -> None:
    """Each command says what it does, and each argument and option is explained."""
    ran = run(*words.split(), "--help", "--lang", language)
    known = catalogue("screens", language)
    here = known["command"][words.replace(" ", ".") or "cafe-ia"]
    said = "".join(ran.out.split())  # folded anywhere, even behind a hyphen
    assert (ran.status, ran.err) == (0, "")
    assert "".join(str(here["help"]).split()) in said
    for parameter in commands()[words].params:
        explained = here.get(parameter.name) or known["option"][parameter.name]
        assert "".join(explained.split()) in said
        if parameter.param_type_name == "option":
            assert parameter.opts[0] in said
    assert max(map(len, ran.out.splitlines())) <= 80


def test_help_is_the_same_however_it_is_asked_for(run: Run) -> None:
    """`--help`, `-h`, `help` before the command, the language before or behind it."""
    asked = run("session", "move", "--help", "--lang", "ar")
    assert asked.out.startswith("الاستعمال: cafe-ia session move")
    for words in (
        ["--lang", "ar", "session", "move", "-h"],
        ["--lang=ar", "help", "session", "move"],
        ["session", "--lang", "ar", "move", "--help"],
    ):
        assert run(*words) == asked
    assert run() == run("--help")
    assert run("session") == run("session", "--help")
    assert run("session", "--json").json == {"help": run("session").out.rstrip("\n")}


@pytest.mark.parametrize("words", commands())
def test_help_loads_neither_pydantic_nor_yaml(words: str) -> None:
    """A person who asks for help does not wait for the records to load."""
    code = (
        "import sys; from cafe_ia.cli import main\n"
        f"status = main({[*words.split(), '--help']!r})\n"
        "heavy = {'pydantic', 'yaml', 'babel', 'pandas', 'ics', 'icalendar', 'rich.console'}\n"
        "sys.exit(status or ', '.join(heavy & set(sys.modules)) or 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


# What cannot be understood


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["chek"], "command-unknown", "“check”"),
        (["session", "shwo"], "command-unknown", "“show”"),
        (["--lang", "en", "session", "shwo"], "command-unknown", "“show”"),
        (["check", "--jsn"], "option-unknown", "“--json”"),
        (["check", "--from", "x"], "option-unknown", "--help"),
        (["--foo", "check"], "option-unknown", "“--foo”"),
        (["check", "mes", "cafés"], "argument-unexpected", "“cafés”"),
        (["session", "move"], "argument-missing", "cafe-ia session move SESSION"),
        (["calendar", "import"], "argument-missing", "FILE"),
        (["session", "move", "x"], "option-missing", "--starts, --venue, --minutes"),
        (["session", "show", "--today"], "option-value-missing", "--today DATE"),
        (["check", "--lang"], "option-value-missing", "--lang LANG"),
        (["check", "--json=yes"], "option-value-unneeded", "--json"),
        (["check", "--lang", "tlh"], "language-not-spoken", "fr, ar ou en"),
        (["check", "nulle-part"], "path-not-found", "“nulle-part”"),
        (["session", "show", "--programme", "nulle-part"], "path-not-found", "“nulle-part”"),
        (["session", "show", "x"], "session-not-found", NAME),
        (["session", "show", "--today", "hier"], "time-unreadable", "--today: "),
        (["session", "new"], "answer-missing", "--starts"),
        (["init", "x"], "answer-missing", "--organiser"),
        (["init"], "file-exists", "programme.yaml"),
        (["explain", "yaml-quot"], "code-unknown", "“yaml-quote”"),
        (["explain", "rien"], "code-unknown", "cafe-ia explain"),
        (["calendar", "export", "--to", "pdf"], "value-unknown", "ics, jsonld, csv, html"),
        (["calendar", "export", "--each", "day"], "value-unknown", "session, city, language"),
        (["calendar", "export", "--reminder", "1h"], "number-whole", "--reminder: "),
        (["calendar", "export", "--reminder", "-1"], "number-too-small", "--reminder"),
        (["calendar", "export", "--reminder", "99999999"], "number-too-large", "--reminder"),
        (["calendar", "export", "--lang", "zz-zz"], "language-unknown", "--lang: "),
        (["calendar", "export", "--city", "Rabta"], "value-unknown", "“Rabat”"),
        (["calendar", "export", "--session", NAME[:-1]], "session-not-found", NAME),
        (["calendar", "export", "--spoken", "es"], "nothing-to-export", "--spoken"),
        (["calendar", "export", "-o", "sessions"], "output-unwritable", "it is a folder"),
        (["calendar", "import", "rien.ics"], "file-unreadable", "there is no such file"),
        (["calendar", "import", "programme.yaml"], "ics-not-calendar", "iCalendar"),
        (["calendar", "import", "x", "--from", "demain"], "time-unreadable", "--from: "),
        (["check", "SOURCES.md"], "file-of-no-programme", "SOURCES.md"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("programme")
def test_a_command_that_is_not_understood_says_so(
    run: Run, words: list[str], code: str, said: str
) -> None:
    """A sentence and its code, exit status 2; the same in French, in Arabic and in JSON."""
    ran = run(*words)
    told = ran.err or ran.out
    assert (ran.status, f"[{code}]" in told, said in told) == (2, True, True), told
    if "--lang" not in words:
        told = run("--json", *words).json["problems"]
        assert code in [one["code"] for one in told]
        for language in ("fr", "ar"):
            other = run("--lang", language, *words)
            told = other.err or other.out
            assert other.status == 2
            assert f"[{code}]" in told
            own = catalogue("problems", language)[code]["found"].split("{")[0].strip(' «"')
            assert own.casefold() in told.casefold()


@pytest.mark.usefixtures("programme")
def test_everything_that_is_missing_is_told_at_once(run: Run) -> None:
    """A script that gives no answer learns of all the options that it needs."""
    ran = run("session", "new", "--json")
    assert [one["code"] for one in ran.json["problems"]] == ["answer-missing"] * 2


@pytest.mark.usefixtures("programme")
def test_a_text_may_be_in_any_language(run: Run) -> None:
    """Messages exist in three languages; a calendar's texts take any tag of BCP 47."""
    for tag in ("ary", "zgh", "es", "ary-Latn"):
        assert run("calendar", "export", "--lang", tag, "-o", "x.ics").status == 0


# check and explain


def test_check_tells_every_fault_in_its_place(run: Run, programme: Path) -> None:
    """Each line says file, line, column, weight, what and what to do; the end counts them."""
    assert run("check").out == "Files read: 15. Errors: 0. Warnings: 0.\n"
    path = programme / "sessions" / f"{NAME}.yaml"
    path.write_text(path.read_text("utf-8").replace("seats: 15", "seats: 30"), encoding="utf-8")
    (programme / "sessions" / "b.yaml").write_text("titel: Essai\nstarts: demain\n", "utf-8")
    ran = run("check", programme)
    lines = ran.out.splitlines()
    assert ran.status == 1
    told = [line.split(": ")[:2] for line in lines if line.startswith(str(programme))]
    assert [weight for _, weight in told] == ["warning", "warning", "error", "error", "error"]
    places = [place.removeprefix(f"{programme}/sessions/") for place, _ in told]
    assert places[0].startswith(f"{NAME}.yaml:")
    assert places[2:] == ["b.yaml:1:1", "b.yaml:1:1", "b.yaml:2:9"]
    assert "Errors: 3. Warnings: 2." in lines[-3]
    assert lines[-1].startswith("  cafe-ia explain ")


@pytest.mark.usefixtures("programme")
def test_check_for_a_machine_is_one_object(run: Run, programme: Path) -> None:
    """Problems as objects with code, severity, place and both sentences; counts beside them."""
    (programme / "sessions" / "b.yaml").write_text("title: Essai\nstarts: demain\n", "utf-8")
    ran = run("check", "--json")
    assert (ran.status, ran.err) == (1, "")
    assert set(ran.json) == {"problems", "files", "errors", "warnings"}
    (problem, *_) = [one for one in ran.json["problems"] if one["code"] == "time-unreadable"]
    place = str(Path("sessions", "b.yaml"))
    assert (problem["severity"], problem["file"], problem["line"]) == ("error", place, 2)
    assert problem["path"] == ["starts"]
    assert "demain" in problem["found"]
    assert problem["advice"]


def test_check_of_one_file_reads_that_file(run: Run, programme: Path) -> None:
    """A person who mends one record sees its problems only."""
    (programme / "sessions" / "b.yaml").write_text("title: Essai\n", "utf-8")
    assert run("check", programme / "sessions" / f"{NAME}.yaml").out.startswith("Files read: 1. ")
    assert run("check", programme / "sessions" / "b.yaml").status == 1


def test_check_finds_every_programme_below_a_folder_and_the_one_above(
    run: Run, programme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of programmes is checked whole; in `sessions` the programme above is meant."""
    shutil.copytree(programme, programme.parent / "autre")
    assert run("check", programme.parent).out.startswith("Files read: 30.")
    monkeypatch.chdir(programme / "sessions")
    assert run("check").out.startswith("Files read: 15.")
    monkeypatch.chdir(programme.parent)
    assert "[several-programmes]" in run("session", "show").err
    (programme.parent / "vide").mkdir()
    assert "[programme-not-found]" in run("check", "vide").err


@pytest.mark.parametrize("content", [b"", b"title: [\n", b"\xff\xfe", b"- a\n", None])
def test_a_broken_programme_ends_in_a_sentence(
    run: Run, programme: Path, content: bytes | None
) -> None:
    """Empty, broken, in another encoding, or a folder: no command ends in a traceback."""
    path = programme / "programme.yaml"
    path.unlink()
    path.mkdir() if content is None else path.write_bytes(content)
    here = ["--programme", "."]
    for words in (["check"], ["check", str(programme)], ["session", "show", *here],
                  ["session", "cancel", NAME, *here], ["calendar", "export", *here]):  # fmt: skip
        ran = run(*words)
        assert ran.status in (1, 2)
        assert "unexpected" not in ran.out + ran.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_page(run: Run, language: str) -> None:
    """`explain` prints each code's page within 80 columns, its blanks shown and none left."""
    listed = run("explain", "--lang", language).out.splitlines()
    assert [line for line in listed if not line.startswith(" ")] == list(codes())
    assert max(map(len, listed)) <= 80
    for code in codes():
        ran = run("explain", f"[{code}]", "--lang", language)
        assert ran.status == 0
        assert ran.out.startswith(f"{code} · ")
        page = run("explain", code, "--lang", language, "--json").json
        assert {"code", "severity", "found", "why"} <= set(page)
        shown = ran.out.split(catalogue("screens", language)["say"]["page_wrong"])[0]
        assert max(map(len, shown.splitlines())) <= 80
        for part in ("found", "why", "advice"):
            assert "".join(page.get(part, "").split()) in "".join(shown.split())
        blanks = re.findall(r"(?<!{){(\w+)}", catalogue("problems", language)[code]["found"])
        assert re.findall(r"‹(\w+)›", page["found"]) == blanks
    assert run("explain", "--json").json == {"codes": list(codes())}


# session


def test_show_puts_the_next_cafe_first(run: Run) -> None:
    """What is to come stands in order, what is past behind it, the latest first."""
    folder = Path(str(files("cafe_ia"))) / "example"
    ran = run("session", "show", "--programme", folder, "--today", "01/02/2027", "--lang", "fr")
    shown = [line.strip() for line in ran.out.splitlines() if line.startswith("  20")]
    assert shown[0] == "2027-02-04-en-ligne-mes-donnees"
    assert shown[-1] == NAME
    assert ran.out.index("À venir") < ran.out.index("Déjà passés") < ran.out.index(NAME)
    assert "jeudi 4 février 2027, 20:30 – 21:30" in ran.out
    arabic = run("session", "show", "--programme", folder, "--lang", "ar").out
    assert "السبت 12 دجنبر 2026" in arabic
    objects = run("session", "show", "--programme", folder, "--json").json["sessions"]
    assert [one["id"] for one in objects][:1] == [NAME]


@pytest.mark.usefixtures("programme")
def test_show_one_cafe_whole(run: Run) -> None:
    """One café says its agenda, its facilitators and who can come in."""
    said = run("session", "show", f"\u200e{NAME}").out
    for words in ("Does the machine speak our languages?", "Naïma", "15 seats", " 12 min · "):
        assert words in said


def test_show_tells_which_records_it_leaves_out(run: Run, programme: Path) -> None:
    """A broken record is not shown, and that is said; exit status 1."""
    (programme / "sessions" / "b.yaml").write_text("title: Essai\n", "utf-8")
    ran = run("session", "show")
    assert ran.status == 1
    assert f"{Path('sessions', 'b.yaml')}:1:1: error: " in ran.out
    assert ran.out.endswith("The records reported above are not shown.\n")
    assert run("session", "show", NAME).status == 0


def test_a_programme_from_nothing(run: Run, tmp_path: Path) -> None:
    """init, session new, show, check, move, cancel, export: the whole loop by flags."""
    folder = tmp_path / "ma saison"
    ran = run("init", folder, "--title", "Ma saison", "--organiser", "Les voisins",
              "--venue", "Dar Chabab", "--city", "Salé", "--lang", "fr")  # fmt: skip
    assert (ran.status, ran.err) == (0, "")
    # Where the command is not on the PATH, it is called by its place.
    assert re.search(rf"  cd '{re.escape(str(folder))}'\n  .*cafe.ia session new\n", ran.out)
    at = ["--programme", folder]
    assert "no café yet" in run("session", "show", *at).out
    assert "[programme-empty]" in run("calendar", "export", *at).err
    assert "[programme-empty]" in run("session", "show", "x", *at).err
    ran = run("session", "new", *at, "--title", "C’est quoi, l’IA ?", "--json",
              "--starts", "05/12/2026 18h30", "--seats", "١٨", "--spoken", "ary، fr")  # fmt: skip
    path = folder / "sessions" / "2026-12-05-sale-c-est-quoi-l-ia.yaml"
    assert (ran.status, ran.json["written"]) == (0, [str(path)])
    session = load_programme(folder).session(path.stem)
    assert (session.seats, session.minutes, session.spoken) == (18, 90, ("ary", "fr"))
    assert session.updated.isoformat() == "2026-12-01T12:00:00+00:00"
    again = run("session", "new", *at, "--title", "C’est quoi, l’IA ?",
                "--starts", "05/12/2026 18h30")  # fmt: skip
    assert (again.status, "[file-exists]" in again.err) == (2, True)
    ran = run("session", "move", path.stem, *at, "--starts", "2026-12-06 17:00", "--json")
    assert (ran.json["changed"], ran.json["session"]["revision"]) == (True, 1)
    ran = run("session", "cancel", path.stem, *at)
    assert "(revision 2)" in ran.out
    assert "  cafe-ia calendar export -o programme.ics\n" in ran.out
    assert "nothing was changed" in run("session", "cancel", path.stem, *at).out
    ran = run("calendar", "export", *at, "-o", tmp_path / "x.ics")
    assert ran.out == f"Written: {tmp_path / 'x.ics'}\n"
    assert b"SEQUENCE:2" in (tmp_path / "x.ics").read_bytes()


@pytest.mark.parametrize(
    ("flag", "value", "code"),
    [
        ("--title", "", "text-empty"),
        ("--title", "caf\udce9", "text-control-character"),
        ("--starts", "demain", "time-unreadable"),
        ("--seats", "vingt", "number-whole"),
        ("--minutes", "0", "number-too-small"),
        ("--spoken", "darija", "language-unknown"),
        ("--module", "Nos langues", "slug-shape"),
        ("--venue", "bnmr", "name-unknown"),
        ("--id", "Été", "slug-shape"),
    ],
)
def test_an_answer_that_cannot_be_used_names_its_option(
    run: Run, programme: Path, flag: str, value: str, code: str
) -> None:
    """A script learns which of its options is at fault, and nothing is written."""
    before = sorted((programme / "sessions").iterdir())
    answers = {"--title": "Essai", "--starts": "2026-12-06 17:00", flag: value}
    ran = run("session", "new", *(word for pair in answers.items() for word in pair))
    assert (ran.status, f"[{code}]" in ran.err) == (2, True), ran.err
    assert ran.err.startswith(f"{flag}: ") or flag == "--id"
    assert sorted((programme / "sessions").iterdir()) == before


# calendar


@pytest.mark.usefixtures("programme")
def test_export_gives_each_town_and_language_a_file(run: Run, programme: Path) -> None:
    """Files are named after the town, and no two towns share one."""
    path = programme / "programme.yaml"
    text = path.read_text("utf-8")
    text = text.replace('fr: "Rabat"\n      ar:', "ar:").replace('fr: "Bzou"\n      ar:', "ar:")
    path.write_text(text, encoding="utf-8")
    written = run("calendar", "export", "--each", "city", "-o", "villes", "--json").json["written"]
    assert {str(Path("villes", name)) for name in ("city.ics", "city-2.ics", "sale.ics")} <= set(
        written
    )
    assert len(written) == len(set(written)) == 12
    feeds = [Path(file).read_text("utf-8") for file in written]
    assert sum(feed.count("BEGIN:VEVENT") for feed in feeds) == 14
    written = run("calendar", "export", "--each", "language", "-o", "langues", "--json").json
    assert len(written["written"]) == 3
    (problem,) = run("calendar", "export", "--each", "session", "--json").json["problems"]
    assert problem["code"] == "option-missing"


@pytest.mark.usefixtures("programme")
def test_export_for_a_machine_holds_the_content(run: Run) -> None:
    """With --json and no file, the one object carries what would have been written."""
    content = run("calendar", "export", "--json").json["content"]
    assert content.startswith("BEGIN:VCALENDAR")
    assert run("calendar", "export").out.split() == content.split()
    for to in ("jsonld", "csv", "html"):
        assert run("calendar", "export", "--to", to, "--json").json["content"]


def test_export_refuses_while_a_record_is_broken(run: Run, programme: Path) -> None:
    """A feed without the broken café would cancel it in silence."""
    (programme / "sessions" / "b.yaml").write_text("title: Essai\n", "utf-8")
    ran = run("calendar", "export", "-o", "x.ics")
    assert (ran.status, ran.out) == (1, "")
    assert not (programme / "x.ics").exists()


def test_import_writes_what_is_new_and_keeps_the_rest(
    run: Run, programme: Path, tmp_path: Path
) -> None:
    """A calendar taken in twice makes its records once; a record of that name is left alone."""
    feed, other = tmp_path / "x.ics", tmp_path / "autre"
    run("calendar", "export", "-o", feed)
    run("init", other, "--title", "Autre", "--organiser", "Nous")
    at = ["--programme", other]
    (other / "sessions" / f"{NAME}.yaml").write_text("title: Le mien\n", "utf-8")
    ran = run("calendar", "import", feed, *at)
    assert "Records written: 13, in " in ran.out
    assert "[file-exists]" in ran.out
    (other / "sessions" / f"{NAME}.yaml").unlink()
    assert "Records written: 1, in " in run("calendar", "import", feed, *at).out
    ran = run("calendar", "import", feed, *at, "--json")
    assert ran.json["written"] == []
    assert {one["code"] for one in ran.json["problems"]} == {"ics-session-known"}
    assert (
        load_programme(other).session(NAME).title == load_programme(programme).session(NAME).title
    )
    ran = run("calendar", "import", feed, *at, "--from", "2027-02-01", "--until", "2027-01-01")
    assert "[ends-before-start]" in ran.err


# What the system refuses


def test_what_the_system_refuses_is_said_in_the_persons_language(run: Run, programme: Path) -> None:
    """A folder where nothing may be written and a file that may not be read: a sentence each."""
    run("demo", programme.parent / "avant")  # everything is loaded before the rights are given up
    run("init", programme.parent / "début", "--title", "a", "--organiser", "b")
    programme.chmod(0o500)
    (programme / "programme.yaml").chmod(0)
    try:
        with without_rights():
            refused = [
                run("demo", programme / "x", "--lang", "fr"),
                run("init", programme / "x", "--title", "a", "--organiser", "b", "--lang", "fr"),
                run("check", programme, "--lang", "fr"),
            ]
    finally:
        programme.chmod(0o700)
    for ran in refused:
        assert ran.status in (1, 2)
        assert "vous n’en avez pas le droit" in ran.err + ran.out


def test_a_reader_that_goes_away_is_no_error() -> None:
    """`cafe-ia explain | head -1` ends without a word on the error stream."""
    command = f"'{sys.executable}' -m cafe_ia explain | head -1"
    ran = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert (ran.stdout, ran.stderr) == (f"{codes()[0]}\n".encode(), b"")


@pytest.mark.parametrize("words", [["explain"], ["explain", "--json"], ["session", "--help"]])
def test_a_full_disk_is_said(words: list[str]) -> None:
    """What cannot be written is said on the error stream, and the exit status is 2."""
    with Path("/dev/full").open("wb") as full:
        ran = process(*words, stdout=full)
    assert (ran.returncode, b"the disk is full" in ran.stderr) == (2, True)
    assert b"Traceback" not in ran.stderr


def test_closed_streams_are_no_error() -> None:
    """A command that is started with nothing to write to ends like any other."""
    command = f"'{sys.executable}' -m cafe_ia explain >&- 2>&- <&-"
    assert subprocess.run(["sh", "-c", command], check=False).returncode == 0


@pytest.mark.parametrize(
    "settings",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONUTF8": "0", "LC_ALL": "C"},
    ],
)
def test_what_is_said_is_utf8_whatever_the_machine_says(settings: dict[str, str]) -> None:
    """An old machine's settings neither stop a command nor spoil its words."""
    ran = process("explain", "yaml-quote", "--lang", "ar", env=settings)
    assert ran.returncode == 0
    assert "ما العمل" in ran.stdout.decode("utf-8")


def test_the_locale_chooses_the_language() -> None:
    """French where nothing is said, the person's language where it is one of the three."""
    for locale, words in {"C": "Utilisation", "ar_MA.UTF-8": "الاستعمال", "en_US": "Usage"}.items():
        assert words in process("--help", env={"LANG": locale, "LC_ALL": locale}).stdout.decode()


def test_the_version_is_said() -> None:
    """`--version` says which one runs, to a person and to a machine."""
    ran = process("--version")
    assert ran.stdout.startswith(b"cafe-ia ")
    assert set(json.loads(process("--version", "--json").stdout)) == {"version"}


def test_an_error_of_ours_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that says nonsense, or whatever was not foreseen, gives no traceback."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "99999999999999999999")
    folder = Path(str(files("cafe_ia"))) / "example"
    assert run("session", "show", "--programme", folder).status == 0


# Arabic and narrow terminals


def test_an_arabic_line_runs_from_the_right_and_keeps_its_paths_whole() -> None:
    """Paths, dates and options get a mark; hours and lines without Arabic get none."""
    assert turned("  cafe-ia session show") == "  cafe-ia session show"
    assert turned("a.yaml:1:2: خطأ") == "\u200fa.yaml:1:2: خطأ"
    assert turned("2026-12-05-x: خطأ") == "\u200f\u200e2026-12-05-x: خطأ"
    assert turned("أضيفوا --starts 05/12/2026 18h30") == (
        "\u200fأضيفوا \u200e--starts \u200e05/12/2026 \u200e18h30"
    )
    assert turned("من 15:00 إلى 16:00") == "\u200fمن 15:00 إلى 16:00"


def test_a_text_is_folded_between_words() -> None:
    """Margins stay, what is folded hangs, and what has no space is never broken."""
    assert folded("  un deux trois", 9) == "  un deux\n  trois"
    assert folded("un deux trois", 12, hanging=4) == "un deux\n    trois"
    assert folded("a/" * 30, 20) == "a/" * 30
    assert folded("un\n\ndeux", 20) == "un\n\ndeux"


def test_an_export_never_takes_the_place_of_a_record(programme: Path, run: Run) -> None:
    """A slip of the hand after `-o` does not cost a programme its file."""
    path = programme / "programme.yaml"
    before = path.read_bytes()
    ran = run("calendar", "export", "-o", "programme.yaml")
    assert (ran.status, "[file-exists]" in ran.err) == (2, True)
    assert path.read_bytes() == before
