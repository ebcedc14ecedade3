"""Sites, distances, pairings and staff: what does not fit together."""

from __future__ import annotations

from collections.abc import Iterator

from matching.domain.findings import Finding
from matching.domain.text import Text
from matching.domain.vocabulary import fold
from matching.tables.known import Book
from matching.tables.table import Table


def check_places(book: Book) -> Iterator[Finding]:
    """Check coordinates, shared dormitories, distances, the bounds of pairings and the counts of staff."""
    if "sites" in book:
        yield from _half_coordinates(book["sites"])
        yield from _dormitories(book["sites"])
        yield from _unknown_distances(book["sites"], book.get("distances"))
    if "pairings" in book:
        yield from _crossed_bounds(book["pairings"])
    if "distances" in book:
        yield from _repeated_distances(book["distances"])
    if "staffing" in book:
        yield from _more_exchanged_than_staff(book["staffing"])


def _half_coordinates(sites: Table) -> Iterator[Finding]:
    text = Text("经度、纬度要么都填，要么都不填", "give both longitude and latitude, or neither")
    for index, (lon, lat) in enumerate(zip(sites["lon"], sites["lat"], strict=True)):
        if (lon is None) != (lat is None) and sites.faulty.isdisjoint(((index, "lon"), (index, "lat"))):
            yield sites.finding("error", "half_coordinates", text, index, "lon" if lon is None else "lat")


def _dormitories(sites: Table) -> Iterator[Finding]:
    """Sites that share a dormitory share its beds, so each gives the same numbers."""
    first: dict[str, int] = {}
    for index, dorm in enumerate(sites["dorm"]):
        if dorm is None or first.setdefault(fold(dorm), index) == index:
            continue
        for key in ("beds", "beds_men", "beds_women"):
            beds, others = sites[key][index], sites[key][first[fold(dorm)]]
            if beds != others and sites.faulty.isdisjoint(((index, key), (first[fold(dorm)], key))):
                there = sites["site_id"][first[fold(dorm)]]
                text = Text(f"与“{there}”同用宿舍点“{dorm}”，床位数应当一致"
                            f"（那里是{'空' if others is None else others}）",
                            f"shares the dormitory {dorm!r} with {there!r}, so the beds must be the same "
                            f"(there {'none' if others is None else others})")
                yield sites.finding("error", "dormitory_beds_differ", text, index, key, beds)


def _unknown_distances(sites: Table, distances: Table | None) -> Iterator[Finding]:
    ends = {*distances["from"], *distances["to"]} - {None} if distances else set()
    areas = set(map(fold, ends))
    for index, (site, lon, lat) in enumerate(zip(sites["site_id"], sites["lon"], sites["lat"], strict=True)):
        county = sites["county"][index]
        pointless = lon is None and lat is None and (index, "lon") not in sites.faulty
        if pointless and site not in ends and (county is None or fold(county) not in areas):
            text = Text(f"学校“{site}”既没有经纬度，距离表里也没有它，距离无法计算；请补填经纬度或在距离表中补一行",
                        f"site {site!r} has neither coordinates nor a distance row; add either")
            yield sites.finding("warning", "unknown_distance", text, index, "lon")


def _crossed_bounds(pairings: Table) -> Iterator[Finding]:
    for index, (low, high) in enumerate(zip(pairings["min"], pairings["max"], strict=True)):
        if low is not None and high is not None and low > high:
            text = Text(f"名额下限 {low} 大于名额上限 {high}", f"min {low} is above max {high}")
            yield pairings.finding("error", "min_above_max", text, index, "min", low)


def _repeated_distances(distances: Table) -> Iterator[Finding]:
    first: dict[tuple[str, str], int] = {}
    for index, way in enumerate(zip(distances["from"], distances["to"], strict=True)):
        earlier = first.setdefault(way, index)
        if earlier != index and distances["km"][index] != distances["km"][earlier]:
            row = distances.place(earlier)[1]
            text = Text(f"第 {row} 行已给出这段距离，公里数不同；以那一行为准",
                        f"row {row} states this distance with other kilometres, and that row counts")
            yield distances.finding("warning", "repeated_distance", text, index, "km", distances["km"][index])


def _more_exchanged_than_staff(staffing: Table) -> Iterator[Finding]:
    for index, (staff, there) in enumerate(zip(staffing["staff"], staffing["exchange_staff"], strict=True)):
        if staff is not None and there is not None and there > staff:
            text = Text(f"交流教师数 {there} 大于教师数 {staff}；教师数应包括交流教师",
                        f"exchange_staff {there} is above staff {staff}, which includes it")
            yield staffing.finding("warning", "exchange_above_staff", text, index, "exchange_staff", there)
