"""Teachers: who is given twice, born in the future, sent where nobody is sent, or locked where no seat is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from matching.domain.findings import Finding
from matching.domain.text import Text
from matching.tables.known import Book
from matching.tables.table import Table


def check_people(book: Book, today: date) -> Iterator[Finding]:
    """Check the teachers by themselves and against the sites and needs."""
    teachers = book.get("teachers")
    if teachers is None:
        return
    yield from _born_in_future(teachers, today)
    yield from _given_twice(teachers)
    if "sites" in book:
        yield from _wrong_role(teachers, "home_site", book["sites"])
    if "needs" in book:
        yield from _locked_twice(teachers, book["needs"])


def _born_in_future(teachers: Table, today: date) -> Iterator[Finding]:
    future = {birth for birth in set(teachers["birth"]) if birth is not None and birth > today}
    for index in [i for i, birth in enumerate(teachers["birth"]) if birth in future] if future else ():
        value = teachers["birth"][index].isoformat()[:7]
        text = Text(f"出生年月 {value} 还没有到", f"{value} lies in the future")
        yield teachers.finding("error", "birth_in_future", text, index, "birth", value)


def _given_twice(teachers: Table) -> Iterator[Finding]:
    people = list(zip(teachers["name"], teachers["home_site"], teachers["birth"], strict=True))
    if len(set(people)) == len(people):
        return
    locks = teachers["lock_need"]
    first: dict[tuple[Any, ...], int] = {}
    for index, person in enumerate(people):
        if person[0] is None or person[1] is None or first.setdefault(person, index) == index:
            continue
        earlier = first[person]
        where = teachers.earlier(earlier, index)
        text = Text(f"“{person[0]}”与{where.zh}姓名、学校、出生年月都相同，可能重复",
                    f"{person[0]} has the name, school and birth of {where.en}: perhaps the same person")
        yield teachers.finding("warning", "repeated_person", text, index, "name", person[0])
        if person[2] is not None and locks[earlier] is not None and locks[index] is not None:
            text = Text(f"“{person[0]}”已在{where.zh}锁定了岗位", f"{person[0]} is already locked in {where.en}")
            yield teachers.finding("error", "teacher_locked_twice", text, index, "lock_need", locks[index])


def check_needs(book: Book) -> Iterator[Finding]:
    """Find needs at sites that only send."""
    if "needs" in book and "sites" in book:
        yield from _wrong_role(book["needs"], "site_id", book["sites"])


def _wrong_role(table: Table, key: str, sites: Table) -> Iterator[Finding]:
    """Find teachers of sites that only receive, or needs of sites that only send."""
    teachers = table.sheet.key == "teachers"
    role = "receiver" if teachers else "sender"
    ids = {site for site, its in zip(sites["site_id"], sites["role"], strict=True) if its == role}
    if not ids.intersection(table[key]):
        return
    for index, site in enumerate(table[key]):
        if site in ids and teachers:
            text = Text(f"学校“{site}”的角色是“受援”，不能派出教师；请改为“双重”或“派出”",
                        f"site {site!r} only receives, so no teacher is sent from it; make it both or sender")
            yield table.finding("error", "teacher_at_receiver", text, index, key, site)
        elif site in ids:
            text = Text(f"学校“{site}”的角色是“派出”，不能设受援岗位；请改为“双重”或“受援”",
                        f"site {site!r} only sends, so it has no needs; make it both or receiver")
            yield table.finding("error", "need_at_sender", text, index, key, site)


def _locked_twice(teachers: Table, needs: Table) -> Iterator[Finding]:
    """Find locks beyond the seats of a need, or of all needs of a site; only teachers to be placed take a seat."""
    seats: Counter[str] = Counter()
    site_of = dict(zip(needs["need_id"], needs["site_id"], strict=True))
    for need, site, count in zip(needs["need_id"], needs["site_id"], needs["count"], strict=True):
        seats.update({name: count or 0 for name in {need, site} if name is not None})
    taken: dict[str, int] = {}
    first: dict[str, int] = {}
    for index in _locked(teachers):
        lock = teachers["lock_need"][index]
        for name in dict.fromkeys((lock, site_of.get(lock, lock))):
            taken[name] = taken.get(name, 0) + 1
            first.setdefault(name, index)
            if taken[name] > seats[name] > 0:
                yield _no_seat(teachers, index, name, seats[name], first[name])
                break


def _locked(teachers: Table) -> Sequence[int]:
    locks, status, deferred = teachers["lock_need"], teachers["status"], teachers["deferred"]
    return [i for i, lock in enumerate(locks) if lock is not None and status[i] == "approved" and not deferred[i]]


def _no_seat(teachers: Table, index: int, name: str, seats: int, first: int) -> Finding:
    where = teachers.earlier(first, index)
    text = Text(f"“{name}”共 {seats} 个名额，已被锁满（首个在{where.zh}）",
                f"{name!r} has {seats} seats, all locked already (first in {where.en})")
    return teachers.finding("error", "seat_locked_twice", text, index, "lock_need", teachers["lock_need"][index])
