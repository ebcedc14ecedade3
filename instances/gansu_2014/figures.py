"""The figures: those of the source first, then the generator's own assumptions."""

from __future__ import annotations

from datetime import date

ARRIVED_BY_STAGE = {"preschool": 102, "primary": 726, "junior": 334, "senior": 139, "vocational": 47}
"""Source A: who arrived, 1,348 in all."""
CHOSEN = 1400
"""Source A: who had been chosen. Their stages are not told; those who arrived are scaled up by largest remainder."""
BEST_PAID = ("玛曲县", "碌曲县", "岷县", "漳县")
"""Source A: 30,000 yuan a year here, 25,000 elsewhere across prefectures (the rules stand in the policy)."""
TIBETAN_COUNTY = "碌曲县"
"""Source A: a Tibetan-language school here."""

SEED = 2014
REFERENCE = date(2014, 9, 1)
SEATS = 1500
SENDER_SCHOOLS = 200
RECEIVER_SCHOOLS = 190
BACKBONE = 322  # 23% of 1,400



def _names(block: str) -> frozenset[str]:
    return frozenset(block.split())


POOR_COUNTIES = _names("""
永登县 皋兰县 榆中县 靖远县 会宁县 景泰县 清水县 秦安县 甘谷县 武山县 张家川回族自治县 麦积区 古浪县 崆峒区
泾川县 灵台县 庄浪县 静宁县 庆城县 环县 华池县 合水县 正宁县 宁县 镇原县 安定区 通渭县 陇西县 渭源县 临洮县 漳县
岷县 临夏市 临夏县 康乐县 永靖县 广河县 和政县 东乡族自治县 积石山保安族东乡族撒拉族自治县 武都区 成县 文县
宕昌县 康县 西和县 礼县 徽县 两当县 天祝藏族自治县 合作市 临潭县 卓尼县 舟曲县 迭部县 玛曲县 碌曲县 夏河县
""")
"""The 58 receiving counties: those of Gansu in the national list of contiguous poor areas of 2012."""

SENDER_WEIGHTS = {
    "城关区": 26, "七里河区": 16, "西固区": 12, "安宁区": 10, "红古区": 6, "金川区": 8, "永昌县": 6, "白银区": 9,
    "平川区": 6, "秦州区": 12, "凉州区": 14, "民勤县": 6, "甘州区": 12, "肃南裕固族自治县": 2, "民乐县": 5,
    "临泽县": 4, "高台县": 4, "山丹县": 5, "崇信县": 3, "华亭县": 6, "肃州区": 10, "金塔县": 4, "瓜州县": 3,
    "肃北蒙古族自治县": 1, "阿克塞哈萨克族自治县": 1, "玉门市": 5, "敦煌市": 5, "西峰区": 11,
}
"""How many of the sending schools lie in each of the other 28 counties, in proportion."""

HARDSHIP = {"玛曲县": 5, "碌曲县": 4, "夏河县": 3, "合作市": 3, "卓尼县": 3, "迭部县": 3, "临潭县": 2, "舟曲县": 2,
            "天祝藏族自治县": 2, "环县": 2, "华池县": 2, "东乡族自治县": 2, "岷县": 2, "漳县": 1, "宕昌县": 1,
            "文县": 1, "会宁县": 1, "古浪县": 1}
"""Class of hardship of a receiving county; 0 where not named."""

SENDER_KINDS = {"小学": 98, "初级中学": 42, "幼儿园": 20, "高级中学": 12, "九年制学校": 10, "完全中学": 10,
                "职业学校": 8}
RECEIVER_KINDS = {"小学": 71, "初级中学": 58, "幼儿园": 24, "高级中学": 16, "九年制学校": 10, "职业学校": 9,
                  "完全中学": 2}
STAGES_OF_KIND = {"幼儿园": ("preschool",), "小学": ("primary",), "初级中学": ("junior",), "高级中学": ("senior",),
                  "九年制学校": ("primary", "junior"), "完全中学": ("junior", "senior"), "职业学校": ("vocational",)}
