"""Reading and checking a folder of records, as a ratio measured in one run.

Run it with `python benchmarks/files.py [SESSIONS]`. It writes a programme of 1,000 session files
to a temporary folder, then reads, types and checks them, and compares the time with
`yaml.load` and its C loader on the same files. Each figure is the smallest of several runs.
"""

from __future__ import annotations

import sys

sys.path.pop(0)  # this folder: its calendar.py would stand in for Python's own `calendar`

import gc
import shutil
import tempfile
import time
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from cafe_ia.checks import check
from cafe_ia.files import read_programme

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5


def write(folder: Path, count: int) -> None:
    """A programme of so many sessions: the example's own files, over and over, at other times."""
    example = Path(str(files("cafe_ia").joinpath("example")))
    (folder / "sessions").mkdir()
    shutil.copy(example / "programme.yaml", folder)
    models = [path.read_text("utf-8") for path in sorted((example / "sessions").glob("*.yaml"))]
    first = datetime(2026, 12, 1, 10)
    for n in range(count):
        name, starts = f"cafe-{n}", first + timedelta(hours=7 * n)
        lines = []
        for line in models[n % len(models)].splitlines():
            if line.startswith("id:"):
                lines.append(f"id: {name}")
            elif line.startswith("starts:"):
                lines.append(f"starts: {starts:%Y-%m-%d %H:%M}")
            else:
                lines.append(line)
        (folder / "sessions" / f"{name}.yaml").write_text("\n".join(lines) + "\n", "utf-8")


def loaded(folder: Path) -> int:
    """What the YAML library alone does."""
    return sum(
        len(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))  # it is the safe one
        for path in sorted(folder.rglob("*.yaml"))
    )


def read(folder: Path) -> int:
    """What we do: read, type, check."""
    reading = read_programme(folder)
    assert reading.programme is not None
    return len(check(reading.programme))


def seconds(work: Callable[[], object]) -> float:
    """The smallest time of several runs."""
    best = float("inf")
    for _ in range(RUNS):
        gc.collect()
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def main(count: int) -> None:
    """Print the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, count)
        theirs, ours = seconds(lambda: loaded(folder)), seconds(lambda: read(folder))
        only = seconds(lambda: read_programme(folder))
    print(f"{count} session files; smallest of {RUNS} runs")
    print(f"yaml.load, CSafeLoader  {theirs:6.3f} s")
    print(f"read and check          {ours:6.3f} s")
    print(f"  / yaml.load           {ours / theirs:6.2f}   (to reach 4)")
    print(f"read only / yaml.load   {only / theirs:6.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
