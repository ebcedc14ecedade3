"""A synthetic run of any size, with every kind of thing that a report shows."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from matching.domain.findings import Finding
from matching.domain.instance import Instance
from matching.domain.plan import GoalLine, Placement, Plan, Reserve, RuleLine, Unfilled, Unplaced
from matching.domain.records import Need, Site, Teacher
from matching.domain.text import Text
from matching.policy.conditions import FieldRef
from matching.policy.model import Goal, Policy, Quota, Require, Variant
from matching.report import Report
from matching.scoring import Candidate, rank, score
from matching.travel import Distances
from tests import builders as b

COUNTIES = ("榆中县", "永登县", "皋兰县", "靖远县", "会宁县", "景泰县", "通渭县", "陇西县", "渭源县", "临洮县",
            "漳县", "岷县")
SUBJECTS = ("chinese", "math", "english", "physics", "it", "music")
STAGES = ("primary", "junior")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", ("春兰", "志强", "桂英", "建国", "晓燕", "海涛", "玉梅", "永刚")

POLICY = Policy(
    "sample", Text("省内支教计划（示例）", "Provincial scheme (sample)"), date(2026, 9, 1), goals=(Goal("fill"),),
    rules=(
        Require(id="subject", title=Text("学科相符", "Subject"), that=()),
        Require(id="max-km", title=Text("不超过最远公里", "Within the teacher's distance"), that=()),
        Quota(id="backbone-share", title=Text("骨干教师占比", "Backbone share"), of="placed", at_least=Fraction(1, 5),
              source="示例文件第五条"),
        Quota(id="county-share", title=Text("各县骨干教师占比", "Backbone share by county"), of="placed",
              at_least=Fraction(1, 5), per=("host.county",), enforce="elastic"),
        Quota(id="send-max", title=Text("派出上限", "Most that a school sends"), per=("home.site_id",),
              at_most=FieldRef("home.send_max")),
        Quota(id="mean-km", title=Text("路程合计", "Distance in all"), measure="km", at_most=Fraction(90000),
              enforce="report"),
    ),
    variants=(Variant("nearest", Text("就近优先", "Nearest")), Variant("wishes", Text("意向优先", "Wishes first"))),
    ranking={"fill": Fraction(30), "km": Fraction(15), "preference": Fraction(15), "backbone": Fraction(10),
             "fair": Fraction(15), "yuan": Fraction(5), "envy": Fraction(10)},
)


def sample(n_teachers: int = 60, seed: int = 1) -> Report:
    """Return three ranked plans of a made-up scheme; about nine teachers in ten are placed."""
    rng = random.Random(seed)
    homes, hosts = _sites(rng, "S", n_teachers // 12 + 2, "sender"), _sites(rng, "H", n_teachers // 8 + 3, "receiver")
    needs = [need for site in hosts for need in _needs(rng, site)]
    staff = [_teacher(rng, i, homes, hosts) for i in range(n_teachers)]
    instance = b.instance(homes + hosts, needs, staff)
    away = Distances(instance, POLICY.detour).matrix([s.site_id for s in homes], [s.site_id for s in hosts])
    km = {(h.site_id, t.site_id): away[i, j] / 10 for i, h in enumerate(homes) for j, t in enumerate(hosts)}
    plans = [_plan(rng, name, instance, km) for name in ("main", "nearest", "wishes")]
    ranking = rank(POLICY, [Candidate(p, p.plan, score(instance, POLICY, p)) for p in plans])
    return Report(instance, POLICY, ranking, findings=FINDINGS, run_id=f"sample-{n_teachers}-{seed}")


FINDINGS = (
    Finding("warning", "unknown_wish", Text("意向“不存在的学校”不在学校表、需求表和县名中，已忽略。",
                                            "The wish names nothing known and is ignored."),
            "teachers", 7, "意向1", "不存在的学校", ("榆中县",), "folder/教师.xlsx"),
    Finding("notice", "unknown_column", Text("不认识的列，未使用。", "An unknown column; it is not used."),
            "sites", 1, "备注2"),
    Finding("error", "negative", Text("人数不能为负。", "A count cannot be negative."), "needs", 9, "人数", "-3"),
)


def _sites(rng: random.Random, prefix: str, count: int, role: str) -> list[Site]:
    kinds = ("初级中学", "中心小学", "中心小学")
    return [b.site(f"{prefix}{i + 1:03}", role, name=f"{COUNTIES[i % 12]}第{i // 12 + 1}{kinds[i % 3]}",
                   county=COUNTIES[i % 12], lon=round(103.2 + (i % 12) * 0.3 + rng.uniform(-0.2, 0.2), 4),
                   lat=round(34.4 + rng.uniform(0, 2.6), 4), hardship=i % 4, send_max=9, staff=40)
            for i in range(count)]


def _needs(rng: random.Random, site: Site) -> list[Need]:
    return [b.need(f"N-{site.site_id}-{k + 1}", site.site_id, rng.randint(1, 3), subject=rng.choice(SUBJECTS),
                   stage=rng.choice(STAGES), priority=rng.randint(1, 5)) for k in range(rng.randint(2, 5))]


def _teacher(rng: random.Random, i: int, homes: Sequence[Site], hosts: Sequence[Site]) -> Teacher:
    wishes = {f"pref_{k}": rng.choice(hosts).county for k in (1, 2, 3)} if rng.random() < 0.4 else {}
    return b.teacher(
        f"T{i + 1:05}", rng.choice(homes).site_id, name=rng.choice(SURNAMES) + rng.choice(GIVEN),
        subject=rng.choice(SUBJECTS), stages=(rng.choice(STAGES),), title=rng.choice(("second", "first", "senior")),
        backbone=rng.choice(("none", "none", "none", "school", "county", "city")), **wishes)


def _plan(rng: random.Random, name: str, instance: Instance, km: dict[tuple[str, str], float]) -> Plan:
    seats = [n for n in instance.needs for _ in range(n.count)]
    rng.shuffle(seats)
    chosen = sorted(zip(instance.teachers[: len(instance.teachers) * 9 // 10], seats, strict=False),
                    key=lambda pair: pair[0].teacher_id)
    placements = tuple(_placement(instance, t, n, km[t.home_site, n.site_id]) for t, n in chosen)
    placed, filled = {p.teacher for p in placements}, [p.need for p in placements]
    spare = [t.teacher_id for t in instance.teachers if t.teacher_id not in placed]
    unplaced = tuple(Unplaced(who, ("no_seat_left", "max-km", "send-max")[i % 3]) for i, who in enumerate(spare))
    reasons = ("no_candidate", "all_placed_elsewhere", "max-km", "send-max", "not_needed")
    unfilled = tuple(Unfilled(n.need_id, n.count - filled.count(n.need_id), reasons[i % 5])
                     for i, n in enumerate(instance.needs) if n.count > filled.count(n.need_id))
    reserve = tuple(Reserve(n.need_id, tuple(spare[i % len(spare):][:2])) for i, n in enumerate(instance.needs[:40]))
    gap = 0.0 if name != "main" else 0.000083
    goals = (GoalLine("fill", 3 * len(placements), 3 * len(placements) + 1, 3 * len(placements) + 1, gap),
             GoalLine("shortfall", 2, 2, 2, 0.0), GoalLine("points", 48210, 48210, 48210, 0.0))
    return Plan(name, "feasible" if gap else "optimal", 0, placements, goals, unplaced, unfilled,
                _rules(instance, placements), reserve)


def _placement(instance: Instance, teacher: Teacher, need: Need, km: float) -> Placement:
    county = instance.site[need.site_id].county
    wishes = (teacher.pref_1, teacher.pref_2, teacher.pref_3)
    preference = wishes.index(county) + 1 if county in wishes else None
    return Placement(teacher.teacher_id, need.need_id, "resident", km, 25000, preference, "main", "main", False)


def _rules(instance: Instance, placements: Sequence[Placement]) -> tuple[RuleLine, ...]:
    n = len(placements)
    counties = [RuleLine("county-share", county, f"{i + 1}/{5 * i + 4}", "1/5", i % 4 != 3, int(i % 4 == 3))
                for i, county in enumerate(COUNTIES)]
    sends = [RuleLine("send-max", s.site_id, 4, 9, True, 0) for s in instance.sites if s.role == "sender"]
    return (RuleLine("backbone-share", "plan", f"{n // 3}/{n}", "1/5", True, 0), *counties, *sends,
            RuleLine("mean-km", "plan", "91234.5", 90000, False, 12345))
