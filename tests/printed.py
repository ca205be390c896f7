"""Modules to print: the sample, with what a test wants to see on paper."""

from __future__ import annotations

from typing import Any

from cafe_ia.curriculum import Module
from lesson import SAMPLE

__all__ = ["changed", "with_guide"]


def changed(**fields: Any) -> Module:
    """The sample with some fields changed, validated like any other module."""
    return Module.model_validate(SAMPLE.model_dump(mode="json") | fields)


def with_guide(guide: str) -> Module:
    """The sample with a French guide in its first step."""
    steps = SAMPLE.model_dump(mode="json")["steps"]
    steps[0]["guide"] = {"fr": guide}
    return changed(steps=steps)
