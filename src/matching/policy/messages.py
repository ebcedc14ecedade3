"""What can be wrong with a policy, said in both languages; the words in braces are filled in."""

from __future__ import annotations

from collections.abc import Mapping

from matching.domain.text import Text

MESSAGES: Mapping[str, Text] = {code: Text(zh, en) for code, zh, en in (
    # conditions
    ("open_quote", "引号没有成对", "a quotation mark has no partner"),
    ("bad_clause", "“{seen}”看不懂，应写成“字段 = 值”", "{seen!r} cannot be read; write FIELD = VALUE"),
    ("unknown_operator", "没有“{seen}”这个比较符号", "there is no operator {seen!r}"),
    ("unknown_field", "没有“{seen}”这个字段", "there is no field {seen!r}"),
    ("row_field", "“{seen}”只能用于分组、基数或上下限，不能用于条件",
     "{seen!r} may stand in per, of and bounds only, not in a condition"),
    ("missing_value", "“{field} {op}”后面缺少值", "there is no value after {field} {op}"),
    ("not_comparable", "“{field}”与“{seen}”不是同类字段，不能比较", "{field} cannot be compared with {seen}"),
    ("no_order", "“{field}”没有大小之分，不能用 {seen}", "{field} has no order, so {seen} cannot be used"),
    ("yes_no_operator", "“{field}”与是、否只能用 = 或 != 比较", "{field} takes only = or != with yes and no"),
    ("bad_value", "“{field}”的值“{seen}”看不懂，应为{zh}", "{seen!r} is not a value of {field}; expected {en}"),
    # single values
    ("unknown_word", "{zh}没有“{seen}”这个取值", "{seen!r} is not a {en}"),
    ("not_text", "应为文字（TOML 里加引号）", "should be a text (in quotes in TOML)"),
    ("empty_text", "不能为空", "must not be empty"),
    ("bad_title", "标题应写成 {{ zh = \"…\", en = \"…\" }}", "a title is {{ zh = \"...\", en = \"...\" }}"),
    ("not_a_number", "应为数字（如 3、0.2、20%）", "should be a number (3, 0.2, 20%)"),
    ("negative", "不能是负数", "must not be negative"),
    ("not_whole", "应为整数", "should be a whole number"),
    ("too_small", "应为不小于 {least} 的整数", "should be a whole number of at least {least}"),
    ("not_yes_no", "应为 true 或 false（表格里写是或否）", "should be true or false"),
    ("bad_backbone", "骨干的最低级别不能是“无”", "the level that counts as backbone cannot be none"),
    ("bad_detour", "绕行系数不能小于 1", "a detour factor is at least 1"),
    ("not_a_date", "应为日期，如 2026-09-01", "should be a date such as 2026-09-01"),
    ("not_numeric", "“{seen}”不是数字字段", "{seen} is not a numeric field"),
    ("too_many_fields", "分组最多两个字段", "a group is of one or two fields"),
    ("not_a_condition", "条件应为文字，或文字的列表", "a condition is a text, or a list of texts"),
    ("not_a_list", "应为列表，如 {example}", "should be a list such as {example}"),
    ("not_a_table", "应写成表，如 {example}", "should be a table such as {example}"),
    ("bad_preference", "意向积分要四个整数：第一、第二、第三意向和其他",
     "preference takes four whole numbers: first, second, third wish and other"),
    ("bad_weights", "权重应为优先级 1 至 5 的五个整数，或 {{ when, weight }} 的列表",
     "weights are five whole numbers for priority 1 to 5, or a list of {{ when, weight }}"),
    # keys and tables
    ("unknown_key", "没有“{seen}”这一项", "there is no key {seen!r} here"),
    ("missing_key", "缺少“{key}”这一项", "the key {key!r} is missing"),
    ("missing_id", "缺少编号 id", "the id is missing"),
    ("repeated_id", "编号“{seen}”重复", "the id {seen!r} is repeated"),
    ("reserved_id", "main 是主方案的编号，变体不能用", "main is the id of the main plan"),
    ("kind_changed", "规则“{rule}”原是 {was}，不能改成 {seen}；请换一个编号",
     "the rule {rule} is of kind {was} and cannot become {seen}; take another id"),
    ("not_available", "本版本还不支持“{seen}”", "{seen} is not available in this version"),
    # rules
    ("not_of_sender", "这里只能用教师和派出学校（home.）的单值字段，不能用“{seen}”",
     "only single fields of the teacher and home may stand here, not {seen}"),
    ("not_of_receiver", "这里只能用岗位（need.）和受援学校（host.）的单值字段，不能用“{seen}”",
     "only single fields of need and host may stand here, not {seen}"),
    ("bad_group", "不能按“{seen}”分组", "placements cannot be grouped by {seen}"),
    ("repeated_group", "两个分组字段相同", "the two fields of the group are the same"),
    ("no_meaning_of", "按“{per}”分组时，基数 {seen} 没有意义", "of = {seen} has no meaning per {per}"),
    ("no_meaning_field", "按“{per}”分出的组没有“{seen}”这个值", "a group per {per} has no {seen}"),
    ("no_meaning_measure", "占 {of} 的比例只能按人数（seats）计量", "a share of {of} is measured in seats only"),
    ("no_bound", "配额要有下限或上限", "a quota needs at_least or at_most"),
    ("share_above_one", "比例不能超过 100%", "a share is at most 100%"),
    ("min_above_max", "下限大于上限", "at_least is above at_most"),
    ("unknown_rule", "没有编号为“{seen}”的规则", "there is no rule {seen!r}"),
    ("no_fill_goal", "有占已安置人数的比例（{rules}），目标里就要有 fill，否则空方案也达标",
     "shares of placed ({rules}) need a fill goal, since an empty plan satisfies them"),
    ("no_weight", "排名权重不能全为 0", "not all weights of the ranking may be 0"),
    # files
    ("unknown_policy", "没有名为“{seen}”的政策，也没有这个文件", "no preset and no file is called {seen!r}"),
    ("circle", "extends 绕成了圈：{way}", "extends runs in a circle: {way}"),
    ("not_utf8", "文件不是 UTF-8 编码，请另存为 UTF-8", "the file is not UTF-8; save it as UTF-8"),
    ("unreadable", "文件打不开：{zh}", "the file cannot be read: {en}"),
    ("not_toml", "不是合法的 TOML：{reason}", "not valid TOML: {reason}"),
    # sheets and changes
    ("bad_pair", "“{seen}”应写成“项 = 值”，各项用分号隔开", "{seen!r} should be KEY = VALUE, pairs separated by ;"),
    ("has_column", "“{seen}”请填在“{column}”列", "{seen!r} belongs in the column {column}"),
    ("repeated_order", "顺序 {seen} 重复", "the order {seen} is repeated"),
    ("which_bound", "规则“{rule}”的上下限不是恰好一个，请写明要改哪一个",
     "the rule {rule} does not have exactly one bound; say which is meant"),
)}
