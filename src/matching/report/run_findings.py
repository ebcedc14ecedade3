"""Why no question can be answered about a run folder."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from matching.domain.findings import Finding, error
from matching.domain.refused import why

SHOWN = 8
"""How many digits of a digest are shown."""


def no_run(folder: Path) -> Finding:
    """There is no run at `folder`; runs near it are suggested."""
    near = tuple(_near(folder))
    if not folder.exists():
        return error("no_run", f"找不到运行文件夹 {folder}", f"there is no run folder {folder}", file=str(folder),
                     suggest=near)
    if folder.is_dir():
        return error("no_run", f"{folder} 不是运行文件夹：里面没有 run.json；请给出 matching solve 写出的文件夹",
                     f"{folder} is no run folder: it holds no run.json; name one that matching solve wrote",
                     file=str(folder), suggest=near)
    return error("no_run", f"{folder} 是一个文件；请给出 matching solve 写出的整个文件夹",
                 f"{folder} is a file; name the whole folder that matching solve wrote", file=str(folder), suggest=near)


def _near(folder: Path) -> Iterator[str]:
    """Yield run folders: the one that a file lies in, those within a folder, those beside it with names alike."""
    if (folder.parent / "run.json").is_file():
        yield str(folder.parent)
    if folder.is_dir():
        yield from sorted(str(path.parent) for path in folder.glob("*/run.json"))[:3]
    elif folder.parent.is_dir():
        beside = {path.parent.name: str(path.parent) for path in folder.parent.glob("*/run.json")}
        yield from (beside[name] for name in difflib.get_close_matches(folder.name, beside, n=3, cutoff=0.4))


def missing(path: Path) -> Finding:
    """A file of the run folder is gone."""
    return error("run_incomplete", f"运行文件夹不完整：缺少 {path.name}；请重新求解",
                 f"the run folder is incomplete: {path.name} is missing; solve again", file=str(path))


def damaged(path: Path) -> Finding:
    """A file of the run folder cannot be read as what it should be."""
    return error("run_damaged", f"运行文件夹里的 {path.name} 已损坏，无法读取；请重新求解",
                 f"{path.name} in the run folder is damaged and cannot be read; solve again", file=str(path))


def unreadable(path: Path, problem: OSError) -> Finding:
    """The system does not let a file be read."""
    reason = why(problem)
    return error("unreadable_file", f"文件 {path} 无法打开：{reason.zh}", f"cannot open {path}: {reason.en}",
                 file=str(path))


def changed_in_folder(path: Path, before: str, now: str) -> Finding:
    """A file of the run folder is not the one that the run wrote."""
    return error(
        "run_changed",
        f"{path.name} 在这次运行之后被改动过（运行时摘要 {before[:SHOWN]}，现在 {now[:SHOWN]}）；"
        "说明只能针对原来的方案，请重新求解",
        f"{path.name} has been changed since the run (its digest was {before[:SHOWN]} and is {now[:SHOWN]}); answers "
        "can only be about the plans as they were solved: solve again", file=str(path))


def changed_input(path: Path, before: str, now: str) -> Finding:
    """An original file of the input is not the one that was solved."""
    return error(
        "input_changed",
        f"输入文件 {path.name} 在这次运行之后改动过（运行时摘要 {before[:SHOWN]}，现在 {now[:SHOWN]}）；"
        "这次运行的方案已与现在的数据不符，请用 matching solve 重新求解后再问",
        f"the input {path.name} has been changed since the run (its digest was {before[:SHOWN]} and is {now[:SHOWN]}); "
        "the plans no longer fit the data: solve again with matching solve, then ask", file=str(path))
