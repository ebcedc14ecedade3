"""Makes the instance: ``python -m instances.tiny.generate`` from the repository's root."""

from __future__ import annotations

from pathlib import Path

from instances.tiny.people import ledger, needs, teachers
from instances.tiny.sites import distances, pairings, sites, staffing

from matching.domain.instance import Instance
from matching.domain.records import DictionaryRow, PointsRow, PolicyRow

HERE = Path(__file__).parent


def build() -> Instance:
    """Return the instance; nothing in it is random."""
    people = sorted(teachers(), key=lambda teacher: teacher.teacher_id)
    return Instance(sites(), needs(), tuple(people), pairings(), distances(), staffing(), policy=policy_rows(),
                    points=(PointsRow("home_county_match", -15),), ledger=ledger(), dictionary=dictionary())


def dictionary() -> tuple[DictionaryRow, ...]:
    """Return a new subject with an alias, an alias of a known one, and an honour."""
    return (
        DictionaryRow("subject", "校园足球", "足球"),
        DictionaryRow("subject", "英文", "英语"),
        DictionaryRow("honour", "市级学科带头人", "市级"),
    )


def policy_rows() -> tuple[PolicyRow, ...]:
    """Return a rule that lowers the budget of policy.toml, and one of the workbook's own."""
    blank = PolicyRow(*(None,) * len(PolicyRow._fields))
    return (
        blank._replace(id="budget", kind="quota", at_most="215000", source="年中调减"),
        blank._replace(id="juniors-per-site", title="每校二级及以下职称不超过一半", kind="quota", count="职称 <= 二级",
                       of="placed", per="host", at_most="0.5", enforce="report"),
    )


def main() -> None:
    """Write the workbook beside this file."""
    from matching.tables import write

    path = HERE / "tiny.xlsx"
    write(build(), path)
    print(path)


if __name__ == "__main__":
    main()
