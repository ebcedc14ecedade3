"""What the operating system refuses, said for people."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from os import PathLike

from matching.domain.findings import InputError, error
from matching.domain.text import Text

_WHY: Mapping[int, Text] = {
    errno.ENOENT: Text("上级文件夹不存在", "its folder does not exist"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "a part of the path is not a folder"),
    errno.EISDIR: Text("这是一个文件夹", "it is a folder"),
    errno.ENOTEMPTY: Text("文件夹里已有内容", "the folder is not empty"),
    errno.EACCES: Text("没有权限，或者文件正被其他程序打开", "no permission, or another program has it open"),
    errno.EPERM: Text("没有权限", "no permission"),
    errno.EROFS: Text("该位置只读", "the place is read-only"),
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
    errno.ENAMETOOLONG: Text("名称太长", "the name is too long"),
}


def why(problem: OSError) -> Text:
    """Return the reason of a refusal; one that is not foreseen stands as the system words it."""
    other = problem.strerror or str(problem)
    return _WHY.get(problem.errno or 0, Text(other, other))


def not_written(path: str | PathLike[str], problem: OSError) -> InputError:
    """Return the error of a file or folder that was to be written."""
    if isinstance(problem, FileExistsError):
        return InputError([error("exists", f"{path} 已经存在，不会覆盖；请换一个名称",
                                 f"{path} exists and is not overwritten; choose another name", file=str(path))])
    reason = why(problem)
    return InputError([error("cannot_write", f"无法写入 {path}：{reason.zh}", f"cannot write {path}: {reason.en}",
                             file=str(path))])
