"""Why jobs cannot be done by the workers that were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matching.domain.findings import Finding, error
from matching.domain.text import Text

INSTALL = 'python -m pip install "zhijiao-matching[cluster]"'
SPECS = ("in-process", "processes:2", "tcp://127.0.0.1:8786", "tls://scheduler:8786")
"""What an executor may be asked for as."""
POSSIBLE_ZH = "可用的写法：in-process（本进程）、processes:2（本机两个进程）、" \
    "tcp://127.0.0.1:8786（本机的 Dask 集群）、tls://主机名:8786（用证书加密的 Dask 集群）"
POSSIBLE_EN = "possible are in-process, processes:2 (two processes of this machine), tcp://127.0.0.1:8786 (a Dask " \
    "cluster on this machine) and tls://host:8786 (a Dask cluster with certificates)"


def unknown(spec: str) -> Finding:
    """Nothing is called so."""
    return error("executor_unknown", f"不认识的计算方式“{spec}”；{POSSIBLE_ZH}",
                 f"{spec!r} is no way to compute; {POSSIBLE_EN}", value=spec, suggest=SPECS)


def no_workers_asked(workers: int) -> Finding:
    """There are to be no worker processes."""
    return error("executor_workers", f"进程数 {workers} 不可用，至少要 1 个，例如 processes:2",
                 f"{workers} worker processes cannot be; at least 1 is needed, e.g. processes:2", value=str(workers),
                 suggest=("processes:2",))


def worker_died(times: int, how: str) -> Finding:
    """A job ended every worker that tried it."""
    return error("worker_died",
                 f"同一项计算连续 {times} 次使计算进程意外终止（{how}），多半是内存不足；"
                 "请减少同时计算的进程数，或换一台内存更大的机器",
                 f"one and the same computation ended its worker process {times} times ({how}), most likely for want "
                 "of memory; use fewer processes at once, or a machine with more memory", value=how)


def missing_extra() -> Finding:
    """Dask is not installed."""
    return error("cluster_extra", f"使用集群需要另外安装一个组件，请运行：{INSTALL}",
                 f"a cluster needs a further package; run: {INSTALL}", suggest=(INSTALL,))


def bad_address(address: str) -> Finding:
    """The address is not one of a scheduler."""
    return error("cluster_address",
                 f"集群地址“{address}”写法不对，应写成 tcp://127.0.0.1:8786 或 tls://主机名:8786",
                 f"{address!r} is no address of a cluster; write tcp://127.0.0.1:8786 or tls://host:8786",
                 value=address, suggest=SPECS[2:])


def open_address(address: str, configured: str) -> Finding:
    """Whoever is in the network could read the data, and have programs of his own run."""
    return error(
        "cluster_open",
        f"集群地址 {address} 不加密，网络上的其他人可以看到数据，也可以在这些机器上运行程序，因此不使用；"
        "不加密的集群只能设在本机（启动 dask scheduler 和 dask worker 时加 --host 127.0.0.1），"
        f"跨机器请用证书加密，写成 {configured}",
        f"{address} is not encrypted: others in the network could read the data and run programs on these machines, so "
        "it is refused; without encryption a cluster must be on this machine alone (start dask scheduler and dask "
        f"worker with --host 127.0.0.1); across machines use certificates: {configured}", value=address,
        suggest=(configured, SPECS[2]))


def no_certificates(missing: Iterable[str]) -> Finding:
    """The files for TLS are not named."""
    names = ", ".join(missing)
    return error(
        "cluster_tls",
        f"tls:// 地址需要证书，还缺：{names}；请用选项给出，或写入 Dask 的配置"
        "（distributed.comm.tls 下的 ca-file、client.cert、client.key）",
        f"a tls:// address needs certificates; missing: {names}; give them as options or in Dask's configuration "
        "(ca-file, client.cert and client.key of distributed.comm.tls)", value=names)


def unusable_certificates(files: Iterable[str], reason: Text) -> Finding:
    """The files for TLS cannot be read as such."""
    named = ", ".join(files)
    return error("cluster_tls",
                 f"证书文件不能用（{named}）：{reason.zh}；应为 PEM 格式的 CA 证书、证书和与之配套的私钥",
                 f"the certificates cannot be used ({named}): {reason.en}; they should be a CA, a certificate and its "
                 "key, all in PEM format", value=named)


def unreachable(address: str, patience: float, reason: str) -> Finding:
    """Nobody answers at the address."""
    return error(
        "cluster_unreachable",
        f"{patience:g} 秒内没有连上集群 {address}（{reason}）；"
        "请确认那里已启动 dask scheduler，地址和端口无误，两边的证书由同一个 CA 签发",
        f"no cluster answered at {address} within {patience:g} seconds ({reason}); see that a dask scheduler runs "
        "there, that address and port are right, and that both sides' certificates are of the same CA", value=address)


def no_workers(address: str, patience: float) -> Finding:
    """The cluster can do nothing."""
    return error("cluster_no_workers",
                 f"集群 {address} 里 {patience:g} 秒内没有一台工作机；"
                 f"请在工作机上启动：dask worker {address} --nthreads 1",
                 f"the cluster at {address} had no worker for {patience:g} seconds; start on the working machines: "
                 f"dask worker {address} --nthreads 1", value=address)


def lost(address: str) -> Finding:
    """The scheduler is gone in the middle of the work."""
    return error("cluster_lost", f"计算途中与集群 {address} 的连接断了；请检查 dask scheduler，然后重新运行",
                 f"the connection to the cluster at {address} broke in the middle of the work; look after the dask "
                 "scheduler, then run again", value=address)


def other_versions(place: str, here: Mapping[str, str], there: Mapping[str, str]) -> Finding:
    """What is installed there could give other results, or none."""
    differ = [name for name in here if here[name] != there.get(name)]
    zh = "、".join(f"{name} 那里是 {there.get(name) or '未安装'}，这里是 {here[name]}" for name in differ)
    en = ", ".join(f"{name} is {there.get(name) or 'missing'} there and {here[name]} here" for name in differ)
    return error("cluster_versions", f"集群里 {place} 安装的版本与这里不同：{zh}；请在所有机器上安装相同的版本",
                 f"what {place} of the cluster has installed differs from here: {en}; install the same versions on all "
                 "machines", value=place)


def not_installed(place: str, reason: str) -> Finding:
    """A machine of the cluster cannot load this library."""
    return error("cluster_versions",
                 f"集群里 {place} 无法载入 zhijiao-matching（{reason}）；请在所有机器上安装相同的版本",
                 f"{place} of the cluster cannot load zhijiao-matching ({reason}); install the same version on all "
                 "machines", value=place)
