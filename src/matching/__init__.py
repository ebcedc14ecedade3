"""Places volunteer teachers in rural schools: proven, audited, ranked and explained plans.

The library's face. Whatever is heavy loads when it is called::

    import matching

    instance = matching.read("input.xlsx")
    policy = matching.policy("policy.toml").replace(backbone_share=0.25)
    result = matching.solve(instance, policy, seed=0, time_limit=60)
    result.best.placements            # a data frame
    result.best.explain("T0001")      # why, in Chinese and English
    matching.read_run("runs/2026").choice().why_not("T0001", "N0042")    # of a run that was solved before
    matching.simulate("runs/2026", rate=0.963).filled.mean                # when not everybody arrives
    matching.replan("runs/2026", withdraw=["T0012"]).moved                # the least change that holds the rules
    matching.roll(instance, policy, years=10).out_of_turn                 # the years, in fair turns
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matching import policy
    from matching.face import read, read_run, replan, roll, simulate, solve, whatif

__all__ = ["policy", "read", "read_run", "replan", "roll", "simulate", "solve", "whatif"]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "policy":
        return import_module("matching.policy")
    if name in ("read", "read_run", "replan", "roll", "simulate", "solve", "whatif"):
        return getattr(import_module("matching.face"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
