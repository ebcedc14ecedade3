"""With whom a teacher travels, and what rules make of that."""

from __future__ import annotations

from collections.abc import Iterator

from matching.domain.text import Text
from matching.explain.inquiry import Inquiry
from matching.policy.model import Together
from matching.problem.together import travelling


def companions_told(inquiry: Inquiry, teacher: str) -> Iterator[Text]:
    """Yield a sentence for each rule that keeps `teacher` together with others, hard or elastic."""
    mine = inquiry.teacher_at[teacher]
    for rule in inquiry.policy.active(Together):
        for _, members in travelling(rule, inquiry.fields) if rule.enforce != "report" else ():
            if mine in members:
                yield _told(inquiry, rule, [at for at in members if at != mine])


def _told(inquiry: Inquiry, rule: Together, others: list[int]) -> Text:
    people = [inquiry.instance.teachers[at] for at in others]
    zh, en = (comma.join(shape.format(p.name, p.teacher_id) for p in people)
              for comma, shape in (("、", "{}（{}）"), (", ", "{} ({})")))
    asked = Text("要么同去一处，要么都不去", "they go to the same place, or none of them goes")
    if rule.enforce == "elastic":
        asked = Text("应当同去一处", "they should go to the same place")
    return Text(f"与{zh}同行：按规则“{rule.title.zh}”，{asked.zh}。",
                f'Travels with {en}: by the rule "{rule.title.en}", {asked.en}.')
