"""What the system refuses, in plain words."""

import errno

import pytest

from matching.domain.refused import not_written, why


def test_reasons_are_in_both_languages():
    assert why(OSError(errno.EROFS, "Read-only file system")) == ("该位置只读", "the place is read-only")


def test_a_reason_that_is_not_foreseen_stands_as_the_system_words_it():
    assert why(OSError(errno.EIO, "Input/output error")) == ("Input/output error", "Input/output error")
    assert why(OSError("odd")) == ("odd", "odd")


@pytest.mark.parametrize(("problem", "code", "zh"), [
    (FileExistsError(), "exists", "a.xlsx 已经存在，不会覆盖；请换一个名称"),
    (FileNotFoundError(errno.ENOENT, "No such file"), "cannot_write", "无法写入 a.xlsx：上级文件夹不存在"),
])
def test_what_is_not_written_says_why(problem, code, zh):
    (finding,) = not_written("a.xlsx", problem).findings
    assert (finding.severity, finding.code, finding.text.zh) == ("error", code, zh)
