"""What may befall a cluster, and which clusters are not used."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.loopback import Cluster, two_workers

from matching.domain.findings import InputError
from matching.executors import Task, cluster, connection, dask_client, executor_of, versions
from tests.executors.tasks import LONG_ENOUGH, Held, gone, held, pids, times, until


def code_of(call: Callable[[], object]) -> str:
    """Return the code of the one finding that a call is refused with, said in both languages."""
    with pytest.raises(InputError) as problem:
        call()
    [finding] = problem.value.findings
    assert finding.text.zh
    assert finding.text.en
    return finding.code


def when_begun(folder: Path, act: Callable[[], object]) -> None:
    """Do something as soon as the first job has begun."""
    def wait() -> None:
        assert until(lambda: pids(folder, "began-0"))
        act()

    threading.Thread(target=wait).start()


def first_worker(folder: Path) -> int:
    """Return the Dask worker that began the first job."""
    [began] = folder.glob("began-0-*")
    return int(began.name.split("-")[2])


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the state of processes from /proc")
def test_the_jobs_of_a_killed_worker_are_done_elsewhere_until_none_is_left(tmp_path):
    jobs = [Held(number, str(tmp_path)) for number in range(6)]
    with two_workers(tmp_path) as real:
        def end_one() -> None:
            os.kill(first_worker(tmp_path), signal.SIGKILL)
            (tmp_path / "go").touch()

        when_begun(tmp_path, end_one)
        assert cluster(real.address, patience=LONG_ENOUGH).run(Task(held, None), jobs) == list(range(6))
        assert len(list(tmp_path.glob("began-0-*"))) == 2
        assert sorted(worker.poll() is None for worker in real.workers) == [False, True]

        last = cluster(real.address, patience=0.5)
        again = tmp_path / "again"
        again.mkdir()
        when_begun(again, lambda: os.kill(first_worker(again), signal.SIGKILL))
        assert code_of(lambda: last.run(Task(held, None), [Held(0, str(again))])) == "cluster_no_workers"
        assert code_of(lambda: cluster(real.address, patience=0.5)) == "cluster_no_workers"
        assert gone(pids(tmp_path, "began") + pids(again, "began"))


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl for certificates")
def test_with_certificates(tmp_path, monkeypatch):
    ours, others = certificate(tmp_path, "ours"), certificate(tmp_path, "others")
    tls = ("--protocol", "tls", "--host", "127.0.0.1", "--tls-ca-file", ours["cert"], "--tls-cert", ours["cert"],
           "--tls-key", ours["key"])
    with Cluster(tmp_path, tls) as real:
        real.add_workers(1)
        assert real.address.startswith("tls://")
        executor = cluster(real.address, ca=ours["cert"], patience=LONG_ENOUGH, **ours)
        assert executor.run(Task(times, 2), [1, 2, 3]) == [2, 4, 6]
        unknown = {"ca": others["cert"], **others}
        assert code_of(lambda: cluster(real.address, patience=0.5, **unknown)) == "cluster_unreachable"
        plain = real.address.replace("tls:", "tcp:")
        assert code_of(lambda: cluster(plain, patience=0.5)) == "cluster_unreachable"
        when_begun(tmp_path, real.scheduler.kill)
        assert code_of(lambda: executor.run(Task(held, None), [Held(0, str(tmp_path))])) == "cluster_lost"


def test_a_lost_scheduler_is_told_whatever_the_attempt_to_connect_again_ends_with(tmp_path, monkeypatch):
    async def fail(_: object, **__: object) -> None:
        raise ValueError("IOStream is not idle; cannot convert to SSL")

    def end() -> None:
        monkeypatch.setattr("distributed.Client._ensure_connected", fail)
        real.scheduler.kill()

    with Cluster(tmp_path) as real:
        real.add_workers(1)
        executor = cluster(real.address, patience=LONG_ENOUGH)
        when_begun(tmp_path, end)
        assert code_of(lambda: executor.run(Task(held, None), [Held(0, str(tmp_path))])) == "cluster_lost"
    gc.collect()  # the client's own end raises nothing either


def test_a_scheduler_that_answers_no_more_while_jobs_are_waited_for_is_lost(monkeypatch):
    class Silent:
        def nthreads(self) -> None:
            raise OSError("timed out")

    monkeypatch.setattr(connection, "LOOK", 0)
    assert code_of(connection.watch(Silent(), "tcp://127.0.0.1:8786", LONG_ENOUGH)) == "cluster_lost"


def certificate(folder: Path, name: str) -> dict[str, str]:
    """Make a certificate that is its own authority."""
    made = {"cert": str(folder / f"{name}.pem"), "key": str(folder / f"{name}-key.pem")}
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
                    "-out", made["cert"], "-keyout", made["key"]], check=True, capture_output=True)
    return made


def test_certificates_that_are_missing_or_damaged_are_refused(tmp_path):
    damaged = tmp_path / "damaged.pem"
    damaged.write_text("nothing", encoding="ascii")
    none = tmp_path / "none.pem"
    for given in ({}, {"ca": damaged}, {"ca": none, "cert": damaged}, {"ca": damaged, "cert": damaged}):
        assert code_of(lambda given=given: cluster("tls://scheduler:8786", **given)) == "cluster_tls"


@pytest.mark.parametrize(("spec", "code"), [
    ("tcp://192.0.2.7:8786", "cluster_open"),
    ("tcp://scheduler:8786", "cluster_open"),
    ("tcp://127.0.0.1.example.org:8786", "cluster_open"),
    ("tcp://127.0.0.1", "cluster_address"),
    ("tcp://127.0.0.1:99999", "cluster_address"),
    ("tcp://[::1:8786", "cluster_address"),
    ("http://127.0.0.1:8786", "cluster_address"),
    ("inproc://127.0.0.1:8786", "cluster_address"),
    ("processes:0", "executor_workers"),
    ("processes", "executor_unknown"),
    ("processes:-1", "executor_unknown"),
    ("processes:２", "executor_unknown"),
    ("127.0.0.1:8786", "executor_unknown"),
    ("", "executor_unknown"),
])
def test_what_is_no_executor_is_refused(spec, code):
    assert code_of(lambda: executor_of(spec)) == code


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_nobody_answers(host):
    assert code_of(lambda: cluster(f"tcp://{host}:9", patience=0.5)) == "cluster_unreachable"


def test_a_scheduler_that_listens_to_the_network_without_encryption_is_refused(standing, monkeypatch):
    monkeypatch.setattr("distributed.Client.scheduler_info", lambda _: {"address": "tcp://192.0.2.7:8786"})
    assert code_of(lambda: executor_of(standing.address)) == "cluster_open"


def test_other_versions_are_refused_before_there_is_any_job(standing, monkeypatch):
    monkeypatch.setattr(versions, "version", lambda name: "0.0.1")
    with pytest.raises(InputError, match=r"zhijiao-matching is [0-9.]+ there and 0\.0\.1 here"):
        executor_of(standing.address)


def test_other_versions_of_a_worker_that_comes_later_are_refused(standing, monkeypatch):
    executor = executor_of(standing.address)
    monkeypatch.setattr(dask_client, "installed", lambda: {**versions.installed(), "zhijiao-matching": "0.0.1"})
    assert code_of(lambda: executor.run(Task(times, 2), [1])) == "cluster_versions"


def test_a_worker_without_the_library_is_refused(standing, monkeypatch):
    def missing(*_: object, **__: object) -> dict[str, Exception]:
        return {standing.address: ModuleNotFoundError("No module named 'matching'")}

    monkeypatch.setattr("distributed.Client.run", missing)
    assert code_of(lambda: executor_of(standing.address)) == "cluster_versions"


def test_without_the_extra_the_way_to_install_it_is_said(monkeypatch):
    monkeypatch.setattr("matching.executors.dask_client.find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install \"zhijiao-matching\[cluster\]\""):
        executor_of("tcp://127.0.0.1:8786")
