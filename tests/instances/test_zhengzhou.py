"""The figures of the source, in the roster."""

from instances.zhengzhou.generate import HERE, build

from matching.tables import read


def test_the_workbook_is_what_the_generator_makes():
    reading = read(HERE / "zhengzhou.xlsx")
    assert reading.instance == build()
    assert {finding.severity for finding in reading.findings} <= {"notice"}


def test_jianshan_is_30_km_away_and_asks_for_one_teacher_of_all_subjects_with_30_lessons():
    instance = build()
    mountain = {s.site_id for s in instance.sites if s.township == "尖山"}
    posts = [n for n in instance.needs if n.site_id in mountain]
    assert {(n.subject, n.weekly_hours) for n in posts} == {("generalist", 30)}
    assert {d.km for d in instance.distances} == {30.0}
    assert {d.destination for d in instance.distances} == mountain
