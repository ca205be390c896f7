"""Modules written as documents, read and checked, as times and ratios measured in one run.

Run it with `python benchmarks/classroom.py [MODULES]`. It prints how long the module `se-tromper`
takes to become each document in three languages; how reading and checking a curriculum of 100
modules in three languages compares with markdown-it-py alone, with the same settings, on the same
300 files; and how long the first printed sheet takes in a new process. Each figure is the
smallest of several runs, which a busy machine disturbs least, except the first of its kind.
"""

from __future__ import annotations

import sys

sys.path.pop(0)  # this folder: its calendar.py would stand in for Python's own `calendar`

import gc
import platform
import shutil
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cafe_ia.checks import check_curricula, check_module
from cafe_ia.classroom.formats import FORMATS, export
from cafe_ia.files import load_curriculum, load_module, module_folder, read_curriculum
from cafe_ia.files.library import MODULE, MODULES, written_modules
from cafe_ia.prose import parser

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 3

SHOWN = "se-tromper"
"""The module that is written as documents."""

LANGUAGES = ("fr", "ar", "en")

FIRST = """
import time
from cafe_ia.classroom.formats import export
from cafe_ia.files import load_module
import cafe_ia.classroom.paper, typst
module = load_module({module!r})
for _ in range(4):
    start = time.perf_counter()
    made = export(module, "pdf", {language!r}, part="facilitator")
    took = time.perf_counter() - start
    print(took, made.partition(b"/Type/Pages/Count ")[2].split(b"/")[0].decode())
"""
"""What a new process does to print the running order, which is two pages, and what belongs to it;
importing the package and reading the module are not counted."""


def write(folder: Path, count: int) -> Path:
    """A curriculum of so many modules: the library's own, over and over, each with its number."""
    models = [module_folder(name) for name in written_modules()]
    names = []
    for n in range(count):
        model, name = models[n % len(models)], f"module-{n}"
        names.append(name)
        there = folder / MODULES / name
        there.mkdir(parents=True)
        shutil.copy(model / MODULE, there)
        for language in LANGUAGES:
            lines = (model / f"{language}.md").read_text("utf-8").splitlines()
            lines = [f"{line} ({n})" if _prose(line) else line for line in lines]
            (there / f"{language}.md").write_text("\n".join(lines) + "\n", "utf-8")
    file = folder / "benchmark.yaml"
    listed = "".join(f"  - {name}\n" for name in names)
    file.write_text(f"title: Benchmark\nmodules:\n{listed}", "utf-8")
    return file


def _prose(line: str) -> bool:
    """Whether a line may end with a number and stay what it is: the question, a plain paragraph."""
    return line.startswith("# ") or (line[:1].isalpha() and len(line) > 40)  # noqa: PLR2004 # no field


def parsed(folder: Path) -> int:
    """What markdown-it-py alone does."""
    return sum(
        len(parser().parse(path.read_text("utf-8"))) for path in sorted(folder.rglob("*.md"))
    )


def read(file: Path) -> int:
    """What we do: read, type, check, each file once."""
    reading = read_curriculum(file)
    assert reading.curriculum is not None
    return sum(len(check_module(module)) for module in reading.modules)


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The smallest time of several runs."""
    best = float("inf")
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def machine() -> str:
    """Where this was measured: Python's version and the processor's name."""
    name = platform.processor() or platform.machine()
    known = Path("/proc/cpuinfo")
    if known.exists():
        lines = [line for line in known.read_text("utf-8").splitlines() if "model name" in line]
        name = lines[0].partition(":")[2].strip() if lines else name
    return f"Python {platform.python_version()}, {name}"


def documents() -> None:
    """Print the time and the size of each document in each language."""
    module = load_module(SHOWN)
    print(f"{SHOWN} as documents, in seconds and kB; smallest of {RUNS} runs after a first one")
    print(f"{'':8}" + "".join(f"{language:>8}{'kB':>8}" for language in LANGUAGES))
    whole = 0.0
    for to in FORMATS:
        line = f"{to:8}"
        for language in LANGUAGES:
            size = len(export(module, to, language))  # the warm-up
            took = seconds(partial(export, module, to, language))
            whole += took
            line += f"{took:8.3f}{size / 1000:8.1f}"
        print(line)
    print(f"all {len(FORMATS) * len(LANGUAGES)}  {whole:8.3f} s")


def curriculum(count: int) -> None:
    """Print the ratios of reading and checking to markdown-it-py alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = write(folder, count)
        size = sum(path.stat().st_size for path in folder.rglob("*.md"))
        theirs, ours = seconds(lambda: parsed(folder)), seconds(lambda: read(file))
        only = seconds(lambda: load_curriculum(file))
        looked = seconds(lambda: check_curricula(folder))
    print(f"{count} modules, {count * len(LANGUAGES)} files, {size / 1e6:.1f} MB")
    print(f"markdown-it-py          {theirs:6.3f} s")
    print(f"read and check          {ours:6.3f} s")
    print(f"  / markdown-it-py      {ours / theirs:6.2f}   (to reach 5)")
    print(f"load_curriculum         {only:6.3f} s   {only / theirs:6.2f}")
    print(f"check_curricula         {looked:6.3f} s   {looked / theirs:6.2f}")


def sheets() -> None:
    """Print the time of the facilitator's sheets in a new process: the first, and the next."""
    for language in LANGUAGES:
        code = FIRST.format(module=SHOWN, language=language)
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
        (first, pages), *others = (line.split() for line in done.stdout.decode().splitlines())
        after = min(float(took) for took, _ in others)
        print(
            f"facilitator's sheets, {language}, {pages} pages: first {float(first):.3f} s, "
            f"next {after:.3f} s   (two pages to take 0.5)"
        )


def main(count: int) -> None:
    """Print everything."""
    print(machine())
    documents()
    curriculum(count)
    sheets()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
