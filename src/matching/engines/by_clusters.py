"""Plans of a program in clusters: what links them shared out by a point, the clusters solved side by side."""

from __future__ import annotations

import numpy as np

from matching.engines.clusters import clustered, links
from matching.engines.ledger import Ledger
from matching.engines.process import Asked
from matching.engines.settings import Settings
from matching.engines.shared_out import amounts, joined, shared
from matching.engines.side_by_side import Runner, nobody_asks, side_by_side
from matching.problem.program import Int64


def plan_by_clusters(ledger: Ledger, cluster: Int64, x: Int64, settings: Settings, run: Runner = side_by_side,
                     stop: Asked = nobody_asks) -> bool:
    """Offer `ledger` the clusters' best plans as one; tell whether there was one of each and they fit together.

    Parameters
    ----------
    ledger : of the whole program, with no goal closed
    cluster : of each arc, from 0 without gaps
    x : shape (n_columns,); by it what links the clusters is shared out. Where it is a plan, each begins from it
    """
    split = clustered(ledger.program, cluster)
    given = links(split, x)
    programs = list(shared(split, given, amounts(split, given, x.astype(np.float64))))
    ledgers = [Ledger(program) for program in programs]
    for part, own in zip(split.parts, ledgers, strict=True):
        own.offer(x[part.columns])
    run(ledgers, "highs", settings, stop)
    plans = [own.x for own in ledgers if own.x is not None]
    whole = joined(split, plans) if len(plans) == len(ledgers) else None
    return whole is not None and ledger.offer(whole)
