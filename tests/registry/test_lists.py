"""Enterprise lists as they come: their headings, their mistakes, their counts."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook
from tests.registry.test_places import code_issued_in

from liantu.reading import UnreadableError
from liantu.registry import RegistryError, count_firms, load_registry

DATA = Path(os.environ.get("LIANTU_DATA", Path(__file__).parents[3] / "shared" / "data"))
HEADER = ["企业名称", "统一社会信用代码", "经营范围", "地址", "注册资本", "成立日期"]
GOOD = code_issued_in("140105")


def csv_file(folder: Path, *rows: list[str], header: list[str] = HEADER, encoding: str = "utf-8") -> Path:
    """A list as offices export it."""
    path = folder / "企业名单.csv"
    path.write_bytes("\r\n".join(",".join(f'"{c}"' for c in row) for row in [header, *rows]).encode(encoding))
    return path


def test_a_good_row_is_understood_in_every_column(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        ["太原示例光伏有限公司", GOOD, "光伏组件制造", "太原市小店区平阳路1号", "1,500(万)", "2011年5月7日"],
        encoding="gb18030",
    )
    registry = load_registry(path)
    assert registry.problems == []
    columns = "name, uscc_valid, region_code, city_code, province_code, region_from, capital_yuan, established"
    assert registry.query(f"SELECT {columns} FROM enterprises") == [
        ("太原示例光伏有限公司", True, "140105", "140100", "140000", "address", 15_000_000.0, date(2011, 5, 7))
    ]
    assert {(m.label, m.word, m.where, m.activity) for m in registry.reasons(2)} == {
        ("光伏", "光伏组件", "scope", "make"),
        ("光伏组件", "光伏组件", "scope", "make"),
        ("光伏", "光伏", "name", "unstated"),
    }


def test_every_bad_cell_is_listed_with_its_row_and_what_to_do(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        ["", GOOD, "光伏组件制造", "太原市", "", ""],
        ["甲公司", GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1"), "", "太原市", "一大笔", "2011-02-30"],
        ["乙公司", "", "", "段柳乡", "", ""],
        ["丙公司", GOOD, "光伏制造", "太原市小店区", "", ""],
        ["丙公司（重报）", GOOD, "光伏制造", "太原市小店区", "", ""],
        ["乙公司", "", "", "段柳乡", "", ""],
        ["", "", "", "", "", ""],
    )
    registry = load_registry(path)
    told = [(p.row, p.code) for p in registry.problems]
    assert told == [
        (2, "no_name"), (3, "bad_uscc"), (3, "bad_capital"), (3, "bad_date"), (4, "no_region"),
        (6, "repeated_uscc"), (7, "no_region"), (7, "repeated_row"),
    ]  # fmt: skip
    assert "第6行" in str(registry.problems[5]) and "第5行" in registry.problems[5].zh
    assert "row 5" in registry.problems[5].en
    assert registry.query("SELECT count(*), count(*) FILTER (refused) FROM problems") == [(8, 1)]
    assert registry.count() == 3  # 甲, 乙, 丙; the repeats count nowhere
    assert [(c.label, c.firms) for c in count_firms(registry)] == [("光伏", 1)]


def test_headings_by_other_names_and_units_in_the_heading(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某市企业名单"])
    sheet.append(["单位名称", "社会信用代码", "主要产品", "所在市", "所在区县/开发区", "注册资本（万元）", "成立时间"])
    sheet.append(["和顺示例铝材有限公司", "", "铝合金边框", "晋中市", "和顺县", 1200, date(2019, 3, 4)])
    path = tmp_path / "名单.xlsx"
    book.save(path)
    registry = load_registry(path)
    assert registry.query("SELECT row, region_code, region_from, capital_yuan, established FROM enterprises") == [
        (3, "140723", "place", 12_000_000.0, date(2019, 3, 4))
    ]


def test_a_list_without_names_says_what_headings_it_has(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ["光伏", "氢能"], header=["产业", "行业"])
    with pytest.raises(RegistryError, match=r"企业名单\.csv.*企业名称.*产业、行业.*headers\.csv"):
        load_registry(path)


def test_a_broken_parquet_file_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "名单.parquet"
    path.write_bytes(b"PAR1 is all that is left of it")
    with pytest.raises(RegistryError, match="parquet"):
        load_registry(path)


def test_a_broken_workbook_is_refused_by_the_reading_room(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(UnreadableError):
        load_registry(path)


def test_counts_by_city_and_county_leave_shops_out_unless_asked(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        ["甲", "", "光伏组件制造", "太原市小店区", "100(万)", ""],
        ["乙", "", "光伏组件销售", "太原市迎泽区", "", ""],
        ["丙", "", "光伏组件制造；氢能装备制造", "太原市", "50(万美元)", ""],
        ["丁", "", "光伏发电", "晋中市寿阳县", "", ""],
        ["戊", "", "理发", "晋中市寿阳县", "", ""],
    )
    registry = load_registry(path)
    cities = {
        (c.region_code, c.label): (c.firms, c.region_firms, c.capital_yuan, c.with_capital)
        for c in count_firms(registry)
    }
    assert cities["140100", "光伏"] == (2, 3, 1_000_000.0, 1)
    assert cities["140100", "氢能"] == (1, 3, 0.0, 0)
    assert cities["140700", "光伏"][:2] == (1, 2)
    shops = {(c.region_code, c.label): c.firms for c in count_firms(registry, activities=["sell"])}
    assert shops == {("140100", "光伏"): 1, ("140100", "光伏组件"): 1}
    counties = {(c.region_code, c.label): c.firms for c in count_firms(registry, "county")}
    assert counties["140105", "光伏"] == 1 and counties["140725", "光伏"] == 1
    assert counties["", "光伏"] == 1  # 丙: its county is not known
    with pytest.raises(ValueError, match="no such activity"):
        count_firms(registry, activities=["repair"])  # type: ignore[list-item]


def test_parquet_and_csv_of_the_same_rows_give_the_same_registry(tmp_path: Path) -> None:
    rows = [
        ["甲公司", GOOD, "光伏组件制造", "太原市小店区", "100(万)", "2011-05-07"],
        ["乙公司", "", "氢能", "", "-", ""],
    ]
    from_csv = load_registry(csv_file(tmp_path, *rows))
    path = tmp_path / "名单.parquet"
    values = ", ".join("(" + ", ".join(f"nullif('{c}', '')" for c in row) + ")" for row in rows)
    names = ", ".join(f'"{h}"' for h in HEADER)
    duckdb.sql(f"SELECT * FROM (VALUES {values}) AS t({names})").write_parquet(str(path))
    from_parquet = load_registry(path)
    query = "SELECT * EXCLUDE (row) FROM enterprises ORDER BY name"
    assert from_parquet.query(query) == from_csv.query(query)
    assert [(p.row + 1, p.code) for p in from_parquet.problems] == [(p.row, p.code) for p in from_csv.problems]


def test_a_registry_kept_in_a_file_is_there_afterwards(tmp_path: Path) -> None:
    kept = str(tmp_path / "registry.duckdb")
    load_registry(csv_file(tmp_path, ["甲公司", GOOD, "光伏组件制造", "太原市", "", ""]), database=kept).close()
    with duckdb.connect(kept, read_only=True) as again:
        assert again.execute("SELECT name FROM enterprises").fetchall() == [("甲公司",)]


@pytest.mark.slow
def test_the_real_registry_of_a_province() -> None:
    path = DATA / "registry" / "shanxi.parquet"
    if not path.exists():
        pytest.skip(f"no real data at {DATA}; set LIANTU_DATA")
    registry = load_registry(path)
    [(loaded,)] = registry.query("SELECT count(*) FROM enterprises")
    assert (loaded, registry.count()) == (94_497, 94_482)
    # Capital: all spellings but one cell (0 of no unit) are understood.
    assert [p.code for p in registry.problems].count("bad_capital") == 1
    # Counties told by the address against the authority's digits, where both say one (measured 0.994).
    [(both, same)] = registry.query(
        """SELECT count(*), count(*) FILTER (region_code = uscc[3:8]) FROM enterprises
           WHERE region_from = 'address' AND uscc_valid AND NOT ends_with(region_code, '00')
             AND uscc[3:8] IN (SELECT region_code FROM enterprises WHERE region_from = 'code')"""
    )
    assert both > 30_000 and same / both > 0.99
    [(unplaced,)] = registry.query("SELECT count(*) FROM enterprises WHERE city_code = ''")
    assert unplaced < 10
