"""Makes the instance: ``python -m instances.ganzhou.generate`` from the repository's root."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from instances.generator.counties import County, read_counties
from instances.generator.draws import pick_some
from instances.generator.roster import Roster, save

from matching.domain.instance import Instance
from matching.domain.records import Site

HERE = Path(__file__).parent
REFERENCE = date(2014, 9, 1)
CONSORTIUM = "南关办学联合体"
NAMED = (("南关", ("三闸", "花寨")), ("张掖三中", ("安阳", None)))
"""The consortium's members: urban schools with the rural ones they are paired with (None: one that is no member)."""
STAGES = ("junior",) * 4 + ("primary",) * 7
SUBJECTS = {"primary": ("chinese", "math", "english", "music", "art", "pe", "science"),
            "junior": ("chinese", "math", "english", "physics", "history", "music", "pe")}
SLOTS, WILLING, HEADED_PAIRS = 6, 0.9, 6
RURAL_WISHES = 2
"""Teachers of rural schools who wish to go beyond the county; only those of urban schools are sent."""
AWAY = {"合作市": 5, "夏河县": 5, "肃南裕固族自治县": 10}


class Pair(NamedTuple):
    """An urban school and one of its two rural schools."""

    urban: Site
    rural: Site


def build() -> Instance:
    """Return the instance; the same at every call."""
    roster = Roster(216, REFERENCE)
    counties = {c.name: c for c in read_counties("甘肃省")}
    pairs = _pairs(roster, counties["甘州区"])
    for pair in pairs:
        _exchange(roster, pair)
    _heads(roster, pairs)
    _away(roster, list(dict.fromkeys(pair.urban for pair in pairs)), [counties[name] for name in AWAY])
    roster.pairing(CONSORTIUM, CONSORTIUM, basis="办学联合体")
    return roster.instance()


def _pairs(roster: Roster, county: County) -> list[Pair]:
    """Add 13 urban schools, each paired both ways with two rural ones."""
    def school(stage: str, rural: bool, name: str | None = None) -> Site:
        named = {"name": name, "consortium": CONSORTIUM} if name else {}
        return roster.site(county, "both", (stage,), km=18 if rural else 3, rural=rural, **named)

    pairs = []
    for name, partners in NAMED:
        urban = school("junior", False, name)
        pairs += [Pair(urban, school("junior", True, partner)) for partner in partners]
    for stage in STAGES:
        urban = school(stage, False)
        pairs += [Pair(urban, school(stage, True)) for _ in range(2)]
    for pair in pairs:
        roster.pairing(pair.urban.site_id, pair.rural.site_id, two_way=True, minimum=2, basis="城乡结对")
    return pairs


def _exchange(roster: Roster, pair: Pair) -> None:
    """Add six posts each way, in the same subjects, and most of the teachers who could fill them."""
    for subject in pick_some(roster.random, SUBJECTS[pair.urban.stages[0]], SLOTS):
        for home, host in (pair, pair[::-1]):
            roster.need(host, subject)
            if roster.random.random() < WILLING:
                roster.teacher(home, subject)


def _heads(roster: Roster, pairs: Sequence[Pair]) -> None:
    """Add a head and a post for one at each member of the consortium and of six pairs beside it, two more than rotate.

    A dean applies too, whom promotion would call for, and who is no head.
    """
    members = [site for site in roster.sites if site.consortium]
    others = pairs[4::2][:HEADED_PAIRS]
    for site in (*members, *(site for pair in others for site in pair)):
        roster.need(site, "management", post_type="secondment", note="校长轮岗")
        roster.teacher(site, "management", duty="校长", title="senior", post_types=("secondment",),
                       promotion_need=False)
    roster.teacher(members[0], "management", duty="教务主任", title="first", post_types=("secondment",),
                   promotion_need=True)


def _away(roster: Roster, urban: Sequence[Site], counties: Sequence[County]) -> None:
    """Add posts beyond the county, and more volunteers for them than are sent, rural ones who wish for it too."""
    for county in counties:
        host = roster.site(county, "receiver", ("primary", "junior"), km=20, hardship=3)
        for number in range(AWAY[county.name]):
            stage = "primary" if number % 2 else "junior"
            roster.need(host, SUBJECTS[stage][number // 2], stage=stage)
    for home in urban:
        for subject in SUBJECTS[home.stages[0]][:2]:
            roster.teacher(home, subject)
    for home in [site for site in roster.sites if site.county == "甘州区" and site.rural][:RURAL_WISHES]:
        roster.teacher(home, "chinese", promotion_need=True, pref_1="合作市")
    for place in ("甘南藏族自治州", "肃南裕固族自治县"):
        roster.pairing("甘州区", place, basis="赴甘南、肃南支教")


def main() -> None:
    """Write the workbook beside this file."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
