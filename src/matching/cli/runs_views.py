"""Recorded runs, laid out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from matching.cli.answers import Answer, Grid
from matching.cli.runs_words import SHORT, goal_words, key_words, placed_words, status_words, value_words, when
from matching.domain.text import Lang, Text

if TYPE_CHECKING:
    from matching.store import Entry, Recorded, Store
    from matching.store.compare import Comparison

NOTHING = Text("", "")
MOST_MOVES, MOST_LINES = 30, 40


def listed(store: Store) -> Answer:
    """List the runs, and the sweeps with how many of their points are done."""
    from matching.store.recorded import runs_of

    entries = store.entries()
    runs, sweeps = runs_of(entries, store.folder), [entry for entry in entries if entry.kind == "sweep"]
    points = Counter(entry.about for entry in entries if entry.kind == "point")
    said = Text(f"{store.folder} 的运行记录：运行 {len(runs)} 次，扫描 {len(sweeps)} 次，共 {len(entries)} 条。",
                f"Store of {store.folder}: runs {len(runs)}, sweeps {len(sweeps)}, entries {len(entries)}.")
    value = {"store": str(store.path), "entries": len(entries),
             "runs": [{**_as_dict(run.entry), "replaced": run.replaced} for run in runs],
             "sweeps": [{**_as_dict(entry), "points": points[entry.about]} for entry in sweeps]}
    return Answer([said, _runs(runs), _sweeps(sweeps, points)], value)


def _runs(runs: list[Recorded]) -> Grid:
    headings = (Text("条", "entry"), Text("时间", "when"), Text("运行", "run"), Text("命令", "command"),
                Text("政策", "policy"), Text("结果", "status"), Text("安置", "placed"),
                Text("经办", "who"), Text("缘由", "why"))
    return Grid(Text("运行", "Runs"), headings, [_row(run) for run in runs])


def _row(run: Recorded) -> tuple[Text | str | int, ...]:
    body = run.body
    return (run.entry.number, when(run.entry), _name(run), str(body.get("command", "")),
            str((body.get("policy") or {}).get("id") or ""), status_words(body), placed_words(_best(body)),
            run.entry.who or "", run.entry.why or "")


def _best(body: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(iter(body.get("plans") or []), {})
    return found


def _name(run: Recorded) -> Text | str:
    if run.replaced:
        return Text(f"{run.id}（已被同名的新运行取代）", f"{run.id} (replaced by a later one)")
    return Text(f"{run.id}（已删）", f"{run.id} (gone)") if run.files is None else run.id


def _sweeps(sweeps: list[Entry], points: Counter[str | None]) -> Grid:
    headings = (Text("条", "entry"), Text("开始", "begun"), Text("扫描", "sweep"), Text("内容", "of what"),
                Text("已完成的点", "points done"), Text("经办", "who"), Text("缘由", "why"))
    return Grid(Text("扫描", "Sweeps"), headings,
                [(entry.number, when(entry), str(entry.about)[:SHORT], value_words(entry.body), points[entry.about],
                  entry.who or "", entry.why or "") for entry in sweeps])


def _as_dict(entry: Entry) -> dict[str, Any]:
    return {"run" if entry.kind == "run" else "sweep": entry.about, "entry": entry.number, "at": entry.at,
            "who": entry.who, "why": entry.why, **entry.body}


def shown(run: Recorded) -> Answer:
    """Tell all that is known of a run, and whether its folder is as it was recorded."""
    from matching.store.verify import of_run

    entry, wrong = run.entry, of_run(run)
    state = wrong.text if wrong else _state(run)
    value = {**_as_dict(entry), "digest": entry.digest, "replaced": run.replaced, "as_recorded": wrong is None,
             "later": [{"entry": e.number, "kind": e.kind, "at": e.at, "who": e.who, "why": e.why} for e in run.later]}
    return Answer([_heading(run), *_by(entry), state, _settings(run), _plans(run), _later(run)], value)


def _heading(run: Recorded) -> Text:
    entry, command = run.entry, run.body.get("command")
    return Text(f"运行 {run.id}（第 {entry.number} 条，{when(entry)}，命令 {command}），文件夹 {run.folder}",
                f"Run {run.id} (entry {entry.number}, {when(entry)}, by the command {command}), folder {run.folder}")


def _by(entry: Entry) -> list[Text]:
    who = [Text(f"经办：{entry.who}", f"Who: {entry.who}")] if entry.who else []
    return [*who, Text(f"缘由：{entry.why}", f"Why: {entry.why}")] if entry.why else who


def _state(run: Recorded) -> Text:
    if run.replaced:
        return Text("文件夹里现在是一次较晚的运行。", "The folder now holds a later run.")
    if run.files is None:
        return Text("文件夹已不在，并已写明是有意的。", "The folder is gone, as was said to be meant.")
    return Text(f"文件夹与记录相符（{len(run.files)} 个文件）。",
                f"The folder is as it was recorded (files: {len(run.files)}).")


def _settings(run: Recorded) -> Grid:
    left_out = ("plans", "files", "command", "folder")
    rows = [(key_words(name), value_words(value)) for name, value in run.body.items()
            if name not in left_out and value is not None]
    return Grid(Text("设置与结果", "Settings and results"), (Text("项", "key"), Text("值", "value")), rows)


def _plans(run: Recorded) -> Grid:
    headings = (Text("方案", "plan"), Text("安置", "placed"), Text("结果", "status"), Text("目标", "goals"))
    return Grid(Text("方案", "Plans"), headings,
                [(str(plan.get("id")), placed_words(plan), status_words(plan), goal_words(plan))
                 for plan in run.body.get("plans") or []])


def _later(run: Recorded) -> Grid:
    headings = (Text("条", "entry"), Text("时间", "when"), Text("经办", "who"), Text("缘由", "why"))
    return Grid(Text("后来记的", "Said of it later"), headings,
                [(entry.number, when(entry), entry.who or "", entry.why or "") for entry in run.later])


def compared(first: Recorded, second: Recorded, lang: Lang) -> Answer:
    """Tell what differs between two runs."""
    from matching.policy import diff
    from matching.store.compare import compare_runs

    found = compare_runs(first, second)
    lines = diff(*found.policies, lang) if found.policies else []
    opening = Text(f"运行 {first.id} 与 {second.id}：", f"Runs {first.id} and {second.id}:")
    headings = (Text("项", "key"), Text(first.id, first.id), Text(second.id, second.id))
    facts = Grid(Text("不同之处", "What differs"), headings,
                 [(key_words(key), _cell(key, one), _cell(key, other)) for key, (one, other) in found.facts.items()])
    value = {**found.to_dict(), "policy": lines}
    return Answer([opening, *_alike(found), facts, *_policy(lines), _moves(found)], value)


def _policy(lines: list[str]) -> list[Text]:
    """Return how the policies differ, as far as it can be read on a screen."""
    if not lines:
        return []
    more = len(lines) - MOST_LINES
    rest = Text(f"……另有 {more} 行，--json 中有全部。", f"... and {more} more lines; --json has them all.")
    return [NOTHING, Text("政策的不同：", "How the policies differ:"),
            *(Text(line, line) for line in lines[:MOST_LINES]), *([rest] if more > 0 else [])]


def _alike(found: Comparison) -> list[Text]:
    same = [] if found.facts else [Text("输入、政策、设置、版本和目标值都相同。",
                                        "Input, policy, settings, versions and the goals' values are the same.")]
    return [*same, _placements(found)]


def _placements(found: Comparison) -> Text:
    if found.moves is None:
        return Text("两个文件夹中有一个的方案已不在或已改动，不比较安置。",
                     "A plan of one of the folders is gone or was changed; placements are not compared.")
    if not found.moves:
        return Text("第一名方案的安置完全相同。", "The placements of the plans ranked first are the same.")
    return Text(f"第一名方案中 {len(found.moves)} 名教师的岗位不同。",
                 f"Teachers with another post in the plan ranked first: {len(found.moves)}.")


def _cell(key: str, value: Any) -> str:
    return str(value)[:SHORT] if key.endswith("sha256") else value_words(value)


def _moves(found: Comparison) -> Grid:
    moves = found.moves or ()
    headings = (Text("教师", "teacher"), Text(found.first.id, found.first.id), Text(found.second.id, found.second.id))
    more = Text(f"，列出前 {MOST_MOVES} 人，--json 有全部", f", the first {MOST_MOVES}; --json has them all")
    extra = more if len(moves) > MOST_MOVES else NOTHING
    title = Text(f"岗位不同的教师（{len(moves)} 人{extra.zh}）",
                 f"Teachers whose post differs ({len(moves)}{extra.en})")
    rows = [(move.teacher, ", ".join(move.before), ", ".join(move.after)) for move in moves[:MOST_MOVES]]
    return Grid(title, headings, rows)
