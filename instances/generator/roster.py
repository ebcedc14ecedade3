"""An instance put together record by record, with everything that is not stated drawn or numbered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from instances.generator.careers import career
from instances.generator.counties import County, scatter
from instances.generator.records import record

from matching.domain.instance import Instance
from matching.domain.records import DictionaryRow, Distance, LedgerRow, Need, Pairing, Site, Staffing, Teacher

KINDS = {"preschool": "幼儿园", "primary": "小学", "junior": "中学", "senior": "高级中学", "vocational": "职业中学",
         "special": "特殊教育学校", "university": "师范大学"}
WOMEN = 0.6


class Roster:
    """Collects the records of one instance; the same calls with the same seed give the same instance.

    Parameters
    ----------
    seed : of the draws
    reference : the policy's reference date, at which ages and years of service are drawn
    """

    def __init__(self, seed: int, reference: date) -> None:
        self.random = np.random.default_rng(seed)
        self.reference = reference
        self.sites: list[Site] = []
        self.needs: list[Need] = []
        self.teachers: list[Teacher] = []
        self.pairings: list[Pairing] = []
        self.distances: list[Distance] = []
        self.staffing: list[Staffing] = []
        self.ledger: list[LedgerRow] = []
        self.dictionary: list[DictionaryRow] = []
        self._schools: Counter[str] = Counter()

    def site(self, county: County, role: str, stages: Sequence[str], km: float = 8.0, **columns: Any) -> Site:
        """Add a school scattered `km` around the county's seat; its name says county, number and first stage."""
        kind = KINDS[stages[0]]
        self._schools[county.name + kind] += 1
        lon, lat = scatter(self.random, county, km)
        drawn = {"site_id": f"S{len(self.sites) + 1:03d}", "lon": lon, "lat": lat, "rural": role == "receiver",
                 "name": f"{county.name}第{self._schools[county.name + kind]}{kind}", "adcode": county.adcode,
                 "county": county.name, "prefecture": county.prefecture}
        made = record(Site, **(drawn | {"role": role, "stages": tuple(stages)} | columns))
        self.sites.append(made)
        return made

    def need(self, site: Site, subject: str, count: int = 1, **columns: Any) -> Need:
        """Add a post at a school, by default at its first stage."""
        stated = {"need_id": f"N{len(self.needs) + 1:04d}", "stage": site.stages[0]} | columns
        made = record(Need, site_id=site.site_id, subject=subject, count=count, **stated)
        self.needs.append(made)
        return made

    def teacher(self, home: Site, subject: str, backbone: str = "none", **columns: Any) -> Teacher:
        """Add a teacher of a school, by default of its first stage, with a career drawn at random."""
        number = len(self.teachers) + 1
        drawn = career(self.random, backbone, self.reference)
        drawn["gender"] = "female" if self.random.random() < WOMEN else "male"
        stated = {"teacher_id": f"T{number:04d}", "name": f"教师{number:04d}", "stages": home.stages[:1]} | columns
        made = record(Teacher, **(drawn | {"home_site": home.site_id, "subject": subject, "backbone": backbone}
                                  | stated))
        self.teachers.append(made)
        return made

    def pairing(self, origin: str, destination: str, rule: str = "allow", **columns: Any) -> Pairing:
        """Add a pairing between two places."""
        made = record(Pairing, origin=origin, destination=destination, rule=rule, **columns)
        self.pairings.append(made)
        return made

    def staff(self, site: Site, stage: str, **columns: Any) -> Staffing:
        """Add a row of the sheet 师资."""
        made = record(Staffing, site_id=site.site_id, stage=stage, **columns)
        self.staffing.append(made)
        return made

    def credit(self, teacher: Teacher, activity: str, quantity: float, **columns: Any) -> LedgerRow:
        """Add a row of the sheet 课时."""
        made = record(LedgerRow, teacher_id=teacher.teacher_id, activity=activity, quantity=quantity, **columns)
        self.ledger.append(made)
        return made

    def instance(self) -> Instance:
        """Return the instance as it stands."""
        return Instance(tuple(self.sites), tuple(self.needs), tuple(self.teachers), tuple(self.pairings),
                        tuple(self.distances), tuple(self.staffing), ledger=tuple(self.ledger),
                        dictionary=tuple(self.dictionary))


def save(instance: Instance, folder: Path, name: str = "") -> None:
    """Write the workbook into its folder, named after it unless `name` says otherwise."""
    from matching.tables import write

    write(instance, folder / f"{name or folder.name}.xlsx")
