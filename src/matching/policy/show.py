"""A policy as people read it: the whole of it line by line, and what differs between two."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from matching.domain.terms import VOCABULARIES
from matching.domain.text import Lang
from matching.policy.draft import Draft, Table
from matching.policy.layers import draft_of
from matching.policy.literals import Vocabularies
from matching.policy.load import load, load_draft
from matching.policy.model import Policy
from matching.policy.toml import lines_of, value
from matching.policy.values import title

WIDTH = 72


def show(name_or_path: str | Path, lang: Lang = "zh", *, vocabularies: Vocabularies = VOCABULARIES) -> list[str]:
    """Return the whole policy as lines of TOML, each with the file that it comes from as a comment.

    Raises
    ------
    InputError
        The policy cannot be loaded.
    """
    draft, policy = load_draft(name_or_path, vocabularies=vocabularies)
    head = {"zh": f"# {policy.title.zh}（{policy.id}）：每行后面是它所在的文件",
            "en": f"# {policy.title.en} ({policy.id}): after each line, the file that it stands in"}
    return [head[lang], *(_with_origin(line.text, line.origin) for line in lines_of(draft))]


def _with_origin(text: str, origin: str) -> str:
    if not origin:
        return text
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return f"{text:<{max(0, WIDTH - wide)}}  # {origin}"


def diff(a: Policy | str | Path, b: Policy | str | Path, lang: Lang = "zh", *,
         vocabularies: Vocabularies = VOCABULARIES) -> list[str]:
    """Return what differs between two policies: ``+`` only in `b`, ``-`` only in `a`, ``~`` in both; none if equal.

    Raises
    ------
    InputError
        One of them cannot be loaded.
    """
    one, two = (draft_of(p if isinstance(p, Policy) else load(p, vocabularies=vocabularies)) for p in (a, b))
    lines = list(_differences(one, two, lang))
    common = [[key for key in d.rules if key in one.rules and key in two.rules] for d in (one, two)]
    if common[0] != common[1]:
        lines.append({"zh": "~ 规则的先后顺序不同", "en": "~ the rules stand in another order"}[lang])
    return lines


def _differences(one: Draft, two: Draft, lang: Lang) -> Iterator[str]:
    yield from _item("[policy]", one.policy, two.policy)
    yield from _items("rule", one.rules, two.rules, lang)
    yield from _items("goal", _numbered(one), _numbered(two), lang)
    yield from _item("[points]", one.points, two.points)
    yield from _items("variant", one.variants, two.variants, lang)
    yield from _item("[ranking]", one.ranking, two.ranking)


def _numbered(draft: Draft) -> Mapping[str, Table]:
    return {str(number): raw for number, raw in enumerate(draft.goals or (), 1)}


def _items(kind: str, one: Mapping[str, Table], two: Mapping[str, Table], lang: Lang) -> Iterator[str]:
    for key in dict.fromkeys((*one, *two)):
        raw = two.get(key) or one[key]
        called = f"  # {title(raw['title'].value).get(lang)}" if "title" in raw else ""
        old, new = (None if item is None else {k: cell for k, cell in item.items() if k != "id"}
                    for item in (one.get(key), two.get(key)))
        yield from _item(f"[[{kind}]] {key}{called}", old, new)


def _item(head: str, one: Table | None, two: Table | None) -> Iterator[str]:
    lines = [_line(key, one or {}, two or {}) for key in dict.fromkeys((*(one or {}), *(two or {})))]
    changed = [line for line in lines if line]
    if changed:
        yield f"{'+' if one is None else '-' if two is None else '~'} {head}"
        yield from changed


def _line(key: str, one: Table, two: Table) -> str:
    old, new = (value(t[key].value) if key in t else None for t in (one, two))
    if old == new:
        return ""
    if old is None or new is None:
        return f"    {'+' if old is None else '-'} {key} = {new or old}"
    return f"    ~ {key} = {old} -> {new}"
