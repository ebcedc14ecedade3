"""What goals may lose, as it is written: ``points=5%``, ``fill=2``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matching.domain.findings import Finding, InputError, error
from matching.policy.literals import number
from matching.policy.model import Slack


def losses_of(stated: Iterable[str] | Mapping[str, object]) -> dict[str, Slack]:
    """Return what is stated by goals' names.

    Raises
    ------
    InputError
        Where something is no ``goal=amount`` or ``goal=percent%``, or the amount is negative.
    """
    words = [f"{k}={v}" for k, v in stated.items()] if isinstance(stated, Mapping) else list(stated)
    found: dict[str, Slack] = {}
    wrong: list[Finding] = []
    for text in words:
        name, _, amount = text.partition("=")
        exact = number(amount.strip().removesuffix("%"))
        if not name.strip() or exact is None or exact < 0:
            wrong.append(error("bad_loss", f"看不懂“{text}”；请写成 目标=数量 或 目标=百分比，如 fill=2、points=5%。",
                               f"Cannot read {text}: write goal=amount or goal=percent, such as fill=2 or points=5%.",
                               value=text))
        else:
            found[name.strip()] = Slack(exact, amount.strip().endswith("%"))
    if wrong:
        raise InputError(wrong)
    return found
