"""What the years came to, in sentences."""

from __future__ import annotations

from matching.domain.text import Text
from matching.policy.goal_words import goal_title
from matching.policy.model import Policy
from matching.scenarios.years.breaches import OutOfTurn
from matching.scenarios.years.outcome import Roll

WHY_NEW = {"retired": Text("退休", "retired"), "grown_out": Text("超过年龄", "past an age limit")}
FAIR = {
    "turns": Text("违反轮次的人次", "placements out of turn"),
    "hardship": Text("再次派往艰苦岗位的人次", "placements at a hardship post again"),
    "spread": Text("所派教师以前服务次数合计", "former services of those sent, in all"),
}


FEWEST = Text("已证明：不让前面的目标变差，违反轮次的人次不能再少",
              "proven: with the goals before as they are, no plan has fewer placements out of turn")


def school_year(year: int) -> str:
    """Return a school year by both its calendar years."""
    return f"{year}-{year + 1}"


def out_of_turn_words(policy: Policy, breach: OutOfTurn) -> Text:
    """Return who was sent out of turn, and what stood in the way of the turn."""
    why = _reason(policy, breach)
    proof = FEWEST if breach.proven else Text("限时内未证明", "not proven in time")
    return Text(
        f"{breach.teacher}（已服务 {breach.served} 次）派往 {breach.need}，而同校同学科同学段的 {breach.peer}"
        f"（已服务 {breach.peer_served} 次）本年未派：{why.zh}。{proof.zh}。",
        f"{breach.teacher} (served {breach.served} times) was sent to {breach.need} while the peer {breach.peer} "
        f"(served {breach.peer_served} times) was not: {why.en}; {proof.en}.")


def _reason(policy: Policy, breach: OutOfTurn) -> Text:
    code, rule, group = breach.reason
    if code == "rule":
        title = _title(policy, rule)
        return Text(f"规则“{title.zh}”不允许 {breach.peer} 到 {breach.need}",
                    f'the rule "{title.en}" refuses {breach.peer} the post {breach.need}')
    if code == "group":
        title = _title(policy, rule)
        return Text(f"由 {breach.peer} 去，规则“{title.zh}”在 {group} 就不成立",
                    f'with {breach.peer} there, the rule "{title.en}" would not hold in {group}')
    if code == "goal":
        goal = goal_title(rule)
        return Text(f"由 {breach.peer} 去，政策排在轮次之前的目标“{goal.zh}”就会变差",
                    f'with {breach.peer} there, the goal "{goal.en}", which stands before turns, would be worse')
    return Text("换成他，就有另一位要违反轮次", "with the peer there instead, another turn would be missed")


def _title(policy: Policy, rule: str) -> Text:
    titles = {r.id: r.title for r in policy.rules}
    return titles.get(rule, Text(rule, rule))


def summary(roll: Roll) -> tuple[Text, ...]:
    """Return the sentences that say what the years came to."""
    return (_turns(roll), *_hardship(roll), *_gave_way(roll), *_proof(roll))


WITH_REASONS = Text("，每一例都列出了原因。", ", each with its reason.")
NONE = Text("：没有人在同校、同学科、同学段而服务较少、当年可派的同事之前再次服务。",
            ": nobody served again before a peer who could be sent and had served less.")


def share(part: int, whole: int) -> str:
    """Return a share in percent with two digits."""
    return f"{100 * part / whole:.2f}%" if whole else "0.00%"


def _turns(roll: Roll) -> Text:
    late, again = len(roll.out_of_turn), roll.again
    ending = WITH_REASONS if late else NONE
    return Text(
        f"共开始服务 {roll.begun:,} 人次，其中第二次及以后 {again:,} 人次；违反轮次 {late} 人次"
        f"（占后者 {share(late, again)}）{ending.zh}",
        f"Services begun: {roll.begun:,}, of which a second or later one: {again:,}; out of turn: {late} "
        f"({share(late, again)} of these){ending.en}")


def _hardship(roll: Roll) -> list[Text]:
    again = sum(len(year.hardship_again) for year in roll.years)
    if not any(site.hardship >= roll.assumed.hardship for site in roll.instance.sites):
        return []
    return [Text(f"再次派往艰苦岗位（{roll.assumed.hardship} 类及以上）{again} 人次，"
                 "每年都是不多留空岗、不多违反轮次时的最少人次。",
                 f"Sent to a hardship post (class {roll.assumed.hardship} or above) again: {again}, in each year the "
                 "fewest without more empty seats or turns missed.")]


def _gave_way(roll: Roll) -> list[Text]:
    found = []
    for year in roll.years:
        rules = list(dict.fromkeys(line.rule for line in year.gave_way))
        for rule in rules:
            lines = [line for line in year.gave_way if line.rule == rule]
            total, title = sum(line.shortfall for line in lines), _title(roll.policy, rule)
            found.append(Text(
                f"{school_year(year.year)} 学年，硬性规则不能同时成立，“{title.zh}”让步 {total}"
                f"（{len(lines)} 处，已是最少）。",
                f'{school_year(year.year)}: the hard rules cannot all hold; "{title.en}" gives way by {total} (in '
                f"{len(lines)} groups), the least that is possible."))
    return found


def _proof(roll: Roll) -> list[Text]:
    if len(roll.years) < roll.asked:
        return [Text(f"要求模拟 {roll.asked} 个学年，只得到 {len(roll.years)} 个。",
                     f"School years asked for: {roll.asked}; simulated: {len(roll.years)}.")]
    open_years = [school_year(year.year) for year in roll.years if year.status != "optimal"]
    if open_years:
        return [Text(f"限时内未证明最优的学年：{'、'.join(open_years)}。",
                     f"Not proven best in time: {', '.join(open_years)}.")]
    return [Text("每年的方案都已证明最优，并通过审计。", "Every year's plan is proven best and passed the audit.")]
