"""Whom to attract: evidence, order, and silence where there is none."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from liantu.matching import Chain, Firm, Said, Segment, Shortlist, find_fillers, firms_of
from liantu.registry import load_registry

SOLAR = Chain(
    "光伏",
    ("太阳能光伏",),
    (
        Segment("上游/石英坩埚", "石英坩埚"),
        Segment("中游/组件", "组件"),
        Segment("下游/逆变器", "逆变器", ("组串式逆变器",)),
    ),
)
JINZHONG, TAIYUAN, NANJING = "140700", "140100", "320100"


def firm(name: str, region: str, scope: str = "", product: str = "") -> Firm:
    """A firm with its name, and a scope or a stated product."""
    said = [Said("name", name, f"{name}#name")]
    if scope:
        said.append(Said("scope", scope, f"{name}#scope"))
    if product:
        said.append(Said("product", product, f"{name}#statement"))
    return Firm(name, name, region, tuple(said))


def lists(firms: list[Firm], region: str = JINZHONG, missing: list[str] | None = None) -> dict[str, Shortlist]:
    """Shortlists by segment name."""
    return {s.segment.name: s for s in find_fillers(SOLAR, region, firms, missing=missing)}


HERE = firm("寿阳某组件厂", "140725", "光伏组件制造")
MAKER = firm("南京甲公司", NANJING, "石英坩埚制造；光伏组件制造")
STATED = firm("太原乙公司", TAIYUAN, product="石英坩埚")
SHOP = firm("南京丙商行", NANJING, "石英坩埚销售")


def test_makers_elsewhere_are_ranked_with_reasons_that_point_at_the_words() -> None:
    found = lists([HERE, SHOP, MAKER, STATED])["石英坩埚"]
    assert [c.firm.name for c in found.candidates] == ["太原乙公司", "南京甲公司"]
    stated, maker = found.candidates
    assert [(r.kind, r.reference) for r in stated.reasons] == [("produces_stated", "太原乙公司#statement")]
    assert [(r.kind, r.word) for r in maker.reasons] == [("makes_in_scope", "石英坩埚"), ("also_on_chain", "组件")]
    assert maker.points == 4 and "石英坩埚" in maker.reasons[0].zh and "石英坩埚" in maker.reasons[0].en
    assert found.considered == 3


def test_a_shop_is_no_maker() -> None:
    found = lists([HERE, SHOP])["石英坩埚"]
    assert (found.candidates, found.abstained) == ((), "no_evidence")


def test_what_the_place_has_needs_nobody() -> None:
    assert lists([HERE, MAKER])["组件"].abstained == "nothing_missing"


def test_a_place_of_which_nothing_is_known_lacks_nothing_that_we_could_name() -> None:
    found = lists([MAKER])
    assert {s.abstained for s in found.values()} == {"nothing_known_of_region"}
    assert not any(s.candidates for s in found.values())


def test_the_diagnosis_may_say_what_is_missing() -> None:
    found = lists([MAKER], missing=["上游/石英坩埚"])
    assert list(found) == ["石英坩埚"] and [c.firm.name for c in found["石英坩埚"].candidates] == ["南京甲公司"]


def test_short_words_count_only_beside_a_word_of_the_chain() -> None:
    others = firm("南京电子厂", NANJING, "电子组件制造")
    solar = firm("南京光伏厂", NANJING, "太阳能发电设备、组件制造")
    found = lists([others, solar], missing=["中游/组件"])["组件"]
    assert [c.firm.name for c in found.candidates] == ["南京光伏厂"]


def test_firms_that_may_be_here_already_are_no_candidates() -> None:
    somewhere = firm("某坩埚厂", "", "石英坩埚制造")
    province = firm("山西某坩埚厂", "140000", "石英坩埚制造")
    found = lists([HERE, somewhere, province])["石英坩埚"]
    assert (found.candidates, found.considered) == ((), 0)


def test_an_unknown_region_is_said_to_be_one() -> None:
    assert {s.abstained for s in find_fillers(SOLAR, "999999", [MAKER])} == {"no_such_region"}


@given(st.permutations([HERE, MAKER, STATED, SHOP, firm("南京丁公司", NANJING, "石英坩埚制造")]))
def test_the_order_of_the_input_does_not_matter(firms: list[Firm]) -> None:
    found = lists(list(firms))["石英坩埚"]
    assert [c.firm.name for c in found.candidates] == ["太原乙公司", "南京甲公司", "南京丁公司"]


scopes = st.text(alphabet="光伏组件石英坩埚逆变器制造销售；（）不含，", max_size=40)


@given(st.lists(st.tuples(st.sampled_from([JINZHONG, TAIYUAN, NANJING, ""]), scopes), max_size=6))
def test_every_reason_stands_where_it_says_and_nobody_local_is_proposed(rows: list[tuple[str, str]]) -> None:
    firms = [firm(f"公司{i}", region, scope) for i, (region, scope) in enumerate(rows)]
    texts = {s.reference: s.text for f in firms for s in f.said}
    for shortlist in find_fillers(SOLAR, JINZHONG, firms):
        assert bool(shortlist.abstained) == (not shortlist.candidates)
        for candidate in shortlist.candidates:
            assert candidate.firm.region_code not in ("", JINZHONG) and candidate.reasons
            for reason in candidate.reasons:
                if reason.kind != "also_on_chain":
                    text = texts[reason.reference]
                    assert text[reason.start : reason.start + len(reason.word)] == reason.word


def test_rows_of_a_registry_are_firms_that_lead_back_to_their_row(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(
        "企业名称,经营范围,地址\n寿阳甲厂,光伏组件制造,寿阳县某路\n南京乙厂,石英坩埚制造,南京市江宁区\n",
        encoding="utf-8",
    )
    found = lists(list(firms_of(load_registry(path))))["石英坩埚"]
    assert [r.reference for r in found.candidates[0].reasons] == ["名单.csv#3"]
