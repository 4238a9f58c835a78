"""The registry counted by Spark is the registry counted by DuckDB: counts equal, floats to 1e-9; a Spark inside this machine."""

from __future__ import annotations

import csv
import json
import math
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.registry.test_loading import HEADER, code

from bulk.test_spark import HAS_SPARK, can_run_spark
from liantu.registry import Atlas, Shelf, load_lists, open_atlas
from liantu.registry.counting import Rows, cells, firms_by_county, newest, placed, total
from liantu.registry.rediscovery import rediscover
from liantu.registry.spark import SparkAtlas
from liantu.vocabulary import regions

needs_spark = pytest.mark.skipif(
    not can_run_spark(), reason="needs PySpark (the extra `spark`) and Java 17 or later; one of them is not installed"
)
SCOPES = (
    "法兰加工、锻件制造", "不锈钢带的生产、销售", "药品零售", "光伏组件制造；光伏设备销售", "软件开发；信息系统集成服务",
    "耐火材料制造", "食醋酿造、销售", "水泵制造", "汽车零部件及配件制造", "物业管理", "",
)  # fmt: skip


def made(folder: Path, firms: int, seed: int) -> Path:
    """A list of firms in the counties of two provinces; some without capital, date or place, some in dollars."""
    chance = random.Random(seed)
    counties = [r for r in regions() if r.level == "county" and r.code[:2] in ("14", "41")]
    path = folder / "名单.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER.split(","))
        for number in range(firms):
            county = chance.choice(counties)
            day = date(2010, 1, 1) + timedelta(days=chance.randrange(5500))
            capital = chance.choice(("", "100", "33.3", f"{chance.uniform(0.1, 1e6):.4f}", "50万美元"))
            where = "" if chance.random() < 0.05 else f"{regions().city_of(county.code).name}{county.name}{number}号"
            writer.writerow(
                (f"示例{number}有限公司", code(number, county.code), chance.choice((day.isoformat(), "")), capital,
                 chance.choice(SCOPES), where)
            )  # fmt: skip
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example registry and two thousand made firms."""
    store = tmp_path_factory.mktemp("spark") / "库"
    example = Path(__file__).parents[2] / "examples" / "registry" / "企业登记样例.csv"
    load_lists([example, made(store.parent, 2_000, 20241122)], store, as_of=date(2024, 12, 31))
    return store


@pytest.fixture(scope="module")
def spark(folder: Path) -> Iterator[SparkAtlas]:
    version = Shelf(folder).version
    assert version is not None
    with SparkAtlas(version) as registry:
        yield registry


def same(ours: Rows, theirs: Rows) -> bool:
    """Rows equal whatever their order; floats to 1e-9 of their size."""
    return len(ours) == len(theirs) and all(
        all(alike(a, b) for a, b in zip(one, other, strict=True))
        for one, other in zip(sorted(ours, key=repr), sorted(theirs, key=repr), strict=True)
    )


def alike(a: Any, b: Any) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
    return bool(a == b) and type(a) is type(b)


@needs_spark
@pytest.mark.slow
def test_every_count_is_the_same(folder: Path, spark: SparkAtlas) -> None:
    asked = {
        "newest": newest(),
        "total": total(),
        "cells": cells(date(2024, 12, 31), date(2021, 12, 31)),
        "earlier": cells(date(2018, 6, 30), date(2015, 6, 30)),
        "counties": firms_by_county(["140000"]),
        "placed": placed(),
    }
    with open_atlas(folder) as atlas:
        for name, expression in asked.items():
            ours = atlas.rows(expression)
            assert ours and same(ours, spark.rows(expression)), name
        now, earlier = (sum(row[3] for row in atlas.rows(asked[name])) for name in ("cells", "earlier"))
    assert now > earlier > 0


@needs_spark
@pytest.mark.slow
def test_towns_come_out_in_the_same_order(folder: Path, spark: SparkAtlas) -> None:
    with open_atlas(folder) as atlas:
        ours, theirs = rediscover(atlas), rediscover(spark)
    assert any(one.counties for one in ours)
    for one, other in zip(ours, theirs, strict=True):
        assert (one.town, one.makers, one.rank) == (other.town, other.makers, other.rank)
        assert same([(c.region_code, c.firms, c.share, c.quotient) for c in one.counties],
                    [(c.region_code, c.firms, c.share, c.quotient) for c in other.counties])  # fmt: skip


def ask(*words: object) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "liantu", *map(str, words), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@needs_spark
@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [("diagnose", "place", "忻州市"), ("diagnose", "chain", "特钢材料", "--region", "忻州市"),
              ("compare", "太原市", "忻州市", "--date", "2020-12-31")], ids=lambda words: words[1],
)  # fmt: skip
def test_the_measures_are_the_same(folder: Path, words: tuple[str, ...]) -> None:
    ours, theirs = ask(*words, "--registry", folder), ask(*words, "--registry", folder, "--engine", "spark")
    assert ours
    for one, other in zip(ours, theirs, strict=True):
        assert one.keys() == other.keys()
        assert all(alike(one[key], other[key]) for key in one), (one, other)


@needs_spark
@pytest.mark.slow
def test_firms_are_placed_anew_by_the_executors(folder: Path, tmp_path: Path) -> None:
    def kept(version: Path) -> dict[str, Rows]:
        with Atlas(version) as atlas:
            return {table: sorted(atlas.query(f"SELECT * FROM {table}"), key=repr) for table in ("placements", "cells")}

    before = Shelf(folder).version
    assert before is not None
    command = [sys.executable, "-m", "liantu", "registry", "place", "--all", "--engine", "spark", "--registry", folder]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    after = Shelf(folder).version
    assert after is not None and after != before
    assert kept(before) == kept(after)


@pytest.mark.skipif(HAS_SPARK, reason="PySpark is installed")
def test_without_the_extra_the_commands_say_how_to_get_it(folder: Path) -> None:
    for words in (("diagnose", "place", "忻州市"), ("registry", "place", "--all"), ("registry", "rediscover")):
        command = [sys.executable, "-m", "liantu", *words, "--engine", "spark", "--registry", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert 'pip install "liantu[spark]"' in done.stderr.splitlines()[-1]
