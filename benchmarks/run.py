"""Times one instance from its workbook to its run folder: ``python benchmarks/run.py instances/gansu_2014``."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matching.domain.instance import Instance
    from matching.planner import Result
    from matching.policy.model import Policy

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


class Phases:
    """Seconds by phase, in order."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time the block as the phase `name`."""
        began = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - began


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark that the command line asks for, and print what it measured."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        measured = measure(options, Path(scratch))
    print(json.dumps(measured, ensure_ascii=False, indent=2) if options.json else table(measured))
    return 0


def measure(options: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    """Return what one whole run took: counts, seconds by phase, memory, the network's time and the ratio to it."""
    from matching.planner import solve

    workbook, policy_file = _files(options)
    phases = Phases()
    with phases.phase("read"):
        instance, findings = _read(workbook)
    with phases.phase("policy"):
        policy = _policy(policy_file, instance, options.main_only)
    result = solve(instance, policy, engine=options.engine, seed=options.seed, time_limit=options.time_limit)
    phases.seconds |= result.seconds
    if result.ranking is not None:
        with phases.phase("write"):
            _write(scratch / "run", result, workbook, policy, findings)
    memory = _peak_mib()
    return {"instance": workbook.parent.name, "engine": options.engine, **_counts(instance), **_outcome(result),
            "seconds": phases.seconds, "peak_mib": memory, **_against_network(instance, policy, phases.seconds)}


def _read(workbook: Path) -> tuple[Instance, Sequence[Any]]:
    from matching.tables import read

    reading = read([workbook])
    if reading.instance is None:
        raise SystemExit("\n".join(finding.text.en for finding in reading.findings))
    return reading.instance, reading.findings


def _policy(name: str, instance: Instance, main_only: bool) -> Policy:
    from matching.policy import load, with_rows

    policy = with_rows(load(name, vocabularies=instance.vocabularies), instance)
    return replace(policy, variants=(), alternatives=0) if main_only else policy


def _write(folder: Path, result: Result, workbook: Path, policy: Policy, findings: Sequence[Any]) -> None:
    from matching.policy import to_toml
    from matching.report.run_folder import write_run

    write_run(folder, result, [workbook], to_toml(policy), findings, "zh")


def _against_network(instance: Instance, policy: Policy, seconds: dict[str, float]) -> dict[str, Any]:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from benchmarks.network import relaxation

    from matching.problem import compile

    found = relaxation(compile(instance, policy))
    return {"arcs": found.arcs, "network": {"placed": found.placed, "seconds": found.seconds},
            "ratio": seconds["solve"] / found.seconds}


def _counts(instance: Instance) -> dict[str, int]:
    return {"teachers": len(instance.teachers), "needs": len(instance.needs),
            "seats": sum(need.count for need in instance.needs)}


def _outcome(result: Result) -> dict[str, Any]:
    if result.main is None:
        return {"status": result.status, "plans": 0}
    plan = result.main.plan
    return {"status": result.status, "plans": len(result.plans), "placed": len(plan.placements),
            "goals": [goal._asdict() for goal in plan.goals]}


def _peak_mib() -> dict[str, int]:
    """Return the largest resident memory of this process, and of the largest of its ended children."""
    who = {"self": resource.RUSAGE_SELF, "largest_child": resource.RUSAGE_CHILDREN}
    return {name: resource.getrusage(of).ru_maxrss * MAXRSS_UNIT // 2**20 for name, of in who.items()}


def table(measured: dict[str, Any]) -> str:
    """Return what was measured as lines for a terminal."""
    shape = "{teachers} teachers, {needs} needs, {seats} seats, {arcs} arcs".format(**measured)
    lines = [f"{measured['instance']}: {shape}; engine {measured['engine']}, {measured['status']}, "
             f"{measured['plans']} plans"]
    lines += [f"  goal {g['goal']:<10} value {g['value']:>10}  bound {g['bound']:>10}  gap {g['gap']:.6f}"
              for g in measured.get("goals", ())]
    lines += [f"  {phase:<10} {seconds:8.2f} s" for phase, seconds in measured["seconds"].items()]
    memory, network = measured["peak_mib"], measured["network"]
    lines.append(f"  peak memory {memory['self']} MiB, largest child {memory['largest_child']} MiB")
    lines.append(f"  network relaxation {network['seconds']:.3f} s, {network['placed']} placed; "
                 f"solve / network = {measured['ratio']:.1f}")
    return "\n".join(lines)


def _files(options: argparse.Namespace) -> tuple[Path, str]:
    """Return the instance's workbook and its policy: the one asked for, else the instance's own."""
    books = sorted(p for p in options.instance.glob("*.xlsx") if not p.name.startswith("~"))
    if len(books) != 1:
        raise SystemExit(f"{options.instance}: expected one .xlsx, found {len(books)}")
    return books[0], options.policy or str(options.instance / "policy.toml")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instance", type=Path, help="folder with one workbook and policy.toml")
    parser.add_argument("--policy", help="a preset's id or a TOML file (default: the instance's policy.toml)")
    parser.add_argument("--engine", default="highs")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--time-limit", type=float, help="seconds for all solves together (default: until proven)")
    parser.add_argument("--main-only", action="store_true", help="leave the policy's variants out")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


if __name__ == "__main__":
    sys.exit(main())
