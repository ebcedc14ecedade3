"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

OutputOption = Annotated[Path | None, typer.Option("-o", help="新的结果文件夹 / a new folder for the results")]
SeedOption = Annotated[int, typer.Option(help="随机种子 / same input, policy and seed: same results", min=0)]
WorkersOption = Annotated[int, typer.Option(help="求解线程数 / threads", min=1)]
ExecutorOption = Annotated[str, typer.Option(
    metavar="SPEC", help="在哪里算 / where: in-process, processes:N, tcp://, tls://")]
