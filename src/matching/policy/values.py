"""Reading single values of a policy, from TOML or from the text of a cell."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from matching.domain.terms import BACKBONE, YES_NO
from matching.domain.text import Text
from matching.domain.vocabulary import Vocabulary
from matching.policy import literals, parse
from matching.policy.conditions import Conditions, FieldRef
from matching.policy.faults import FaultError, plain, refusal, word
from matching.policy.fields import lookup
from matching.policy.model import Bound, Slack
from matching.policy.words import MEASURE, OF, PLACEMENT

Reader = Callable[[object], object]
LARGEST = 10**12


def text(value: object) -> str:
    """Return a text, trimmed."""
    if not isinstance(value, str):
        raise refusal("not_text", value)
    return value.strip()


def required_text(value: object) -> str:
    """Return a text that is not blank."""
    found = text(value)
    if not found:
        raise refusal("empty_text")
    return found


def title(value: object) -> Text:
    """Return a title from ``{ zh, en }`` (one of them suffices) or one text for both languages."""
    if isinstance(value, Text):
        return value
    if isinstance(value, str):
        return Text(value.strip(), value.strip())
    if not isinstance(value, Mapping) or not value or not set(value) <= {"zh", "en"}:
        raise refusal("bad_title", value)
    either = next(iter(value.values()))
    return Text(text(value.get("zh", either)), text(value.get("en", either)))


def number(value: object) -> Fraction:
    """Return an exact number; a decimal is read from its shortest text, ``20%`` and ``9/47`` are understood."""
    found: Fraction | None = None
    if isinstance(value, Fraction | int) and not isinstance(value, bool):
        found = Fraction(value)
    elif isinstance(value, Decimal | float):
        exact = Decimal(repr(value)) if isinstance(value, float) else value
        short = exact.is_finite() and abs(exact.adjusted()) <= 30 and len(exact.as_tuple().digits) <= 40
        found = Fraction(exact) if short else None
    elif isinstance(value, str):
        found = _number_text(plain(value))
    if found is None or abs(found) > LARGEST:
        raise refusal("not_a_number", value)
    return found


def _number_text(seen: str) -> Fraction | None:
    over, slash, under = seen.partition("/")
    if not slash:
        return literals.number(seen)
    short = over.isdecimal() and under.isdecimal() and len(seen) <= 40 and int(under) > 0
    return Fraction(int(over), int(under)) if short else None


def amount(value: object) -> Fraction:
    """Return a number that is not negative."""
    found = number(value)
    if found < 0:
        raise refusal("negative", value)
    return found


def whole(value: object, least: int | None = None) -> int:
    """Return a whole number, at least `least`."""
    found = number(value)
    if found.denominator != 1:
        raise refusal("not_whole", value)
    if least is not None and found < least:
        raise refusal("too_small", value, (str(least),), least=least)
    return int(found)


def count(value: object) -> int:
    """Return a whole number from 0."""
    return whole(value, 0)


def positive(value: object) -> int:
    """Return a whole number from 1."""
    return whole(value, 1)


def yes(value: object) -> bool:
    """Return yes or no, from true/false or a word for them."""
    if isinstance(value, bool):
        return value
    key = YES_NO.lookup(value) if isinstance(value, str) else None
    if key is None:
        raise refusal("not_yes_no", value, ("true", "false"))
    return key == "yes"


def bend(value: object) -> int:
    """Return the price of one unit by which a rule gives way: 0 for no, 1 for yes, or a whole number."""
    if isinstance(value, bool) or (isinstance(value, str) and YES_NO.lookup(value) is not None):
        return int(yes(value))
    return count(value)


def word_of(words: Vocabulary, zh: str, en: str) -> Reader:
    """Return a reader of one word of `words`."""
    return lambda value: word(text(value), words, Text(zh, en))


def backbone(value: object) -> str:
    """Return the lowest level that counts as backbone."""
    key = word(text(value), BACKBONE, Text("骨干级别", "backbone level"))
    if key == "none":
        raise refusal("bad_backbone", value, ("county", "city"))
    return key


def detour(value: object) -> Fraction:
    """Return road distance over great-circle distance, at least 1."""
    found = number(value)
    if found < 1:
        raise refusal("bad_detour", value, ("1.3",))
    return found


def day(value: object) -> datetime.date:
    """Return a date, from TOML or from text as ``2026-09-01``."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    try:
        return datetime.date.fromisoformat(plain(value) if isinstance(value, str) else "")
    except ValueError:
        raise refusal("not_a_date", value, ("2026-09-01",)) from None


def bound(value: object) -> Bound:
    """Return a number, or the numeric field that `value` names."""
    if isinstance(value, FieldRef):
        return value
    if isinstance(value, str) and _number_text(plain(value)) is None:
        return _numeric(value)
    return amount(value)


def signed(value: object) -> Fraction:
    """Return a whole number, which may be negative."""
    return Fraction(whole(value))


def above_zero(value: object) -> Fraction:
    """Return a number above 0."""
    found = amount(value)
    if not found:
        raise refusal("not_above_zero", value, ("19",))
    return found


def activity(value: object) -> str:
    """Return an activity of the ledger as it is written there, or ``placement``."""
    seen = required_text(value)
    return PLACEMENT.lookup(seen) or seen


def numeric_field(value: object) -> FieldRef:
    """Return the numeric field that `value` names."""
    return value if isinstance(value, FieldRef) else _numeric(required_text(value))


def of(value: object) -> str | FieldRef:
    """Return what a share is of: a word of `OF`, or a numeric field."""
    if isinstance(value, FieldRef):
        return value
    seen = text(value)
    key = OF.lookup(seen)
    if key is None and lookup(seen) is None:
        word(seen, OF, Text("基数", "base of a share"))
    return _numeric(seen) if key is None else key


def _numeric(name: str) -> FieldRef:
    found = parse.field(name)
    if found.kind != "number":
        raise refusal("not_numeric", name)
    return FieldRef(found.name)


def one_field(value: object) -> str:
    """Return the canonical name of one field."""
    return parse.field(required_text(value)).name


def per(value: object) -> tuple[str, ...]:
    """Return the canonical names of the fields that make groups; ``plan`` is none."""
    if isinstance(value, tuple):
        return value
    seen = plain(text(value)).replace("×", "*")
    if seen.lower() in ("plan", "全部", "总体"):
        return ()
    names = tuple(parse.field(name.strip()).name for name in seen.split("*"))
    if len(names) > 2:
        raise refusal("too_many_fields", value)
    return names


def measure(value: object) -> str:
    """Return what a quota adds up."""
    return word(text(value), MEASURE, Text("计量", "measure"))


def slack(value: object) -> Slack:
    """Return what may be given up of a goal: an amount, or a percentage."""
    if isinstance(value, Slack):
        return value
    percent = isinstance(value, str) and plain(value).endswith("%")
    found = amount(value)
    return Slack(found * 100, True) if percent else Slack(found)


def conditions(value: object, vocabularies: literals.Vocabularies) -> Conditions:
    """Return one condition, or a list of them, any of which suffices.

    Raises
    ------
    FaultError
        Everything that is wrong in them.
    """
    if isinstance(value, tuple):
        return value
    given = value if isinstance(value, list) else [value]
    texts = [t for t in given if isinstance(t, str)]
    if len(texts) < len(given):
        raise refusal("not_a_condition", value)
    read = [parse.read_condition(t, vocabularies) for t in texts]
    faults = [fault for _, found in read for fault in found]
    if faults:
        raise FaultError(*faults)
    return tuple(c for c, _ in read) if all(c.clauses for c, _ in read) else ()
