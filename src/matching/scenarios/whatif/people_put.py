"""What may be said otherwise of teachers who are added."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from matching.domain.instance import Instance
from matching.domain.text import Text
from matching.domain.vocabulary import Vocabulary
from matching.policy import values
from matching.policy.faults import Fault, FaultError, near, refusal, word
from matching.policy.tables import unknown_key

WORDS = {"subject": ("subject", Text("学科", "subject")), "title": ("title", Text("职称", "title")),
         "backbone": ("backbone", Text("骨干级别", "backbone level")), "gender": ("gender", Text("性别", "gender"))}
LISTS = {"stages": ("stage", Text("学段", "stage")), "alt_subjects": ("subject", Text("学科", "subject")),
         "modes": ("mode", Text("支教形式", "mode"))}


def read_put(given: object, instance: Instance) -> Mapping[str, object]:
    """Return the fields of a teacher by key.

    Raises
    ------
    FaultError
        With every fault: no such field, or a value that it cannot take.
    """
    if not isinstance(given, dict):
        raise refusal("not_a_table", given, example='{ subject = "physics" }')
    readers = _readers(instance)
    found: dict[str, object] = {}
    faults: list[Fault] = []
    for key, value in given.items():
        try:
            if key not in readers:
                raise FaultError(unknown_key(key, readers))
            found[key] = readers[key](value)
        except FaultError as refused:
            faults += refused.faults
    if faults:
        raise FaultError(*faults)
    return found


def _readers(instance: Instance) -> dict[str, Callable[[object], object]]:
    known = instance.vocabularies
    readers: dict[str, Callable[[object], object]] = {"home_site": partial(_site, instance), "languages": _texts}
    readers |= {key: partial(_word, known[name], what) for key, (name, what) in WORDS.items()}
    readers |= {key: partial(_words, known[name], what) for key, (name, what) in LISTS.items()}
    return readers


def _word(words: Vocabulary, what: Text, value: object) -> str:
    return word(values.required_text(value), words, what)


def _words(words: Vocabulary, what: Text, value: object) -> tuple[str, ...]:
    return tuple(_word(words, what, one) for one in (value if isinstance(value, list) else [value]))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(values.required_text(one) for one in (value if isinstance(value, list) else [value]))


def _site(instance: Instance, value: object) -> str:
    name = values.required_text(value)
    if name not in instance.site:
        raise refusal("unknown_site", name, near(name, instance.site))
    return name
