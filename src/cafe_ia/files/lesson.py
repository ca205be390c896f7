"""What an outline says, part by part: the words of a module in one language, each with its line.

Each language is read on its own, into the same shape; `woven` then lays the languages over each
other, and tells where one has more or fewer of something than the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cafe_ia.files.outline import PARTS
from cafe_ia.files.quiz import read_quiz
from cafe_ia.files.shape import Leaf, Several, Shape, list_items, quote_words
from cafe_ia.phrases import LANGUAGES, headings, spoken
from cafe_ia.problem import Problem
from cafe_ia.prose import closing, plain_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.token import Token

    from cafe_ia.files.outline import Key, Outline, Piece

__all__ = ["Lesson", "is_partial", "read_lesson"]

_SPOKEN = frozenset({"invitation", "steps", "prediction", "debate"})
"""The parts that are said aloud: all that a language without headings of its own must hold."""

_DECK_LEVEL = "h4"

_QUOTES = "«»“”„\"' \u00a0\u202f"

_TERM = re.compile(
    r"^\s*(?:\*\*|__)(?P<word>.+?)(?:\*\*|__)\s*(?:[(（](?P<darija>[^()]+)[)）]\s*)?[:：]\s*(?P<said>\S.*)$",
    re.DOTALL,
)


@dataclass(slots=True)
class Lesson:
    """One language of a module: its outline, and what was read of it."""

    outline: Outline
    shape: dict[str, Shape] = field(default_factory=dict)
    """The words by the fields of `curriculum.Module`."""
    faulty: frozenset[str] = frozenset()
    """The parts in which a fault was told: with another language they are not compared."""

    @property
    def language(self) -> str:
        """The language that the file's name says."""
        return self.outline.language


def is_partial(language: str) -> bool:
    """Whether a language needs only what is said aloud: Darija is spoken, not read in class."""
    return language not in LANGUAGES


def read_lesson(outline: Outline) -> Lesson:
    """Read every part of an outline; what is missing or misshapen is added to its problems."""
    lesson = Lesson(outline)
    if not outline.lines:  # the file could not be read: that is told
        return lesson
    reader = _Reader(outline)
    if ("question",) in outline.pieces:
        piece = outline.pieces["question",]
        lesson.shape["question"] = reader.title(piece)
    for part in PARTS:
        if (part,) in outline.pieces:
            shape = _READ[part](reader, outline.pieces[part,])
            if shape is not None:
                lesson.shape[part] = shape
    lesson.faulty = outline.faulty()
    _tell_missing(outline)
    return lesson


def _tell_missing(outline: Outline) -> None:
    """Tell what is not there at the line before which it belongs."""
    if ("question",) not in outline.pieces:
        outline.source.tell("question-missing", outline.place(outline.first))
    for part in PARTS:
        needed = part in _SPOKEN or not is_partial(outline.language)
        if not needed or (part,) in outline.pieces or part in outline.meant:
            continue
        code = "twin-missing" if part == "twin" else "heading-missing"
        values = {"heading": f"## {headings()[part][spoken(outline.language)][0]}"}
        place = outline.place(outline.next_part(part))
        # Several may be missing at one line: each is told.
        outline.source.problems.append(Problem(code, values, (), place))


class _Reader:
    """Reads the pieces of one outline."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline

    def tell(self, code: str, line: int, **values: Any) -> None:
        """Add a fault at a line."""
        self.outline.source.tell(code, self.outline.place(line), **values)

    def waits(self, piece: Piece) -> bool:
        """Whether a piece still waits for its translator: its absence is told elsewhere."""
        return piece.waiting and not piece.words

    def title(self, piece: Piece) -> Leaf:
        """A heading's words; none where they are still the source's."""
        return Leaf("" if self.waits(piece) else plain_words(piece.title), piece.line)

    def prose(self, piece: Piece) -> Leaf | None:
        """All the words of a piece."""
        if not piece.words:
            if not self.waits(piece):
                self.tell("part-empty", piece.line, heading=self.heading(piece.key))
            return None
        return Leaf(piece.words, piece.first)

    def heading(self, key: Key) -> str:
        """A piece's heading as it stands in the file."""
        piece = self.outline.pieces.get(key)
        return self.outline.lines[piece.line].strip("# ") if piece else str(key[0])

    def items(self, piece: Piece) -> Several | None:
        """The items of the list that a piece must be."""
        found = list_items(piece.tokens, self.outline.lines)
        if not found:
            if not self.waits(piece):
                self.tell("list-missing", piece.line, heading=self.heading(piece.key))
            return None
        self.only(piece.tokens, self.heading(piece.key))
        return Several(found, piece.line)

    def only(self, tokens: Sequence[Token], heading: str, *kinds: str) -> None:
        """Tell what stands beside the list that a part is: it would be printed nowhere."""
        at = _unmarked(tokens, ("bullet_list", "ordered_list", *kinds))
        if at is not None:
            self.tell("item-unmarked", at, typed=self.outline.lines[at].strip(), heading=heading)

    def lines(self, piece: Piece) -> Several | None:
        """The items of a list of lines that are words and nothing else."""
        found = self.items(piece)
        return found and Several([_plain(one) for one in found.items], piece.line)

    def inside(self, part: str) -> list[Piece]:
        """The pieces under a part; that there are none is told."""
        found = self.outline.inside(part)
        whole = self.outline.pieces[part,]
        if not found and not self.waits(whole):
            self.tell("subheading-missing", whole.line, heading=self.heading((part,)))
        return found

    def objectives(self, piece: Piece) -> Shape | None:
        """A list: each item an objective."""
        found = self.lines(piece)
        return found and Several([{"text": one} for one in found.items], piece.line)

    def steps(self, piece: Piece) -> Shape:
        """A heading for each step, with what the facilitator does and says."""
        return Several(
            [
                {"title": self.title(one), "guide": Leaf(one.words, one.first)}
                for one in self.inside("steps")
            ],
            piece.line,
        )

    def twin(self, piece: Piece) -> Shape | None:
        """Rules, decks of cards, sheets."""
        pieces = self.outline.pieces
        rules = pieces.get(("twin", "rules"))
        if rules is None:
            if not self.waits(piece) and "rules" not in self.outline.meant:
                heading = f"### {headings()['rules'][spoken(self.outline.language)][0]}"
                self.tell("twin-missing", piece.line, heading=heading)
            return None
        shape: dict[str, Shape] = {}
        if (said := self.prose(rules)) is not None:
            shape["rules"] = said
        for field_, key in (("decks", "cards"), ("sheets", "sheets")):
            part = pieces.get(("twin", key))
            read = self.deck if key == "cards" else self.sheet
            if part is not None and not self.waits(part):
                shape[field_] = Several(self.titled_parts(part, read), part.line)
            elif part is None:
                shape[field_] = Several([], piece.line)
        return shape

    def titled_parts(self, piece: Piece, read: Callable[..., Shape | None]) -> list[Shape]:
        """What stands under each heading of the fourth level."""
        starts = [
            n
            for n, token in enumerate(piece.tokens)
            if token.type == "heading_open" and token.tag == _DECK_LEVEL and token.level == 0
        ]
        if not starts:
            self.tell("deck-title-missing", piece.line, heading=self.heading(piece.key))
        elif (at := _unmarked(piece.tokens[: starts[0]], ())) is not None:
            self.tell("text-before-subheading", at, heading=self.heading(piece.key))
        found: list[Shape] = []
        for start, end in pairwise([*starts, len(piece.tokens)]):
            head = piece.tokens[start]
            assert head.map is not None  # the parser says where each block stands
            title = Leaf(plain_words(piece.tokens[start + 1].content), head.map[0])
            inner = piece.tokens[start + 3 : end]
            stop = piece.tokens[end].map[0] if end < len(piece.tokens) else piece.end  # type: ignore[index]
            one = read(title, inner, head.map[1], stop)
            if one is not None:
                found.append(one)
        return found

    def deck(self, title: Leaf, tokens: Sequence[Token], first: int, _: int) -> Shape | None:
        """A list of cards under its title."""
        cards = list_items(tokens, self.outline.lines)
        if not cards:
            self.tell("list-missing", first - 1, heading=title.words)
            return None
        self.only(tokens, title.words)
        return {"title": title, "cards": Several(cards, title.line)}

    def sheet(self, title: Leaf, _: Sequence[Token], first: int, end: int) -> Shape | None:
        """Everything under its title."""
        words = "\n".join(self.outline.lines[first:end]).strip()
        if not words:
            self.tell("part-empty", title.line, heading=title.words)
            return None
        return {"title": title, "body": Leaf(words, first)}

    def debate(self, piece: Piece) -> Shape | None:
        """A quote, which is the question, and a list of what to ask next."""
        question = quote_words(piece.tokens)
        if question is None:
            if not self.waits(piece):
                self.tell("quote-missing", piece.line, heading=self.heading(piece.key))
            return None
        found = list_items(piece.tokens, self.outline.lines)
        self.only(piece.tokens, self.heading(piece.key), "blockquote")
        follow_ups = Several([_plain(one) for one in found], piece.line)
        return {"question": _plain(question), "follow_ups": follow_ups}

    def reaction(self, piece: Piece) -> Shape:
        """Someone's words as a heading, and how to go on from them."""
        if not piece.words and not self.waits(piece):
            self.tell("part-empty", piece.line, heading=piece.title.strip(_QUOTES))
        return {"said": self.title(piece), "reply": Leaf(piece.words, piece.first)}

    def expected(self, piece: Piece) -> Shape:
        """Several reactions."""
        return Several([self.reaction(one) for one in self.inside("expected")], piece.line)

    def hard(self, _: Piece) -> Shape | None:
        """One reaction."""
        found = self.inside("hard")
        if len(found) > 1:
            self.tell("hard-question-twice", found[1].line)
        return self.reaction(found[0]) if found else None

    def terms(self, piece: Piece) -> Shape | None:
        """A list of `**word** (darija): definition`."""
        found = self.items(piece)
        if found is None:
            return None
        terms: list[Shape] = []
        for item in found.items:
            assert isinstance(item, Leaf)  # items of a list are words
            said = _TERM.match(item.words)
            if not said:
                self.tell("term-shape", item.line, typed=item.words)
                continue
            term: dict[str, Shape] = {
                "word": Leaf(plain_words(said["word"].strip(" :")), item.line),
                "definition": Leaf(plain_words(said["said"].strip()), item.line),
            }
            if said["darija"]:
                term["darija"] = said["darija"].strip()
            terms.append(term)
        return Several(terms, piece.line)

    def quiz(self, piece: Piece) -> Shape | None:
        """The quiz in its list form."""
        if self.waits(piece):
            return None
        return {"items": Several(read_quiz(piece, self.tell), piece.line)}

    def references(self, piece: Piece) -> Shape | None:
        """A list: each item a source, in prose."""
        found = self.items(piece)
        return found and Several([{"text": one} for one in found.items], piece.line)


def _plain(leaf: Leaf) -> Leaf:
    return Leaf(plain_words(leaf.words), leaf.line)


def _unmarked(tokens: Sequence[Token], kinds: Sequence[str]) -> int | None:
    """The line of the first block at the outer level that is of no such kind, comments aside."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        kind = token.type.removesuffix("_open")
        if kind not in kinds and not token.content.lstrip().startswith("<!--"):
            return token.map[0] if token.map else None
        at = closing(tokens, at) + 1
    return None


_READ: Mapping[str, Callable[[_Reader, Piece], Shape | None]] = {
    "invitation": _Reader.prose,
    "objectives": _Reader.objectives,
    "steps": _Reader.steps,
    "prediction": _Reader.prose,
    "twin": _Reader.twin,
    "debate": _Reader.debate,
    "expected": _Reader.expected,
    "hard": _Reader.hard,
    "terms": _Reader.terms,
    "quiz": _Reader.quiz,
    "materials": _Reader.lines,
    "takeaway": _Reader.prose,
    "references": _Reader.references,
}
