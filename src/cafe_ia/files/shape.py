"""The shape of what was read in one language, and how the languages are laid over each other.

A shape is made of words with their line, of groups by name and of lists. Two languages of one
module have the same shape; where they do not, something is missing in one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cafe_ia.prose import closing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.token import Token

__all__ = ["Leaf", "Several", "Shape", "list_items", "quote_words", "woven"]


@dataclass(slots=True)
class Leaf:
    """Words as they were typed, and the line of their first, from 0."""

    words: str
    line: int


@dataclass(slots=True)
class Several:
    """A list, and the line of the heading under which it stands."""

    items: list[Any]
    line: int


Shape = Leaf | Several | dict[str, Any] | bool | str
"""Words with their line, a list, a group by name; a truth value and a bare word are compared."""


def woven(
    shapes: Mapping[str, Any],
    differ: Callable[[str, int, tuple[str | int, ...], int, int], None],
    path: tuple[str | int, ...] = (),
) -> Any:
    """Several languages of one thing as one: words become texts in several languages.

    Args:
        shapes: The same thing by language, the source's first; a language may lack it.
        differ: Told where a language has another number of items, or another answer, than the
            source: the language, the line, the path, what it has and what the source has.
        path: Where we are.
    """
    source, model = next(iter(shapes.items()))
    if isinstance(model, Leaf):
        return {language: leaf.words for language, leaf in shapes.items() if leaf.words}
    if isinstance(model, Several):
        fit = {}
        for language, several in shapes.items():
            if len(several.items) == len(model.items):
                fit[language] = several.items
            else:
                differ(language, several.line, path, len(several.items), len(model.items))
        return [
            woven({language: items[n] for language, items in fit.items()}, differ, (*path, n))
            for n in range(len(model.items))
        ]
    if isinstance(model, dict):
        return {
            name: woven(
                {tag: shape[name] for tag, shape in shapes.items() if name in shape},
                differ,
                (*path, name),
            )
            for name in dict.fromkeys(name for shape in shapes.values() for name in shape)
            if name in model
        }
    del source
    return model


def list_items(tokens: Sequence[Token], lines: Sequence[str]) -> list[Leaf]:
    """The items of the lists that stand at the outer level, as Markdown."""
    found: list[Leaf] = []
    at = 0
    while at < len(tokens):
        end = closing(tokens, at)
        if tokens[at].type in ("bullet_list_open", "ordered_list_open"):
            inner = at + 1
            while inner < end:
                stop = closing(tokens, inner)
                found.append(item_words(tokens[inner : stop + 1], lines))
                inner = stop + 1
        at = end + 1
    return found


def item_words(tokens: Sequence[Token], lines: Sequence[str]) -> Leaf:
    """One item's words: its line alone, or all that stands under its bullet."""
    first, end = tokens[0].map or [0, 0]
    inline = [token for token in tokens if token.type == "inline"]
    if len(inline) == 1 and tokens[1].type == "paragraph_open" and len(tokens) == 5:  # noqa: PLR2004 # item, paragraph, words, their two ends
        return Leaf(inline[0].content, first)
    raw = [line.strip() if n == 0 else line for n, line in enumerate(lines[first:end])]
    raw[0] = raw[0].lstrip("*+-0123456789.)").lstrip()
    indents = [len(line) - len(line.lstrip()) for line in raw[1:] if line.strip()]
    cut = min(indents, default=0)
    return Leaf("\n".join([raw[0], *(line[cut:] for line in raw[1:])]).strip(), first)


def quote_words(tokens: Sequence[Token]) -> Leaf | None:
    """The words of the first quote at the outer level: its paragraphs, as Markdown."""
    for at, token in enumerate(tokens):
        if token.type == "blockquote_open" and token.level == 0:
            inner = tokens[at : closing(tokens, at)]
            said = [one.content for one in inner if one.type == "inline"]
            return Leaf("\n\n".join(said), (token.map or [0])[0]) if said else None
    return None
