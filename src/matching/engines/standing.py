"""Where a relaxation stands, kept in a file: who solves the same program again begins there, and finds the same.

The file is bound by digests to the system and limits that it was written for, and to its own content. One of another
system, or of another version's lifting, one cut short or damaged is as good as none. Nothing is executed in reading it,
and no bound is taken from it: certificates are worked out anew from the prices that the basis gives.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engines.system import System
from matching.problem.program import Int64

VERSION = b"matching standing 1\n"
"""Changes with what the file holds, and with what makes a cut valid."""
DIGEST = 32
Mask = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]


class Standing(NamedTuple):
    """A relaxation with all its columns and some cuts at hand.

    Attributes
    ----------
    columns : of the system, in the order in which HiGHS has them
    column_status, row_status : HiGHS's basis; rows as HiGHS has them, cuts last
    cuts, lower : ``cuts @ x >= lower``, over the system's columns in their own order
    conditional : which of the cuts hold only within the limits
    effort : iterations of the longest solve
    """

    columns: Int64
    column_status: Bytes
    row_status: Bytes
    cuts: sparse.csr_array
    lower: Int64
    conditional: Mask
    effort: int

    def basis(self) -> Any:
        """Return HiGHS's basis."""
        import highspy

        status = {int(one): one for one in highspy.HighsBasisStatus.__members__.values()}
        basis = highspy.HighsBasis()
        basis.col_status = [status[one] for one in self.column_status.tolist()]
        basis.row_status = [status[one] for one in self.row_status.tolist()]
        basis.valid = True
        return basis


def numbers_of(statuses: Iterable[Any]) -> Bytes:
    """Return HiGHS's basis statuses as numbers."""
    return np.array([int(one) for one in statuses], np.uint8)


def key_of(system: System, limits: Sequence[int]) -> bytes:
    """Return the digest of a system and the limits of its goals: all that a standing is true of."""
    matrix, digest = system.matrix, hashlib.sha256(VERSION)
    for part in (matrix.indptr, matrix.indices, matrix.data, system.row_lower, system.row_upper, system.lower,
                 system.upper, [system.n_goals], limits):
        numbers = np.ascontiguousarray(part, np.int64)
        digest.update(len(numbers).to_bytes(8, "little"))
        digest.update(numbers.tobytes())
    return digest.digest()


def write(path: Path, key: bytes, standing: Standing) -> None:
    """Keep a standing in a file; where that cannot be written, nothing is kept."""
    content = io.BytesIO()
    cuts = standing.cuts
    np.savez_compressed(content, **(standing._asdict() | {
        "cuts": cuts.data, "cuts_indices": cuts.indices, "cuts_indptr": cuts.indptr}))
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        beside.write_bytes(_sealed(key, content.getvalue()))
        os.replace(beside, path)
    with suppress(OSError):
        beside.unlink(missing_ok=True)


def read(path: Path, key: bytes) -> Standing | None:
    """Return the standing that a file keeps for `key`; None where it keeps none, or is not as it was written."""
    try:
        sealed = path.read_bytes()
        content = sealed[len(VERSION) + DIGEST:]
        if sealed != _sealed(key, content):
            return None
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return _standing({name: arrays[name] for name in arrays.files})
    except (OSError, ValueError, KeyError, BadZipFile):
        return None


def _sealed(key: bytes, content: bytes) -> bytes:
    return VERSION + hashlib.sha256(key + content).digest() + content


def _standing(arrays: Mapping[str, Any]) -> Standing:
    columns, lower = arrays["columns"], arrays["lower"]
    cuts = sparse.csr_array((arrays["cuts"], arrays["cuts_indices"], arrays["cuts_indptr"]),
                            shape=(len(lower), len(columns)))
    return Standing(columns, arrays["column_status"], arrays["row_status"], cuts, lower, arrays["conditional"],
                    int(arrays["effort"]))
