"""What is wrong with the changes that are asked for, each said so that it can be put right."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from matching.domain.findings import Finding, InputError, error
from matching.domain.text import Text
from matching.explain.ids import known
from matching.problem import compile
from matching.scenarios.replan.changes import Before, Changes, Pair

NEAREST = 3


def check(before: Before, changes: Changes) -> None:
    """Refuse changes that cannot be made.

    Raises
    ------
    InputError
        With every finding: unknown ids; a withdrawal of someone who is not placed; a pin that a rule on eligibility
        refuses, that contradicts another change, or for which there are no seats.
    """
    findings = [*_unknown(before, changes)]
    if not findings:
        findings = [*_not_placed(before, changes), *_contradictions(changes), *_too_many(before, changes)]
    if not findings:
        findings = [*_refused(before, changes)]
    if findings:
        raise InputError(findings)


def _unknown(before: Before, changes: Changes) -> Iterator[Finding]:
    instance = before.instance
    names = {t.teacher_id: t.name for t in instance.teachers}
    schools = {n.need_id: instance.site[n.site_id].name for n in instance.needs}
    pairs = (*changes.pin, *changes.forbid)
    for teacher in dict.fromkeys((*changes.withdraw, *(t for t, _ in pairs))):
        yield from _faults(lambda t=teacher: known("teacher", t, names, names))  # type: ignore[misc]
    for need in dict.fromkeys((*changes.close, *(n for _, n in pairs))):
        yield from _faults(lambda n=need: known("need", n, schools, schools))  # type: ignore[misc]


def _faults(ask: Callable[[], object]) -> tuple[Finding, ...]:
    try:
        ask()
    except InputError as problem:
        return problem.findings
    return ()


def _not_placed(before: Before, changes: Changes) -> Iterator[Finding]:
    placed = before.posts
    for teacher in changes.withdraw:
        if teacher not in placed:
            name = before.instance.teacher[teacher].name
            near = tuple(difflib.get_close_matches(teacher, placed, n=NEAREST, cutoff=0.3))
            yield error("not_placed", f"{name}（{teacher}）在方案 {before.plan.plan} 里没有岗位，不需要撤回。",
                        f"{name} ({teacher}) has no post in the plan {before.plan.plan}: there is nothing to withdraw "
                        "from.", value=teacher, suggest=near)


def _contradictions(changes: Changes) -> Iterator[Finding]:
    pins: dict[str, list[str]] = defaultdict(list)
    for teacher, need in changes.pin:
        pins[teacher].append(need)
    for teacher, needs in pins.items():
        if len(needs) > 1:
            yield error("pinned_twice", f"{teacher} 被指定到 {len(needs)} 个岗位（{'、'.join(needs)}）；请只留一个。",
                        f"{teacher} is pinned to {len(needs)} posts ({', '.join(needs)}): keep one.", value=teacher)
        if teacher in changes.withdraw:
            yield error("pinned_and_withdrawn", f"{teacher} 既要撤回又被指定到岗位；请只留一项。",
                        f"{teacher} is withdrawn and pinned: keep one of the two.", value=teacher)
    for teacher, need in changes.pin:
        if (teacher, need) in changes.forbid:
            yield error("pinned_and_forbidden", f"{teacher} 到 {need} 既被指定又被禁止；请只留一项。",
                        f"{teacher} at {need} is pinned and forbidden: keep one of the two.", value=f"{teacher}={need}")
        if need in changes.close:
            yield error("pinned_to_closed", f"{teacher} 被指定到 {need}，而 {need} 要关闭；请只留一项。",
                        f"{teacher} is pinned to {need}, which is to be closed: keep one of the two.",
                        value=f"{teacher}={need}")


def _too_many(before: Before, changes: Changes) -> Iterator[Finding]:
    locked = Counter(t.lock_need for t in before.instance.teachers
                     if t.lock_need and t.teacher_id not in changes.withdraw and not t.deferred
                     and t.teacher_id not in {p for p, _ in changes.pin})
    asked = Counter(need for _, need in changes.pin)
    for need, many in asked.items():
        seats = before.instance.need[need].count
        if many + locked[need] > seats:
            yield error("too_many_pinned",
                        f"{need} 有 {seats} 个席位，而锁定和指定到它的共 {many + locked[need]} 人。",
                        f"{need} has {seats} seats, and those locked and pinned to it are {many + locked[need]}.",
                        value=need)
    if len(changes.close) == len(before.instance.needs):
        yield error("no_post_left", "所有岗位都要关闭，没有可安排的了；请至少留一个岗位。",
                    "All posts are to be closed, and there is nothing left to plan: keep at least one.")
    for teacher in before.instance.teachers:
        if teacher.lock_need in changes.close and teacher.teacher_id not in changes.withdraw:
            yield error("closed_and_locked",
                        f"{teacher.lock_need} 要关闭，而 {teacher.name}（{teacher.teacher_id}）锁定在那里；"
                        "请先解除锁定，或让其撤回。",
                        f"{teacher.lock_need} is to be closed, but {teacher.name} ({teacher.teacher_id}) is locked "
                        "there: undo the lock first, or withdraw the teacher.", value=teacher.lock_need)


def _refused(before: Before, changes: Changes) -> Iterator[Finding]:
    """Yield the pins that rules on eligibility refuse, with the rules."""
    if not changes.pin:
        return
    problem = compile(before.instance, before.policy)
    for pair in changes.pin:
        rules = problem.refusals(*pair)
        if rules:
            yield _pin_refused(before, pair, rules, _open_to(before, pair, problem.columns))


def _open_to(before: Before, pair: Pair, columns: Callable[[list[Pair]], object]) -> tuple[str, ...]:
    """Return posts that no rule refuses the teacher, ids that look alike first."""
    needs = [n.need_id for n in before.instance.needs]
    arcs = columns([(pair[0], n) for n in needs])
    possible = [n for n, arc in zip(needs, arcs, strict=True) if arc >= 0]  # type: ignore[call-overload]
    near = difflib.get_close_matches(pair[1], possible, n=NEAREST, cutoff=0)
    return tuple(near[:NEAREST])


def _pin_refused(before: Before, pair: Pair, rules: tuple[str, ...], near: tuple[str, ...]) -> Finding:
    titles = [before.policy.rule(rule).title for rule in rules]
    named = Text("、".join(f"“{t.zh}”（{r}）" for t, r in zip(titles, rules, strict=True)),
                 ", ".join(f'"{t.en}" ({r})' for t, r in zip(titles, rules, strict=True)))
    return error("pin_refused", f"{pair[0]} 不能指定到 {pair[1]}：不符合硬性规则{named.zh}。",
                 f"{pair[0]} cannot be pinned to {pair[1]}: refused by {named.en}.", value="=".join(pair), suggest=near)


def unknown_loss(name: str, goals: tuple[str, ...]) -> Finding:
    """A loss is stated for a goal that the policy has not."""
    return error("unknown_goal", f"政策没有目标 {name}；可写：{'、'.join(goals)}。",
                 f"The policy has no goal {name}; it has {', '.join(goals)}.", value=name, suggest=goals)


def nothing_changed() -> Finding:
    """No change is asked for, and the plan is as it was solved."""
    return error("nothing_changed",
                 "没有写出任何变动；请用 --withdraw、--pin、--forbid、--close 或 --add 说明，或给出改过的方案。",
                 "Nothing is changed: say what by --withdraw, --pin, --forbid, --close or --add, or edit the plan.")




def unknown_in_plan(path: Path, ids: tuple[str, ...]) -> Finding:
    """An edited plan names teachers or posts that the run does not know."""
    shown = ids[:10]
    return error("unknown_in_plan",
                 f"{path.name} 里有这次运行不认识的教师或岗位：{'、'.join(shown)}；新增的请写进 --add 的文件。",
                 f"{path.name} names teachers or posts that the run does not know: {', '.join(shown)}; put new ones "
                 "into a file for --add.", file=str(path), value=shown[0])
