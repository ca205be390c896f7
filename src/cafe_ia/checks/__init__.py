"""The rules across records: what no single record can see.

A record refuses what is wrong in itself; here a café is looked at beside the others, the year,
the room and the people who come. Each rule is one small function under its code; `check` asks
them all.
"""

from __future__ import annotations

from cafe_ia.checks import agenda, clashes, days, privacy, welcome
from cafe_ia.checks.curricula import Looked, check_curricula
from cafe_ia.checks.lesson import check_module
from cafe_ia.checks.rules import check

__all__ = ["Looked", "check", "check_curricula", "check_module"]

_RULES = (agenda, clashes, days, privacy, welcome)
"""The modules that hold rules: to import one is to register its rules."""
