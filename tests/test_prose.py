"""Prose: what people type in Markdown, as the words that every document is made of."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafe_ia.prose import (
    DEEPEST,
    Block,
    Items,
    Paragraph,
    Quote,
    Span,
    Subheading,
    Table,
    blocks,
    plain_text,
    plain_words,
    spans,
)

PATIENCE = 30.0
"""Seconds of the processor that the longest text may take, on a slow machine."""

TYPED = st.text(
    st.sampled_from("ab ة\n#*_`~[]()<>!|\\-+>1.:&;{}$@\u202e\u0301\U0001f600"), max_size=60
)


def said(*words: str) -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph(tuple(Span(one) for one in words))


# Blocks


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("", ()),
        (" \n\t\n", ()),
        ("un\ndeux", (said("un deux"),)),
        ("un\n\ndeux", (said("un"), said("deux"))),
        ("un  \ndeux", (said("un\ndeux"),)),
        ("un\\\ndeux", (said("un\ndeux"),)),
        ("# Un\n\n#### Deux", (Subheading(1, (Span("Un"),)), Subheading(4, (Span("Deux"),)))),
        ("Un\n===", (Subheading(1, (Span("Un"),)),)),
        ("> un\n>\n> deux", (Quote((said("un"), said("deux"))),)),
        ("> - un\n> - deux", (Quote((Items(((said("un"),), (said("deux"),))),)),)),
        ("> un\n> > deux", (Quote((said("un"), Quote((said("deux"),)))),)),
        ("- un\n- deux", (Items(((said("un"),), (said("deux"),))),)),
        ("1. un\n2. deux", (Items(((said("un"),), (said("deux"),)), 1),)),
        ("7) un\n8) deux", (Items(((said("un"),), (said("deux"),)), 7),)),
        ("0. un", (Items(((said("un"),),), 0),)),
        ("- un\n-\n- deux", (Items(((said("un"),), (), (said("deux"),))),)),
        ("- un\n+ deux", (Items(((said("un"),),)), Items(((said("deux"),),)))),
        ("- [ ] un", (Items(((said("[ ] un"),),)),)),
        ("un\n\n---\n\ndeux", (said("un"), said("deux"))),
        ("```py\nx = <y>\n\n# z\n```", (said("x = <y>\n\n# z"),)),
        ("    x\n      y", (said("x\n  y"),)),
        ("~~~\n*un*\n~~~", (said("*un*"),)),
        ("```\n```", ()),
    ],
)  # fmt: skip
def test_blocks_are_what_a_person_sees(typed: str, made: tuple[Block, ...]) -> None:
    """Paragraphs, headings, quotes, lists and code come out as they look on paper."""
    assert blocks(typed) == made


def test_lists_stand_inside_lists() -> None:
    """An item holds its paragraph, its list, and what comes behind it."""
    (outer,) = blocks("1. un\n\n   encore\n\n   - a\n   - b\n     1. c\n2. deux\n")
    inner = Items(((said("a"),), (said("b"), Items(((said("c"),),), 1))))
    assert outer == Items(((said("un"), said("encore"), inner), (said("deux"),)), 1)


def test_a_table_is_its_rows() -> None:
    """The first row names the columns; cells may be empty, short, or hold emphasis."""
    (table,) = blocks(
        "| Mot | Coût |\n|:---|---:|\n| **un** | 2 |\n| | |\n| trois |\n| a \\| b | c | d |"
    )
    assert table == Table(
        ((Span("Mot"),), (Span("Coût"),)),
        (
            ((Span("un", strong=True),), (Span("2"),)),
            ((), ()),
            ((Span("trois"),), ()),
            ((Span("a | b"),), (Span("c"),)),
        ),
    )
    assert plain_text([table]) == "Mot\tCoût\nun\t2\n\t\ntrois\t\na | b\tc"
    assert blocks("| a |\n|---|") == (Table(((Span("a"),),), ()),)


# Spans


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("un", (Span("un"),)),
        ("", ()),
        ("**un** _deux_", (Span("un", strong=True), Span(" "), Span("deux", emphasis=True))),
        ("__*un*__", (Span("un", strong=True, emphasis=True),)),
        ("**a *b* c**",
         (Span("a ", strong=True), Span("b", strong=True, emphasis=True), Span(" c", strong=True))),
        ("[un](https://a.org/)", (Span("un", link="https://a.org/"),)),
        ("[un **deux**](https://a.org/)",
         (Span("un ", link="https://a.org/"), Span("deux", strong=True, link="https://a.org/"))),
        ("<https://a.org/é>", (Span("https://a.org/é", link="https://a.org/%C3%A9"),)),
        ("https://a.org", (Span("https://a.org"),)),
        ("[x](javascript:alert(1))", (Span("[x](javascript:alert(1))"),)),
        ("`a *b*`", (Span("a *b*"),)),
        ("![une photo](a.png)", (Span("une photo"),)),
        ("avant ![](a.png) après", (Span("avant  après"),)),
        ("a &amp; b &lt; c", (Span("a & b < c"),)),
        ("\\*a\\* \\<b>", (Span("*a* <b>"),)),
        ("a_b_c 2 * 3 * 4", (Span("a_b_c 2 * 3 * 4"),)),
        ("**ⴰⵣⵓⵍ** سلام", (Span("ⴰⵣⵓⵍ", strong=True), Span(" سلام"))),
        ("\u202eabc", (Span("\u202eabc"),)),
        ("# un", (Span("# un"),)),
    ],
)  # fmt: skip
def test_spans_are_runs_of_one_look(typed: str, made: tuple[Span, ...]) -> None:
    """Strong, emphasis and links are kept; code and pictures are their words."""
    assert spans(typed) == made


# HTML and comments


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>", "<b>un</b>", "un <br> deux", "<div>\nun\n</div>",
        "<img src=x onerror=alert(1)>", "<?php x ?>", "<!DOCTYPE html>", "a < b > c", "<style>*{}",
        "<table><tr><td>un</td></tr></table>", "un <i class='a'>deux</i>",
    ],
)  # fmt: skip
def test_html_is_its_letters(typed: str) -> None:
    """Whatever looks like a tag stands on the page as it was typed."""
    assert plain_text(blocks(typed)) == typed


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("<!-- un -->", ""),
        ("<!-- un\n\ndeux -->", ""),
        ("<!-- fr@1a2b3c4d -->\n<!-- fr: un\n# deux\n-->\n\ntrois", "trois"),
        ("un<!-- deux --> trois", "un trois"),
        ("**un<!-- deux -->**", "un"),
        ("un\n<!-- deux -->\ntrois", "un\ntrois"),
        ("- un\n\n<!-- -->\n\n- deux", "un\ndeux"),
        ("<!-- un --> deux -->", "deux -->"),
        ("<!-- un", ""),
        ("un <!-- deux", "un <!-- deux"),
        ("`<!-- un -->`", "<!-- un -->"),
        ("<div><!-- un -->deux</div>", "<div>deux</div>"),
        ("| a <!-- b --> |\n|---|\n| c |", "a\nc"),
    ],
)
def test_comments_are_left_out(typed: str, words: str) -> None:
    """What is meant for who edits reaches no page; in code it is code."""
    said_lines = [line.strip() for line in plain_text(blocks(typed)).split("\n")]
    assert "\n".join(said_lines) == words


# Words alone


def test_plain_text_has_a_line_for_each_block() -> None:
    """Headings, items, quotes and rows each have theirs; what is empty has none."""
    typed = "# Un\n\ndeux **trois**\n\n- a\n  - b\n- c\n\n> d\n>\n> e\n\n![](x)\n\nf  \ng"
    assert plain_text(blocks(typed)) == "Un\ndeux trois\na\nb\nc\nd\ne\nf\ng"
    assert plain_text(spans("a **b** c")) == "a b c"
    assert plain_text([]) == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Est-ce que la machine parle ?", "Est-ce que la machine parle ?"),
        ("La **machine** *parle*", "La machine parle"),
        ("- un", "- un"),
        ("1. un", "1. un"),
        ("# un", "# un"),
        ("`un` [deux](https://a.org)", "un deux"),
        ("un <!-- deux -->", "un"),
        ("un\n\ndeux", "un\n\ndeux"),
        ("un\ndeux", "un deux"),
        ("a &lt; b", "a < b"),
        ("\\#1 & \\$2", "#1 & $2"),
    ],
)  # fmt: skip
def test_plain_words_of_a_title(typed: str, words: str) -> None:
    """A title is one line: its marks go, and what would begin a block stays as it is."""
    assert plain_words(typed) == words


@settings(deadline=None, max_examples=300)
@given(TYPED)
def test_anything_typed_is_prose(typed: str) -> None:
    """No text is refused, none comes out as a token that no document knows."""
    made = blocks(typed)
    plain_text(made)
    plain_text(spans(typed))
    plain_words(typed)
    stack: list[object] = [made]
    while stack:
        one = stack.pop()
        if isinstance(one, tuple):
            stack += one
        elif isinstance(one, Quote):
            stack += one.blocks
        elif isinstance(one, Items):
            stack += one.items
        elif isinstance(one, Table):
            stack += [one.head, *one.rows]
            assert all(len(row) == len(one.head) for row in one.rows)
        elif isinstance(one, Paragraph | Subheading):
            stack += one.spans
        else:
            assert isinstance(one, Span)
            assert one.text


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(categories=["L", "N", "M"]), min_size=1, max_size=40))
def test_words_without_marks_are_kept_whole(words: str) -> None:
    """Letters, digits and their marks come out as they went in, in every script."""
    assert plain_text(blocks(words)) == words == plain_words(words)


# Hostile texts


@pytest.mark.parametrize(
    "typed",
    [
        "> " * 10_000 + "x", "- " * 10_000 + "x", "[" * 10_000, "[a](" * 10_000, "![" * 10_000,
        "*a " * 33_000, "**a" * 30_000, "*a_b" * 20_000, "`" * 100_000, "<" * 100_000,
        "<!--" * 25_000, "<!-- a --> " * 9_000, "&#" * 50_000, "\\" * 100_000, "a " * 50_000,
        "a\n" * 50_000, "a\n\n" * 33_000, "- a\n" * 25_000, "> a\n" * 25_000, "<a " * 33_000,
        "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n" + ("|b" * 3_000 + "|\n") * 10,
        "[a]: b\n" * 14_000, "a" * 100_000, "ة" * 100_000, "\u202e" * 100_000, "~" * 100_000,
    ],
    ids=lambda typed: f"{typed[:6]!r}",
)  # fmt: skip
def test_a_hostile_text_takes_a_bounded_time(typed: str) -> None:
    """A hundred thousand characters, ten thousand brackets: no recursion, no endless search."""
    begun = time.process_time()
    plain_text(blocks(typed))
    assert time.process_time() - begun < PATIENCE


def test_what_is_too_deep_is_not_read() -> None:
    """Quotes inside each other are read down to a depth at which nobody writes."""
    deep = DEEPEST // 2 - 1
    assert plain_text(blocks("> " * deep + "x")) == "x"
    assert plain_text(blocks("> " * 2 * DEEPEST + "x")) == ""
