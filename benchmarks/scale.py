"""Fill a ledger with many statements and time the workbench's pages over it.

    python benchmarks/scale.py --figures 200000 --projects 20000
    DATABASE_URL=postgres://… python benchmarks/scale.py --json

The rows are made up, but stand where real ones stand: the same tables, and views built by the same `rebuild_views`.
Each page is asked for once cold (after a change of everything), once after a list with one project was imported, and several times warm.
Also timed: a further document of 3,000 characters from file to visible.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from scale_work import fill_work

SEED = 20241005
FIGURES_A_DOCUMENT = 40
BATCH = 2000
INDICATORS = [
    "推广甲醇汽车", "建成甲醇加注站", "战略性新兴产业增加值", "规模以上工业增加值", "固定资产投资", "一般公共预算收入", "新能源装机",
    "高标准农田", "粮食播种面积", "专精特新企业", "链主企业", "链上企业", "签约项目", "开工项目", "投产项目", "到位资金", "外贸进出口总额",
    "接待游客", "旅游收入", "发明专利拥有量", "技术合同成交额", "高新技术企业", "研发投入", "用电量", "原煤产量", "焦炭产量", "粗钢产量",
    "光伏组件产量", "氢燃料电池汽车", "绿色工厂", "省级专业镇", "标准地出让", "新增就业", "城镇居民人均可支配收入",
]  # fmt: skip
SCOPES = [
    "",
    "累计",
    "全年",
    "前三季度",
    "重点产业链",
    "开发区",
    "规上",
    "制造业",
    "新兴产业",
    "传统产业",
    "民营",
    "省级",
    "市级",
    "国家级",
]
UNITS = [
    ("亿元", 1e8, "元"),
    ("万亩", 1e4, "亩"),
    ("个", 1, "个"),
    ("家", 1, "家"),
    ("%", 1, "%"),
    ("万千瓦", 1e4, "千瓦"),
    ("辆", 1, "辆"),
]
CHAINS = [
    "特钢材料",
    "新能源汽车",
    "高端装备制造",
    "风电装备",
    "氢能",
    "铝镁精深加工",
    "光伏",
    "现代医药",
    "合成生物",
    "新型储能",
]
STAGES = ["idea", "signed", "approved", "started", "building", "in_production", "at_capacity"]
PUBLISHERS = ["山西日报", "晋中日报", "忻州日报", "太原日报", "吕梁日报", "山西经济日报", "黄河新闻网", ""]
CITIES = ["140100", "140200", "140300", "140400", "140500", "140600", "140700", "140800", "140900", "141000", "141100"]
PAGES = [
    "/", "/?region=140700", "/figures", "/figures?region=140700", "/figures?region=140725", "/figures?region=140000",
    "/figures?region=140700&status=target", "/figures?chain=光伏", "/figures?chain=光伏&region=140900", "/figures?year=2024",
    "/figures?q=甲醇", "/figures?q=不存在的词", "/figures?status=plan&year=2023", "/figures?state=conflict", "/figures?low=1",
    "/figures?sort=-value", "/figures?sort=indicator&region=140100", "/figures?page=20", "/figures?page=200",
    "/figures?region=140700&page=100", "/targets", "/conflicts", "/projects", "/projects?region=140700", "/projects?stage=started",
    "/projects?chain=氢能&region=140100", "/projects?least=10", "/projects?sort=-investment", "/projects?q=光伏", "/projects?page=100",
    "/enterprises", "/enterprises?chain=光伏", "/enterprises?q=示例", "/chains", "/chains/光伏", "/documents", "/review",
    *(f"/review?kind={kind}" for kind in ("conflict", "left", "check", "figure", "date", "name", "pair", "proposal")),
    "/review/history", "/search?q=光伏", "/search?q=光", "/search?q=比上年同期有所提高", "/search?q=不存在的词", "/search?q=甲醇 加注站",
    "/search?q=项目&kind=project", "/search?q=示例&region=140700", "/search?q=产业链工作通报7",
]  # fmt: skip


def main() -> None:
    """Fill, time, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=int, default=200_000, help="figure statements")
    parser.add_argument("--projects", type=int, default=20_000, help="projects")
    parser.add_argument("--enterprises", type=int, help="enterprises that own them (default: half as many)")
    parser.add_argument("--repeat", type=int, default=10, help="warm requests a page")
    parser.add_argument("--home", type=Path, help="keep the ledger here and reuse it when it is filled")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    home = options.home or Path(tempfile.mkdtemp(prefix="liantu-scale-"))
    os.environ |= {
        "LIANTU_HOME": str(home),
        "LIANTU_SPACE": "scale",
        "DJANGO_SETTINGS_MODULE": "liantu.workbench.settings",
    }
    os.environ.setdefault("LIANTU_HOSTS", "testserver")

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, skip_checks=True)
    result: dict[str, Any] = {"engine": connection.vendor, "figures": options.figures, "projects": options.projects}
    result |= fill(options.figures, options.projects, options.enterprises or max(1, options.projects // 2))
    result["pages"] = time_pages(options.repeat)
    warm = [ms for page in result["pages"].values() for ms in page["warm"]]
    cold = [page["cold"] for page in result["pages"].values()]
    imported = [page["imported"] for page in result["pages"].values()]
    result["warm"] = {"p50": percentile(warm, 50), "p95": percentile(warm, 95)}
    result["cold"] = {"p50": percentile(cold, 50), "p95": percentile(cold, 95)}
    result["imported"] = {"p50": percentile(imported, 50), "p95": percentile(imported, 95)}
    result["all"] = {"p50": percentile(warm + cold, 50), "p95": percentile(warm + cold, 95)}
    queue = [page for path, page in result["pages"].items() if path.startswith("/review")]
    of_queue = [ms for page in queue for ms in (page["cold"], *page["warm"])]
    result["review"] = {"p50": percentile(of_queue, 50), "p95": percentile(of_queue, 95)}
    result["new_document_ms"] = time_document()
    if options.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        show(result)


def percentile(values: list[float], n: int) -> float:
    """The n-th percentile, in ms."""
    return round(statistics.quantiles(values, n=100, method="inclusive")[n - 1], 1)


def show(result: dict[str, Any]) -> None:
    """The table a person reads."""
    for path, page in sorted(result["pages"].items(), key=lambda item: -item[1]["cold"]):
        print(
            f"{page['cold']:8.1f} {page['imported']:8.1f} {statistics.median(page['warm']):8.1f} ms  {page['status']} {path}"
        )
    for name in ("cold", "imported", "warm", "all", "review"):
        print(f"{name:>8}: p50 {result[name]['p50']} ms, p95 {result[name]['p95']} ms")
    print(f"filled in {result['filled_s']} s, views rebuilt in {result['rebuilt_s']} s", end="; ")
    print(f"a further document in {result['new_document_ms']} ms ({result['engine']})")


def fill(figures: int, projects: int, enterprises: int) -> dict[str, float]:
    """Statements through the ledger's own tables, then its own rebuild; nothing when the ledger is filled already."""
    from liantu.ledger.models import Statement
    from liantu.ledger.services import rebuild_views

    if Statement.objects.exists():
        return {"filled_s": 0.0, "rebuilt_s": 0.0}
    began = time.perf_counter()
    Filler(figures, projects, enterprises).fill()
    filled = time.perf_counter()
    rebuild_views(lambda step, done: print(f"\r{step} {done}   ", end="", file=sys.stderr))
    print(file=sys.stderr)
    vacuum()
    return {"filled_s": round(filled - began, 1), "rebuilt_s": round(time.perf_counter() - filled, 1)}


def vacuum() -> None:
    """Statistics for the planner, as both engines keep them in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class Filler:
    """Makes up a province's ledger."""

    def __init__(self, figures: int, projects: int, enterprises: int) -> None:
        from liantu.vocabulary.regions import regions

        self.random = random.Random(SEED)
        self.figures, self.projects, self.enterprises = figures, projects, enterprises
        self.counties = [r.code for r in regions() if r.level == "county" and r.parent in CITIES]
        self.region_names = {r.code: r.name for r in regions() if not r.is_group}
        self.regions: dict[str, Any] = {}
        self.sources: list[Any] = []

    def fill(self) -> None:
        """Sources, entities, statements."""
        from django.db import transaction

        with transaction.atomic():
            self.make_sources()
            self.make_regions()
            self.make_projects()
            self.store(self.figure_statements())
            fill_work(self.sources, self.firm_entities, self.random)

    def make_sources(self) -> None:
        """Documents of six years."""
        from django.utils import timezone

        from liantu.ledger.models import Source

        now, n = timezone.now(), max(1, self.figures // FIGURES_A_DOCUMENT)
        rows = []
        for i in range(n):
            region = self.random.choice(CITIES)
            published = date(2020, 1, 1) + timedelta(days=self.random.randrange(2100))
            rows.append(
                Source(
                    digest=f"{i:064x}",
                    name=f"示例文件{i}.txt",
                    media="txt",
                    size=6000,
                    title=f"{self.region_names[region]}产业链工作通报{i}",
                    publisher=self.random.choice(PUBLISHERS),
                    published=published,
                    published_by="reader",
                    region_code=region,
                    state="ready",
                    reader_version="scale",
                    read_at=now,
                    n_figures=FIGURES_A_DOCUMENT,
                )
            )
        Source.objects.bulk_create(rows, batch_size=BATCH)
        self.sources = list(Source.objects.filter(reader_version="scale").order_by("pk"))

    def entity(self, kind: str, name: str, scope: str = "", region: str = "") -> Any:
        """A new entity that is its own canonical one."""
        from liantu.ledger.likeness import fold
        from liantu.ledger.models import Entity

        return Entity(kind=kind, name=name, folded=fold(name), scope=scope, region_code=region)

    def save_entities(self, rows: list[Any]) -> list[Any]:
        """Write entities and point them at themselves."""
        from django.db.models import F

        from liantu.ledger.models import Entity

        made = Entity.objects.bulk_create(rows, batch_size=BATCH)
        Entity.objects.filter(canonical=None).update(canonical=F("id"))
        return made

    def make_regions(self) -> None:
        """Cities, counties and chains."""
        codes = [*CITIES, *self.counties]
        made = self.save_entities([self.entity("region", self.region_names[c], c, c) for c in codes])
        self.regions = dict(zip(codes, made, strict=True))
        chains = self.save_entities([self.entity("chain", name) for name in CHAINS])
        self.chains = dict(zip(CHAINS, chains, strict=True))
        rows = []
        for name, chain in self.chains.items():
            for code in CITIES:
                row = self.said("chain", subject=chain, subject_name=name, property="chain")
                row.object, row.object_name = self.regions[code], self.region_names[code]
                row.text_value = self.random.choice(["strong", "growing", "planned"])
                rows.append(row)
        self.store(rows)

    def make_projects(self) -> None:
        """Projects and their owners, each with its place and chain."""
        names = [f"{self.random.choice(CHAINS)}产业园{i}号示例项目" for i in range(self.projects)]
        codes = [self.random.choice(self.counties) for _ in names]
        projects = self.save_entities(
            [self.entity("project", n, c[:4] + "00") for n, c in zip(names, codes, strict=True)]
        )
        firms = self.save_entities(
            [
                self.entity("enterprise", f"示例{self.region_names[codes[i % len(codes)]]}第{i}实业有限公司")
                for i in range(self.enterprises)
            ]
        )
        self.project_entities, self.firm_entities = projects, firms
        self.store(self.project_statements(projects, firms, codes))

    def project_statements(self, projects: list[Any], firms: list[Any], codes: list[str]) -> Iterator[Any]:
        """What is said of each project and its owner."""
        for i, project in enumerate(projects):
            firm, chain = firms[i % len(firms)], self.random.choice(CHAINS)
            place = self.region_names[codes[i]]
            row = self.said("project", subject=project, subject_name=project.name, property="project")
            row.object, row.object_name = firm, firm.name
            row.value, row.unit, row.text_value = self.random.randint(1, 900) * 1e7, "元", self.random.choice(STAGES)
            row.payload = {"place": place, "chain": chain, "region_code": codes[i]}
            yield row
            if i < len(firms):
                row = self.said("enterprise", subject=firm, subject_name=firm.name, property="enterprise")
                row.text_value = self.random.choice(["", "chain_master", "chain_core", "leading", "supporting"])
                yield row
                row = self.said("relation", subject=firm, subject_name=firm.name, property="belongs_to")
                row.object, row.object_name = self.chains[chain], chain
                yield row
                row = self.said("relation", subject=firm, subject_name=firm.name, property="located_in")
                row.object, row.object_name, row.payload = self.regions[codes[i]], place, {"region_code": codes[i]}
                yield row

    def figure_statements(self) -> Iterator[Any]:
        """Figures about regions, and one in five about a project or a firm."""
        from liantu.ledger.periods import bounds

        things = [*self.project_entities, *self.firm_entities]
        for _ in range(self.figures):
            subject = self.regions[self.random.choice([*CITIES, self.random.choice(self.counties)])]
            if self.random.random() < 0.2:
                subject = self.random.choice(things)
            shown, factor, unit = self.random.choice(UNITS)
            number = round(self.random.uniform(1, 9000), self.random.choice([0, 0, 1, 2]))
            period = self.random.choice(["", *map(str, range(2019, 2026)), "2024-01/2024-09", "../2024-10"])
            words = self.random.choice(SCOPES) + self.random.choice(INDICATORS)
            row = self.said("figure", subject=subject, subject_name=subject.name, property=words)
            row.value, row.unit, row.bound = number * factor, unit, self.random.choice("===≈>")
            row.text_value = f"{number:g}{shown.removesuffix(unit)}"
            row.figure_kind = "share" if unit == "%" else "level"
            row.status = self.random.choice(["actual", "actual", "actual", "target", "plan"])
            row.period, (row.period_start, row.period_end) = period, bounds(period)
            row.number_start, row.number_end = 20, 24
            row.confidence = round(self.random.uniform(0.4, 1.0), 2)
            row.sentence = (
                f"{subject.name}{words}达到{row.text_value}{unit}，比上年同期有所提高，为全市产业转型提供了支撑。"
            )
            yield row

    def said(self, kind: str, **columns: Any) -> Any:
        """A statement in some document."""
        from liantu.ledger.models import Statement

        self.count = getattr(self, "count", 0) + 1
        source = self.random.choice(self.sources)
        return Statement(
            id=f"{self.random.getrandbits(96):024x}{self.count:08x}", source=source, kind=kind, evidence_start=0, evidence_end=60,
            reader_version="scale", at=source.read_at, **columns,
        )  # fmt: skip

    def store(self, rows: Any) -> None:
        """Write statements in batches."""
        from liantu.ledger.models import Statement
        from liantu.ledger.standing import batches

        for part in batches(rows, BATCH):
            Statement.objects.bulk_create(part, batch_size=500)


def time_pages(repeat: int) -> dict[str, dict[str, Any]]:
    """Milliseconds of each page: cold, after a change that may be of everything; then warm, and once more after an import."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from liantu.ledger.writing import writing

    user, _ = get_user_model().objects.get_or_create(username="scale", is_superuser=True, is_staff=True)
    client = Client(HTTP_HOST="testserver")
    client.force_login(user)
    client.get("/")  # templates, fonts and maps are loaded once for the process, not for a page
    client.get("/figures")
    pages: dict[str, dict[str, Any]] = {}
    for path in [*PAGES, *one_of_each()]:
        with writing():
            pass
        cold, status = timed(client, path)
        warm = [timed(client, path)[0] for _ in range(repeat)]
        import_one()
        pages[path] = {"cold": cold, "warm": warm, "imported": timed(client, path)[0], "status": status}
    return pages


def import_one() -> None:
    """Import a list of one new project."""
    from liantu.ledger.exchange import importing

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "名单.csv")
        row = f"示例园区{time.time_ns()}号项目,晋中市,签约,3"
        path.write_text(f"项目名称,所在市,阶段,总投资（亿元）\n{row}\n", encoding="utf-8")
        importing.write(importing.compare(importing.start_import("project", path, path.name, "scale").pk).pk, "scale")


def timed(client: Any, path: str) -> tuple[float, int]:
    """Milliseconds and status of one request, its answer read to the end."""
    began = time.perf_counter()
    response = client.get(path)
    _ = response.content if not response.streaming else b"".join(response.streaming_content)
    return round((time.perf_counter() - began) * 1000, 1), response.status_code


def one_of_each() -> list[str]:
    """The page of one statement, fact, project, enterprise and document."""
    from liantu.ledger.models import EnterpriseView, Fact, FigureView, ProjectView

    figure = FigureView.objects.order_by("pk").first()
    fact = Fact.objects.order_by("-n_statements").first()
    project, firm = ProjectView.objects.order_by("pk").first(), EnterpriseView.objects.order_by("pk").first()
    assert figure and fact and project and firm
    return [f"/statements/{figure.pk}", f"/facts/{fact.pk}", f"/projects/{project.pk}", f"/enterprises/{firm.pk}"]


def time_document() -> float:
    """Milliseconds for a further document of 3,000 characters: read, understood, resolved, in the views."""
    from liantu.ledger.services import ingest_upload

    chance = random.Random(time.time_ns())
    with tempfile.TemporaryDirectory() as folder:
        times = []
        for turn in range(4):
            text = f"晋中市产业链工作通报（{time.time_ns()}）\n\n2024-11-05 来源：晋中日报\n\n"
            while len(text) < 3000:
                words = chance.choice(SCOPES) + chance.choice(INDICATORS)
                text += f"截至{chance.randint(1, 10)}月底，晋中市{words}达到{chance.randint(1, 9000)}个，为全市产业转型提供了有力支撑。\n\n"
            path = Path(folder, f"通报{turn}-{time.time_ns()}.txt")
            path.write_text(text, encoding="utf-8")
            began = time.perf_counter()
            ingest_upload(path, path.name, "scale")
            times.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(times[1:]), 1)  # the first one starts the child process


if __name__ == "__main__":
    main()
