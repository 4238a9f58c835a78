"""Do the figures of a document agree with each other? Given these sentences, these verdicts."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liantu.extraction import extract
from liantu.extraction.checks import RULES, CheckResult, check_document
from liantu.extraction.checks.settings import partitions, thresholds, words
from liantu.reading import Document, read_document

DEVELOP = Path(__file__).parents[1] / "gold" / "develop"


def read(text: str) -> Document:
    return read_document(f"晋中市经济运行情况\n\n2025年3月2日\n\n{text}".encode(), "情况.txt")


def checked(text: str) -> list[CheckResult]:
    document = read(text)
    return list(check_document(document, extract(document)))


def verdicts(text: str) -> list[tuple[str, str]]:
    return [(r.rule, r.verdict) for r in checked(text)]


def only(text: str) -> CheckResult:
    (result,) = checked(text)
    return result


SECTORS = "其中，第一产业增加值6.18亿元，第二产业增加值11.32亿元，第三产业增加值6.7亿元。"
THREE_BATCHES = "其中，签约项目196个，总投资1023.7亿元；开工项目{}个，总投资642.5亿元；投产项目172个，总投资518.3亿元。"


class TestParts:
    def test_a_printed_gdp_that_its_sectors_do_not_make_up(self) -> None:
        result = only(f"全县地区生产总值完成18.6亿元，同比增长5.1%。{SECTORS}")
        assert (result.rule, result.verdict, result.unit) == ("parts_sum", "differs", "元")
        assert result.computed == pytest.approx(24.2e8)
        assert result.stated == pytest.approx(18.6e8)
        assert "24.2亿元" in result.message_zh and "24.2亿元" in result.message_en

    def test_the_right_gdp_agrees(self) -> None:
        assert verdicts(f"全县地区生产总值完成24.2亿元，同比增长5.1%。{SECTORS}") == [("parts_sum", "ok")]

    def test_rounding_of_the_parts_is_no_difference(self) -> None:
        text = "全市地区生产总值2458.8亿元。其中，第一产业增加值184.1亿元，第二产业增加值1077.2亿元，第三产业增加值1197.4亿元。"
        assert only(text).verdict == "ok"

    @pytest.mark.parametrize(("started", "verdict"), [("181", "ok"), ("191", "differs")])
    def test_three_batches_by_number_and_by_investment(self, started: str, verdict: str) -> None:
        results = checked(f"此次活动共推进项目549个，总投资2184.5亿元。{THREE_BATCHES.format(started)}")
        assert [(r.rule, r.verdict, r.unit) for r in results] == [
            ("parts_sum", verdict, "个"),
            ("parts_sum", "ok", "元"),
        ]

    def test_batches_of_one_campaign_are_no_parts_where_no_sum_is_announced(self) -> None:
        assert verdicts("今年前三次活动签约项目612个、开工548个、投产497个。") == []

    def test_projects_of_two_sorts(self) -> None:
        text = "首批集中开工项目183个，总投资1038亿元，其中基础设施类项目71个、总投资422亿元，产业类项目112个、总投资616亿元。"
        assert verdicts(text) == [("parts_sum", "ok"), ("parts_sum", "ok")]

    @pytest.mark.parametrize(
        ("early", "found"),
        [("104", [("parts_sum", "ok")]), ("94", []), ("", [("parts_sum", "differs")])],
    )
    def test_a_further_sort_of_projects_in_the_sentence(self, early: str, found: list[tuple[str, str]]) -> None:
        more = f"；前期项目{early}项" if early else ""
        text = (
            f"全省共安排省重点项目637项，年度计划投资2527亿元。按建设阶段分，计划新开工项目246项；续建项目287项{more}。"
        )
        assert verdicts(text) == found

    def test_named_places_make_up_the_whole(self) -> None:
        assert verdicts("两市共签约34个项目，其中阳泉12个，忻州22个。") == [("parts_sum", "ok")]
        assert verdicts("两市共签约34个项目，其中阳泉12个，忻州23个。") == [("parts_sum", "differs")]

    def test_some_of_many_need_not_add_up(self) -> None:
        assert verdicts("全区共有企业133户，其中半导体企业21户、光伏企业14户。") == []

    def test_a_part_above_its_whole(self) -> None:
        assert verdicts("全市规上企业114户，其中专精特新企业150户。") == [("part_over_whole", "differs")]

    def test_another_measure_behind_qizhong_is_no_part(self) -> None:
        assert verdicts("全年销售收入12亿元，其中一期总投资20亿元。") == []


class TestLists:
    @pytest.mark.parametrize(
        ("text", "verdict", "listed"),
        [
            ("延伸出特殊钢、铝镁合金、合成生物、碳基新材料、煤机装备5条优势产业链。", "ok", 5),
            ("延伸出特殊钢、铝镁合金、合成生物、碳基新材料、煤机装备6条优势产业链。", "differs", 5),
            ("做强8条产业链，以及大数据、半导体、锂离子电池、太阳能电池4条新兴产业链。", "ok", 4),
            ("做强8条产业链，以及大数据、半导体、锂离子电池、太阳能电池5条新兴产业链。", "differs", 4),
            ("与太原、阳泉、晋中、吕梁等4市建立通办机制。", "ok", 4),
            ("与太原、阳泉、晋中、吕梁等3市建立通办机制。", "differs", 4),
            ("阳泉华越机械有限公司、山西华鑫电气有限公司等5户企业入选。", "ok", 2),
            ("围绕太重、中车和智奇三家整机厂布局。", "ok", 3),
            ("打造新能源、装备制造、有色金属三大板块。", "ok", 3),
            ("打造新能源、装备制造、有色金属、文旅三大板块。", "differs", 4),
        ],
    )
    def test_members_against_the_count(self, text: str, verdict: str, listed: int) -> None:
        result = only(text)
        assert (result.rule, result.verdict, result.computed) == ("list_count", verdict, listed)

    @pytest.mark.parametrize(
        "text",
        [
            "清徐县、小店区各占29户和33户。",
            "拟引进背板、胶膜、逆变器项目10个以上。",
            "构建“一群两区三圈”城乡区域发展新布局，省委、省政府高度重视。",
            "全市签约31个、开工28个、投产26个。",
            "推动设计、制造环节新建5个车间。",
        ],
    )
    def test_counts_that_close_no_list(self, text: str) -> None:
        assert [r for r in checked(text) if r.rule == "list_count"] == []


class TestRates:
    @pytest.mark.parametrize(
        ("text", "right", "wrong"),
        [
            ("年度计划投资312.6亿元，截至8月底累计完成投资221.9亿元，完成率{}。", "71.0%", "81.0%"),
            ("计划新开工项目58项，开工率{}（应开工51项，已开工48项）。", "94.1%", "84.1%"),
            ("续建项目84项，复工率{}（已复工83项）。", "98.8%", "95.8%"),
            ("上次活动签约的21个项目已有16个落地开工，开工率为{}。", "76.2%", "86.2%"),
            ("投产项目61个，其中54个已经达效，达效率{}。", "88.5%", "85.5%"),
            ("项目总投资110亿元，去年3月开工，已完成投资64.5亿元，占总投资的{}。", "58.6%", "68.6%"),
            ("年度计划投资186亿元。截至10月底完成投资151.6亿元，占年度计划的{}。", "81.5%", "91.5%"),
        ],
    )
    def test_a_rate_against_its_parts(self, text: str, right: str, wrong: str) -> None:
        assert verdicts(text.format(right)) == [("rate_parts", "ok")]
        result = only(text.format(wrong))
        assert (result.rule, result.verdict) == ("rate_parts", "differs")
        assert result.computed == pytest.approx(float(right[:-1]), abs=0.06)

    @pytest.mark.parametrize(
        ("text", "right", "wrong"),
        [
            ("一般公共预算收入52.37亿元。其中，税收收入36.92亿元，占一般公共预算收入的{}。", "70.5%", "60.5%"),
            ("完成工业产值168.3亿元，其中碳基新材料产业产值51.7亿元，占比达到{}。", "30.7%", "20.7%"),
        ],
    )
    def test_a_share_against_part_and_whole(self, text: str, right: str, wrong: str) -> None:
        assert verdicts(text.format(right)) == [("share_parts", "ok")]
        assert verdicts(text.format(wrong)) == [("share_parts", "differs")]

    def test_a_share_of_a_larger_region_is_not_compared(self) -> None:
        assert verdicts("全市新能源装机1200万千瓦，占全省新能源装机总量的17.38%。") == []

    def test_spoken_shares_are_rough(self) -> None:
        assert verdicts("集中开工项目73个。其中产业类项目51个，占全部项目的七成。") == [("share_parts", "ok")]

    def test_rates_in_the_rows_of_a_table(self) -> None:
        table = "县（市、区） 建设项目（项） 年度计划投资（亿元） 完成投资（亿元） 完成率（%） 位次\n定襄县 12 22.4 18.3 81.7 1\n代　县 9 14.6 11.5 88.8 2\n河曲县 11 28.3 17.1 60.4 13\n"
        text = "表1　1—8月重点工程建设项目投资完成情况\n" + table
        assert "11.5亿元 ÷ 14.6亿元 = 78.77%" in checked(text)[1].message_zh
        assert verdicts(text) == [
            ("rate_parts", "ok"),
            ("rate_parts", "differs"),
            ("rate_parts", "ok"),
        ]


class TestShares:
    def test_sectors_make_up_a_hundred(self) -> None:
        assert verdicts("三次产业结构为1.5:56.2:42.3。") == [("share_sum", "ok")]
        assert verdicts("三次产业结构为1.5:56.2:44.3。") == [("share_sum", "differs")]
        assert verdicts("三次产业增加值占地区生产总值的比重分别为2.2%、64.8%和43.0%。") == [("share_sum", "differs")]

    def test_some_shares_of_a_whole_may_be_less(self) -> None:
        assert verdicts("焦化、铝镁、氢能产值占全市的比重分别为31.2%、24.8%和3.0%。") == []

    def test_growth_rates_make_up_nothing(self) -> None:
        assert verdicts("三次产业增加值分别增长41.0%、62.0%和73.0%。") == []

    def test_a_share_above_the_whole(self) -> None:
        assert verdicts("全市共接待游客，省外游客占比达124%。") == [("share_over_whole", "differs")]
        assert verdicts("开发区签约项目开工率达到106%。") == [("share_over_whole", "suspicious")]

    def test_plans_may_be_overfulfilled(self) -> None:
        assert verdicts("省市重点工程完成投资486.5亿元，完成率为108%。") == []


class TestGrowth:
    @pytest.mark.parametrize(
        ("text", "right", "wrong"),
        [
            ("规上工业企业由298户增加到436户，净增{}。", "138户", "148户"),
            ("本地配套率从58%提高到81%，提高{}。", "23个百分点", "33个百分点"),
            ("年产值由50亿元增加到80亿元，增长{}。", "60%", "70%"),
            ("2022年，省内配套率只有11.3%；到2024年，变成22.3%，两年抬升{}。", "11个百分点", "15个百分点"),
            ("本地产值由64亿元增加到127亿元，几乎{}。", "翻了一番", "翻了两番"),
            ("产值目标由2300亿元提高到3000亿元，比原规划的2800亿元再加码{}。", "200亿元", "300亿元"),
            ("工业总产值目标为300亿元，比2021版规划的250亿元目标上调{}。", "五分之一", "三分之一"),
        ],
    )
    def test_a_change_against_both_levels(self, text: str, right: str, wrong: str) -> None:
        def changes(words: str) -> list[str]:
            return [r.verdict for r in checked(text.format(words)) if r.rule == "change_levels"]

        assert changes(right) == ["ok"]
        assert changes(wrong) == ["differs"]

    @pytest.mark.parametrize(
        "text",
        [
            "日产能从35万双涨到58万双，用工却减少四成。",
            "地区生产总值由742.2亿元增加到1023.5亿元，年均增长4.6%。",
            "全市地区生产总值由742.2亿元增加到1023.5亿元，增长21.3%。",  # at constant prices
            "本地协作配套率由37%提高到45%——而前一版方案定下的数字是40%，同比提高2个百分点。",
        ],
    )
    def test_a_change_of_something_else(self, text: str) -> None:
        assert [r for r in checked(text) if r.rule == "change_levels"] == []

    def test_up_must_be_up(self) -> None:
        assert verdicts("本地配套率由31%提高到27.5%。") == [("direction", "differs")]
        assert verdicts("本地配套率由27.5%提高到31%。") == []

    def test_growth_on_a_small_base_names_the_base(self) -> None:
        result = only("该县实际利用外资1200万元，同比增长29923.9%。")
        assert (result.rule, result.verdict) == ("small_base", "suspicious")
        assert result.computed == pytest.approx(1200e4 / 300.239, rel=1e-3)

    def test_a_multiple_since_long_ago_is_no_yearly_growth(self) -> None:
        assert verdicts("日产能从创业时的2000袋，到今天的60万袋，是创业时的300倍。") == []


class TestTargets:
    @pytest.mark.parametrize(
        ("text", "before", "now"),
        [
            ("公司把2024年的营收目标由80亿元下调为62亿元。", "80亿", "62亿"),
            ("规划编制时提出2025年产值达到1300亿元，中期评估调整为1100亿元左右。", "1300亿", "1100亿"),
            ("全产业链产值目标由规划确定的500亿元上调至560亿元。", "500亿", "560亿"),
            ("年初定的规上工业增加值增长10%，年中会商后调整为8.5%。", "10%", "8.5%"),
        ],
    )
    def test_a_revised_target_names_both_values(self, text: str, before: str, now: str) -> None:
        document = read(text)
        (result,) = [r for r in check_document(document, extract(document)) if r.rule == "target_revised"]
        assert result.verdict == "ok"
        assert [document.text.raw[a:b] for a, b in result.spans] == [before, now]

    def test_lowered_to_more_is_wrong(self) -> None:
        assert verdicts("公司把2024年的营收目标由80亿元下调为92亿元。") == [("target_revised", "differs")]

    def test_growth_is_no_revision(self) -> None:
        assert verdicts("规上企业由年初的158户增加到171户。") == []


class TestSlips:
    def test_the_same_digits_at_two_sizes(self) -> None:
        result = only("全市固定资产投资312.6亿元。\n\n全市固定资产投资31.26亿元，重点工程进展顺利。")
        assert (result.rule, result.verdict, result.stated) == ("unit_slip", "suspicious", 31.26e8)

    def test_the_same_figure_twice_is_none(self) -> None:
        assert verdicts("全市固定资产投资312.6亿元。\n\n全市固定资产投资312.6亿元，重点工程进展顺利。") == []

    def test_one_cell_in_another_unit(self) -> None:
        rows = "县名\t完成投资（亿元）\n定襄县\t18.3\n代县\t11.5\n河曲县\t171000\n保德县\t14.3\n五台县\t12.9\n"
        document = read_document(rows.encode(), "表.csv")
        assert [(r.rule, r.verdict) for r in check_document(document, extract(document))] == [
            ("unit_slip", "suspicious")
        ]


@pytest.mark.parametrize(("total", "verdict"), [("58.4", "ok"), ("68.4", "differs")])
def test_the_total_of_a_table(total: str, verdict: str) -> None:
    rows = f"县名\t项目\t完成投资（亿元）\n定襄县\t12\t18.3\n代县\t9\t11.5\n河曲县\t11\t28.6\n合计\t32\t{total}\n"
    document = read_document(rows.encode(), "表.csv")
    results = check_document(document, extract(document))
    assert [(r.rule, r.verdict) for r in results] == [("column_total", "ok"), ("column_total", verdict)]
    assert [document.text.raw[a:b] for a, b in results[1].spans] == ["18.3", "11.5", "28.6", total]


@pytest.mark.parametrize("path", sorted(DEVELOP.glob("*.txt")), ids=lambda p: p.stem)
def test_sound_documents_raise_no_alarm(path: Path) -> None:
    document = read_document(path)
    results = check_document(document, extract(document))
    assert [r.message_zh for r in results if r.verdict != "ok"] == []
    for result in results:
        assert result.rule in RULES
        assert result.message_zh and result.message_en
        assert all(0 <= a < b <= len(document.text.raw) for a, b in result.spans)
        assert document.text.raw[result.evidence.start : result.evidence.end] == result.evidence.text


@pytest.mark.parametrize("path", sorted(DEVELOP.glob("*.txt")), ids=lambda p: p.stem)
def test_a_rate_changed_by_a_tenth_no_longer_agrees(path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    document = read_document(raw.encode(), path.name)
    for result in check_document(document, extract(document)):
        start, end = result.spans[-1]
        number = re.fullmatch(r"\d+\.\d+", document.text.raw[start:end].removesuffix("%"))
        if result.rule not in ("rate_parts", "share_sum") or number is None:
            continue
        changed = raw[:start] + f"{float(number[0]) * 0.9:.1f}" + raw[start + len(number[0]) :]
        other = read_document(changed.encode(), path.name)
        verdicts_there = [r.verdict for r in check_document(other, extract(other)) if r.spans[-1][0] == start]
        assert "differs" in verdicts_there, (result.message_zh, changed[start - 20 : start + 10])


@given(st.integers(1, 400), st.integers(1, 400), st.integers(-40, 40))
@settings(max_examples=60, deadline=None)
def test_a_sum_agrees_exactly_when_it_is_one(building: int, preparing: int, off: int) -> None:
    total = building + preparing + off
    if total <= max(building, preparing):
        return
    text = f"今年列入盘子的项目{total}项，其中建设项目{building}项、前期项目{preparing}项。"
    results = [r.verdict for r in checked(text) if r.rule == "parts_sum"]
    assert results == ["differs" if off else "ok"]


@given(
    st.text(alphabet="0123456789.，。、；：（）%亿元万个项其中占率由到增加签约开工投产完成计划投资率等条", max_size=160)
)
@settings(max_examples=60, deadline=None)
def test_any_text_is_checked(text: str) -> None:
    for result in checked(text):
        assert result.verdict in ("ok", "differs", "suspicious")


def test_thresholds_partitions_and_words_have_sources_and_are_used() -> None:
    assert thresholds()["small_base_percent"] == 1000
    assert {p.family for p in partitions()} >= {"three_batch", "three_sectors"}
    assert all(p.source and len(p.parts) >= 2 for p in partitions())
    with pytest.raises(KeyError):
        words("no such role")
    assert all(re.fullmatch(r"\S+", word) for word in words("up"))
