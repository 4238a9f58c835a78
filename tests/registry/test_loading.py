"""The registry on disk: lists as offices have them, loaded once and again."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook

from liantu.registry import BusyError, RegistryError, Shelf, counting, default_dictionary, load_lists, open_atlas
from liantu.registry.intake.clean import check_codes
from liantu.registry.kept import cells_of
from liantu.registry.shelf import FIRST_IN_2
from liantu.registry.trying import place_all
from liantu.resolution import is_uscc
from liantu.resolution.uscc import check_character

HEADER = "企业名称,统一社会信用代码,成立日期,注册资本(万元),经营范围,住所"


def code(number: int, region: str = "140921") -> str:
    body = f"91{region}MA0{number:06d}"
    return body + check_character(body)


def row(number: int, name: str = "", scope: str = "法兰加工", address: str = "定襄县晋昌镇") -> str:
    return f"{name or f'定襄县示例{number}法兰有限公司'},{code(number)},2011-05-07,500,{scope},{address}"


def list_of(folder: Path, *rows: str, name: str = "名单.csv", encoding: str = "utf-8", header: str = HEADER) -> Path:
    path = folder / name
    path.write_bytes("\r\n".join([header, *rows]).encode(encoding))
    return path


def problems(folder: Path) -> list[tuple[int, str]]:
    with open_atlas(folder) as atlas:
        return [(int(r), c) for r, c in atlas.query("SELECT row, code FROM problems ORDER BY row, code")]


def names(folder: Path) -> list[str]:
    with open_atlas(folder) as atlas:
        return [name for (name,) in atlas.query("SELECT name FROM firms ORDER BY name")]


def test_the_same_list_twice_adds_nothing_also_under_another_name(tmp_path: Path) -> None:
    store = tmp_path / "库"
    first = load_lists([list_of(tmp_path, row(1), row(2))], store)
    assert (first.firms, first.lists[0].added) == (2, 2)
    version = Shelf(store).version
    again = load_lists([list_of(tmp_path, row(1), row(2))], store)
    assert (again.firms, again.lists[0].known_file) == (2, True)
    assert Shelf(store).version == version
    other = load_lists([list_of(tmp_path, row(2), row(1), row(3), name="另一份.csv")], store)
    assert (other.lists[0].added, other.lists[0].unchanged, other.firms) == (1, 2, 3)


def test_a_newer_row_replaces_and_the_former_name_stays_with_its_date(tmp_path: Path) -> None:
    store = tmp_path / "库"
    load_lists([list_of(tmp_path, row(1, "定襄县老名法兰有限公司"))], store, as_of=date(2020, 1, 1))
    new = list_of(tmp_path, row(1, "定襄县新名药房有限公司", "药品零售"), name="新.csv")
    report = load_lists([new], store, as_of=date(2021, 6, 30))
    assert (report.lists[0].changed, report.lists[0].added, report.firms) == (1, 0, 1)
    with open_atlas(store) as atlas:
        assert atlas.query("SELECT name, until, source FROM former_names") == [
            ("定襄县老名法兰有限公司", date(2021, 6, 30), "名单.csv")
        ]
        chains = {chain for (chain,) in atlas.query("SELECT DISTINCT chain FROM placements WHERE state = 'placed'")}
        assert chains == {"现代医药"}
    old = list_of(tmp_path, row(1, "定襄县更老法兰有限公司"), name="旧.csv")
    report = load_lists([old], store, as_of=date(2019, 1, 1))
    assert report.lists[0].older == 1 and names(store) == ["定襄县新名药房有限公司"]


def test_a_list_that_cannot_be_read_leaves_the_registry_as_it_was(tmp_path: Path) -> None:
    store = tmp_path / "库"
    load_lists([list_of(tmp_path, row(1))], store)
    version = Shelf(store).version
    good = list_of(tmp_path, row(2), name="好.csv")
    bad = list_of(tmp_path, "1,2", name="坏.csv", header="序号,备注")
    with pytest.raises(RegistryError, match="没有“企业名称”一列"):
        load_lists([good, bad], store)
    broken = tmp_path / "坏.parquet"
    broken.write_bytes(b"PAR1 is not enough")
    with pytest.raises(RegistryError, match="parquet"):
        load_lists([broken], store)
    assert Shelf(store).version == version and len(names(store)) == 1
    assert not list(store.glob("new-*"))


def test_two_loads_at_a_time_are_refused(tmp_path: Path) -> None:
    store = tmp_path / "库"
    with Shelf(store).writing(), pytest.raises(BusyError):
        load_lists([list_of(tmp_path, row(1))], store)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_and_byte_order_marks(tmp_path: Path, encoding: str) -> None:
    load_lists([list_of(tmp_path, row(1), encoding=encoding)], tmp_path / "库")
    assert names(tmp_path / "库") == ["定襄县示例1法兰有限公司"] and problems(tmp_path / "库") == []


def test_a_file_that_mixes_encodings_is_read_as_a_whole_and_told(tmp_path: Path) -> None:
    path = list_of(tmp_path, row(1))
    path.write_bytes(path.read_bytes() + b"\r\n" + row(2).encode("gb18030") + b"\r\n" + row(3).encode())
    load_lists([path], tmp_path / "库")
    assert len(names(tmp_path / "库")) == 3
    assert problems(tmp_path / "库") == [(3, "mixed_encoding")]


def test_headings_below_a_title_and_on_two_lines(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (
        ["某县企业名单", "", "", "", ""],
        ["企业", "", "登记情况", "", "住所"],
        ["名称", "统一社会信用代码", "成立日期", "注册资本(万元)", ""],
        ["定襄县示例法兰有限公司", code(1), date(2011, 5, 7), 500, "定襄县晋昌镇"],
    ):
        sheet.append(cells)
    path = tmp_path / "名单.xlsx"
    book.save(path)
    load_lists([path], tmp_path / "库")
    with open_atlas(tmp_path / "库") as atlas:
        found = atlas.query('SELECT name, established, capital_yuan, address, region_code, "row" FROM firms')
    assert found == [("定襄县示例法兰有限公司", date(2011, 5, 7), 5_000_000.0, "定襄县晋昌镇", "140921", 4)]


def test_rows_in_wrong_columns_are_mended_where_the_code_shows_how(tmp_path: Path) -> None:
    moved = "," + row(1)  # one blank cell too many in front
    spilled = row(2, scope="法兰加工,锻件制造")  # a comma without quotes
    hopeless = f"甲,乙,丙,丁,{code(3)},戊,己,庚"
    load_lists([list_of(tmp_path, moved, spilled, hopeless, HEADER, row(4))], tmp_path / "库")
    with open_atlas(tmp_path / "库") as atlas:
        found = atlas.query("SELECT name, scope, region_code FROM firms ORDER BY name")
    assert found == [
        ("定襄县示例1法兰有限公司", "法兰加工", "140921"),
        ("定襄县示例2法兰有限公司", "法兰加工，锻件制造", "140921"),
        ("定襄县示例4法兰有限公司", "法兰加工", "140921"),
    ]
    assert problems(tmp_path / "库") == [
        (2, "shifted_mended"),
        (3, "shifted_mended"),
        (4, "shifted"),
        (5, "header_again"),
    ]


def test_dates_of_1900_capital_in_dollars_and_blank_scopes(tmp_path: Path) -> None:
    rows = [
        f"甲乙有限公司,{code(1)},1900-01-01,500,法兰加工,定襄县",
        f"丙丁有限公司,{code(2)},2099-01-01,100万美元,法兰加工,定襄县",
        f"戊己有限公司,{code(3)},40670,一大笔,,定襄县",
    ]
    load_lists([list_of(tmp_path, *rows)], tmp_path / "库")
    with open_atlas(tmp_path / "库") as atlas:
        found = atlas.query("SELECT name, established, capital, currency, capital_yuan FROM firms ORDER BY uscc")
    assert found == [
        ("甲乙有限公司", None, 5_000_000.0, "CNY", 5_000_000.0),
        ("丙丁有限公司", None, 1_000_000.0, "USD", None),
        ("戊己有限公司", date(2011, 5, 7), None, "", None),
    ]
    assert problems(tmp_path / "库") == [
        (2, "placeholder_date"),
        (3, "future_date"),
        (4, "bad_capital"),
        (4, "no_scope"),
    ]


def test_one_code_under_two_names_keeps_both_and_tells(tmp_path: Path) -> None:
    load_lists([list_of(tmp_path, row(1, "甲乙法兰厂"), row(1, "甲乙法兰有限公司"), row(2), row(2))], tmp_path / "库")
    assert names(tmp_path / "库") == ["定襄县示例2法兰有限公司", "甲乙法兰有限公司"]
    assert problems(tmp_path / "库") == [(2, "two_names"), (4, "repeated_uscc")]
    with open_atlas(tmp_path / "库") as atlas:
        assert atlas.query("SELECT name FROM former_names") == [("甲乙法兰厂",)]


def test_a_firm_without_a_code_is_the_one_of_its_name_and_place_that_has_one(tmp_path: Path) -> None:
    store = tmp_path / "库"
    bare = "甲乙法兰有限公司,,,,法兰加工,定襄县晋昌镇"
    load_lists([list_of(tmp_path, bare)], store)
    report = load_lists([list_of(tmp_path, row(1, "甲乙法兰有限公司"), name="有码.csv")], store)
    assert (report.firms, report.lists[0].changed) == (1, 1)
    report = load_lists([list_of(tmp_path, bare, row(2), name="又无码.csv")], store)
    assert report.firms == 2 and (2, "known_by_name") in problems(store)
    with open_atlas(store) as atlas:
        assert atlas.query("SELECT uscc FROM firms WHERE name = '甲乙法兰有限公司'") == [(code(1),)]


def test_streets_are_learned_from_the_firms_that_name_their_county(tmp_path: Path) -> None:
    told = [row(n, address=f"太原市小店区平阳路{n}号") for n in range(1, 5)]
    load_lists([list_of(tmp_path, *told, row(9, "某某有限公司", address="太原市平阳路9号"))], tmp_path / "库")
    with open_atlas(tmp_path / "库") as atlas:
        assert atlas.query("SELECT region_code, region_from FROM firms WHERE name = '某某有限公司'") == [
            ("140105", "streets")
        ]


def test_parquet_and_csv_of_the_same_rows_are_the_same_firms(tmp_path: Path) -> None:
    path = list_of(tmp_path, row(1), row(2))
    parquet = tmp_path / "名单.parquet"
    duckdb.connect().execute(
        f"COPY (SELECT * FROM read_csv('{path}', all_varchar = true)) TO '{parquet}' (FORMAT parquet)"
    )
    load_lists([path], tmp_path / "库")
    report = load_lists([parquet], tmp_path / "库")
    assert (report.lists[0].unchanged, report.firms) == (2, 2)


def test_codes_are_checked_as_one_by_one() -> None:
    codes = [code(n) for n in range(50)] + ["", "9114", code(1)[:-1] + "I", code(2).lower(), code(3)[::-1]]
    assert check_codes(codes).tolist() == [is_uscc(c) if c == c.upper() else False for c in codes]


def test_nothing_loaded_yet_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="liantu registry load"):
        open_atlas(tmp_path)


def test_firms_get_class_zone_and_town_and_a_registry_of_an_earlier_layout_gets_them_too(tmp_path: Path) -> None:
    store = tmp_path / "库"
    wanted = "SELECT name, gb_code, gb_section, gb_word, town, zone, zone_from FROM firms ORDER BY name"
    load_lists([list_of(tmp_path, row(1, "甲乙厂"), row(2, "丙丁厂", address="大同市开发区1号"))], store)
    with open_atlas(store) as atlas:
        told = atlas.query(wanted)
    assert told == [
        ("丙丁厂", "3393", "C", "法兰", "", "14101002", "address"),
        ("甲乙厂", "3393", "C", "法兰", "晋昌镇", "", ""),
    ]
    first = as_in_layout_1(store)
    with open_atlas(store) as atlas:  # read as it is
        assert [found[1:] for found in atlas.query(wanted)] == [("", "", "", "", "", "")] * 2
    assert not Shelf(store).is_of_today
    load_lists([list_of(tmp_path, row(3, "戊己厂"), name="又.csv")], store)
    assert Shelf(store).is_of_today and Shelf(store).version != first
    with open_atlas(store) as atlas:
        assert [found for found in atlas.query(wanted) if found[0] != "戊己厂"] == told


def as_in_layout_1(store: Path) -> Path:
    """The version on disk as the program wrote it before firms had classes, zones and towns."""
    version = Shelf(store).version
    assert version is not None
    file, old = version / "firms.parquet", version / "old.parquet"
    added = ", ".join(FIRST_IN_2)
    duckdb.connect().execute(
        f"COPY (SELECT * EXCLUDE ({added}) FROM read_parquet('{file}')) TO '{old}' (FORMAT parquet)"
    )
    old.replace(file)
    pointer = store / "current.json"
    facts = json.loads(pointer.read_text(encoding="utf-8"))
    pointer.write_text(json.dumps({name: said for name, said in facts.items() if name != "layout"}), encoding="utf-8")
    return version


def test_placing_anew_keeps_the_zone_that_the_column_of_the_place_told(tmp_path: Path) -> None:
    store = tmp_path / "库"
    header = "企业名称,经营范围,区县,住所"
    load_lists([list_of(tmp_path, "甲乙厂,法兰加工,临汾经济开发区,河汾路1号", header=header)], store)
    wanted = "SELECT zone, zone_from FROM firms"
    with open_atlas(store) as atlas:
        told = atlas.query(wanted)
    assert told == [("14201006", "place")]
    place_all(store, default_dictionary())
    with open_atlas(store) as atlas:
        assert atlas.query(wanted) == told


def test_counts_kept_with_a_version_are_those_counted_now(tmp_path: Path) -> None:
    store = tmp_path / "库"
    lists = [list_of(tmp_path, *(row(n) for n in range(1, 6)), row(6, scope="药品零售", address="太原市小店区"))]
    load_lists(lists, store, as_of=date(2013, 6, 30))
    with open_atlas(store) as atlas:
        kept = cells_of(atlas)
        assert (kept.on, kept.since, kept.firms) == (date(2013, 6, 30), date(2010, 6, 30), 6)
        assert kept.rows and kept.rows == atlas.rows(counting.cells(kept.on, kept.since))
        assert ("140921", "特钢材料", "锻件与法兰", 5, 5, 5, 25_000_000.0, 5) in kept.rows
        assert sorted(atlas.query("SELECT * FROM placed"), key=repr) == sorted(atlas.rows(counting.placed()), key=repr)
        assert cells_of(atlas, date(2011, 5, 6)).rows == []  # founded the day after
    for table in ("cells", "placed"):
        (atlas.version / f"{table}.parquet").unlink()
    with open_atlas(store) as older:
        assert not older.has("cells") and cells_of(older) == kept
