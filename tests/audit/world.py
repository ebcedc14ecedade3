"""Seeded instances with a clean plan, and for each rule the volunteers who stand ready to break it alone.

Every limit is met exactly by the clean plan, so that one more placement, one less, or one elsewhere breaks one rule.
Most breakers add a volunteer who fits the spare post but for one thing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from matching.domain.instance import Instance
from matching.domain.records import Need, Pairing, Site, Staffing, Teacher
from tests import builders as b

Pairs = tuple[tuple[str, str], ...]
Mutation = Callable[[Pairs], Pairs]
SUBJECTS, STAGES = ("chinese", "math", "physics"), ("primary", "junior", "senior")
SPARE = "N-spare"


class World:
    """One instance by its seed, the `pairs` of its clean plan, and a mutation for each rule of `base`."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.subject, self.other = self.random.sample(SUBJECTS, 2)
        self.stage, self.elsewhere = self.random.sample(STAGES, 2)
        self.kilometres = self.random.randint(20, 900) / 10
        self.sites: list[Site] = []
        self.needs: list[Need] = []
        self.teachers: list[Teacher] = []
        self.rows: list[Pairing] = []
        self.staffing: list[Staffing] = []
        self.clean: list[tuple[str, str]] = []
        self.breakers: dict[str, Mutation] = {}
        self._spare()
        self._ordinary()
        self._unfit()
        self._crowded()
        self._people()

    @property
    def pairs(self) -> Pairs:
        """The clean plan."""
        return tuple(self.clean)

    @cached_property
    def instance(self) -> Instance:
        """Everything so far."""
        roads = [b.distance("S-far", "R-spare", self.kilometres)]
        return b.instance(self.sites, self.needs, self.teachers, pairings=self.rows, staffing=self.staffing,
                          distances=roads)

    def site(self, name: str, role: str, **values: Any) -> str:
        point = {"lon": 103 + self.random.random(), "lat": 35 + self.random.random()}
        self.sites.append(b.site(name, role, stages=STAGES, **({"county": f"县{name}"} | point | values)))
        return name

    def need(self, name: str, site: str, count: int, **values: Any) -> str:
        self.needs.append(b.need(name, site, count, **({"subject": self.subject, "stage": self.stage} | values)))
        return name

    def teacher(self, name: str, home: str = "S-free", at: str | None = None, **values: Any) -> str:
        """A volunteer who fits the spare post, but for `values`; placed at `at` in the clean plan."""
        fit = {"subject": self.subject, "stages": (self.stage,), "title": "senior", "backbone": "county",
               "languages": ("藏语",), "appraisals": ("pass", "excellent", "pass")}
        self.teachers.append(b.teacher(name, home, **(fit | values)))
        if at:
            self.clean.append((name, at))
        return name

    def _spare(self) -> None:
        """A post with room for all, which asks for a title, a backbone level and a language."""
        self.site("S-free", "sender")
        self.site("S-far", "sender")
        self.site("R-spare", "both", language="藏语")
        self.need(SPARE, "R-spare", 99, min_title="first", backbone_required="yes")

    def _ordinary(self) -> None:
        """Posts and volunteers that no rule is near to; some posts stay empty, some volunteers at home."""
        for at in range(self.random.randint(3, 9)):
            host = self.site(f"R{at}", "receiver", county=self.random.choice(("甲县", "乙县")))
            subject, stage = self.random.choice(SUBJECTS), self.random.choice(STAGES)
            post = self.need(f"N{at}", host, self.random.randint(2, 4), subject=subject, stage=stage)
            for seat in range(self.random.randint(0, 2)):
                self.teacher(f"T{at}-{seat}", at=post, subject=subject, stages=(stage,))
        self.teacher("T-idle")

    def _adds(self, rule: str, name: str) -> None:
        self.breakers[rule] = lambda pairs: (*pairs, (name, SPARE))

    def _unfit(self) -> None:
        """Volunteers who fit the spare post but for one thing."""
        choose = self.random.choice
        low = {"min-title": choose(("second", "third", "none")), "backbone-required": choose(("none", "school"))}
        unfit: Mapping[str, dict[str, Any]] = {
            "status": {"status": choose(("pending", "rejected"))},
            "deferred": {"deferred": True},
            "subject": {"subject": self.other, "alt_subjects": choose(((), ("art",)))},
            "stage": {"stages": (self.elsewhere,)},
            "post-type": {"post_types": choose((("mentoring",), ("study", "secondment")))},
            "mode": {"modes": choose((("online",), ("part_time", "online")))},
            "not-own-site": {"home": "R-spare"},
            "avoid": {"avoid_sites": choose((("R-spare",), ("R0", "R-spare")))},
            "max-km": {"home": "S-far", "max_km": self.kilometres - choose((0.1, 0.05, 10))},
            "min-title": {"title": low["min-title"]},
            "backbone-required": {"backbone": low["backbone-required"]},
            "language": {"languages": choose(((), ("英语",)))},
            "pairing": {"home": self._closed()},
            "appraisals": {"appraisals": choose((("pass", "basic", "pass"), ("pass", "pass")))},
        }
        for rule, values in unfit.items():
            self._adds(rule, self.teacher(f"X-{rule}", **values))

    def _closed(self) -> str:
        """A home from which the way to the spare post is closed, or forbidden."""
        home = self.site("S-closed", "sender", prefecture="东市")
        ways = [(home, "R0", "allow"), (home, "R-spare", "forbid"), ("东市", "县R-spare", "forbid")]
        self.rows.append(b.pairing(*self.random.choice(ways)))
        return home

    def _crowded(self) -> None:
        """Places where the clean plan takes all there is, and a volunteer more for each."""
        many = self.random.randint(1, 3)
        self._full("seats", self.site("R-seats", "receiver"), many, count=many)
        for rule, limits in {"receive-max": "receive_max", "beds": "beds", "beds-men": "beds_men",
                             "beds-women": "beds_women"}.items():
            host = self.site(f"R-{rule}", "receiver", **{limits: many})
            self._full(rule, host, many, gender="female" if rule == "beds-women" else "male")
        self._sends("send-max", self.site("S-send", "sender", send_max=many), many)
        self._sends("send-max-subject", self.site("S-subject", "sender"), many)
        subject = self.random.choice((None, self.subject))
        self.staffing.append(b.staffing("S-subject", self.stage, subject=subject, send_max=many))
        self._sends("pairing-max", self.site("S-most", "sender"), many)
        self.rows.append(b.pairing("S-most", "R-spare", "prefer", maximum=many, two_way=self.random.random() < 0.5))
        self._sends("pairing-min", self.site("S-least", "sender"), many)
        self.rows.append(b.pairing("S-least", "县R-spare", self.random.choice(("prefer", "must")), minimum=many))
        self.breakers["pairing-min"] = lambda pairs: tuple(p for p in pairs if p[0] != "pairing-min-0")

    def _full(self, rule: str, host: str, many: int, count: int = 9, **values: Any) -> None:
        post = self.need(f"N-{rule}", host, count)
        for seat in range(many):
            self.teacher(f"{rule}-{seat}", at=post, **values)
        extra = self.teacher(f"X-{rule}", **values)
        self.breakers[rule] = lambda pairs: (*pairs, (extra, post))

    def _sends(self, rule: str, home: str, many: int) -> None:
        for seat in range(many):
            self.teacher(f"{rule}-{seat}", home, at=SPARE)
        self._adds(rule, self.teacher(f"X-{rule}", home))

    def _people(self) -> None:
        """Those who must go, only there, once, or together."""
        self._adds("one-post", self.teacher("T-twice", at=self.need("N-once", "R0", 1)))
        self.teacher("T-due", at=SPARE, mandatory=True)
        self.breakers["mandatory"] = _without("T-due")
        lock = self.random.choice(("N-lock", "R-lock"))
        self.teacher("T-lock", at=self.need("N-lock", self.site("R-lock", "receiver"), 3), lock_need=lock)
        self.breakers["locked"] = _without("T-lock")
        self.breakers["lock"] = _moved("T-lock", SPARE)
        for name in ("T-pair-0", "T-pair-1"):
            self.teacher(name, at="N-lock", group="同行")
        self.breakers["group"] = self.random.choice((_without("T-pair-0"), _moved("T-pair-1", SPARE)))


def _without(name: str) -> Mutation:
    return lambda pairs: tuple(p for p in pairs if p[0] != name)


def _moved(name: str, post: str) -> Mutation:
    return lambda pairs: tuple((t, post if t == name else n) for t, n in pairs)
