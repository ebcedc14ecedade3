"""Whether a case names what there is: rules, fields, columns and studies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from matching.audit import REPEATED_PAIR, STATEMENT, UNKNOWN_ID
from matching.domain.findings import Finding, InputError
from matching.domain.text import Text
from matching.policy.faults import near
from matching.programmes.counting import RECORDS, SHEETS, SIDES, column_of, conditions, field_of
from matching.programmes.expected import Case, CountFigure, Figure, RuleFigure, StudyFigure
from matching.programmes.outcome import Setting
from matching.programmes.reading import FILE, named


def check_names(setting: Setting, folder: Path) -> tuple[Finding, ...]:
    """Return a finding for everything that a case names and that there is not."""
    case, path = setting.case, folder / FILE
    at = f"cases[{case.id}]"
    found = [*_rules(case.conflict or (), setting, path, f"{at}.conflict"),
             *_rules(_breaches(case), setting, path, f"{at}.breaches")]
    for figure in case.figures:
        found.extend(_figure(figure, setting, path, f"{at}.figures[{figure.id}]"))
    return tuple(found)


def _breaches(case: Case) -> Iterable[str]:
    return (rule for rule in case.breaches or () if rule not in (UNKNOWN_ID, REPEATED_PAIR, STATEMENT))


def _figure(figure: Figure, setting: Setting, path: Path, at: str) -> Iterator[Finding]:
    if isinstance(figure, RuleFigure):
        yield from _rules((figure.rule,), setting, path, f"{at}.rule")
    elif isinstance(figure, StudyFigure):
        yield from _study(figure, path, at)
    elif isinstance(figure, CountFigure):
        yield from _count(figure, setting, path, at)


def _rules(ids: Iterable[str], setting: Setting, path: Path, at: str) -> Iterator[Finding]:
    known = [rule.id for rule in setting.policy.rules if rule.on]
    for name in ids:
        if name not in known:
            text = Text(f"政策“{setting.policy.id}”没有启用编号为“{name}”的规则",
                        f"the policy {setting.policy.id} has no rule {name!r} that is on")
            yield named(path, "unknown_rule", text, at, name, near(name, known))


def _study(figure: StudyFigure, path: Path, at: str) -> Iterator[Finding]:
    from matching.studies import STUDIES

    study = STUDIES.get(figure.study)
    if study is None:
        text = Text(f"没有名为“{figure.study}”的专题", f"no study is called {figure.study!r}")
        suggest = near(figure.study, STUDIES) or tuple(STUDIES)
        yield named(path, "unknown_study", text, f"{at}.study", figure.study, suggest)
        return
    known = [column.key for column in study.columns]
    yield from (_no_column(path, f"{at}.where", key, known) for key in figure.where if key not in known)


def _count(figure: CountFigure, setting: Setting, path: Path, at: str) -> Iterator[Finding]:
    for key, texts in (("when", figure.when), ("share_of", figure.share_of or ())):
        yield from _conditions(figure, texts, setting, path, f"{at}.{key}")
    known = _columns(figure.count)
    yield from (_no_column(path, f"{at}.where", key, known) for key in figure.where
                if key not in known and column_of(key, figure.count) is None)
    for key, text in (("distinct", figure.distinct), ("per", figure.per)):
        for name in filter(None, map(str.strip, (text or "").split("*"))):
            if field_of(name, figure.count, setting) is None and name not in known:
                yield _no_field(path, f"{at}.{key}", name, figure.count)


def _columns(kind: str) -> list[str]:
    return [*RECORDS[kind]] if kind in RECORDS else [column.key for column in SHEETS[kind].columns]


def _conditions(figure: CountFigure, texts: tuple[str, ...], setting: Setting, path: Path, at: str
                ) -> Iterator[Finding]:
    try:
        criteria = setting.facts.reader.criteria(conditions(texts, setting), at)
    except InputError as problem:
        yield from (named(path, f.code, f.text, at, f.value, f.suggest) for f in problem.findings)
        return
    sides = {field.name: field.sides for clause in criteria.clauses for field in clause.fields}
    yield from (_no_field(path, at, name, figure.count) for name, of in sides.items() if not of <= SIDES[figure.count])


def _no_column(path: Path, at: str, name: str, known: Iterable[str]) -> Finding:
    text = Text(f"没有“{name}”这一列", f"there is no column {name!r}")
    return named(path, "unknown_column", text, at, name, near(name, known))


def _no_field(path: Path, at: str, name: str, kind: str) -> Finding:
    text = Text(f"{kind} 没有“{name}”这个字段", f"{kind} have no field {name!r}")
    return named(path, "unknown_field", text, at, name)
