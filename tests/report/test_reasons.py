from __future__ import annotations

import pytest

from matching.report.reasons import suggestion, why_unfilled, why_unplaced
from tests.report.samples import POLICY


@pytest.mark.parametrize(("code", "zh"), [
    ("no_seat_left", "符合条件的岗位都已满员"),
    ("not_needed", "再安置不会使方案更好"),
    ("max-km", "筛选到“不超过最远公里”（规则 max-km）时已没有岗位"),
    ("send-max", "再安置会违反“派出上限”（规则 send-max）"),
    ("unheard-of", "unheard-of"),
])
def test_why_a_teacher_has_no_post(code: str, zh: str) -> None:
    assert why_unplaced(POLICY, code).zh == zh


@pytest.mark.parametrize(("code", "en"), [
    ("all_placed_elsewhere", "Every eligible teacher is placed elsewhere"),
    ("max-km", 'Nobody is left after "Within the teacher\'s distance" (rule max-km)'),
    ("send-max", 'One more placement would break "Most that a school sends" (rule send-max)'),
])
def test_why_a_post_is_empty(code: str, en: str) -> None:
    assert why_unfilled(POLICY, code).en == en


@pytest.mark.parametrize("code", ["no_candidate", "all_placed_elsewhere", "not_needed", "max-km", "send-max"])
def test_every_reason_has_a_suggestion(code: str) -> None:
    assert all(suggestion(POLICY, code))


def test_an_unknown_code_has_no_suggestion() -> None:
    assert suggestion(POLICY, "unheard-of") == ("", "")
