"""The sheets of the workbook and their columns: the one description that reading, writing, the template,
the policy's field names and the reports share (Contract 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from matching.domain import terms as t
from matching.domain.vocabulary import Vocabulary, fold_heading


class Kind(Enum):
    """The type of a column, and what its records hold."""

    TEXT = "text"  # str | None
    TEXTS = "texts"  # tuple[str, ...]
    WORD = "word"  # a key of the column's vocabulary | None
    WORDS = "words"  # tuple of keys
    YES_NO = "yes_no"  # bool
    INTEGER = "integer"  # int | None
    DECIMAL = "decimal"  # float | None
    SHARE = "share"  # float | None, 0 to 1
    MONTH = "month"  # datetime.date, the first of the month | None
    DATE = "date"  # datetime.date | None
    LEVEL = "level"  # "yes", "no" or a key of BACKBONE


class Ref(Enum):
    """What a text names. All but WISH must be known; a WISH that is not is ignored with a warning."""

    SITE = "site"
    NEED = "need"
    TEACHER = "teacher"
    PLACE = "place"  # site id, county, prefecture or consortium
    STOP = "stop"  # site id or county
    POST = "post"  # need or site
    WISH_SITE = "wish_site"
    WISH_NEED = "wish_need"
    WISH = "wish"  # site id, county or need id


@dataclass(frozen=True)
class Column:
    """One column: `key` is its English heading, `zh` its Chinese one; records hold columns by position.

    `minimum` and `maximum` bound its numbers; a text with `digits` consists of that many.
    """

    key: str
    zh: str
    kind: Kind = Kind.TEXT
    required: bool = False
    default: object = None
    aliases: tuple[str, ...] = ()
    vocabulary: Vocabulary | None = None
    ref: Ref | None = None
    minimum: float | None = None
    maximum: float | None = None
    digits: int | None = None
    note: tuple[str, str] | None = None

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name of the column, folded for comparison."""
        return frozenset(fold_heading(name) for name in (self.key, self.zh, *self.aliases))


@dataclass(frozen=True)
class Sheet:
    """One sheet; `unique` is the column whose values are ids."""

    key: str
    zh: str
    columns: tuple[Column, ...]
    unique: str | None = None
    required: bool = False

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        """The columns by their keys."""
        return {column.key: column for column in self.columns}


def _text(key: str, zh: str, *aliases: str, required: bool = False, ref: Ref | None = None) -> Column:
    return Column(key, zh, Kind.TEXT, required, None, aliases, ref=ref)


def _texts(key: str, zh: str, ref: Ref | None = None) -> Column:
    return Column(key, zh, Kind.TEXTS, default=(), ref=ref)


def _word(key: str, zh: str, words: Vocabulary, *aliases: str, required: bool = False,
          default: str | None = None) -> Column:
    return Column(key, zh, Kind.WORD, required, default, aliases, vocabulary=words)


def _words(key: str, zh: str, words: Vocabulary, *aliases: str, required: bool = False,
           default: tuple[str, ...] = ()) -> Column:
    return Column(key, zh, Kind.WORDS, required, default, aliases, vocabulary=words)


def _yes(key: str, zh: str, default: bool | None = False) -> Column:
    return Column(key, zh, Kind.YES_NO, default=default)


def _integer(key: str, zh: str, *aliases: str, required: bool = False, default: int | None = None,
             low: int = 0, high: int | None = None) -> Column:
    return Column(key, zh, Kind.INTEGER, required, default, aliases, minimum=low, maximum=high)


def _decimal(key: str, zh: str, required: bool = False, default: float | None = None,
             low: float | None = 0, high: float | None = None) -> Column:
    return Column(key, zh, Kind.DECIMAL, required, default, minimum=low, maximum=high)


def _month(key: str, zh: str, *aliases: str) -> Column:
    return Column(key, zh, Kind.MONTH, aliases=aliases)


SITES = Sheet("sites", "学校", unique="site_id", required=True, columns=(
    _text("site_id", "学校编号", "学校代码", required=True),
    _text("name", "学校名称", "单位全称", "学校", required=True),
    _word("role", "角色", t.ROLE, required=True),
    _text("school_type", "学校类型", "学校性质"),
    _words("stages", "学段", t.STAGE, "主要任教学段", "任教学段", required=True),
    Column("adcode", "行政区划代码", digits=6),
    _text("county", "县(市、区)", "区县", "县区", required=True),
    _text("prefecture", "市(州)"),
    _text("township", "乡镇"),
    _text("zone", "片区"),
    _text("consortium", "办学联合体"),
    _decimal("lon", "经度", low=-180, high=180),
    _decimal("lat", "纬度", low=-90, high=90),
    _word("datum", "坐标系", t.DATUM, default="WGS84"),
    _integer("hardship", "艰苦边远类别", default=0, high=6),
    _text("subsidy_tier", "补助档"),
    _yes("weak", "薄弱学校"),
    _yes("rural", "农村", default=None),
    _text("language", "教学语言"),
    _integer("pupils", "学生数"),
    _integer("posts_established", "编制数"),
    _integer("staff", "专任教师数"),
    Column("share_50plus", "50岁以上占比", Kind.SHARE, minimum=0, maximum=1),
    _integer("beds", "宿舍床位"),
    _integer("beds_men", "男床位"),
    _integer("beds_women", "女床位"),
    _text("dorm", "宿舍点"),
    _words("strong_subjects", "优势学科", t.SUBJECT),
    _words("weak_subjects", "薄弱学科", t.SUBJECT),
    _integer("eligible_count", "符合交流条件人数"),
    _integer("send_max", "派出上限"),
    _integer("receive_max", "接收上限"),
))
NEEDS = Sheet("needs", "需求", unique="need_id", required=True, columns=(
    _text("need_id", "岗位编号", required=True),
    _text("site_id", "受援学校编号", "受援学校", "支教学校", required=True, ref=Ref.SITE),
    _word("post_type", "岗位类别", t.POST_TYPE, default="teaching"),
    _word("subject", "学科", t.SUBJECT, "任教学科", "现任教学科", required=True),
    _words("alt_subjects", "可兼学科", t.SUBJECT),
    _word("stage", "学段", t.STAGE, "主要任教学段", "任教学段", required=True),
    _integer("count", "人数", "需求人数", required=True, low=1),
    _integer("weekly_hours", "周课时"),
    _integer("total_hours", "总课时"),
    _words("modes", "支教形式", t.MODE, default=("resident",)),
    _decimal("term", "期限(学年)", default=1.0),
    _word("min_title", "最低职称", t.TITLE),
    Column("backbone_required", "须骨干", Kind.LEVEL, default="no", vocabulary=t.BACKBONE),
    _text("language", "语言要求"),
    _integer("priority", "优先级", default=3, low=1, high=5),
    _text("note", "备注"),
))
TEACHERS = Sheet("teachers", "教师", unique="teacher_id", required=True, columns=(
    _text("teacher_id", "教师编号", required=True),
    _text("name", "姓名", required=True),
    _text("home_site", "派出学校编号", "派出单位", "现工作单位", required=True, ref=Ref.SITE),
    _word("gender", "性别", t.GENDER),
    _month("birth", "出生年月", "出生日期"),
    _words("stages", "学段", t.STAGE, "主要任教学段", "任教学段", required=True),
    _word("subject", "主教学科", t.SUBJECT, "任教学科", "现任教学科", required=True),
    _words("alt_subjects", "兼教学科", t.SUBJECT),
    _word("title", "职称", t.TITLE, "现聘专业技术职称", "现任专业技术职务", "专业技术职务", required=True),
    _month("title_since", "职称取得年月", "任现职时间"),
    _word("backbone", "骨干级别", t.BACKBONE, "最高骨干教师级别", "骨干教师级别", required=True),
    _texts("honours", "称号"),
    _month("joined", "来校年月", "进入现单位任教时间", "进本校年月"),
    _words("appraisals", "近三年考核", t.APPRAISAL),
    _decimal("rural_years", "农村任教(年)", default=0.0),
    _month("rural_until", "最近农村任教止"),
    _yes("promotion_need", "晋升需要"),
    _yes("mandatory", "应派"),
    _yes("deferred", "暂缓"),
    _text("deferred_reason", "暂缓原因"),
    _text("duty", "职务", "行政职务"),
    _words("modes", "可承担形式", t.MODE, default=("resident",)),
    _words("post_types", "可承担岗位类别", t.POST_TYPE, default=("teaching",)),
    _integer("max_hours", "兼职课时上限"),
    _text("home_county", "家庭所在县"),
    _text("pref_1", "意向1", "第一志愿", ref=Ref.WISH),
    _text("pref_2", "意向2", "第二志愿", ref=Ref.WISH),
    _text("pref_3", "意向3", "第三志愿", ref=Ref.WISH),
    _texts("avoid_sites", "回避学校", ref=Ref.WISH_SITE),
    _decimal("max_km", "最远公里"),
    _texts("languages", "语言"),
    _decimal("score", "听课评分", high=100),
    _text("group", "同行组"),
    _text("programme", "项目"),
    _text("lock_need", "锁定岗位", ref=Ref.POST),
    _text("last_need", "上年岗位", ref=Ref.WISH_NEED),
    _word("status", "审核状态", t.STATUS, default="approved"),
))
PAIRINGS = Sheet("pairings", "结对", columns=(
    _text("from", "派出方", required=True, ref=Ref.PLACE),
    _text("to", "受援方", required=True, ref=Ref.PLACE),
    _word("rule", "约束", t.PAIRING_RULE, required=True),
    _word("type", "类型", t.PAIRING_TYPE, default="staff"),
    _yes("two_way", "双向"),
    _yes("weak_only", "薄弱限定"),
    _integer("min", "名额下限"),
    _integer("max", "名额上限"),
    _text("basis", "依据文件"),
))
DISTANCES = Sheet("distances", "距离", columns=(
    _text("from", "起点", required=True, ref=Ref.STOP),
    _text("to", "终点", required=True, ref=Ref.STOP),
    _decimal("km", "公里", required=True),
    _decimal("minutes", "车程(分)"),
    _text("source", "来源"),
))
STAFFING = Sheet("staffing", "师资", columns=(
    _text("site_id", "学校编号", "学校代码", required=True, ref=Ref.SITE),
    _word("stage", "学段", t.STAGE, "主要任教学段", "任教学段", required=True),
    _word("subject", "学科", t.SUBJECT),
    _integer("staff", "教师数"),
    _integer("exchange_staff", "交流教师数"),
    _integer("send_max", "派出上限"),
    _integer("pupils", "学生数"),
))
POLICY = Sheet("policy", "政策", unique="id", columns=(
    _text("id", "规则编号", required=True),
    _text("title", "规则名称"),
    _text("kind", "类型", required=True),
    _text("when", "适用"),
    _text("that", "要求"),
    _text("count", "计数"),
    _text("of", "基数"),
    _text("per", "分组"),
    _text("at_least", "下限"),
    _text("at_most", "上限"),
    _text("enforce", "执行方式"),
    _text("penalty", "罚分"),
    _text("source", "依据"),
    _text("on", "启用"),
    _text("other", "其他"),
))
GOALS = Sheet("goals", "目标", columns=(
    _integer("order", "顺序", required=True),
    _text("kind", "类型", required=True),
    _text("slack", "松弛"),
    _text("per", "分组"),
    _text("other", "其他"),
))
POINTS = Sheet("points", "积分", unique="name", columns=(
    _text("name", "名称", required=True),
    _integer("value", "分值", required=True, low=-10**9),
))
LEDGER = Sheet("ledger", "课时", columns=(
    _text("teacher_id", "教师编号", required=True, ref=Ref.TEACHER),
    _text("site_id", "学校编号", "学校代码", ref=Ref.SITE),
    Column("date", "日期", Kind.DATE),
    _text("activity", "活动", required=True),
    _decimal("quantity", "数量", required=True),
    _text("evidence", "佐证"),
))
DICTIONARY = Sheet("dictionary", "字典", columns=(
    _word("category", "类别", t.CATEGORY, required=True),
    _text("name", "名称", required=True),
    _text("value", "规范值", required=True),
))
SHEETS = (SITES, NEEDS, TEACHERS, PAIRINGS, DISTANCES, STAFFING, POLICY, GOALS, POINTS, LEDGER, DICTIONARY)
BY_KEY: Mapping[str, Sheet] = {sheet.key: sheet for sheet in SHEETS}
