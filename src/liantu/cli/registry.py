"""`liantu registry`: load lists of enterprises, see what is there, place firms on chains."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from liantu.cli.engines import ENGINE, spark_explained
from liantu.cli.messages import note, show_table, stop
from liantu.cli.registry_industries import industries_command
from liantu.cli.registry_learning import classify, learn_classes
from liantu.cli.spaces import choose_ledger
from liantu.ledger.home import registry_folder

if TYPE_CHECKING:
    from liantu.registry import Atlas, LoadReport, SegmentDictionary, Step
    from liantu.registry.counting import Placing
    from liantu.registry.industries import IndustryWords

_Words = TypeVar("_Words")
_SHOWN = 12
_SHOWN_VOTES = 6
INDUSTRY_FOLDER = "industries"
"""The office's own words of industries, in the same way."""
DICTIONARY_FOLDER = "dictionary"
"""The office's own words: csv files in this folder of the registry are laid over the shipped ones."""

_where = click.option(
    "--registry",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="登记库所在的文件夹，默认在 LIANTU_HOME 里 / folder of the registry, in LIANTU_HOME by default",
)


@click.group()
def command() -> None:
    """企业登记库：载入名单、归链、归地 / the registry of enterprises: load lists, place firms."""


@command.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="名单的日期，默认今天；旧名单不会盖掉新内容 / the lists' date, today by default",
)
@click.option(
    "--problems",
    "listing",
    type=click.Path(path_type=Path, dir_okay=False),
    help="把有问题的行写成 csv / write problems",
)
@_where
def load(files: tuple[Path, ...], as_of: datetime | None, listing: Path | None, folder: Path | None) -> None:
    """载入企业名单（csv、xlsx、xls、parquet），只增加新内容 / load lists; what is known adds nothing."""
    from liantu.registry import RegistryError, load_lists

    folder = folder or registry_folder()
    console = Console(stderr=True, highlight=False)
    display = _Display(console)
    try:
        report = load_lists(
            files,
            folder,
            as_of=as_of.date() if as_of else None,
            dictionary=_dictionary(folder),
            industry_words=_industry_words(folder),
            tell=display.tell,
        )
    except RegistryError as error:
        chinese, _, english = str(error).partition(" / ")
        stop(f"{chinese}登记库没有变动", f"{english} The registry is as it was")
    except KeyboardInterrupt:
        stop("已停止，登记库没有变动", "stopped; the registry is as it was", code=130)
    finally:
        display.close()
    _show_report(report)
    from liantu.registry import open_atlas

    with open_atlas(folder) as atlas:
        _problems(atlas, [one.source for one in report.lists if not one.known_file], listing, console)


@command.command()
@_where
def status(folder: Path | None) -> None:
    """登记库里有什么、何时载入 / what the registry holds and when it was loaded."""
    from liantu.registry import Shelf

    folder = folder or registry_folder()
    with opened(folder) as atlas:
        firms, coded, placed, capital = atlas.query(
            """SELECT count(*), count(*) FILTER (uscc_valid),
                 (SELECT count(DISTINCT firm) FROM placements WHERE state = 'placed'), count(capital_yuan) FROM firms"""
        )[0]
        note(f"登记库：{folder}", "the registry's folder")
        show_table(
            ("项目 / item", "数 / number"),
            [
                ("企业 / firms", f"{firms:,}"),
                ("信用代码有效 / with a valid credit code", f"{coded:,}"),
                ("已归链 / placed on a chain", f"{placed:,}"),
                ("有人民币注册资本 / with capital in yuan", f"{capital:,}"),
                *_places(atlas),
            ],
        )
        show_table(
            ("名单 / list", "日期 / as of", "行 / rows", "新增 / added", "更新 / changed", "问题 / problems"),
            [
                (source, str(as_of), f"{rows:,}", f"{added:,}", f"{changed:,}", f"{problems:,}")
                for source, as_of, rows, added, changed, problems in atlas.query(
                    "SELECT source, as_of, rows, added, changed, problems FROM loads ORDER BY loaded_at DESC LIMIT 20"
                )
            ],
        )
    _links()
    facts = Shelf(folder).facts
    now = {"dictionary": _dictionary(folder).digest, "industries": _industry_words(folder).digest}
    if any(facts.get(name) != digest for name, digest in now.items()):
        note(
            "归链词表或行业词表在载入后改过；运行 liantu registry place --all 按现在的词表重新归链",
            "the words changed since; run liantu registry place --all to place every firm anew",
        )


@command.command()
@click.option(
    "--folder",
    "documents",
    type=click.Path(path_type=Path, file_okay=False),
    help="哪个文件夹的台账 / whose ledger, by its folder",
)
@click.option("--all", "everything", is_flag=True, help="没有变动的企业也重新比对 / compare again what did not change")
@_where
def resolve(documents: Path | None, everything: bool, folder: Path | None) -> None:
    """把台账里的企业对应到登记库：有把握的自动对应，其余留给人认定。

    Links the ledger's enterprises to firms of the registry: what is certain by itself, the rest is for a person.
    """
    choose_ledger(documents)
    from liantu.ledger.services import resolve as run
    from liantu.registry import RegistryError

    began = time.perf_counter()
    console = Console(stderr=True, highlight=False)
    with _following(console, "比对 / comparing") as tell:
        try:
            made = run(everything=everything, folder=folder, tell=tell)
        except RegistryError as error:
            chinese, _, english = str(error).partition(" / ")
            stop(chinese, english)
    speed = made.asked / made.looking_up if made.looking_up else 0.0
    note(
        f"看了 {made.enterprises:,} 家企业，比对 {made.asked:,} 家：新对应 {made.linked:,}，须再看 {made.flagged:,}"
        f"（{time.perf_counter() - began:.1f} 秒，其中查名 {made.looking_up:.1f} 秒，每秒 {speed:,.0f} 家）",
        f"{made.enterprises:,} enterprises, {made.asked:,} compared: {made.linked:,} linked, {made.flagged:,} flagged; "
        f"{speed:,.0f} look-ups a second",
    )
    note(
        f"现在：已对应 {made.bands['linked']:,}，待认定 {made.bands['review']:,}，登记库里没有 {made.bands['new']:,}",
        f"now: {made.bands['linked']:,} linked, {made.bands['review']:,} for review, {made.bands['new']:,} not in the registry",
    )


@command.command()
@click.argument("name", required=False)
@click.option("--explain", "explained", is_flag=True, help="说明每个环节由哪个词、在哪里判定 / say which word decided")
@click.option("--scope", help="不查登记库，直接给出经营范围 / a business scope, instead of looking the firm up")
@click.option("--all", "everything", is_flag=True, help="按现在的词表把全库重新归链 / place every firm anew")
@ENGINE
@_where
def place(
    name: str | None, explained: bool, scope: str | None, everything: bool, engine: str, folder: Path | None
) -> None:
    """一家企业在哪些链的哪些环节、属哪个行业 / on which segments a firm stands, and in which industry."""
    from liantu.registry import explain

    folder = folder or registry_folder()
    if everything:
        _place_all(folder, engine)
        return
    if not name:
        stop("请给出企业名称，或用 --all 重新归链", "name a firm, or use --all", code=2)
    if scope is not None:
        found = [(name, scope, "")]
    else:
        with opened(folder) as atlas:
            found = atlas.query(
                "SELECT name, scope, products FROM firms WHERE name = ? OR uscc = ? ORDER BY name LIMIT 5", [name, name]
            ) or atlas.query(
                "SELECT name, scope, products FROM firms WHERE contains(name, ?) ORDER BY length(name), name LIMIT 5",
                [name],
            )
    if not found:
        stop(
            f"登记库里没有“{name}”，请核对名称或改用信用代码", f"no firm called {name}; check it or use its credit code"
        )
    dictionary, industry_words = _dictionary(folder), _industry_words(folder)
    for firm, text, products in found:
        kind, activity, placements = explain(firm, text or "", products or "", dictionary)
        click.echo(f"{firm}  [{_KINDS[kind]}；主要活动 {_ACTIVITIES[activity]}]")
        if not placements:
            click.echo("  没有归入任何环节 / on no segment")
        for one in placements:
            state = "" if one.state == "placed" else "  待核 / for review"
            click.echo(f"  {one.score:.2f}  {one.chain} · {one.segment}{state}")
            if explained:
                click.echo(
                    f"        {_reason(one.where, one.word, one.start, _ACTIVITIES[one.activity], firm, text, products)}"
                )
        _say_industry(firm, text or "", products or "", industry_words, explained)


def _say_industry(name: str, scope: str, products: str, words: IndustryWords, explained: bool) -> None:
    """The firm's class of GB/T 4754, and the words that voted for it and against it."""
    from liantu.registry.industries import class_firms, industry_name, votes_of

    found = class_firms([name], [scope], [products], words).of(0)
    if found.code:
        click.echo(f"  {found.score:.2f}  GB/T 4754-2017 {found.section}{found.code} {industry_name(found.code)}")
    else:
        click.echo("  GB/T 4754-2017：判不准，未归类 / not told")
    if explained:
        for vote in votes_of(name, scope, products, words)[:_SHOWN_VOTES]:
            said = f"{vote.code} {industry_name(vote.code)} {vote.weight:.2f}"
            click.echo(f"        {_reason(vote.where, vote.word, vote.start, said, name, scope, products)}")


_KINDS = {
    "maker": "名称像制造或种养企业 / maker",
    "trader": "名称像商贸企业 / trader",
    "service": "名称像服务企业 / service",
    "plain": "名称看不出 / open",
}
_ACTIVITIES = {
    "make": "生产 / makes",
    "sell": "销售 / sells",
    "serve": "服务 / serves",
    "unstated": "未写明 / unstated",
}
_WHERE = {"name": "名称 / name", "scope": "经营范围 / scope", "products": "主要产品 / products"}


def _reason(where: str, word: str, start: int, activity: str, name: str, scope: str, products: str) -> str:
    text = {"name": name, "scope": scope, "products": products}[where]
    before, after = text[max(start - 10, 0) : start], text[start + len(word) : start + len(word) + 10]
    return f"{_WHERE[where]} {start + 1}–{start + len(word)}：{before}【{text[start : start + len(word)]}】{after}（{activity}）"


@command.command("test-dictionary")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_where
def test_dictionary(file: Path, folder: Path | None) -> None:
    """检查词表，并在登记库上试算与现在相差多少 / check a dictionary and try it on the registry."""
    from liantu.registry import read_dictionary
    from liantu.registry.trying import compare_dictionaries
    from liantu.vocabulary.tables import VocabularyError

    folder = folder or registry_folder()
    present = _dictionary(folder)
    try:
        fresh = read_dictionary([*_own_words(folder), file])
    except VocabularyError as error:
        chinese, _, english = str(error).partition(" / ")
        stop(chinese, english)
    with opened(folder) as atlas:
        rows = compare_dictionaries(atlas, present, fresh)
    if not rows:
        note("词表可用；在登记库上没有企业因此改变", "the dictionary is fine; no firm changes by it")
        return
    show_table(
        ("链 · 环节 / segment", "现有 / now", "试算 / tried", "新进 / in", "退出 / out", "例 / such as"),
        [
            (
                f"{r.chain} · {r.segment}",
                str(r.before),
                str(r.after),
                str(len(r.gained)),
                str(len(r.lost)),
                "；".join(r.examples),
            )
            for r in rows[:40]
        ],
    )
    note(
        f"满意的话，把它放进 {folder / DICTIONARY_FOLDER} 再运行 liantu registry place --all",
        "to use it put it into that folder and run liantu registry place --all",
    )


@command.command("rediscover")
@ENGINE
@_where
def rediscover_towns(engine: str, folder: Path | None) -> None:
    """认定的专业镇能否从登记库里自己冒出来 / do certified specialty towns come out of the registry by themselves."""
    from liantu.registry.rediscovery import rediscover
    from liantu.vocabulary import regions

    with opened(folder or registry_folder()) as atlas, _spark_or(engine, atlas) as registry:
        found = rediscover(registry)
    rows = []
    for one in found:
        leaders = [
            f"{regions().by_code(c.region_code).name} {c.firms}家 {c.quotient:.1f}"
            for c in one.counties[: max(3, one.rank or 0)][:3]
        ]
        rows.append((one.town.name, str(one.makers), str(one.rank or "—"), "；".join(leaders) or "—"))
    show_table(("专业镇 / town", "全省企业 / makers", "名次 / rank", "前三名（家数、区位商）/ the first three"), rows)
    first = sum(one.rank == 1 for one in found)
    note(
        f"{len(found)} 个认定的专业镇中 {first} 个所在县排第一；区位商按生产企业规模（注册资本的平方根）计算，少于 3 家的县不排",
        f"{first} of {len(found)} certified towns come first; location quotients of the makers' size, counties with fewer "
        "than 3 makers left out",
    )


def _links() -> None:
    """Where the enterprises of each ledger of this installation stand with the registry."""
    from liantu.server.space import known_folders

    known = known_folders()
    if not known:
        return
    if len(known) > 1 and not os.environ.get("LIANTU_SPACE"):
        note(
            "有几本台账；各本对应了多少企业，用 LIANTU_SPACE 指明一本再看",
            "there are several ledgers; name one by LIANTU_SPACE to see how many enterprises are linked",
        )
        return
    choose_ledger(None)
    from liantu.ledger.whois.counting import counts

    told = counts()
    show_table(
        ("台账里的企业 / enterprises of the ledger", "数 / number"),
        [
            ("自动对应 / linked by itself", f"{told.automatic:,}"),
            ("人工确认 / confirmed by a person", f"{told.confirmed:,}"),
            ("待认定 / for review", f"{told.review:,}"),
            ("登记库里没有 / not in the registry", f"{told.new:,}"),
            ("对应须再看 / links flagged", f"{told.flagged:,}"),
            ("还没有比对 / not compared yet", f"{told.waiting:,}"),
        ],
    )


@contextmanager
def _following(console: Console, said: str) -> Iterator[Callable[[int, int], None]]:
    """A moving bar on a terminal, nothing elsewhere."""
    if not console.is_terminal:
        yield lambda done, total: None
        return
    with Progress(
        TextColumn("{task.description}"), BarColumn(bar_width=30), MofNCompleteColumn(), console=console, transient=True
    ) as bar:
        task = bar.add_task(said, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def _spark_or(engine: str, atlas: Atlas) -> Iterator[Placing]:
    """The registry as the engine reads it; Spark's failures in a sentence."""
    if engine != "spark":
        yield atlas
        return
    from liantu.registry.spark import SparkAtlas

    with spark_explained(), SparkAtlas(atlas.version) as registry:
        yield registry


command.add_command(industries_command)
command.add_command(learn_classes)
command.add_command(classify)


def _place_all(folder: Path, engine: str) -> None:
    from liantu.registry.trying import place_all

    with opened(folder) as atlas, _spark_or(engine, atlas) as registry:
        placed = place_all(folder, _dictionary(folder), _industry_words(folder), registry)
    note(f"已按现在的词表重新归链，{placed:,} 家企业在链上", f"placed anew: {placed:,} firms stand on a chain")


def _own_words(folder: Path) -> list[Path]:
    return sorted((folder / DICTIONARY_FOLDER).glob("*.csv"))


def _dictionary(folder: Path) -> SegmentDictionary:
    from liantu.registry import read_dictionary

    return _read_words(read_dictionary, folder / DICTIONARY_FOLDER)


def _industry_words(folder: Path) -> IndustryWords:
    from liantu.registry.industries import read_industry_words

    return _read_words(read_industry_words, folder / INDUSTRY_FOLDER)


def _read_words(read: Callable[[Sequence[Path]], _Words], folder: Path) -> _Words:
    from liantu.vocabulary.tables import VocabularyError

    try:
        return read(sorted(folder.glob("*.csv")))
    except VocabularyError as error:
        chinese, _, english = str(error).partition(" / ")
        stop(f"{chinese}（在 {folder}）", english)


def opened(folder: Path) -> Atlas:
    from liantu.registry import RegistryError, open_atlas

    try:
        return open_atlas(folder)
    except RegistryError as error:
        chinese, _, english = str(error).partition(" / ")
        stop(chinese, english)


def _places(atlas: Atlas) -> list[tuple[str, str]]:
    words = {
        "address": "按地址 / by address",
        "place": "按所在地一列 / by the place column",
        "name": "按名称 / by name",
        "streets": "按同城同街的企业 / by others of the street",
        "code": "按信用代码 / by credit code",
        "": "地区不明 / unknown",
    }
    rows = atlas.query("SELECT region_from, count(*) FROM firms GROUP BY 1 ORDER BY 2 DESC")
    return [(f"归地：{words.get(how, how)}", f"{n:,}") for how, n in rows]


def _show_report(report: LoadReport) -> None:
    for one in report.lists:
        if one.known_file:
            note(f"《{one.source}》以前载入过，没有变动", f"{one.source} was loaded before; nothing changed")
            continue
        note(
            f"《{one.source}》{one.rows:,} 行：新增 {one.added:,}，更新 {one.changed:,}，未变 {one.unchanged:,}，"
            f"重复 {one.repeated:,}，未载入 {one.refused:,}",
            f"{one.source}, {one.rows:,} rows: {one.added:,} added, {one.changed:,} changed, {one.unchanged:,} the same, "
            f"{one.repeated:,} repeated, {one.refused:,} refused",
        )
        if one.older:
            note(
                f"其中 {one.older:,} 行比库里的内容旧，没有采用",
                f"{one.older:,} rows are older than what is known and were not taken",
            )
    note(f"登记库现有企业 {report.firms:,} 家", f"the registry holds {report.firms:,} firms")


def _problems(atlas: Atlas, sources: Sequence[str], listing: Path | None, console: Console) -> None:
    from liantu.registry.loading import problems_of

    rows = atlas.query(
        "SELECT source, row, code, value, other FROM problems WHERE list_contains(?::VARCHAR[], source) ORDER BY source, row",
        [list(sources)],
    )
    problems = list(problems_of(rows))
    refused_first = sorted(problems, key=lambda p: not p.refused)
    for problem in refused_first[:_SHOWN]:
        mark = "未载入" if problem.refused else "请核对"
        console.print(f"  {mark}：{escape(str(problem))}", soft_wrap=True)
    if len(problems) > _SHOWN and listing is None:
        note(
            f"共 {len(problems):,} 处；加 --problems 文件.csv 可全部列出",
            f"{len(problems):,} in all; --problems FILE.csv lists them",
        )
    if listing is not None:
        import csv

        with listing.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            writer.writerow(["名单", "行", "是否载入", "问题", "problem"])
            writer.writerows((p.source, p.row, "否" if p.refused else "是", p.zh, p.en) for p in problems)
        note(f"问题清单写到 {listing}", f"problems are listed in {listing}")


class _Display:
    """How far a load is: a moving bar on a terminal, nothing elsewhere."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._tasks: dict[str, TaskID] = {}

    def tell(self, step: Step) -> None:
        if not self._console.is_terminal:
            return
        if not self._tasks:
            self._bar.start()
        said = {"upgrade": "补算旧版本 / upgrading", "merge": "合并 / merging", "write": "写入 / writing"}.get(
            step.phase, f"读 / reading {step.source}"
        )
        if said not in self._tasks:
            self._tasks[said] = self._bar.add_task(escape(said), total=step.total or None)
        self._bar.update(self._tasks[said], completed=step.rows)

    def close(self) -> None:
        if self._tasks:
            self._bar.stop()
