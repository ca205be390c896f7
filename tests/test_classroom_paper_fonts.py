"""The fonts of printed sheets: they are ours, and a letter that none draws is said to be one."""

from __future__ import annotations

import pytest

from cafe_ia.classroom.paper import to_pdf
from cafe_ia.classroom.paper.fonts import FONTS, covered, letters
from cafe_ia.problem import RecordError
from lesson import SAMPLE
from outside.by_poppler import read_by
from printed import changed, with_guide


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_fonts_are_all_ours_and_all_in_the_document(language: str) -> None:
    """A sheet looks the same on a computer that has no Arabic font."""
    lines = read_by("pdffonts", to_pdf(SAMPLE, language)).splitlines()[2:]
    assert {line.split()[0].partition("+")[2] for line in lines} <= {
        path.stem for path in FONTS.glob("*.ttf")
    }
    for line in lines:
        embedded, subset, to_unicode = line.split()[-5:-2]
        assert (embedded, subset, to_unicode) == ("yes", "yes", "yes")
    assert any("Naskh" in line for line in lines)
    assert any("Tifinagh" in line for line in lines)


def test_character_that_no_font_draws_is_an_error() -> None:
    """Each one is named, with the words around it, before a box is printed."""
    module = changed(question={"fr": "Une carte 😀 et 漢 pour 😀 nous"})
    with pytest.raises(RecordError) as caught:
        to_pdf(module, part="poster")
    problems = {each.values["character"]: each for each in caught.value.problems}
    assert set(problems) == {"U+1F600 😀", "U+6F22 漢"}
    smiling = problems["U+1F600 😀"]
    assert smiling.code == "character-uncovered"
    assert smiling.values["name"] == "GRINNING FACE"
    assert "Une carte" in smiling.values["text"]
    for language in ("fr", "ar", "en"):
        assert "😀" in smiling.text(language)


def test_character_matters_only_where_it_is_printed() -> None:
    """A card that cannot be printed keeps nobody from printing the poster."""
    module = with_guide("Sourire 😀")
    assert to_pdf(module, part="poster")
    with pytest.raises(RecordError):
        to_pdf(module, part="facilitator")


def test_fonts_draw_what_lessons_are_written_with() -> None:
    """French, Arabic, Tifinagh, arrows and signs of comparison; no emoji."""
    lesson = "éèœŒçÀ«»“”’—…·•€°½×÷→←≈≤≥≠−،؛؟ءآأؤإئىةگپڤڭٱـًٌٍَُِّْٰⴰⵣⵓⵍⵯⵥ"
    assert [each for each in lesson if ord(each) not in covered()] == []
    assert not {ord("😀"), ord("漢"), ord("☐")} & covered()


def test_family_has_the_same_letters_in_each_of_its_fonts() -> None:
    """A letter that the regular font draws is drawn in bold and in italics, too."""
    for path in FONTS.glob("*.ttf"):
        regular = path.with_name(f"{path.stem.partition('-')[0]}-Regular.ttf")
        assert letters(path.read_bytes()) == letters(regular.read_bytes())
