"""Which sending county supports which receiving counties: the generator's assumption, near ones more often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from instances.generator.counties import County, km_between
from instances.generator.draws import pick_some
from instances.generator.records import record

from matching.domain.records import Need, Pairing, Site, Teacher

CITY_PAIR = ("兰州市", "陇南市")
MUST_PAIRS, CAPPED_PAIRS, MATERIAL_PAIRS, FORBIDDEN_SITES, WEAK_PAIRS = 12, 8, 4, 4, 3

Ways = Mapping[str, tuple[str, ...]]
"""Sending county -> receiving counties."""


class Paired(NamedTuple):
    """The pairing rows and the ways that they open."""

    rows: list[Pairing]
    ways: Ways


def pair(random: np.random.Generator, senders: Sequence[County], receivers: Sequence[County], sites: Sequence[Site],
         needs: Sequence[Need], teachers: Sequence[Teacher]) -> Paired:
    """Return pairings such that every receiving county has at least two senders.

    Counties with more volunteers support more counties. Minima are small beside the volunteers whose main subject
    and stage are asked for on the other side.
    """
    county_of = {s.site_id: s.county for s in sites}
    volunteers = Counter(county_of[t.home_site] for t in teachers)
    chosen = _chosen(random, senders, receivers, volunteers)
    supply = _supply(chosen, county_of, needs, teachers)
    rows = _county_rows(random, chosen, supply)
    rows += [_row(*CITY_PAIR, "prefer", basis="省内结对（假设）")]
    rows += _forbidden(random, chosen, sites) + _material(random, senders, receivers, chosen)
    return Paired(rows, _with_city_pair(chosen, senders, receivers))


def _chosen(random: np.random.Generator, senders: Sequence[County], receivers: Sequence[County],
            volunteers: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    km = km_between(senders, receivers)
    names = [c.name for c in receivers]
    chosen: dict[str, list[str]] = {}
    for at, sender in enumerate(senders):
        most = int(np.clip(13 + volunteers[sender.name] / 5, 13, 32))
        nearest = [names[i] for i in np.argsort(km[at], kind="stable")]
        chosen[sender.name] = sorted({*nearest[:2], *pick_some(random, nearest[2:2 * most + 8], most - 2)})
    for at, name in enumerate(names):
        for sender_at in np.argsort(km[:, at], kind="stable")[:4]:
            if sum(name in ways for ways in chosen.values()) < 2 and name not in chosen[senders[sender_at].name]:
                chosen[senders[sender_at].name].append(name)
    return {sender: tuple(ways) for sender, ways in chosen.items()}


def _supply(chosen: Ways, county_of: Mapping[str, str], needs: Sequence[Need],
            teachers: Sequence[Teacher]) -> dict[tuple[str, str], int]:
    """Return for each pair how many of the sender's volunteers have their main subject and stage asked for there."""
    asked: dict[str, set[tuple[str, str]]] = {}
    for need in needs:
        asked.setdefault(county_of[need.site_id], set()).add((need.stage, need.subject))
    taught = Counter((county_of[t.home_site], t.stages[0], t.subject) for t in teachers)
    return {(sender, to): sum(n for (home, *kind), n in taught.items() if home == sender and tuple(kind) in asked[to])
            for sender, ways in chosen.items() for to in ways}


def _county_rows(random: np.random.Generator, chosen: Ways, supply: Mapping[tuple[str, str], int]) -> list[Pairing]:
    pairs = [(sender, to) for sender, ways in chosen.items() for to in ways]
    must = set(pick_some(random, [p for p in pairs if supply[p] >= 15], MUST_PAIRS))
    plain = [p for p in pairs if p not in must]
    capped = set(pick_some(random, [p for p in plain if supply[p] >= 15], CAPPED_PAIRS))
    weak = set(pick_some(random, [p for p in plain if p not in capped], WEAK_PAIRS))
    rows = []
    for sender, to in pairs:
        if (sender, to) in must:
            least = int(random.integers(2, 5))
            rows.append(_row(sender, to, "must", minimum=least, maximum=least + 10, basis="对口支援协议（假设）"))
        else:
            rule = "prefer" if to == chosen[sender][0] else "allow"
            most = int(random.integers(6, 13)) if (sender, to) in capped else None
            rows.append(_row(sender, to, rule, maximum=most, weak_only=(sender, to) in weak))
    return rows


def _forbidden(random: np.random.Generator, chosen: Ways, sites: Sequence[Site]) -> list[Pairing]:
    hosts = pick_some(random, [s for s in sites if s.role == "receiver" and s.language is None], FORBIDDEN_SITES)
    homes = [next(sender for sender, ways in chosen.items() if host.county in ways) for host in hosts]
    return [_row(home, host.site_id, "forbid") for home, host in zip(homes, hosts, strict=True)]


def _material(random: np.random.Generator, senders: Sequence[County], receivers: Sequence[County],
              chosen: Ways) -> list[Pairing]:
    others = [(s.name, r.name) for s in senders for r in receivers if r.name not in chosen[s.name]]
    return [_row(*p, "allow", type="material") for p in pick_some(random, others, MATERIAL_PAIRS)]


def _with_city_pair(chosen: Ways, senders: Sequence[County], receivers: Sequence[County]) -> Ways:
    home, host = CITY_PAIR
    more = [c.name for c in receivers if c.prefecture == host]
    inside = {c.name for c in senders if c.prefecture == home}
    return {s: tuple(dict.fromkeys((*ways, *more))) if s in inside else ways for s, ways in chosen.items()}


def _row(origin: str, destination: str, rule: str, **values: object) -> Pairing:
    return record(Pairing, origin=origin, destination=destination, rule=rule, **values)
