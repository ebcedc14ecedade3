"""The contract's vocabulary: each line of a block is ``key 中文 alias alias``."""

from __future__ import annotations

from collections.abc import Mapping

from matching.domain.vocabulary import Term, Vocabulary


def _vocabulary(name: str, block: str, ordered: bool = False) -> Vocabulary:
    rows = (line.split() for line in block.strip().splitlines())
    return Vocabulary(name, tuple(Term(r[0], r[1], tuple(r[2:])) for r in rows), ordered)


STAGE = _vocabulary("stage", """
preschool 学前 幼儿园 幼儿教育
primary 小学
junior 初中
senior 高中
vocational 中职 职高 中专
special 特教
university 高校
""")
TITLE = _vocabulary("title", """
none 未取得 试用期 见习 未评
third 三级
second 二级 小学一级 中学二级
first 一级 小学高级 中学一级 中小学一级 讲师
senior 高级 副高 中学高级 中小学高级 高级讲师
full_senior 正高级
""", ordered=True)
BACKBONE = _vocabulary("backbone", """
none 无
school 校级
county 县级 区级
city 市级
province 省级
national 特级 特级教师 国家级
""", ordered=True)
SUBJECT = _vocabulary("subject", """
chinese 语文
math 数学
english 英语
physics 物理
chemistry 化学
biology 生物 生物学
tibetan 藏语文
politics 道德与法治 政治 思想政治 道法 思品 品德与社会
history 历史
geography 地理
pe 体育 体育与健康
music 音乐
art 美术
arts 艺术
calligraphy 书法
dance 舞蹈
science 科学
it 信息技术 信息科技
general_tech 通用技术
labour 劳动
practice 综合实践
psychology 心理健康
generalist 全科 包班
early_years 幼儿教育
special_needs 特殊教育
auto_repair 汽修
cooking 烹饪
ecommerce 电子商务
nursing 护理
tourism 旅游
mechatronics 机电
agronomy 农艺
management 学校管理
research 教研
""")
ROLE = _vocabulary("role", "sender 派出\nreceiver 受援\nboth 双重")
DATUM = _vocabulary("datum", "WGS84 WGS84 WGS-84\nGCJ02 GCJ02 GCJ-02 火星坐标\nBD09 BD09 BD-09 百度坐标")
POST_TYPE = _vocabulary("post_type", """
teaching 任课
secondment 挂职
shadowing 跟岗
study 研修
mentoring 导师
""")
MODE = _vocabulary("mode", "resident 驻点\npart_time 兼职\nonline 线上")
GENDER = _vocabulary("gender", "male 男 M\nfemale 女 F")
APPRAISAL = _vocabulary("appraisal", """
fail 不合格
basic 基本合格
pass 合格
excellent 优秀
""", ordered=True)
STATUS = _vocabulary("status", "approved 通过\npending 待审\nrejected 退回")
PAIRING_RULE = _vocabulary("pairing_rule", "allow 允许\nmust 必须\nprefer 优先\nforbid 禁止")
PAIRING_TYPE = _vocabulary("pairing_type", "staff 师资\nmaterial 物质\nboth 师资和物质")
YES_NO = _vocabulary("yes_no", "yes 是 y true 1\nno 否 n false 0")
CATEGORY = _vocabulary("category", "subject 学科\nstage 学段\ntitle 职称\nbackbone 骨干\nhonour 称号")

VOCABULARIES: Mapping[str, Vocabulary] = {
    v.name: v
    for v in (STAGE, TITLE, BACKBONE, SUBJECT, ROLE, DATUM, POST_TYPE, MODE, GENDER, APPRAISAL, STATUS,
              PAIRING_RULE, PAIRING_TYPE, YES_NO, CATEGORY)
}
