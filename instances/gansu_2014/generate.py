"""Makes the instance: ``python -m instances.gansu_2014.generate`` from the repository's root."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from instances.gansu_2014 import figures as f
from instances.gansu_2014.caps import staffing_of, with_send_max
from instances.gansu_2014.fits import Fits
from instances.gansu_2014.pairs import pair
from instances.gansu_2014.posts import needs_of
from instances.gansu_2014.schools import receiver_schools, sender_schools, with_beds, with_some_in_gcj02
from instances.gansu_2014.specials import with_specials
from instances.gansu_2014.teachers import HONOUR_LEVELS, teachers_of
from instances.gansu_2014.wishes import with_tibetan, with_wishes
from instances.generator.counties import County, km_between, read_counties
from instances.generator.records import record

from matching.domain.instance import Instance
from matching.domain.records import DictionaryRow, Distance
from matching.domain.terms import BACKBONE

HERE = Path(__file__).parent
MOUNTAIN_ROADS = ("玛曲县", "碌曲县", "迭部县", "舟曲县", "文县")
ROADS_FROM = ("城关区", "七里河区", "安宁区", "秦州区")


def build() -> Instance:
    """Return the instance; the same at every call."""
    random = np.random.default_rng(f.SEED)
    counties = read_counties("甘肃省")
    senders = [c for c in counties if c.name in f.SENDER_WEIGHTS]
    receivers = [c for c in counties if c.name in f.POOR_COUNTIES]
    homes, hosts = sender_schools(random, senders), receiver_schools(random, receivers)
    needs = needs_of(random, hosts)
    seats = Counter(n.site_id for n in needs for _ in range(n.count))
    hosts = with_some_in_gcj02(with_beds(random, hosts, seats))
    teachers = teachers_of(random, homes)
    paired = pair(random, senders, receivers, homes + hosts, needs, teachers)
    fits = Fits(homes + hosts, needs, paired, counties)
    teachers = with_wishes(random, with_tibetan(random, teachers, fits), fits)
    teachers = with_specials(random, teachers, fits)
    return Instance(
        sites=(*with_send_max(random, homes, teachers), *hosts), needs=tuple(needs), teachers=tuple(teachers),
        pairings=tuple(paired.rows), distances=tuple(_roads(counties)),
        staffing=tuple(staffing_of(random, homes, teachers)), dictionary=tuple(_honours()),
    )


def _roads(counties: Sequence[County]) -> list[Distance]:
    """Return mountain roads, 1.6 times as long as the crow flies: an assumption."""
    named = {c.name: c for c in counties}
    starts, ends = [named[n] for n in ROADS_FROM], [named[n] for n in MOUNTAIN_ROADS]
    km = np.round(km_between(starts, ends) * 1.6)
    return [record(Distance, origin=a.name, destination=z.name, km=float(km[i, j]),
                   minutes=float(round(km[i, j] / 50 * 60)), source="生成器假设")
            for i, a in enumerate(starts) for j, z in enumerate(ends)]


def _honours() -> list[DictionaryRow]:
    return [record(DictionaryRow, category="honour", name=name, value=BACKBONE.zh(level))
            for name, level in HONOUR_LEVELS.items()]


def main() -> None:
    """Write the workbook beside this file."""
    from matching.tables import write

    path = HERE / "gansu_2014.xlsx"
    write(build(), path)
    print(path)


if __name__ == "__main__":
    main()
