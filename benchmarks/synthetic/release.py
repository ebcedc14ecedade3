"""How many a school lets go."""

from __future__ import annotations

import numpy as np
from benchmarks.synthetic.draws import N_SUBJECTS, Ints, rank_within
from benchmarks.synthetic.people import People
from benchmarks.synthetic.sizes import Size


def caps(home: Ints, n_homes: int) -> Ints:
    """Return the most that each school sends: nine in ten of its volunteers, rounded up."""
    return -(-9 * np.bincount(home, minlength=n_homes) // 10)


def released(size: Size, volunteers: People) -> Ints:
    """Return volunteers who may all go at once: the first of each subject, then of each school, up to its cap."""
    subject = volunteers.home * N_SUBJECTS + volunteers.subjects[:, 0]
    kept = np.flatnonzero(rank_within(subject) < size.subject_cap)
    home = volunteers.home[kept]
    return kept[rank_within(home) < caps(volunteers.home, int(volunteers.home.max()) + 1)[home]]
