"""The main job on the example programme: copied, checked, published."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cafe_ia.cli import main
from cafe_ia.demo import make_demo
from cafe_ia.files import load_programme
from cafe_ia.problem import RecordError

PUBLIC = ["index.html", "programme.csv", "programme.ics", "programme.jsonld"]


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The content and the time of every file below a folder."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_demo_publishes_the_example(tmp_path: Path) -> None:
    """The programme stands there to be changed, and its four publications beside it."""
    done = make_demo(tmp_path / "démo à moi")
    assert done.sound
    assert sorted(path.name for path in (done.folder / "public").iterdir()) == PUBLIC
    assert load_programme(done.folder / "programme") == done.programme
    assert (done.folder / "programme" / ".cafe-ia" / "session.schema.json").is_file()
    feed = (done.folder / "public" / "programme.ics").read_text("utf-8")
    assert done.programme is not None
    assert feed.count("BEGIN:VEVENT") == len(done.programme.sessions)


def test_the_demo_made_twice_changes_nothing(tmp_path: Path) -> None:
    """The second time not one file is written again."""
    make_demo(tmp_path)
    first = everything(tmp_path)
    again = make_demo(tmp_path)
    assert (again.written, again.kept) == ([], [])
    assert everything(tmp_path) == first


def test_the_demo_publishes_what_a_person_changed(tmp_path: Path) -> None:
    """A changed record is kept, and the calendar and the page are made of it."""
    make_demo(tmp_path)
    path = tmp_path / "programme" / "sessions" / "2026-12-05-rabat-nos-langues.yaml"
    changed = path.read_text("utf-8").replace(
        "starts: 2026-12-05 15:00", "starts: 2026-12-05 17:45"
    )
    path.write_text(changed, encoding="utf-8")
    again = make_demo(tmp_path)
    assert again.kept == [path]
    assert path.read_text("utf-8") == changed
    assert sorted(one.name for one in again.written) == PUBLIC
    assert b"20261205T174500" in (tmp_path / "public" / "programme.ics").read_bytes()


def test_the_demo_keeps_a_publication_that_a_person_changed(tmp_path: Path) -> None:
    """A page that somebody edited by hand is not made again."""
    make_demo(tmp_path)
    page = tmp_path / "public" / "index.html"
    page.write_text("à moi", encoding="utf-8")
    assert make_demo(tmp_path, language="ar").kept == [page]
    assert page.read_text("utf-8") == "à moi"


def test_the_demo_leaves_away_what_a_person_took_away(tmp_path: Path) -> None:
    """A café that somebody deleted does not come back; a publication does."""
    make_demo(tmp_path)
    gone = tmp_path / "programme" / "sessions" / "2026-12-05-rabat-nos-langues.yaml"
    gone.unlink()
    (tmp_path / "public" / "programme.ics").unlink()
    again = make_demo(tmp_path)
    assert not gone.exists()
    assert b"rabat-nos-langues" not in (tmp_path / "public" / "programme.ics").read_bytes()
    assert again.programme is not None
    assert gone.stem not in [one.id for one in again.programme.sessions]


def test_the_demo_publishes_nothing_broken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """While a record has an error the publications stay as they were, and the error is said."""
    make_demo(tmp_path)
    before = everything(tmp_path / "public")
    path = tmp_path / "programme" / "sessions" / "2026-12-05-rabat-nos-langues.yaml"
    path.write_text("title: [\n", encoding="utf-8")
    assert main(["demo", str(tmp_path), "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert f"{path}:1:8: error:" in said
    assert "Nothing was published" in said
    assert everything(tmp_path / "public") == before


@pytest.mark.parametrize("memory", ["{", "[]", "null", '{"programme/programme.yaml": 3}'])
def test_the_demo_without_its_memory_overwrites_nothing(tmp_path: Path, memory: str) -> None:
    """What it cannot remember having written is somebody's."""
    make_demo(tmp_path)
    record = tmp_path / "programme" / "programme.yaml"
    record.write_text(record.read_text("utf-8") + "# à moi\n", encoding="utf-8")
    (tmp_path / ".cafe-ia-demo.json").write_text(memory, encoding="utf-8")
    assert make_demo(tmp_path).kept == [record]


def test_the_demo_keeps_a_folder_named_like_its_file(tmp_path: Path) -> None:
    """A folder that stands where a file should is somebody's too."""
    (tmp_path / "public" / "index.html").mkdir(parents=True)
    assert make_demo(tmp_path).kept == [tmp_path / "public" / "index.html"]


def test_the_demo_says_where_it_cannot_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file where a folder should be ends in a sentence, and exit status 2."""
    (tmp_path / "fichier").write_text("à moi", encoding="utf-8")
    with pytest.raises(RecordError) as error:
        make_demo(tmp_path / "fichier")
    assert [one.code for one in error.value.problems] == ["output-unwritable"]
    assert main(["demo", str(tmp_path / "fichier" / "x"), "--lang", "fr"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "un fichier se trouve là où il faut un dossier" in said.err


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_demo_says_where_everything_is_and_what_to_type(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
) -> None:
    """Each publication is named, and the next commands stand on lines of their own."""
    monkeypatch.chdir(tmp_path)
    assert main(["demo", "mon dossier", "--lang", language]) == 0
    said = capsys.readouterr().out
    for name in PUBLIC:
        assert str(Path("mon dossier", "public", name)) in said
    lines = [line.strip() for line in said.splitlines()]
    assert "cd 'mon dossier/programme'" in lines
    # Where the command is not on the PATH, it is called by its place.
    assert any(re.fullmatch(r".*cafe.ia session show", line) for line in lines)
    assert main(["demo", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (tmp_path / "cafe-ia-demo" / "public" / "index.html").is_file()
    assert answer["errors"] == 0
    assert str(Path("cafe-ia-demo", "public", "programme.ics")) in answer["written"]
