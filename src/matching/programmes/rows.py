"""The table of programmes: one row each."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Lang, Text
from matching.programmes.heads import filled, seats
from matching.programmes.programme import Programme
from matching.programmes.words import main_standings, short_words, status_word

HEADINGS = (
    Text("项目", "programme"), Text("教师", "teachers"), Text("席位", "seats"), Text("安置", "filled"),
    Text("规则达标", "rules held"), Text("状态", "status"), Text("审计", "audit"), Text("数字相符", "figures met"),
    Text("秒", "seconds"),
)


class Row(NamedTuple):
    """The programme's first case, as its line in the table; `short` names the rules that fall short."""

    title: str
    teachers: int | None
    seats: int | None
    filled: int | None
    rules: str
    status: str
    audit: str
    figures: str
    seconds: float
    short: tuple[str, ...]


def row(programme: Programme, lang: Lang) -> Row:
    """Return the programme's line."""
    rules = main_standings(programme)
    first = programme.outcomes[0] if programme.outcomes else None
    audit = {True: Text("通过", "pass"), False: Text("违反", "breach"), None: Text("-", "-")}
    judged = first.audit.ok if first and first.audit else None
    return Row(
        programme.id if programme.title.get(lang) == programme.id else f"{programme.id} {programme.title.get(lang)}",
        len(first.setting.instance.teachers) if first else None, seats(first) if first else None,
        filled(first) if first else None, f"{sum(s.ok for s in rules)}/{len(rules)}" if rules else "-",
        status_word(programme, lang), audit[judged].get(lang),
        f"{len(programme.checks) - len(programme.unmet)}/{len(programme.checks)}" if first else "-",
        round(programme.seconds, 1), tuple(short_words(s, lang) for s in rules if not s.ok))
