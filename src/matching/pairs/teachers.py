"""Mentors and mentees as an instance: a mentee stands as a sender, a mentor as a post of the mentor's own kind."""

from __future__ import annotations

from matching.domain.findings import InputError, error
from matching.domain.instance import Instance
from matching.domain.records import Need, Teacher
from matching.pairs.records import record


def teacher_instance(instance: Instance) -> Instance:
    """Return the instance whose placements are pairs: of mentee (teacher_id) and mentor (need_id), both teacher ids.

    Every approved, undeferred teacher stands in it as both; the policy's rules say who may be which. A mentor's title
    is the post's `min_title`, the level the post's `backbone_required`.

    Raises
    ------
    InputError
        Where there are fewer than two such teachers.
    """
    there = tuple(t for t in instance.teachers if t.status == "approved" and not t.deferred)
    if len(there) < 2:
        raise InputError([error(
            "no_teachers", "教师不足两人（只计审核通过、未暂缓的），无从结对：请填写教师表",
            "there are fewer than two teachers (approved and not deferred) to pair: fill in the sheet teachers",
            sheet="teachers")])
    posts = tuple(_post(t, instance.backbone_level(t), len(there)) for t in there)
    return Instance(instance.sites, posts, tuple(map(_mentee, there)), distances=instance.distances,
                    dictionary=instance.dictionary)


def _mentee(teacher: Teacher) -> Teacher:
    """Leave out what speaks of posts: wishes, limits and groups have no meaning among colleagues."""
    return teacher._replace(
        modes=("resident",), post_types=("teaching",), pref_1=None, pref_2=None, pref_3=None, avoid_sites=(),
        max_km=None, group=None, lock_need=None, last_need=None, mandatory=False)


def _post(mentor: Teacher, level: str, most: int) -> Need:
    """Return the post that a mentor is; how many it takes is for the policy to say."""
    return record(Need, need_id=mentor.teacher_id, site_id=mentor.home_site, subject=mentor.subject,
                  stage=mentor.stages[0], count=most, min_title=mentor.title, backbone_required=level)
