"""What is not as it was recorded of a run, what is likely, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matching.domain.findings import Finding, error
from matching.domain.text import Text
from matching.store.folders import REPORTS

SHOWN = 3
"""How many files are named."""


def unknown_run(asked: str, folder: Path, near: tuple[str, ...]) -> Finding:
    """The store knows no such run."""
    return error("unknown_run", f"{folder} 的运行记录里没有 {asked}；请用 matching runs list 看有哪些",
                 f"the store of {folder} knows no run {asked}; see matching runs list", value=asked, suggest=near)


def gone(run: str, number: int, folder: Path, now_at: Path | None) -> Finding:
    """The folder of a run is not where it was."""
    zh, en = _meant(number)
    if now_at is not None:
        return error("run_moved", f"第 {number} 条：运行 {run} 的文件夹 {folder} 不在了，看来改名成了 {now_at.name}；"
                     f"请改回原名{zh}",
                     f"entry {number}: the folder {folder} of the run {run} is gone; it seems to be called "
                     f"{now_at.name} now: give it its name back{en}", file=str(folder), suggest=(str(now_at),))
    return error("run_gone", f"第 {number} 条：运行 {run} 的文件夹 {folder} 不在了（多半被删除或移走）；请放回原处{zh}",
                 f"entry {number}: the folder {folder} of the run {run} is gone (removed or moved, likely); put it "
                 f"back{en}", file=str(folder))


def changed(run: str, number: int, folder: Path, missing: Sequence[str], other: Sequence[str]) -> Finding:
    """Files of a run are not as they were recorded."""
    likely = _likely([*missing, *other])
    zh, en = _meant(number)
    found = [Text(f"缺少 {_some(missing, 'zh')}", f"missing: {_some(missing, 'en')}")] if missing else []
    found += [Text(f"已改动 {_some(other, 'zh')}", f"changed: {_some(other, 'en')}")] if other else []
    said = Text("，".join(f.zh for f in found), "; ".join(f.en for f in found))
    return error("run_files", f"第 {number} 条：运行 {run} 的文件夹与记录不符：{said.zh}。{likely.zh}{zh}",
                 f"entry {number}: the folder of the run {run} is not as it was recorded: {said.en}. {likely.en}{en}",
                 file=str(folder))


def _likely(names: Sequence[str]) -> Text:
    if set(names) <= set(REPORTS):
        return Text("多半是在 Excel 里改过后直接保存；方案本身没有变，改过的名单请另存为别的文件",
                    "It was likely edited in Excel and saved in its place; the plans are as they were. Save an edited "
                    "list under another name")
    return Text("运行的数据或方案不再是当时求解的，请从备份换回",
                "The run's data or plans are no longer those that were solved: put them back from a backup")


def _meant(number: int) -> Text:
    return Text(f"；确是有意，可写明：matching runs accept {number} --why 原因",
                f"; where it was meant, say so: matching runs accept {number} --why REASON")


def _some(names: Sequence[str], lang: str) -> str:
    more = len(names) - SHOWN
    rest = ("" if more <= 0 else f" 等 {len(names)} 个文件" if lang == "zh" else f" and {more} more")
    return ("、" if lang == "zh" else ", ").join(names[:SHOWN]) + rest


def not_recorded(folder: Path) -> Finding:
    """A run folder beside the store is not in it."""
    text = Text(f"运行文件夹 {folder.name} 不在记录里：是从别处复制来的、由旧版本写成，或记录末尾丢失过；"
                f"可补记：matching runs accept {folder} --why 原因",
                f"the run folder {folder.name} is not in the store: it was copied here or written by an earlier "
                f"version, or the store lost its end; to add it: matching runs accept {folder} --why REASON")
    return Finding("warning", "not_recorded", text, file=str(folder))


def not_kept(folder: Path, problem: Finding) -> Finding:
    """A run was written, but could not be recorded."""
    text = Text(f"结果已完整写入 {folder}，但没能记入运行记录：{problem.text.zh}",
                f"the results are complete in {folder}, but could not be recorded: {problem.text.en}")
    return Finding("warning", "not_kept", text, file=problem.file)


def head_format(given: str) -> Finding:
    """What was given as an earlier state of the chain is none."""
    return error("head",
                 f"“{given}”不是“条数:摘要”的写法；请照抄以前 runs verify 给出的那一段，如 12:3fa9…（至少 8 位）",
                 f"{given!r} is not of the form number:digest; copy what an earlier `runs verify` told, such as "
                 "12:3fa9... (8 digits or more)", value=given)


def head_lost(given: str, count: int) -> Finding:
    """The chain no longer holds an earlier state."""
    return error("head_lost",
                 f"以前的末条 {given} 已不在链上（现有 {count} 条）：记录的末尾丢失，或整份被改写、换成了旧的备份",
                 f"the earlier head {given} is no longer in the chain (entries now: {count}): the store lost its end, "
                 "was rewritten whole, or is an older backup", value=given)
