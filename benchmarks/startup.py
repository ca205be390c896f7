"""How soon the library and its command line are there, as ratios measured in one run.

Run it with `python benchmarks/startup.py`. Each command is a new process, run in turn with the
others so that a busy machine weighs on all alike; the median of its runs is taken.
"""

from __future__ import annotations

import sys

sys.path.pop(0)  # this folder: its calendar.py would stand in for Python's own `calendar`

import statistics
import subprocess
import time

RUNS = 15

PYDANTIC = "import pydantic\nclass One(pydantic.BaseModel):\n    x: int\nOne(x=1)"
TYPER = "import typer, rich"
COMMANDS = {
    "nothing": "pass",
    "pydantic": PYDANTIC,
    "cafe_ia": "import cafe_ia",
    "cafe_ia, its records built": (
        "from cafe_ia import Session\n"
        "Session(id='a', title='A', starts='2026-12-05 18:30', updated='2026-11-24')"
    ),
    "typer, rich": TYPER,
    "cafe-ia --help": "import sys\nfrom cafe_ia.cli import main\nsys.exit(main(['--help']))",
    "cafe-ia session move --help": (
        "import sys\nfrom cafe_ia.cli import main\n"
        "sys.exit(main(['session', 'move', '--help', '--lang', 'ar']))"
    ),
}


def seconds(code: str) -> float:
    """One process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print the ratios."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for run in range(RUNS + 1):
        for name, code in COMMANDS.items():
            taken = seconds(code)
            if run:  # the first run fills the machine's caches
                times[name].append(taken)
    median = {name: statistics.median(taken) for name, taken in times.items()}
    for name, taken in median.items():
        print(f"{name:28} {taken * 1000:6.0f} ms")
    for name in ("cafe_ia", "cafe_ia, its records built"):
        print(f"{name} / pydantic: {median[name] / median['pydantic']:.2f}   (to reach 1.3)")
    for name in ("cafe-ia --help", "cafe-ia session move --help"):
        print(f"{name} / typer, rich: {median[name] / median['typer, rich']:.2f}   (to reach 1.5)")


if __name__ == "__main__":
    main()
