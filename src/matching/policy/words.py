"""The words of the policy language itself: each line of a block is ``key 中文 alias alias``."""

from __future__ import annotations

from collections.abc import Mapping

from matching.domain.vocabulary import Term, Vocabulary


def _words(name: str, block: str, ordered: bool = False) -> Vocabulary:
    rows = (line.split() for line in block.strip().splitlines())
    return Vocabulary(name, tuple(Term(r[0], r[1], tuple(r[2:])) for r in rows), ordered)


SUBJECT_FIT = _words("subject_fit", "main 主教\nalt 兼教\nnone 不符")
STAGE_FIT = _words("stage_fit", "main 主学段\nother 其他学段\nnone 不符")
PAIRING = _words("pairing", """
must 必须
prefer 优先
allow 允许
open 未限定
closed 未开通
forbid 禁止
""")
PREFERENCE = _words("preference", "1 意向1\n2 意向2\n3 意向3\nnone 非意向 无", ordered=True)
DERIVED: Mapping[str, Vocabulary] = {v.name: v for v in (SUBJECT_FIT, STAGE_FIT, PAIRING, PREFERENCE)}
"""Vocabularies of derived fields, by name; ``preference`` runs from 1 to none."""

KIND = _words("kind", """
require 资格
place 必派
quota 配额
together 同行
balance 平衡
subsidy 补助
credit 折算
staffing 定岗
""")
CREDIT_UNIT = _words("unit", "class_hours 课时\nyears 学年 年")
PLACEMENT = _words("activity", "placement 安置 支教")
ENFORCE = _words("enforce", "hard 硬性 必须\nelastic 弹性\nreport 仅统计 统计")
MEASURE = _words("measure", """
seats 人数 人次
km 公里
yuan 元 金额
class_hours 课时
sites 学校数
""")
OF = _words("of", """
placed 已安置 安置人数
demand 需求 需求人数
teachers 教师 教师人数
eligible 符合条件 符合条件人数
""")
METHOD = _words("method", "goals 目标\nstable 稳定")
GOAL = _words("goal", """
fill 补足岗位 补足 满足率
shortfall 减少缺口 缺口
fair 均衡 公平
points 积分
""")
UNKNOWN = _words("unknown", "refuse 拒绝\naccept 接受")
POINTS = _words("points", """
km 公里
preference 意向
alt_subject 兼教学科
other_stage 其他学段
other_mode 其他形式
other_county 跨县
not_paired 未结对
promotion_need 晋升需要
home_county_match 家庭所在县
backbone 骨干
hardship 艰苦边远
language_missing 语言不符
score 听课评分
yuan 元
moved 变动
""")
CRITERION = Vocabulary("criterion", (*GOAL.terms, Term("placed", "安置人数", ("已安置",)), *POINTS.terms))
"""What an end of a front may be, beside a goal by its number and an elastic rule."""
WISH_POINTS = _words("points", """
preference.1 意向1
preference.2 意向2
preference.3 意向3
preference.other 意向外
""")
CRITERIA = _words("criteria", """
fill 需求满足
backbone 骨干占比
km 平均公里
preference 意向满足
fair 县际均衡
yuan 补助总额
envy 羡慕
""")
