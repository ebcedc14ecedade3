"""Seven schools on one meridian, so that a tenth of a degree is 11.12 km as the crow flies and 14.5 km by road."""

from __future__ import annotations

from instances.generator.records import record

from matching.domain.records import Distance, Pairing, Site, Staffing

LON = 104.0
R3_IN_GCJ02 = (104.0026, 37.0002)
"""Where a map in GCJ02 shows 104.0 E, 37.0 N, to four digits."""


def sites() -> tuple[Site, ...]:
    """Return four senders, of which three receive as well, and three receivers."""
    return (
        record(Site, site_id="S1", name="临江一小", role="sender", school_type="城区小学", stages=("primary",),
               county="临江区", prefecture="江城市", lon=LON, lat=36.0, rural=False, pupils=1900, staff=100,
               posts_established=102, eligible_count=5, send_max=4, strong_subjects=("math", "chinese")),
        record(Site, site_id="S2", name="临江二中", role="both", school_type="城区初中", stages=("junior",),
               county="临江区", prefecture="江城市", lon=LON, lat=36.1, rural=False, pupils=1350, staff=100,
               send_max=2, beds=2),
        record(Site, site_id="S3", name="青山城关小学", role="both", school_type="县城小学", stages=("primary",),
               county="青山县", prefecture="江城市", lon=LON, lat=36.3, rural=False, pupils=760, staff=40),
        record(Site, site_id="R1", name="石桥小学", role="receiver", school_type="中心小学", stages=("primary",),
               county="青山县", prefecture="江城市", township="石桥镇", zone="石桥片区", consortium="石桥联合体",
               lon=LON, lat=36.5, hardship=2, weak=True, rural=True, pupils=240, staff=14, share_50plus=0.385,
               beds=4, dorm="石桥宿舍", weak_subjects=("math",)),
        record(Site, site_id="R2", name="石桥中学", role="both", school_type="乡镇初中", stages=("junior",),
               county="青山县", prefecture="江城市", township="石桥镇", zone="石桥片区", consortium="石桥联合体",
               lon=LON, lat=36.5, hardship=2, rural=True, pupils=300, staff=22, beds=4, dorm="石桥宿舍"),
        record(Site, site_id="R3", name="草原小学", role="receiver", school_type="寄宿制小学", stages=("primary",),
               county="高原县", prefecture="高原州", lon=R3_IN_GCJ02[0], lat=R3_IN_GCJ02[1], datum="GCJ02",
               hardship=4, subsidy_tier="二档", weak=True, rural=True, language="藏语", pupils=180, staff=11, beds=3,
               beds_men=1, beds_women=1),
        record(Site, site_id="R4", name="高原中学", role="receiver", school_type="县城初中", stages=("junior",),
               county="高原县", prefecture="高原州", hardship=3, subsidy_tier="一档", rural=True, pupils=900, staff=60,
               receive_max=1),
    )


def pairings() -> tuple[Pairing, ...]:
    """Return a row of every kind."""
    return (
        record(Pairing, origin="S1", destination="青山县", rule="must", weak_only=True, minimum=1, maximum=3,
               basis="临教〔2026〕1号"),
        record(Pairing, origin="S1", destination="R3", rule="prefer"),
        record(Pairing, origin="S2", destination="高原州", rule="allow"),
        record(Pairing, origin="S2", destination="石桥联合体", rule="allow", two_way=True, maximum=3),
        record(Pairing, origin="S3", destination="R4", rule="forbid"),
        record(Pairing, origin="S2", destination="R1", rule="must", type="material"),
    )


def distances() -> tuple[Distance, ...]:
    """Return a road between two schools and one between two counties; both beat the coordinates."""
    return (
        record(Distance, origin="S1", destination="R1", km=62.0, minutes=70.0, source="实测"),
        record(Distance, origin="临江区", destination="高原县", km=150.0, minutes=180.0, source="实测"),
    )


def staffing() -> tuple[Staffing, ...]:
    """Return the two subjects that must not be emptied."""
    return (
        record(Staffing, site_id="S1", stage="primary", subject="math", staff=12, send_max=1, pupils=1900),
        record(Staffing, site_id="S2", stage="junior", subject="physics", staff=2, send_max=1),
    )
