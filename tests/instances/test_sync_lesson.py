"""What the roster offers: posts in both modes, and partners who teach online."""

from collections import Counter

from instances.sync_lesson.generate import HERE, build

from matching.tables import read


def test_the_workbook_is_what_the_generator_makes():
    reading = read(HERE / "sync_lesson.xlsx")
    assert reading.instance == build()
    assert reading.findings == ()


def test_every_post_is_offered_to_residents_first_and_online_after():
    instance = build()
    assert {n.modes for n in instance.needs} == {("resident", "online")}
    assert Counter(t.modes for t in instance.teachers) == {("resident",): 7, ("resident", "online"): 2, ("online",): 12}
    homes = {t.home_site for t in instance.teachers if t.modes == ("online",)}
    (town,) = homes - {p.origin for p in instance.pairings}
    assert [t.subject for t in instance.teachers if t.home_site == town and t.modes == ("online",)] == ["art"]
