"""What a change costs beside the first solve: ``python -m benchmarks.resolving M --seeds 1 2 3``.

Each change is solved twice, by a `Resolver` that has solved the program as it was, and anew; the goals must agree.
Seconds are by the clock, `cpu` of the processor, of this process and its worker.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

import numpy as np
from benchmarks.processor import seconds
from benchmarks.synthetic import SIZES, make

from matching import engines
from matching.engines.change import changed
from matching.problem import compile
from matching.problem.program import INFINITE, Program

WITHDRAWN = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each size, seed and change."""
    options = _parser().parse_args(arguments)
    ratios, cpu = [], []
    print("size  seed  change               first s   again s    anew s  again/first     cpu  again/anew  proven  same")
    for size in options.sizes:
        for seed in options.seeds:
            for name, first, again, anew, proven, same in measured(compile(*make(size, seed)).program, seed):
                ratios.append(again.clock / first.clock)
                cpu.append(again.cpu / first.cpu)
                spent = f"{first.clock:>7.2f} {again.clock:>9.2f} {anew.clock:>9.2f}"
                shown = f"{spent} {ratios[-1]:>12.2f} {cpu[-1]:>7.2f}"
                print(f"{size:<5} {seed:>4}  {name:<20} {shown} {again.clock / anew.clock:>11.2f}  "
                      f"{'yes' if proven else 'no':<6}  {'yes' if same else 'NO'}", flush=True)
    print(f"median again/first {median(ratios):.2f}, cpu {median(cpu):.2f}")
    return 0


class Spent(NamedTuple):
    """Seconds by the clock and of the processor."""

    clock: float
    cpu: float


def measured(program: Program, seed: int) -> Iterator[tuple[str, Spent, Spent, Spent, bool, bool]]:
    """Yield each change's name, the seconds of the first solve, of the change and of it anew, and what came of it."""
    began = _now()
    with engines.Resolver(program) as resolver:
        base = resolver.solve()
        first = _since(began)
        assert base.x is not None
        for name, change in _changes(program, base.x, np.random.default_rng(seed)):
            began = _now()
            again = resolver.solve(change)
            spent, began = _since(began), _now()
            anew = engines.solve(changed(program, change))
            yield name, first, spent, _since(began), again.status == "optimal", again.goals == anew.goals


def _now() -> Spent:
    return Spent(time.perf_counter(), seconds())


def _since(began: Spent) -> Spent:
    now = _now()
    return Spent(now.clock - began.clock, now.cpu - began.cpu)


def _changes(program: Program, x: np.ndarray, random: np.random.Generator) -> Iterator[tuple[str, engines.Change]]:
    used = np.flatnonzero(x[:program.n_arcs])
    for _ in range(2):
        teachers = _rows(program, "one-post")
        placed = teachers[np.asarray(program.matrix[teachers][:, used].sum(axis=1)).reshape(-1) > 0]
        gone = random.choice(placed, WITHDRAWN, replace=False)
        yield "ten withdrawals", engines.without(np.unique(program.matrix[gone].indices))
    budget = _rows(program, "budget")
    for percent in (99, 101):
        yield f"budget {percent}%", _capped(program, budget, program.row_upper[budget] * percent // 100)
    seats = random.choice(_rows(program, "seats"), 1)
    yield "a post closed", _capped(program, seats, np.zeros(1, np.int64))


def _rows(program: Program, rule: str) -> np.ndarray:
    return np.array([row for row, label in enumerate(program.labels) if label.rule == rule])


def _capped(program: Program, rows: np.ndarray, most: np.ndarray) -> engines.Change:
    lower = np.where(program.row_lower[rows] <= -INFINITE, -INFINITE, np.minimum(program.row_lower[rows], most))
    return engines.Change(rows=rows, row_lower=lower, row_upper=most)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", choices=list(SIZES))
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    return parser


if __name__ == "__main__":
    sys.exit(main())
