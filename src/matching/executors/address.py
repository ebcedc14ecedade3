"""Which addresses a cluster may have: loopback, or TLS with certificates."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from matching.domain.findings import InputError
from matching.domain.text import Text
from matching.executors.faults import bad_address, no_certificates, open_address, unusable_certificates

if TYPE_CHECKING:
    from distributed import Security


def checked(address: str) -> str:
    """Return the address, stripped.

    Raises
    ------
    InputError
        Where it is no address, or neither encrypted nor of this machine.
    """
    stripped = address.strip()
    scheme, host, port = _parts(stripped)
    if scheme not in ("tcp", "tls") or not host or not port:
        raise InputError([bad_address(address)])
    refuse_open(stripped)
    return stripped


def refuse_open(address: str) -> None:
    """Raise InputError where others than this machine could listen to, or speak with, who has the address."""
    scheme, host, port = _parts(address)
    if scheme != "tls" and not (scheme == "tcp" and _is_loopback(host)):
        raise InputError([open_address(address, f"tls://{host}:{port or 8786}")])


def security(address: str, ca: str | Path | None, cert: str | Path | None, key: str | Path | None) -> Security:
    """Return the certificates: those given, else those of Dask's configuration.

    Raises
    ------
    InputError
        Where the address is encrypted, and they are missing or unusable.
    """
    from distributed import Security

    given = {"tls_ca_file": ca, "tls_client_cert": cert, "tls_client_key": key}
    found = Security(**{name: str(path) for name, path in given.items() if path is not None})
    if address.startswith("tls:"):
        _check(found)
        found.require_encryption = True
    return found


def _parts(address: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(address)
        return parts.scheme, parts.hostname or "", parts.port or 0
    except ValueError:
        return "", "", 0


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check(found: Security) -> None:
    names = {"ca": found.tls_ca_file, "cert": found.tls_client_cert}
    if missing := [name for name, file in names.items() if not file]:
        raise InputError([no_certificates(missing)])
    files = [file for file in (*names.values(), found.tls_client_key) if file and "\n" not in file]
    if absent := [file for file in files if not Path(file).is_file()]:
        raise InputError([unusable_certificates(absent, Text("没有这个文件", "there is no such file"))])
    try:
        found.get_connection_args("client")
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise InputError([unusable_certificates(files, Text(reason, reason))]) from problem
