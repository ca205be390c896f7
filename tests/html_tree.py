"""A page as a tree, read by Python's own parser and not by what wrote it."""

from __future__ import annotations

from html.parser import HTMLParser

__all__ = ["Element", "read_html"]

_VOID = {"meta", "link", "br", "hr", "img", "input"}


class Element:
    """An element of a page: its name, its attributes, and what stands in it."""

    def __init__(self, name: str, attributes: dict[str, str | None]) -> None:
        self.name = name
        self.attributes = attributes
        self.parts: list[Element | str] = []

    @property
    def text(self) -> str:
        """All the words in it, in order."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def all(self, name: str = "", **attributes: str) -> list[Element]:
        """The elements in it of that name with those attributes (`class_` is one word of it)."""
        found: list[Element] = []
        for part in self.parts:
            if isinstance(part, Element):
                if name in ("", part.name) and part.has(**attributes):
                    found.append(part)
                found += part.all(name, **attributes)
        return found

    def has(self, class_: str = "", **attributes: str) -> bool:
        """Whether it bears that word as its class, and those attributes."""
        words = (self.attributes.get("class") or "").split()
        return (not class_ or class_ in words) and all(
            self.attributes.get(name) == value for name, value in attributes.items()
        )


class _Tree(HTMLParser):
    """A page read by Python's own parser, which refuses what is not nested."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(html.decode())
        self.close()
        assert self.open == [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        element = Element(tag, dict(attrs))
        self.open[-1].parts.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def read_html(html: bytes) -> Element:
    """The root of a page."""
    return _Tree(html).root
