"""What is changed after a plan is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.policy.model import Policy

Pair = tuple[str, str]


@dataclass(frozen=True)
class Changes:
    """Teachers who withdraw, (teacher, post) pairs that are pinned or forbidden, posts that are closed."""

    withdraw: tuple[str, ...] = ()
    pin: tuple[Pair, ...] = ()
    forbid: tuple[Pair, ...] = ()
    close: tuple[str, ...] = ()

    @classmethod
    def of(cls, withdraw: Iterable[str] = (), pin: Mapping[str, str] | Iterable[Pair] = (),
           forbid: Iterable[Pair] = (), close: Iterable[str] = ()) -> Changes:
        """Return changes, each said once, in the order in which they are given."""
        pins = pin.items() if isinstance(pin, Mapping) else pin
        return cls(tuple(dict.fromkeys(withdraw)), tuple(dict.fromkeys((t, n) for t, n in pins)),
                   tuple(dict.fromkeys((t, n) for t, n in forbid)), tuple(dict.fromkeys(close)))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is changed."""
        return not (self.withdraw or self.pin or self.forbid or self.close)

    def to_dict(self) -> dict[str, Any]:
        """Return the changes as plain lists and dicts."""
        return {"withdraw": list(self.withdraw), "close": list(self.close),
                "pin": [{"teacher": t, "need": n} for t, n in self.pin],
                "forbid": [{"teacher": t, "need": n} for t, n in self.forbid]}


@dataclass(frozen=True)
class Before:
    """What is replanned from: the plan in force, its policy, and an instance.

    The instance may hold more teachers and posts than the plan knew of, and the plan may have been edited by hand.
    """

    instance: Instance
    policy: Policy
    plan: Plan

    @property
    def posts(self) -> Mapping[str, tuple[str, ...]]:
        """The posts of each teacher whom the plan places."""
        found: dict[str, tuple[str, ...]] = {}
        for p in self.plan.placements:
            found[p.teacher] = (*found.get(p.teacher, ()), p.need)
        return found
