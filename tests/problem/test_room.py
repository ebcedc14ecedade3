"""Pairs that are too many are refused before they are listed."""

import pytest

from matching.domain.findings import InputError
from matching.policy import load
from matching.problem import arcs, compile, problem
from matching.problem.arcs import eligible
from matching.problem.credits import CreditedFields
from matching.problem.problem import hard_requires
from matching.problem.room import BYTES, COMPILED, MOST, check, check_compiled
from tests import builders

POLICY = load("base")


def crowd(**teacher):
    sites = [builders.site("S1", role="sender"), builders.site("R1", role="receiver")]
    return builders.instance(sites, [builders.need(f"N{k}", site_id="R1") for k in range(5)],
                             [builders.teacher(f"T{k}", home_site="S1", **teacher) for k in range(8)])


def listed(instance, available):
    return len(eligible(hard_requires(POLICY), CreditedFields(instance, POLICY), available))


def test_what_fits_is_listed():
    assert listed(crowd(), 40 * BYTES) == 40


def test_what_does_not_is_refused_with_the_figure_and_what_would_fit():
    with pytest.raises(InputError, match="room for about 39") as refused:
        listed(crowd(), 40 * BYTES - 1)
    [finding] = refused.value.findings
    assert (finding.code, finding.value) == ("too_many_pairs", "40")
    assert "约有 40 个" in finding.text.zh
    assert "最多容纳约 39 个" in finding.text.zh


def test_what_a_finer_rule_takes_out_is_not_counted(monkeypatch):
    monkeypatch.setattr("matching.problem.coarse.CELLS", 0)
    assert listed(crowd(), 40 * BYTES) == 40
    assert listed(crowd(subject="english"), 0) == 0


def test_more_than_can_be_numbered():
    check(MOST, MOST, None)
    with pytest.raises(InputError, match="room for about 2,147,483,647") as refused:
        check(MOST + 1, 3 * 10**9, None)
    assert "本机" not in refused.value.findings[0].text.zh


def test_the_machine_is_asked(monkeypatch):
    monkeypatch.setattr(arcs, "free_memory", lambda: BYTES)
    with pytest.raises(InputError, match="room for about 1"):
        compile(crowd(), POLICY)


def test_rows_over_the_pairs_take_more_than_the_pairs(monkeypatch):
    check_compiled(40, 40 * COMPILED)
    check_compiled(40, None)
    monkeypatch.setattr(problem, "free_memory", lambda: 39 * COMPILED)
    with pytest.raises(InputError, match="room for about 39") as refused:
        compile(crowd(), POLICY)
    assert "最多容纳约 39 个" in refused.value.findings[0].text.zh
