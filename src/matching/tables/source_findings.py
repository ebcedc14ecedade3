"""What is wrong with a file as a whole."""

from __future__ import annotations

from pathlib import Path

from matching.domain.findings import Finding
from matching.domain.refused import why
from matching.domain.text import Text
from matching.tables.grid import MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS

_ACCEPTED = (".xlsx", ".csv", ".json")


def no_such_file(path: Path) -> Finding:
    """There is nothing at `path`."""
    return _error(path, "no_such_file", f"找不到文件 {path}", f"there is no file {path}")


def unreadable_file(path: Path, problem: OSError) -> Finding:
    """The system does not let it be read."""
    reason = why(problem)
    return _error(path, "unreadable_file", f"文件 {path} 无法打开：{reason.zh}", f"cannot open {path}: {reason.en}")


def empty_file(path: Path) -> Finding:
    """Nothing is in it, as after a broken download."""
    return _error(path, "empty_file", f"{path.name} 是空文件（0 字节）；请重新下载或另存一份",
                  f"{path.name} is empty (0 bytes); download it again or save it anew")


def not_a_workbook(path: Path) -> Finding:
    """Neither a workbook nor CSV nor JSON."""
    return _error(path, "not_a_workbook", f"{path.name} 不是 Excel 工作簿；请用制作它的程序打开，另存为 .xlsx",
                  f"{path.name} is not an Excel workbook; open it where it was made and save it as .xlsx",
                  suggest=_ACCEPTED)


def web_page(path: Path) -> Finding:
    """A page saved under the name of a workbook, as many systems export it."""
    return _error(path, "not_a_workbook",
                  f"{path.name} 其实是网页，不是 Excel 工作簿；请用 Excel 或 WPS 打开，另存为 .xlsx",
                  f"{path.name} is a web page, not an Excel workbook; open it in Excel and save it as .xlsx",
                  suggest=_ACCEPTED)


def damaged_file(path: Path) -> Finding:
    """A workbook that cannot be unpacked or parsed."""
    return _error(path, "damaged_file", f"{path.name} 已损坏，无法读取；请用 Excel 或 WPS 打开，另存为新的 .xlsx",
                  f"{path.name} is damaged and cannot be read; open it in Excel and save it anew as .xlsx")


def encrypted_file(path: Path) -> Finding:
    """A workbook behind a password."""
    return _error(path, "encrypted_file", f"{path.name} 设有打开密码；请取消密码后再提交",
                  f"{path.name} needs a password to open; remove the password first")


def renamed_file(path: Path) -> Finding:
    """An old .xls that bears another ending."""
    return _error(path, "renamed_file",
                  f"{path.name} 的内容是旧版 .xls，只是改了文件名；请用 Excel 或 WPS 打开，另存为 .xlsx",
                  f"{path.name} is an old .xls under another name; open it in Excel and save it as .xlsx",
                  suggest=(".xlsx",))


def odd_suffix(path: Path) -> Finding:
    """An .xlsx that bears another ending; it is read all the same."""
    zh = f"{path.name} 的内容是 .xlsx 工作簿，扩展名却不是；已按 .xlsx 读取"
    en = f"{path.name} is an .xlsx workbook under another ending; it is read as .xlsx"
    return Finding("warning", "renamed_file", Text(zh, en), file=str(path), suggest=(".xlsx",))


def old_format(path: Path) -> Finding:
    """An .xls, whose error values look like blanks."""
    zh = f"{path.name} 是旧版 .xls：其中的错误值（如 #REF!）会被读成空白；建议另存为 .xlsx"
    en = f"{path.name} is an old .xls: error values such as #REF! are read as blanks; better save it as .xlsx"
    return Finding("warning", "old_format", Text(zh, en), file=str(path), suggest=(".xlsx",))


def other_format(path: Path, name: str) -> Finding:
    """A workbook of a kind that is not read."""
    return _error(path, "unsupported_format", f"{path.name} 是 {name} 格式；请另存为 .xlsx",
                  f"{path.name} is in the {name} format; save it as .xlsx", suggest=(".xlsx",))


def too_large(path: Path) -> Finding:
    """More than the limit once unpacked."""
    limit = f"{MAX_BYTES / 2**30:g} GiB"
    return _error(path, "file_too_large", f"{path.name} 解压后超过 {limit}，不予读取",
                  f"{path.name} holds more than {limit} once unpacked and is refused")


def too_many_rows(path: Path, sheet: str, row: int) -> Finding:
    """Content below the last row allowed."""
    zh = f"第 {row} 行还有内容，一张表最多 {MAX_ROWS:,} 行；请删除下方多余的单元格"
    en = f"there is content in row {row}; a sheet may have {MAX_ROWS:,} rows: delete the stray cells below"
    return _error(path, "too_many_rows", zh, en, sheet=sheet, row=row)


def too_many_columns(path: Path, sheet: str, cell: str) -> Finding:
    """Content right of the last column allowed; `cell` is where, or how many columns."""
    zh = f"{cell} 还有内容，一张表最多 {MAX_COLUMNS} 列；请删除右侧多余的单元格"
    en = f"there is content at {cell}; a sheet may have {MAX_COLUMNS} columns: delete the stray cells on the right"
    return _error(path, "too_many_columns", zh, en, sheet=sheet, value=cell)


def too_many_cells(path: Path, sheet: str) -> Finding:
    """Rows times columns beyond what memory can be expected to hold."""
    zh = f"行数乘列数超过 {MAX_CELLS:,}，不予读取；请删除多余的行和列"
    en = f"rows times columns exceed {MAX_CELLS:,}, which is refused: delete rows and columns that are not needed"
    return _error(path, "too_many_cells", zh, en, sheet=sheet)


def too_many_broken(path: Path, sheet: str, count: int) -> Finding:
    """More error values and formulas without a result than can be told one by one."""
    zh = f"错误值和没有结果的公式达到 {count:,} 个，不予读取；请先在 Excel 或 WPS 中改正"
    en = f"there are {count:,} error values and formulas without a result; mend them in Excel first"
    return _error(path, "too_many_errors", zh, en, sheet=sheet)


def unknown_encoding(path: Path) -> Finding:
    """Text in neither UTF-8 nor GB18030."""
    return _error(path, "unknown_encoding", f"{path.name} 的文字编码既不是 UTF-8 也不是 GB18030；请另存为 UTF-8",
                  f"the text of {path.name} is neither UTF-8 nor GB18030; save it as UTF-8")


def bad_csv(path: Path, sheet: str, row: int) -> Finding:
    """CSV that cannot be split into cells."""
    return _error(path, "bad_csv", f"第 {row} 行附近的引号不成对，无法读取", f"unmatched quotes near row {row}",
                  sheet=sheet, row=row)


def bad_json(path: Path, why: str) -> Finding:
    """Text that is not JSON; `why` is the parser's word."""
    return _error(path, "bad_json", f"{path.name} 不是有效的 JSON：{why}", f"{path.name} is not valid JSON: {why}")


def bad_json_shape(path: Path, sheet: str | None, row: int | None = None) -> Finding:
    """JSON, but not an object of lists of objects."""
    zh = '应为 {"sites": [{"site_id": "S1", ...}, ...], ...} 这样的结构：每张表是一列对象'
    en = 'expected {"sites": [{"site_id": "S1", ...}, ...], ...}: each sheet a list of objects'
    return _error(path, "bad_json", zh, en, sheet=sheet, row=row)


def empty_folder(path: Path) -> Finding:
    """A folder without any CSV file."""
    return _error(path, "empty_folder", f"文件夹 {path} 中没有 CSV 文件（如 sites.csv）；若是工作簿，请直接写出文件名",
                  f"the folder {path} has no CSV file such as sites.csv; name workbooks themselves",
                  suggest=("sites.csv",))


def _error(path: Path, code: str, zh: str, en: str, *, sheet: str | None = None, row: int | None = None,
           value: str | None = None, suggest: tuple[str, ...] = ()) -> Finding:
    return Finding("error", code, Text(zh, en), sheet=sheet, row=row, value=value, suggest=suggest, file=str(path))
