"""Modules to print: the sample, with what a test wants to see on paper."""

from __future__ import annotations

from typing import Any

from cafe_ia.curriculum import Module
from lesson import SAMPLE

__all__ = ["HOSTILE", "changed", "with_guide"]

HOSTILE = (
    r'#panic("x") $x^2$ @ref <label> \ * _ ` ~ = - + / // /* #import "a.typ" '
    "=cmd|' /C calc'!A0 {{ x }} <script>alert(1)</script> ]]> \" ' %s { } [ ]"
)
"""Words that a printer, a page or a table could take for an order."""


def changed(**fields: Any) -> Module:
    """The sample with some fields changed, validated like any other module."""
    return Module.model_validate(SAMPLE.model_dump(mode="json") | fields)


def with_guide(guide: str) -> Module:
    """The sample with a French guide in its first step."""
    steps = SAMPLE.model_dump(mode="json")["steps"]
    steps[0]["guide"] = {"fr": guide}
    return changed(steps=steps)
