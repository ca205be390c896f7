"""The rules across records: what no single record can see.

A record refuses what is wrong in itself; here a café is looked at beside the others, the year,
the room and the people who come. Each rule is one small function under its code; `check` asks
them all.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

from cafe_ia.check import agenda, clashes, days, privacy, welcome
from cafe_ia.check.rules import check

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cafe_ia.problem import Problem
    from cafe_ia.programme import Programme

__all__ = ["check"]

_RULES = (agenda, clashes, days, privacy, welcome)
"""The modules that hold rules: to import one is to register its rules."""


class _Check(ModuleType):
    """This package, which may be called like its one verb.

    Python binds the name `cafe_ia.check` to the package as soon as anyone imports it, and to a
    developer it is the verb: so both are the same thing.
    """

    def __call__(
        self, programme: Programme, *, modules: Iterable[str] | None = None
    ) -> list[Problem]:
        """Every problem of a programme: see `cafe_ia.check.rules.check`."""
        return check(programme, modules=modules)


sys.modules[__name__].__class__ = _Check
