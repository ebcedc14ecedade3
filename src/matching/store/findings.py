"""What is wrong with a store, what is likely, and what can be done."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from matching.domain.findings import Finding, InputError, error
from matching.domain.refused import why
from matching.domain.text import Text
from matching.store.chain import Break
from matching.store.database import NoStoreError

WAY_OUT = Text("请用备份换回；没有备份，可用 matching runs rebuild 从各运行文件夹另建一份（原文件改名保留）",
               "put back a backup; without one, `matching runs rebuild` makes a new store from the run folders and "
               "keeps this file under another name")
NOT_SQLITE: Mapping[str, Text] = {
    "empty": Text("是空文件，内容已丢失（多半是复制中断，或磁盘曾经写满）",
                  "is empty: its content is lost (a copy broken off, or a disk that was full, is likely)"),
    "not_sqlite": Text("不是运行记录：文件开头已不是数据库（多半被别的程序覆盖，或复制时损坏）",
                       "is no store: it does not begin as a database does (another program wrote over it, or a copy "
                       "went wrong)"),
    "foreign": Text("是别的程序的数据库，不是运行记录", "is a database of another program, not a store of runs"),
    "newer": Text("由另一版本的 matching 写成，本版本不认识；请用写它的版本",
                  "was written by another version of matching, which this one does not know; use that version"),
    "guards": Text("的表或保护已被改动（只有用别的工具打开并修改过才会这样）",
                   "has had its table or its guards changed (only another tool that opened it can have done so)"),
    "cut": Text("被截短了，比它自己写明的长度短（多半是复制中断，或磁盘曾经写满）",
                "was cut short: it is shorter than it states (a copy broken off, or a disk that was full, is likely)"),
    "malformed": Text("已损坏，数据库读到一半就断了（多半是文件被截短、复制中断或磁盘故障）",
                      "is damaged: the database breaks off or contradicts itself (a file cut short, a copy broken off, "
                      "or a failing disk is likely)"),
}
REFUSED: Mapping[int, Text] = {
    sqlite3.SQLITE_BUSY: Text("另一个程序一直占用着它；请等那个程序结束再试",
                              "another program holds it; try again when that one has ended"),
    sqlite3.SQLITE_READONLY: Text("没有写入的权限，或者该位置只读",
                                   "no permission to write, or the place is read-only"),
    sqlite3.SQLITE_CANTOPEN: Text("打不开，可能没有权限", "it cannot be opened, perhaps for want of permission"),
    sqlite3.SQLITE_FULL: Text("磁盘已满", "the disk is full"),
    sqlite3.SQLITE_IOERR: Text("读写磁盘出错", "the disk failed to read or write"),
}
NOT_OURS = {"store_foreign", "store_newer", "store_refused"}
"""Findings about a file that is none of ours, or cannot be had now."""
AT_THE_END = Break("end", 0)
BROKEN: Mapping[str, Text] = {
    "changed": Text("第 {0} 条在写入之后被改动过：内容与它的摘要不符，而后面各条仍接在原来的摘要上",
                    "entry {0} was changed after it was written: its content does not fit its digest, while those "
                    "after it still build on that digest"),
    "digest": Text("第 {0} 条的摘要被改动过，内容还是原来的",
                   "the digest of entry {0} was changed; its content is as it was"),
    "last": Text("最后一条（第 {0} 条）的内容或摘要在写入之后被改动过",
                 "the last entry ({0}) was changed after it was written, in its content or its digest"),
    "rewritten": Text("从第 {0} 条起不再接在前一条上：多半有几条被改写或换掉",
                      "from entry {0} on nothing builds on what is before it: several were likely rewritten or "
                      "replaced"),
    "missing": Text("缺第 {0} 至 {1} 条：被人删去，或随文件的一部分丢失",
                    "entries {0} to {1} are missing: somebody removed them, or they went with a part of the file"),
    "number": Text("第 {0} 条的编号被改动过", "the number of entry {0} was changed"),
    "columns": Text("第 {0} 条的类别或对象与它的内容不符：在写入之后被改动过",
                    "the kind or subject beside entry {0} does not agree with its content: it was changed after it was "
                    "written"),
    "end": Text("末尾的记录互相对不上", "the last entries do not fit together"),
}


def no_store(path: Path) -> Finding:
    """There is no store at `path`."""
    where = str(path.parent)
    return error("no_store",
                 f"{where} 里没有运行记录（{path.name}）；请用 --store 给出放运行文件夹的文件夹，或用 "
                 f"matching runs rebuild --store {where} 从里面的运行文件夹建一份",
                 f"there is no store ({path.name}) in {where}; name the folder that holds the run folders with "
                 f"--store, or make one from them: matching runs rebuild --store {where}", file=str(path))


def log_alone(path: Path) -> Finding:
    """The store is gone, but what was appended last is still there."""
    return error("store_gone",
                 f"{path.name} 不见了，但它的日志 {path.name}-wal 还在：多半只移走了一个文件。请把两个文件放回一处；"
                 "确实不要了，就删去日志",
                 f"{path.name} is gone, but its log {path.name}-wal is still there: one file of the two was likely "
                 "moved. Put both in one place; where they are no longer wanted, remove the log",
                 file=str(path))


def nothing_wrong(path: Path, entries: int) -> Finding:
    """A store that is intact was to be made anew."""
    return error("store_intact",
                 f"{path} 的 {entries} 条记录完好，不需要重建；文件夹与记录不符时用 matching runs accept 写明",
                 f"{path} is intact (entries: {entries}) and need not be made anew; where a folder departs from its "
                 "record, say what was meant with matching runs accept", file=str(path))


def nothing_to_rebuild(path: Path) -> Finding:
    """There is nothing that a store could be made of."""
    return error("nothing_to_rebuild",
                 f"{path.parent} 里既没有运行记录，也没有运行文件夹；请用 --store 给出放运行文件夹的文件夹",
                 f"there is neither a store nor a run folder in {path.parent}; name the folder that holds the run "
                 "folders with --store", file=str(path.parent))


def no_such(path: Path, code: str, detail: str = "") -> Finding:
    """The file is no store that can be used."""
    what = NOT_SQLITE[code]
    zh, en = (f"（{detail}）", f" ({detail})") if detail else ("", "")
    if code in ("foreign", "newer"):
        return error(f"store_{code}", f"{path} {what.zh}", f"{path} {what.en}", file=str(path))
    return error(f"store_{code}", f"{path} {what.zh}{zh}；{WAY_OUT.zh}", f"{path} {what.en}{en}; {WAY_OUT.en}",
                 file=str(path))


def chain_broken(path: Path, broken: Break) -> Finding:
    """The chain does not hold."""
    what = BROKEN[broken.code]
    zh, en = (words.format(broken.number, broken.last) for words in what)
    return error(f"entry_{broken.code}", f"{path.name}：{zh}；此前各条完好。{WAY_OUT.zh}",
                 f"{path.name}: {en}; those before it are intact. {WAY_OUT.en}", file=str(path),
                 row=broken.number or None)


def refused(path: Path, problem: sqlite3.Error) -> Finding:
    """SQLite could not do what was asked of it."""
    code = (getattr(problem, "sqlite_errorcode", None) or 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return no_such(path, "empty" if path.stat().st_size == 0 else "not_sqlite")
    if code in REFUSED:
        return _unusable(path, REFUSED[code])
    return no_such(path, "malformed", str(problem))


def _unusable(path: Path, reason: Text) -> Finding:
    return error("store_refused", f"运行记录 {path} 用不了：{reason.zh}",
                 f"the store {path} cannot be used: {reason.en}", file=str(path))


@contextmanager
def said(path: Path) -> Iterator[None]:
    """Turn what the system or SQLite refuses within the block into findings."""
    try:
        yield
    except NoStoreError as problem:
        empty = path.stat().st_size == 0
        raise InputError([no_such(path, "empty" if empty else problem.code)]) from problem
    except sqlite3.Error as problem:
        raise InputError([refused(path, problem)]) from problem
    except UnicodeDecodeError as problem:  # SQLite quotes a damaged schema in what it says of it
        raise InputError([no_such(path, "malformed")]) from problem
    except FileNotFoundError as problem:
        raise InputError([no_store(path)]) from problem
    except OSError as problem:
        reason = why(problem)
        raise InputError([_unusable(path, reason)]) from problem
