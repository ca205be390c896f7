"""What the README promises is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from cafe_ia.files import read_programme

README = Path(__file__).parents[1].joinpath("README.md").read_text("utf-8")
PROGRAMME = """\
id: p
title: P
organiser: o
hosts: {o: {name: O}}
venues: {bnrm: {name: Bibliothèque}}
"""


def _block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


def _programme(folder: Path, session: str) -> list[str]:
    """The problems, in English, of a programme with the README's session in it."""
    (folder / "sessions").mkdir()
    (folder / "programme.yaml").write_text(PROGRAMME, "utf-8")
    path = folder / "sessions" / "2026-12-05-rabat-nos-langues.yaml"
    path.write_text(session, "utf-8")
    return [problem.text("en") for problem in read_programme(folder, shown="").problems]


def test_readme_python_runs(tmp_path: Path) -> None:
    """The developer's example runs beside the demo's folder."""
    for words in (["-m", "cafe_ia", "demo"], ["-c", _block("python")]):
        done = subprocess.run(
            [sys.executable, *words], cwd=tmp_path, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr


def test_readme_session_is_accepted(tmp_path: Path) -> None:
    """The session that the README shows is sound."""
    assert _programme(tmp_path, _block("yaml")) == []


def test_readme_message_is_what_is_said(tmp_path: Path) -> None:
    """The message that the README shows is the one that its mistake gives."""
    wrong = _block("yaml").replace("05/12/2026 18h30", "05/12/2026 18h60")
    assert _programme(tmp_path, wrong) == [_block("text").strip()]
