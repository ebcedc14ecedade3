"""The years as one JSON object."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from matching.scenarios.years.breaches import OutOfTurn
from matching.scenarios.years.load import school_loads, teacher_loads, times_served
from matching.scenarios.years.outcome import Roll, Stopped, YearOutcome
from matching.scenarios.years.words import out_of_turn_words, summary


def answer(roll: Roll) -> dict[str, Any]:
    """Return what the years came to, without the ledger."""
    late = len(roll.out_of_turn)
    ended = {} if roll.stopped is None else _ended(roll.stopped)
    return {
        "policy": roll.policy.id, "from": roll.first_year, "years": len(roll.years), "asked": roll.asked,
        "seed": roll.seed, "status": "optimal" if roll.proven else _status(roll), "assumptions": asdict(roll.assumed),
        "turns": {"begun": roll.begun, "again": roll.again, "out_of_turn": late,
                  "share": round(late / roll.again, 6) if roll.again else 0.0},
        "times_served": list(times_served(roll)),
        "summary": [{"zh": text.zh, "en": text.en} for text in summary(roll)],
        "by_year": [_year(roll, year) for year in roll.years],
        "load": {"teachers": [load._asdict() for load in teacher_loads(roll)],
                 "schools": [load._asdict() for load in school_loads(roll)]},
        **ended,
    }


def _ended(stopped: Stopped) -> dict[str, Any]:
    """Return why the years end early."""
    clash = stopped.diagnosis.to_dict() if stopped.diagnosis else {}
    return {"ended": {"year": stopped.year, "status": stopped.status, "stopped": stopped.stopped, **clash}}


def _status(roll: Roll) -> str:
    return roll.stopped.status if roll.stopped else "feasible"


def _year(roll: Roll, year: YearOutcome) -> dict[str, Any]:
    return {
        "year": year.year, "date": year.today.isoformat(), "status": year.status, "seats": year.seats,
        "filled": year.filled, "continuing": len(year.running), "begun": len(year.begun), "again": year.again,
        "goals": [line._asdict() for line in year.plan.goals],
        "fair": [line._asdict() for line in year.fair.values()],
        "out_of_turn": [_breach(roll, breach) for breach in year.out_of_turn],
        "hardship_again": [{"teacher": s.teacher, "need": s.need} for s in year.hardship_again],
        "gave_way": [line._asdict() for line in year.gave_way],
        "arrivals": [a._asdict() for a in year.arrivals], "titles": [t._asdict() for t in year.titles],
        "backlog": asdict(year.backlog),
    }


def _breach(roll: Roll, breach: OutOfTurn) -> dict[str, Any]:
    said = out_of_turn_words(roll.policy, breach)
    return {"teacher": breach.teacher, "need": breach.need, "served": breach.served, "peer": breach.peer,
            "peer_served": breach.peer_served, "peers": list(breach.peers), "reason": breach.reason.code,
            "rule": breach.reason.rule, "group": breach.reason.group, "proven": breach.proven, "zh": said.zh,
            "en": said.en}
