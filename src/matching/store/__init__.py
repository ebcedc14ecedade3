"""Runs kept: an append-only store beside the run folders, chained by digests, without a server."""

from __future__ import annotations

from matching.store.chain import Entry, canonical
from matching.store.journal import Journal, sweep_id, sweep_of
from matching.store.record import record_run
from matching.store.recorded import Recorded
from matching.store.store import Store, damage, open_store
from matching.store.verification import Verification

__all__ = ["Entry", "Journal", "Recorded", "Store", "Verification", "canonical", "damage", "open_store", "record_run",
           "sweep_id", "sweep_of"]
