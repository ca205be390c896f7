"""What an editor says to a person who writes a session by hand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from cafe_ia.cli import main
from outside.readers import complaints_of_editor, explanation_in_editor, fields_in_editor

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = """\
# yaml-language-server: $schema=../.cafe-ia/session.schema.json
id: 2026-12-05-sale-cafe
title:
  fr: "C'est quoi, l'IA ?"
starts: 2026-12-05 18:30
updated: 2026-11-24
spoken: [ary, fr]
venue: mediatheque
access:
  seating: oui

"""


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A session's file in a programme that `cafe-ia init` made."""
    words = ["init", str(tmp_path / "p"), "--title", "T", "--organiser", "O", "--lang", "en"]
    assert main(words) == 0
    sys.stdout.flush()
    path = tmp_path / "p" / "sessions" / "2026-12-05-sale-cafe.yaml"
    path.write_text(WRITTEN, "utf-8")
    return path


def test_editor_offers_and_explains_fields(session: Path) -> None:
    """An editor offers the fields that may come next, each with its explanation."""
    offered = fields_in_editor(session, len(WRITTEN.splitlines()) - 1, 0)
    assert {"seats", "minutes", "summary", "ends"} <= offered.keys()
    assert "title" not in offered
    assert "How many people there is room for" in offered["seats"]


def test_editor_explains_the_word_under_the_cursor(session: Path) -> None:
    """An editor explains a field that stands in the file."""
    assert "clock on the wall shows it" in explanation_in_editor(session, 4, 2)


def test_editor_underlines_nothing_in_a_sound_file(session: Path) -> None:
    """An editor has nothing against what the library accepts."""
    assert complaints_of_editor(session) == []


def test_editor_underlines_an_unknown_field(session: Path) -> None:
    """An editor underlines a field that no session has."""
    session.write_text(WRITTEN + "seets: 15\n", "utf-8")
    assert any("seets" in complaint for complaint in complaints_of_editor(session))
