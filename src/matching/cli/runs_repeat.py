"""A run done again from its folder alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli import exits
from matching.cli.context import Context
from matching.cli.folders import try_to_write
from matching.cli.progress import board, stop_on_interrupt
from matching.cli.recording import record
from matching.domain.refused import not_written
from matching.domain.text import Text

if TYPE_CHECKING:
    from matching.planner import Result
    from matching.report.read_run import Run
    from matching.store.repeat import Repetition


SAID = ("asked", "kind", "of")
"""What ``run.json`` says of how a run was asked for."""
OF_CHANGES = ("replan.json",)


def repeat_run(context: Context, folder: Path, output: Path | None, time_limit: float | None, who: str | None,
               why: str | None) -> None:
    """Do a run again, tell what is the same, and end with the exit code: 0 where all that was promised is the same.

    Raises
    ------
    InputError
        Where the folder is no run or was changed since, or the new folder cannot be written.
    """
    from matching.store.repeat import command_of

    if output is not None:
        try_to_write(output)
    words = command_of(folder)
    if words is None:
        found = _solved(context, folder, output, time_limit, who, why)
    else:
        found = _commanded(context, folder, words, output)
        if output is not None:
            record(context, output, "repeat", who, why, {"repeats": found.run})
    if context.as_json:
        context.answer({**found.to_dict(), "folder": str(output) if output else None})
    for line in repeated_lines(found):
        context.say(*line)
    if output is not None:
        context.say(f"重做的结果在 {output}。", f"The results of doing it again are in {output}.")
    context.leave(exits.FAILED if found.broken else exits.DONE)


def _solved(context: Context, folder: Path, output: Path | None, time_limit: float | None, who: str | None,
            why: str | None) -> Repetition:
    from matching.store.repeat import compared_with, solved_again

    with stop_on_interrupt() as stop, board(context) as shown:
        run, result = solved_again(folder, time_limit=time_limit, stop=stop, on_progress=shown.tell)
    if stop.is_set():
        context.leave(exits.STOPPED_WITHOUT_PLAN)
    if output is not None and result.ranking is not None:
        _write(context, run, result, output)
        record(context, output, "repeat", who, why, {"repeats": run.id})
    return compared_with(run, result)


def _write(context: Context, run: Run, result: Result, output: Path) -> None:
    from matching.report import write_run

    toml = (run.folder / "policy.toml").read_text(encoding="utf-8")
    further = {"repeats": run.id, **{key: run.description[key] for key in SAID if key in run.description}}
    with tempfile.TemporaryDirectory() as passing:
        made = Path(passing) / output.name
        write_run(made, result, [], toml, result.findings, context.lang, further)
        for name in OF_CHANGES:
            if (run.folder / name).is_file():
                shutil.copyfile(run.folder / name, made / name)
        _copy(made, output)


def _commanded(context: Context, folder: Path, words: Sequence[str], output: Path | None) -> Repetition:
    """Run the words of a folder's command in a process of its own, away from any store that knows its points."""
    from matching.store.repeat import compared_with_folder

    with tempfile.TemporaryDirectory() as passing:
        again = Path(passing) / (output or folder).resolve().name
        ended = subprocess.run([sys.executable, "-m", "matching", *words, "-o", str(again), "--lang", context.lang],
                               stdout=subprocess.DEVNULL, check=False)
        if not again.is_dir():
            context.leave(ended.returncode or exits.FAILED)
        if output is not None:
            _copy(again, output)
        return compared_with_folder(folder, again)


def _copy(folder: Path, output: Path) -> None:
    from matching.report.new_folder import new_folder

    try:
        with new_folder(output) as beside:
            shutil.copytree(folder, beside, dirs_exist_ok=True)
    except OSError as problem:
        raise not_written(output, problem) from problem


def repeated_lines(found: Repetition) -> Iterator[Text]:
    """Yield what doing a run again came to, as sentences."""
    if found.ok:
        yield Text(f"重做 {found.run}：应当不变的 {len(found.same)} 个文件逐字节相同。",
                   f"{found.run} done again: all that should be the same is, byte for byte (files: {len(found.same)}).")
    else:
        yield Text(f"重做 {found.run}：相同 {len(found.same)} 个文件；{_listed(found, 'zh')}。",
                   f"{found.run} done again: the same: {len(found.same)}; {_listed(found, 'en')}.")
    if found.unproven and not found.ok:
        yield Text(f"方案 {'、'.join(found.unproven)} 当时或这次没有求到底，不保证相同。",
                   f"Not solved to the end then or now, so not promised to be the same: {', '.join(found.unproven)}.")
    for name, (then, now) in found.versions.items():
        yield Text(f"{name}：当时 {then}，现在 {now}。",
                   f"{name}: then {then}, now {now}.")
    if found.broken:
        yield _why_other(found)


def _listed(found: Repetition, lang: str) -> str:
    kinds = ((found.other, Text("不同", "other")), (found.missing, Text("没有再得到", "not made again")),
             (found.further, Text("多出", "made only now")))
    told = (f"{word.zh} {'、'.join(names)}" if lang == "zh" else f"{word.en}: {', '.join(names)}"
            for names, word in kinds if names)
    return ("；" if lang == "zh" else "; ").join(told)


def _why_other(found: Repetition) -> Text:
    if found.versions:
        return Text("程序或求解器的版本不同，同样好的方案中可能取了另一个；要逐字节相同，请装回当时的版本。",
                    "With another version of the program or a solver another of equally good plans may be taken; for "
                    "the same bytes, install the versions of then.")
    return Text("版本相同而结果不同，这是程序的问题，请把两个文件夹一并反馈。",
                "The versions are the same and the result is not: a fault of the program; please report it with both "
                "folders.")
