"""Ways to fill one more seat of a post, each with all that would have to give way, and with nothing else broken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from matching.explain.breaks import Break, Breaks, Change
from matching.explain.refused import Refusal
from matching.explain.unfilled.candidates import Candidate
from matching.explain.unfilled.chains import Chains
from matching.problem import Problem
from matching.problem.program import Int64

TRIED = 40
"""How many free teachers' ways to a post are looked at."""
MOST = 3
"""How many ways are told."""


class Move(NamedTuple):
    """A teacher who would go to another post; `origin` is None for one without a post."""

    teacher: str
    origin: str | None
    to: str


class Way(NamedTuple):
    """Moves that fill one more seat, first the one to the post itself, and all rules that would have to give way.

    Every other hard rule holds after the moves: they were counted again.
    """

    moves: tuple[Move, ...]
    breaks: tuple[Break, ...]
    refusals: tuple[Refusal, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules that would have to give way."""
        return tuple(dict.fromkeys((*(r.rule for r in self.refusals), *(b.rule for b in self.breaks))))

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as a machine reads them."""
        return {"moves": [{"teacher": m.teacher, "from": m.origin, "to": m.to} for m in self.moves],
                "breaks": [b.to_dict() for b in self.breaks], "refusals": [r.to_dict() for r in self.refusals]}


class Found(NamedTuple):
    """Ways to a post: the best of them, how many were tried, and in how many of these each rule stood in the way."""

    ways: tuple[Way, ...]
    tried: int
    met: Mapping[str, int]


class Ways:
    """Answers for one plan.

    Parameters
    ----------
    chosen : positions of the plan's arcs
    """

    def __init__(self, problem: Problem, chosen: Int64) -> None:
        self._problem = problem
        self._chains, self._breaks = Chains(problem, chosen), Breaks(problem, chosen)

    def of(self, asked: Mapping[int, Sequence[Candidate]]) -> Mapping[int, Found]:
        """Return the ways to each need, by position, those of `asked` candidates whom rules refuse among them."""
        chains = {need: self._chains.to(need, TRIED) for need in asked}
        broken = iter(self._breaks.of([change for changes in chains.values() for change in changes]))
        return {need: self._found(need, [Way(self._moves(c), next(broken)) for c in chains[need]], asked[need])
                for need in asked}

    def _found(self, need: int, ways: list[Way], candidates: Sequence[Candidate]) -> Found:
        post = self._problem.instance.needs[need].need_id
        refused = [Way((Move(c.teacher, None, post),), c.breaks, c.refusals)
                   for c in candidates if len(c.refusals) == 1 and c.fits and not c.posts]
        met: dict[str, int] = {}
        for way in ways:
            for rule in way.rules:
                met[rule] = met.get(rule, 0) + 1
        return Found(tuple(_best([*ways, *refused])), len(ways), met)

    def _moves(self, change: Change) -> tuple[Move, ...]:
        """Return the moves of a chain: who comes to the post, who takes that one's place, and so on."""
        arcs, instance = self._problem.arcs, self._problem.instance
        left = {int(arcs.teacher[a]): int(arcs.need[a]) for a in change.dropped}
        moves = []
        for arc in change.added:
            teacher = int(arcs.teacher[arc])
            origin = left.get(teacher)
            moves.append(Move(instance.teachers[teacher].teacher_id,
                              None if origin is None else instance.needs[origin].need_id,
                              instance.needs[int(arcs.need[arc])].need_id))
        return tuple(moves)


def _best(ways: Sequence[Way]) -> list[Way]:
    """Return the ways with the fewest rules to relax, then the fewest moves; of those with the same bounds one."""
    ordered = sorted(ways, key=lambda w: (len(w.breaks) + 2 * len(w.refusals), len(w.moves)))
    kept: dict[Any, Way] = {}
    for way in ordered:
        kept.setdefault((frozenset((b.rule, b.group) for b in way.breaks), bool(way.refusals)), way)
    return list(kept.values())[:MOST]
