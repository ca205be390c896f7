"""A translation follows its source, and keeps every word that its translator wrote."""

from __future__ import annotations

import os
import re
import resource
import shutil
import stat
import tempfile
import unicodedata
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cafe_ia.checks.lesson import check_module
from cafe_ia.files import load_module, read_module
from cafe_ia.files.cutting import read_outline
from cafe_ia.files.outline import fingerprint
from cafe_ia.files.translating import SPOKEN_PARTS, Translated, translate_module
from cafe_ia.phrases import heading, say
from cafe_ia.problem import RecordError
from cafe_ia.text import direction
from conftest import HERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SOUND = HERE / "modules" / "sound"
COMMENT = re.compile(r"<!-- fr: [^\n]*\n.*?-->\n", re.DOTALL)
"""The source's words that wait for a translator."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A module that is sound and written in French only."""
    return only_french(tmp_path)


def only_french(within: Path) -> Path:
    """A copy of the sound module without its translations."""
    folder = within / "essai"
    folder.mkdir()
    for name in ("module.yaml", "fr.md"):
        shutil.copyfile(SOUND / name, folder / name)
    return folder


def edit(path: Path, *changes: tuple[str, str]) -> None:
    """Replace words that stand once in a file."""
    text = path.read_bytes().decode()
    for old, new in changes:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    path.write_bytes(text.encode())


def text_of(done: Translated) -> str:
    """What stands in the translation's file."""
    return done.path.read_bytes().decode()


def codes(folder: Path, file: str = "") -> list[str]:
    """The codes of a module's problems, those of one file where one is named."""
    told = check_module(read_module(folder))
    return [one.code for one in told if not file or (one.place and one.place.file.endswith(file))]


def is_kept(wrote: Iterable[str], text: str) -> bool:
    """Whether lines stand in a text, all of them and in their order."""
    lines: Iterator[str] = iter(text.splitlines())
    return all(any(line == one for line in lines) for one in wrote)


def translated_from(folder: Path, name: str) -> Translated:
    """The sound module's own translation put beside its source, then marked."""
    shutil.copyfile(SOUND / name, folder / name)
    return translate_module(folder, Path(name).stem)


# A new file


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_new_translation_has_every_heading_and_the_source_s_words(
    folder: Path, language: str
) -> None:
    """Headings in the translator's language, below each the source's words in a comment."""
    done = translate_module(folder, language)
    text = text_of(done)
    assert done.path == folder / f"{language}.md"
    assert text.startswith("---\nstatus: draft\n---\n\n# La machine lit-elle nos mots ?\n")
    assert (done.changed, done.marked) == ((), ())
    source = read_outline(folder / "fr.md", "fr")
    mine = read_outline(done.path, language)
    assert list(mine.pieces) == list(source.pieces)
    for key, piece in source.pieces.items():
        assert mine.pieces[key].made_from == (("fr", fingerprint(piece)) if piece.words or
                                              piece.title else None)  # fmt: skip
        for line in piece.words.splitlines():
            assert line in text.splitlines()
    assert heading("twin", language) in text
    above, below = (say("lessons", f"translation.{key}", language) for key in ("title", "hint"))
    assert text.count(f"<!-- fr: {above}\n") == 1  # the question is a line and nothing else
    assert text.count(f"<!-- fr: {below}\n") == len(done.added) - 1
    assert set(codes(folder, f"{language}.md")) == {"translation-waiting"}


def test_darija_gets_only_what_is_said_aloud(folder: Path) -> None:
    """A language that is spoken has the question, the invitation, the steps, bets and debate."""
    done = translate_module(folder, "ary")
    keys = {key[0] for key in read_outline(done.path, "ary").pieces}
    assert keys == SPOKEN_PARTS
    assert f"## {heading('debate', 'ar')}\n" in text_of(done)
    assert set(codes(folder, "ary.md")) == {"translation-waiting"}


def test_amazigh_gets_only_what_is_said_aloud(folder: Path) -> None:
    """A language in which the library has no headings is spoken too."""
    done = translate_module(folder, "zgh")
    assert {key[0] for key in read_outline(done.path, "zgh").pieces} == SPOKEN_PARTS
    assert direction("zgh") == "ltr"


def test_nothing_is_done_twice(folder: Path) -> None:
    """A second run says that nothing was to be done, and does not touch the file."""
    for language in ("ar", "en", "ary"):
        first = translate_module(folder, language)
        os.utime(first.path, (1_000, 1_000))
        again = translate_module(folder, language)
        assert (again.added, again.changed, again.marked) == ((), (), ())
        assert first.path.stat().st_mtime == 1_000


@pytest.mark.parametrize("name", ["ar.md", "en.md", "ary.md"])
def test_a_translation_without_marks_is_taken_as_of_today(folder: Path, name: str) -> None:
    """Each piece is told what it was made from, and no word is moved."""
    before = (SOUND / name).read_bytes()
    done = translated_from(folder, name)
    assert (done.added, done.changed) == ((), ())
    assert len(done.marked) > 9
    after = re.sub(rb"<!-- fr@[0-9a-f]{8} -->\n", b"", done.path.read_bytes())
    assert after == before
    assert codes(folder) == []
    load_module(folder)


def test_headings_with_a_line_below_them_are_marked_below_it(folder: Path) -> None:
    """A heading that is underlined stays one."""
    shutil.copyfile(SOUND / "en.md", folder / "en.md")
    edit(folder / "en.md", ("## Invitation\n", "Invitation\n----------\n"))
    text = text_of(translate_module(folder, "en"))
    assert re.search(r"\nInvitation\n-{10}\n<!-- fr@[0-9a-f]{8} -->\n", text)
    assert codes(folder) == []


# The translator fills it in


@pytest.mark.parametrize("language", ["ar", "en", "ary"])
def test_a_translation_that_is_filled_in_is_sound(folder: Path, language: str) -> None:
    """Words below each comment, the comment deleted: nothing is left to remark."""
    done = translate_module(folder, language)
    text = text_of(done)
    sound = read_outline(SOUND / f"{language}.md", language)
    for key, piece in reversed(read_outline(done.path, language).pieces.items()):
        theirs, lines = sound.pieces[key], text.split("\n")
        body = COMMENT.sub("", "\n".join(lines[piece.first : piece.end]) + "\n").rstrip("\n")
        title = re.sub(r"\w.*", theirs.title, lines[piece.line]) if piece.title else None
        lines[piece.line : piece.end] = [
            title or lines[piece.line], *body.split("\n"), theirs.words, "",
        ]  # fmt: skip
        text = "\n".join(lines)
    done.path.write_text(text, "utf-8")
    assert codes(folder) == []
    module = load_module(folder)
    assert module.question[language] == load_module(SOUND).question[language]
    assert translate_module(folder, language) == Translated(done.path, (), (), ())


# The source changes


def test_a_changed_source_puts_the_new_words_beside_the_translator_s(folder: Path) -> None:
    """The piece alone gets a comment; it is stale before, it waits after, its words stay."""
    translated_from(folder, "en.md")
    before = (folder / "en.md").read_text("utf-8")
    edit(folder / "fr.md", ("Venez couper des mots avec nous.", "Venez avec vos mots."))
    assert codes(folder) == ["translation-stale"]
    done = translate_module(folder, "en")
    assert (done.added, done.changed, done.marked) == ((), ("Invitation",), ())
    text = text_of(done)
    assert is_kept([one for one in before.splitlines() if not one.startswith("<!--")], text)
    (comment,) = COMMENT.findall(text)
    assert "\nVenez avec vos mots. Pas besoin d’ordinateur.\n" in comment
    assert text.index(comment) < text.index("Come and cut words")
    assert codes(folder) == ["translation-waiting"]
    done.path.write_text(COMMENT.sub("", text), "utf-8")
    assert codes(folder) == []


def test_a_source_that_changes_again_replaces_the_comment(folder: Path) -> None:
    """Two changes leave one comment, with the source's words of today."""
    translated_from(folder, "en.md")
    for words in ("Venez avec vos mots.", "Venez vite."):
        edit(
            folder / "fr.md", (re.findall("Venez .*?[.]", (folder / "fr.md").read_text())[0], words)
        )
        text = text_of(translate_module(folder, "en"))
    (comment,) = COMMENT.findall(text)
    assert "Venez vite." in comment
    assert "Venez avec vos mots." not in text


def test_words_written_into_a_comment_are_kept(folder: Path) -> None:
    """A translator who writes in the comment and not below it loses nothing."""
    done = translate_module(folder, "en")
    edit(done.path, ("Venez couper des mots avec nous.", "Come and cut words with us."))
    edit(folder / "fr.md", ("Venez couper des mots avec nous.", "Venez vite."))
    text = text_of(translate_module(folder, "en"))
    assert "Come and cut words with us." in text
    assert "Venez vite." in text


@pytest.mark.parametrize(
    "note",
    [
        "<!-- note: ask Fatima about this word -->", "<!-- ask\nFatima -->",
        "<!-- fr: le mot est dur -->", "    indented", "  - nested", "\u00a0hard",
        "<!-- TODO: two\nlines -->", "-->", "a --> b",
    ],
)  # fmt: skip
def test_what_a_translator_notes_for_later_is_kept(folder: Path, note: str) -> None:
    """Comments of their own, spaces at the beginning of a line: each stays as it was typed."""
    done = translate_module(folder, "en")
    text = text_of(done)
    mine = COMMENT.search(text, text.index("## Invitation"))
    assert mine
    done.path.write_text(f"{text[: mine.end()]}{note}\nCome.\n{text[mine.end() :]}", "utf-8")
    edit(folder / "fr.md", ("Venez couper des mots avec nous.", "Venez vite."))
    after = text_of(translate_module(folder, "en"))
    assert f"\n{note}\nCome.\n" in after
    assert after.count("Venez vite.") == 1
    assert "Venez couper" not in after


def test_a_note_of_one_line_does_not_wait(folder: Path) -> None:
    """A translator's own comment is nothing that has to be translated."""
    translated_from(folder, "en.md")
    edit(
        folder / "en.md", ("Come and cut words", "<!-- note: is it clear? -->\nCome and cut words")
    )
    assert codes(folder) == []


def test_a_step_that_is_put_in_between_moves_no_words(folder: Path) -> None:
    """The new step comes at its place, and the words of those around it stay under theirs."""
    translated_from(folder, "en.md")
    edit(folder / "fr.md", ("### Parler\n", "### Un geste\n\n> Levez la main.\n\n### Parler\n"))
    talk = "  - {id: parler, mode: discuss, minutes: {55: 20, 60: 30, 90: 35}}\n"
    shorter = talk.replace("60: 30", "60: 25")
    edit(folder / "module.yaml",
         (talk, f"  - {{id: geste, mode: write, minutes: {{60: 5}}}}\n{shorter}"))  # fmt: skip
    done = translate_module(folder, "en")
    assert (done.added, done.changed) == (("Un geste",), ())
    text = text_of(done)
    titles = re.findall(r"(?m)^### (.*)$", text[text.index("## Steps") : text.index("## Pred")])
    sound = re.findall(r"(?m)^### (.*)$", (SOUND / "en.md").read_text("utf-8"))
    assert titles == [*sound[:2], "Un geste", *sound[2:6]]
    assert codes(folder, "en.md") == ["translation-waiting"]


def test_a_step_that_is_removed_leaves_its_translation(folder: Path) -> None:
    """The words stay for whoever decides, and the check says that there is one too many."""
    translated_from(folder, "en.md")
    before = (folder / "en.md").read_bytes()
    text = (folder / "fr.md").read_text("utf-8")
    edit(folder / "fr.md", (text[text.index("### La machine") : text.index("### Parler")], ""))
    machine = "  - {id: machine, mode: show, minutes: {55: 15, 60: 20, 90: 25}}\n"
    edit(folder / "module.yaml", (machine, ""))
    done = translate_module(folder, "en")
    assert (done.added, done.changed, done.marked) == ((), (), ())
    assert done.path.read_bytes() == before
    assert "translation-differs" in codes(folder, "en.md")


def test_steps_that_change_places_are_told(folder: Path) -> None:
    """What was moved in the source is put beside the words that stand in its place."""
    translated_from(folder, "en.md")
    before = [one for one in (folder / "en.md").read_text("utf-8").splitlines() if one[:1] != "<"]
    source = (folder / "fr.md").read_text("utf-8")
    one, other = (re.search(rf"### {name}\n(?:.|\n)*?(?=\n##)", source)[0]  # type: ignore[index]
                  for name in ("Accueil", "Parler"))  # fmt: skip
    swapped = source.replace(one, "\0").replace(other, one).replace("\0", other)
    (folder / "fr.md").write_text(swapped, "utf-8")
    done = translate_module(folder, "en")
    assert done.changed or done.added
    assert is_kept(before, text_of(done))


def test_a_part_that_the_translator_removed_comes_back_at_its_place(folder: Path) -> None:
    """A section that is missing is added behind the one before it, even with a step too many."""
    text = (SOUND / "en.md").read_text("utf-8")
    start, end = text.index("## Prediction"), text.index("## Without a computer")
    text = f"{text[:start]}### One more\n\nMine.\n\n{text[end:]}"
    (folder / "en.md").write_text(text, "utf-8")
    done = translate_module(folder, "en")
    assert done.added == ("Prediction",)
    after = text_of(done)
    assert after.index("### One more") < after.index("## Prediction") < after.index("## Without")


def test_parts_in_another_order_get_new_steps_under_their_own_heading(folder: Path) -> None:
    """A translator who put a section elsewhere finds each new piece in its section."""
    text = (SOUND / "en.md").read_text("utf-8")
    start, end = text.index("## Steps"), text.index("## Prediction")
    text = f"{text[:start]}{text[end:]}\n{text[start:end]}"
    (folder / "en.md").write_text(text, "utf-8")
    translate_module(folder, "en")
    edit(folder / "fr.md", ("### Garder\n", "### Un geste\n\nLever la main.\n\n### Garder\n"))
    done = translate_module(folder, "en")
    after = text_of(done)
    assert done.added == ("Un geste",)
    assert after.index("## Steps") < after.index("### Un geste") < after.index("### Keep")


def test_spaces_and_the_encoding_of_letters_are_no_change(folder: Path) -> None:
    """Lines that are broken elsewhere, or accents typed another way, make nothing stale."""
    translated_from(folder, "en.md")
    text = (folder / "fr.md").read_text("utf-8")
    other = unicodedata.normalize("NFD", text).replace("Venez couper des", "Venez\ncouper  des")
    assert other != text
    (folder / "fr.md").write_bytes(other.replace("\n", "\r\n").encode())
    told = [code for code in codes(folder) if code.startswith("translation-")]
    assert told == []
    assert translate_module(folder, "en").changed == ()
    edit(folder / "fr.md", ("Pas besoin d", "Pas du tout besoin d"))
    assert "translation-stale" in codes(folder)


# What the source may hold


def test_comments_in_the_source_are_not_translated(folder: Path) -> None:
    """A note of the author's is neither copied nor counted as a change."""
    translated_from(folder, "en.md")
    edit(folder / "fr.md", ("Venez couper", "<!-- à relire\navec soin -->\n\nVenez couper"))
    assert codes(folder) == []
    assert translate_module(folder, "en").changed == ()
    assert "à relire" not in text_of(translate_module(folder, "ar"))


@pytest.mark.parametrize("words", ["a --> b", "`-->`", "-->", "x\n-->\ny", "a --\\> b -->", "--->"])
def test_no_word_of_the_source_ends_its_comment(folder: Path, words: str) -> None:
    """An arrow in the source stays inside; what follows it is no text of the translation."""
    edit(folder / "fr.md", ("Pas besoin d’ordinateur.", f"Sans {words} machine."))
    done = translate_module(folder, "en")
    piece = read_outline(done.path, "en").pieces["invitation",]
    assert (piece.words, piece.waiting) == ("", True)
    edit(folder / "fr.md", ("Venez couper des mots", "Venez vite"))
    text = text_of(translate_module(folder, "en"))
    assert "Venez couper" not in text or "--\\>" in words
    piece = read_outline(done.path, "en").pieces["invitation",]
    assert (piece.words, piece.waiting) == ("", True)


def test_headings_of_the_source_inside_a_piece_stay_in_its_comment(folder: Path) -> None:
    """Decks and sheets have headings of their own: they wait with their piece."""
    done = translate_module(folder, "en")
    assert "#### Feuille de compte" in text_of(done)
    assert ("twin", "sheets") in read_outline(done.path, "en").pieces
    assert "deck-title-missing" not in codes(folder, "en.md")


# Bytes


def test_line_ends_and_the_mark_of_order_are_kept(folder: Path) -> None:
    """A file that was typed under Windows stays one."""
    text = (SOUND / "en.md").read_text("utf-8").replace("\n", "\r\n")
    (folder / "en.md").write_bytes(b"\xef\xbb\xbf" + text.encode())
    translate_module(folder, "en")
    edit(folder / "fr.md", ("Venez couper", "Venez recouper"))
    assert translate_module(folder, "en").changed == ("Invitation",)
    content = (folder / "en.md").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf---\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    new = re.sub(rb"<!-- fr(@|: [^\r]*\r\n(.|\r\n)*?).*?-->\r\n", b"", content)
    assert new == b"\xef\xbb\xbf" + text.encode()


def test_hard_spaces_behind_a_bullet_are_kept(folder: Path) -> None:
    """The reader takes a word processor's space; the file keeps it."""
    shutil.copyfile(SOUND / "en.md", folder / "en.md")
    edit(folder / "en.md", ("- scissors", "-\u00a0scissors"))
    assert "\n-\u00a0scissors\n" in text_of(translate_module(folder, "en"))


def test_the_file_keeps_its_mode(folder: Path) -> None:
    """Others who could read the translation still can."""
    shutil.copyfile(SOUND / "en.md", folder / "en.md")
    (folder / "en.md").chmod(0o640)
    translate_module(folder, "en")
    assert stat.S_IMODE((folder / "en.md").stat().st_mode) == 0o640


# Refusals


@pytest.mark.parametrize(
    ("language", "code"),
    [("fr", "translation-of-itself"), ("FR", "translation-of-itself"),
     ("klingon", "language-unknown"), ("", "language-unknown"), ("../en", "language-unknown"),
     ("xx", "language-unknown")],
)  # fmt: skip
def test_a_language_that_cannot_be_is_refused(folder: Path, language: str, code: str) -> None:
    """The source's own language, and what is none; nothing is written."""
    with pytest.raises(RecordError) as caught:
        translate_module(folder, language)
    assert [one.code for one in caught.value.problems] == [code]
    assert sorted(path.name for path in folder.iterdir()) == ["fr.md", "module.yaml"]


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("en.md", ("## Invitation\n", "## Welcoming\n"), "heading-unknown"),
        ("en.md", ("## Objectives\n", "## Invitation\n"), "heading-twice"),
        ("en.md", ("---\nstatus: draft\n---\n", ""), "front-matter-missing"),
        ("en.md", ("## Invitation\n", "# Another?\n\n## Invitation\n"), "question-twice"),
        ("fr.md", ("## Invitation\n", "## Bienvenue\n"), "heading-unknown"),
        ("fr.md", ("---\nstatus: draft\n---\n", ""), "front-matter-missing"),
    ],
)
def test_a_file_that_cannot_be_cut_is_refused_and_untouched(
    folder: Path, name: str, change: tuple[str, str], code: str
) -> None:
    """Where a piece has no place, nothing is guessed: the fault is told at its line."""
    shutil.copyfile(SOUND / "en.md", folder / "en.md")
    edit(folder / name, change)
    before = (folder / "en.md").read_bytes()
    with pytest.raises(RecordError) as caught:
        translate_module(folder, "en")
    told = caught.value.problems
    assert code in [one.code for one in told]
    assert all(one.place and one.place.file == str(folder / name) for one in told)
    assert (folder / "en.md").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("en.md", b"", "file-empty"), ("en.md", b"\xff\xfe\x00", "file-encoding"),
        ("en.md", "---\n---\ncaf\u0000é".encode(), "file-character"),
        ("fr.md", b"", "file-empty"), ("fr.md", None, "file-unreadable"),
        ("module.yaml", b"source: [\n", "yaml-bracket"), ("module.yaml", None, "file-unreadable"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(
    folder: Path, name: str, content: bytes | None, code: str
) -> None:
    """Empty, in another encoding, missing: the reason is told, and nothing is written."""
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(RecordError) as caught:
        translate_module(folder, "en")
    assert [one.code for one in caught.value.problems] == [code]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file may grow past so many bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_write_that_fails_leaves_the_old_file(folder: Path) -> None:
    """Where the new words find no room the old ones stand, and no half of anything."""
    translated_from(folder, "en.md")
    edit(folder / "fr.md", ("Venez couper", "Venez recouper"))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for language in ("en", "ar"):
        with full_disk(1_000), pytest.raises(RecordError) as caught:
            translate_module(folder, language)
        assert [one.code for one in caught.value.problems] == ["output-unwritable"]
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


# What is true of every source and every translator

WORDS = st.text(
    st.characters(categories=["L", "M", "N", "P", "S", "Zs"], exclude_characters="<>`~#=\u2028"),
    min_size=1, max_size=30,
).filter(lambda one: bool(one.strip()) and not re.fullmatch(r"\s*-+\s*", one))  # fmt: skip
"""A line that a person types; it is no heading and begins no comment."""

TYPED = st.text(st.sampled_from("ab -<!>#`~=*+|1.:\t\u00a0é\u0301"), min_size=1, max_size=12)
"""A line of anything."""


@st.composite
def sources(draw: st.DrawFn) -> str:
    """The sound source with some pieces changed, some steps and reactions put in or removed."""
    text = (SOUND / "fr.md").read_text("utf-8")
    head, *parts = re.split(r"(?m)^(?=##)", text)
    kept = [head]
    for part in parts:
        what = draw(st.sampled_from(["as it is"] * 4 + ["changed", "removed", "before"]))
        free = re.match("### (?!Règles|Cartes|Feuilles)", part)
        if what == "removed" and free:
            continue
        if what == "before" and free:
            kept.append(f"### {draw(WORDS)}\n\n{draw(WORDS)}\n\n")
        said = "\n" in part.strip()  # where only headings stand, no words can
        changed = part.replace("\n\n", f"\n\n{draw(WORDS)}\n\n", 1)
        kept.append(changed if what == "changed" and said else part)
    return "".join(kept)


def write_below(path: Path, lines: list[list[str]], *, keep: list[bool]) -> None:
    """Write lines under the headings, as a translator does, and delete some of the comments.

    Under the question, and where only headings can stand, nothing is written.
    """
    holders = {f"## {heading(part, path.stem)}" for part in ("steps", "twin", "expected", "hard")}
    out: list[str] = []
    for n, part in enumerate(re.split(r"(?m)^(?=#{1,3} )", path.read_text("utf-8"))):
        free = not part.startswith(("---", "# ", *holders))
        wrote = lines[n] if free and n < len(lines) else []
        body = part if n >= len(keep) or keep[n] else COMMENT.sub("", part)
        out.append("".join([body, *(f"{line}\n" for line in wrote), "\n" if wrote else ""]))
    path.write_bytes("".join(out).encode())


def own_lines(path: Path) -> list[str]:
    """The lines of a translation that stand in none of the comments that were put there."""
    text = COMMENT.sub("", path.read_text("utf-8"))
    marks = re.compile(r"<!-- fr@[0-9a-f]{8} -->")
    return [line for line in text.split("\n") if line.strip() and not marks.fullmatch(line)]


@settings(deadline=None, max_examples=40)
@given(
    first=sources(), second=sources(), third=sources(), language=st.sampled_from(["en", "ary"]),
    lines=st.lists(st.lists(WORDS, max_size=3), max_size=40), keep=st.lists(st.booleans()),
)  # fmt: skip
def test_every_line_that_the_translator_wrote_is_still_there(  # noqa: PLR0913, PLR0917 # what may vary
    first: str, second: str, third: str, language: str, lines: list[list[str]], keep: list[bool]
) -> None:
    """However the source changes, twice: the same lines in the same order, and it comes to rest."""
    with tempfile.TemporaryDirectory() as within:
        folder = only_french(Path(within))
        (folder / "fr.md").write_text(first, "utf-8")
        path = translate_module(folder, language).path
        write_below(path, lines, keep=keep)
        wrote = own_lines(path)
        for source in (second, third):
            (folder / "fr.md").write_text(source, "utf-8")
            translate_module(folder, language)
            assert is_kept(wrote, path.read_text("utf-8"))
            assert translate_module(folder, language) == Translated(path, (), (), ())


@settings(deadline=None, max_examples=60)
@given(source=sources(), typed=st.lists(st.lists(TYPED, max_size=3), max_size=40))
@example(source=(SOUND / "fr.md").read_text("utf-8"), typed=[["```"]] * 60)
@example(source=(SOUND / "fr.md").read_text("utf-8"), typed=[["<!--"]] * 60)
@example(source=(SOUND / "fr.md").read_text("utf-8"), typed=[["---"], ["==="]] * 30)
def test_whatever_a_translator_types_is_kept_or_the_file_is_refused(
    source: str, typed: list[list[str]]
) -> None:
    """Half a comment, a fence that is not closed, a heading of one's own: no letter is lost."""
    with tempfile.TemporaryDirectory() as within:
        folder = only_french(Path(within))
        path = translate_module(folder, "en").path
        write_below(path, typed, keep=[])
        wrote = [line for part in typed for line in part if line.strip()]
        wrote = [line for line in path.read_text("utf-8").split("\n") if line in wrote]
        before = path.read_bytes()
        (folder / "fr.md").write_text(source, "utf-8")
        try:
            translate_module(folder, "en")
        except RecordError:
            assert path.read_bytes() == before
        else:
            assert is_kept(wrote, path.read_text("utf-8"))
