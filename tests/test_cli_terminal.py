"""The command line in a real terminal: it asks, asks again, and takes what is proposed."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import sys
import termios
import time
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from cafe_ia.files import load_programme
from cafe_ia.phrases import say

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "2026-12-05-rabat-nos-langues"
PATIENCE = 60.0


class Terminal:
    """A terminal of 80 columns with one command in it."""

    def __init__(self, handle: int, process: int) -> None:
        self.handle, self.process = handle, process
        self.status: int | None = None
        self.closed = False
        self.shown = ""
        self._seen = 0
        self._bytes = b""

    def until(self, words: str) -> str:
        """Wait for words that were not waited for yet; what came until then."""
        end = time.monotonic() + PATIENCE
        while words not in self.shown[self._seen :]:
            assert self._read(end), f"{words!r} did not come: {self.shown[self._seen :]!r}"
        came = self.shown[self._seen :].split(words)[0]
        self._seen += len(came) + len(words)
        return came

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self.handle, text.encode())

    def end(self, key: str = "") -> int:
        """Wait for the command to end; its exit status.

        A key is pressed until then, as a person does: a terminal that has just put a question may
        lose one while it is being set up for the answer.
        """
        end = time.monotonic() + PATIENCE
        while not self.closed:
            assert time.monotonic() < end, self.shown
            if key:
                self.type(key)
            soon = time.monotonic() + 3
            while self._read(soon):
                pass
        self.status = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        return self.status

    def _read(self, end: float) -> bool:
        """Take what the command has written by then; whether there was anything."""
        if not select.select([self.handle], [], [], max(end - time.monotonic(), 0))[0]:
            return False
        try:
            content = os.read(self.handle, 65536)
        except OSError:  # Linux says so where the other side is closed
            content = b""
        self.closed = not content
        self._bytes += content
        self.shown = self._bytes.decode("utf-8", "ignore").replace("\r\n", "\n")
        return bool(content)


@contextmanager
def terminal(folder: Path, *words: str, columns: int = 80, **settings: str) -> Iterator[Terminal]:
    """Run a command in a terminal of its own, in French unless it says otherwise."""
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    environment |= {"LANG": "fr_FR.UTF-8", "TERM": "xterm", "SOURCE_DATE_EPOCH": "1796126400"}
    process, handle = pty.fork()
    if not process:  # on the other side of the terminal
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        os.chdir(folder)
        command = [sys.executable, "-m", "cafe_ia", *words]
        os.execve(sys.executable, command, environment | settings)  # noqa: S606 # no shell is meant
    there = Terminal(handle, process)
    try:
        yield there
    finally:
        if there.status is None:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        os.close(handle)


def question(name: str, language: str = "fr") -> str:
    """A question as it is asked."""
    return say("screens", f"ask.{name}", language)


def example(folder: Path) -> Path:
    """A copy of the example programme."""
    return Path(shutil.copytree(Path(str(files("cafe_ia"))) / "example", folder / "programme"))


def test_init_asks_asks_again_and_takes_what_is_proposed(tmp_path: Path) -> None:
    """An answer is needed where nothing is proposed; a bad one is explained and asked again."""
    with terminal(tmp_path, "init", "saison") as there:
        there.until(question("title"))
        there.type("\n")
        there.until(question("title"))
        there.type("Parlons-en\n")
        there.until(question("organiser"))
        there.type("Les voisins\n")
        there.until(question("email"))
        there.type("pas une adresse\n")
        assert "bonjour@example.org" in there.until(question("email"))
        there.type("nous@example.org\n")
        there.until(question("venue"))
        there.type("Dar Chabab\n")
        there.until(question("city"))
        there.type("\n")
        assert there.end() == 0
    programme = load_programme(tmp_path / "saison")
    assert programme.title == {"fr": "Parlons-en"}
    assert programme.organiser is not None
    assert programme.organiser.email == "nous@example.org"
    assert list(programme.venues) == ["dar-chabab"]
    assert programme.venues["dar-chabab"].city is None


def test_session_new_asks_and_proposes(tmp_path: Path) -> None:
    """More than fifteen seats propose ninety minutes; venues are shown before one is asked for."""
    folder = example(tmp_path)
    with terminal(folder, "session", "new", "--spoken", "ary") as there:
        there.until(question("session_title"))
        there.type("À qui la faute ?\n")
        there.until(question("starts"))
        there.type("samedi\n")
        there.until("05/12/2026 18h30")
        there.until(question("starts"))
        there.type("05/06/2027 16h\n")
        there.until(f"{question('seats')} [15]")
        there.type("18\n")
        there.until(f"{question('minutes')} [90]")
        there.type("\n")
        assert "bibliotheque-sbihi" in there.until(question("session_venue"))
        there.type("bibliothèque-sbihi\n")
        assert "«\xa0bibliotheque-sbihi\xa0»" in there.until(question("session_venue"))
        there.type("bibliotheque-sbihi\n")
        there.until(question("module"))
        there.type("\n")
        assert there.end() == 0
    session = load_programme(folder).session("2027-06-05-sale-a-qui-la-faute")
    assert (session.seats, session.minutes, session.spoken) == (18, 90, ("ary",))
    assert session.venue == load_programme(folder).venues["bibliotheque-sbihi"]


def test_questions_are_asked_in_arabic(tmp_path: Path) -> None:
    """The whole conversation is in the person's language, and the answers are in it too."""
    with terminal(tmp_path, "init", LANG="ar_MA.UTF-8") as there:
        for name, answer in {
            "title": "لنتحدث", "organiser": "الجيران", "email": "", "venue": "دار الشباب",
            "city": "سلا",
        }.items():  # fmt: skip
            there.until(question(name, "ar"))
            there.type(f"{answer}\n")
        assert there.end() == 0
    assert load_programme(tmp_path).title == {"ar": "لنتحدث"}


def test_ctrl_c_and_ctrl_d_stop_without_a_trace(tmp_path: Path) -> None:
    """Both keys end with a sentence and exit status 2, and nothing is written."""
    for key in ("\x03", "\x04"):
        with terminal(tmp_path, "init") as there:
            there.until(question("title"))
            assert there.end(key) == 2
            assert "\nArrêté. Rien d’autre n’a été changé.\n" in there.shown
            assert "Traceback" not in there.shown
    assert list(tmp_path.iterdir()) == []


def test_a_machine_is_never_asked(tmp_path: Path) -> None:
    """With --json a terminal gets the missing answers as an object, not as questions."""
    with terminal(tmp_path, "init", "--json") as there:
        assert there.end() == 2
    assert there.shown.count('"answer-missing"') == 2


def test_problems_are_folded_between_words_and_grouped_by_file(tmp_path: Path) -> None:
    """In a terminal no word is cut, and an empty line stands between two files."""
    folder = example(tmp_path)
    for name in ("a", "b"):
        (folder / "sessions" / f"{name}.yaml").write_text("titel: x\nlieu: y\n", "utf-8")
    with terminal(folder, "check", LANG="en_GB.UTF-8") as there:
        assert there.end() == 1
    lines = there.shown.splitlines()
    assert max(map(len, lines)) <= 80
    first = [n for n, line in enumerate(lines) if line.startswith("sessions/b.yaml:1:1: error: ")]
    assert lines[first[0] - 1] == ""
    assert any(line.startswith("    ") for line in lines)


def test_arabic_lines_run_from_the_right(tmp_path: Path) -> None:
    """A line of Arabic carries its direction; a command or an id carries no mark."""
    folder = example(tmp_path)
    (folder / "sessions" / "2026-a.yaml").write_text("title: x\n", "utf-8")
    with terminal(folder, "check", "--lang", "ar") as there:
        assert there.end() == 1
    lines = there.shown.splitlines()
    assert lines[0].startswith("\u200fsessions/2026-a.yaml:1:1: خطأ: ")
    assert lines[-1].strip().startswith("cafe-ia explain ")
    with terminal(folder, "session", "show", NAME, "--lang", "ar", NO_COLOR="1") as there:
        assert there.end() == 0
    lines = [line for line in there.shown.splitlines() if "دجنبر" in line]
    assert lines
    assert all("\u200f" in line for line in lines)
    assert f"\n  {NAME}\n" in re.sub(r"\x1b\[[\d;]*m", "", there.shown)


def test_a_narrow_terminal_still_shows_everything(tmp_path: Path) -> None:
    """Thirty columns are enough for help, for a page and for a programme."""
    folder = example(tmp_path)
    for words in (["check", "--help"], ["explain", "yaml-quote"], ["session", "show", NAME]):
        with terminal(folder, *words, columns=30, NO_COLOR="1") as there:
            assert there.end() == 0
        assert len(there.shown.splitlines()) > 10
        assert "Traceback" not in there.shown
