"""Posts of the chain-leader system as sentences tell them; near misses tell none."""

from __future__ import annotations

import pytest

from liantu.extraction.posts import posts_in


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("会议由副市长、氢能产业链链长孟示例主持。", [("chain_leader", "孟示例", "")]),
        ("市委常委、氢能产业链链长王示主持召开例会。", [("chain_leader", "王示", "")]),
        ("光伏产业链链长由副市长李示例担任，牵头单位为市工业和信息化局。",
         [("chain_leader", "李示例", ""), ("lead_agency", "", "市工业和信息化局")]),
        ("张示例同志担任特钢材料产业链副链长。", [("deputy_chain_leader", "张示例", "")]),
        ("联络员：欧阳示。", [("liaison", "欧阳示", "")]),
        ("配合单位：市发展和改革委员会、市商务局。", [("support_unit", "", "市发展和改革委员会")]),
        ("总链长刘示例要求，月底前拿出方案。", [("general_chain_leader", "刘示例", "")]),
    ],
)  # fmt: skip
def test_who_holds_which_post(sentence: str, told: list[tuple[str, str, str]]) -> None:
    found = posts_in(sentence)
    assert [(said.role, said.person, said.unit) for said in found] == told
    assert all(sentence[said.start : said.end] in (said.person, said.unit) for said in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "链长要求，年内新增加氢站不少于6座。",
        "全省继续实施重点产业链“链长制”，产业链数量由10条扩展到16条。",
        "每条链配一名市级链长、一个工作专班、一张产业图谱。",
        "由链长牵头，研究解决企业用地问题。",
        "链长办公室每月调度。",
    ],
)
def test_sentences_that_name_nobody_tell_no_post(sentence: str) -> None:
    assert posts_in(sentence) == ()
