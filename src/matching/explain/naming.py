"""Schools, teachers, posts and groups of rules as people call them."""

from __future__ import annotations

from matching.domain.instance import Instance
from matching.domain.records import Need
from matching.domain.terms import STAGE
from matching.domain.text import Lang, Text
from matching.domain.vocabulary import Vocabulary, english
from matching.policy.model import Rule

PLAN = Text("全部安置", "the whole plan")


def rule_name(rule: Rule) -> Text:
    """Return a rule's title with its id."""
    return Text(f"“{rule.title.zh}”（{rule.id}）", f'"{rule.title.en}" ({rule.id})')


def group_name(instance: Instance, group: str) -> Text:
    """Return a group's label with the ids of schools and teachers, and keys of the vocabularies, turned into words."""
    if group == "plan":
        return PLAN
    return Text(*(" × ".join(_member(instance, m, lang) for m in group.split(" * ")) for lang in ("zh", "en")))


def _member(instance: Instance, member: str, lang: Lang) -> str:
    known = instance.site.get(member) or instance.teacher.get(member)
    if known is not None:
        return known.name
    site, _, rest = member.partition(" ")
    if site in instance.site and rest:
        words = [_word(instance, key, lang) for key in rest.split()]
        return instance.site[site].name + Text("".join(words), f" {' '.join(words)}").get(lang)
    return _word(instance, member, lang)


def _word(instance: Instance, key: str, lang: Lang) -> str:
    lists: tuple[Vocabulary, ...] = (STAGE, instance.vocabularies["subject"])
    found = next((v for v in lists if key in v), None)
    if lang == "en":
        return english(key) if found else key
    return found.zh(key) if found else key


def kind_name(instance: Instance, stage: str, subject: str) -> Text:
    """Return a stage and a subject."""
    zh, en = (tuple(_word(instance, key, lang) for key in (stage, subject)) for lang in ("zh", "en"))
    return Text("".join(zh), " ".join(en))


def post_name(instance: Instance, need: Need) -> Text:
    """Return a post by its id, school, stage and subject."""
    site, kind = instance.site[need.site_id], kind_name(instance, need.stage, need.subject)
    return Text(f"{need.need_id}（{site.name}，{kind.zh}）", f"{need.need_id} ({site.name}, {kind.en})")


def teacher_name(instance: Instance, teacher_id: str) -> Text:
    """Return a teacher by name, id and school."""
    teacher = instance.teacher[teacher_id]
    school = instance.site[teacher.home_site].name
    return Text(f"{teacher.name}（{teacher_id}，{school}）", f"{teacher.name} ({teacher_id}, {school})")


def many(number: int, word: str) -> str:
    """Return a number of things in English."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
