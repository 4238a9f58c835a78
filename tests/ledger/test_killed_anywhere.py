"""The process is killed before or after any statement that it sends to the database: what was acknowledged is there, nothing is
half there, and the work can be done again. A process of its own is killed for every point, on each engine."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from tests.ledger.exchange.making import bring_back, edited, row_of, say
from tests.ledger.making import says

from liantu.ledger import models, services
from liantu.ledger.exchange import importing
from liantu.ledger.models import FigureView, ImportRow, ProjectView, Statement
from liantu.ledger.search.finding import Query, find

COUNTED = (
    models.ChangeSet, models.RowChange, models.WorkChange, models.Review, models.Statement, models.ProjectView,
    models.EnterpriseView, models.FigureView, models.Fact, models.Profile, models.SearchEntry, models.Entity, models.Source,
    models.ProjectProblem, models.Job,
)  # fmt: skip
FEW = 5  # points tried without the long loop


def state() -> dict[str, Any]:
    """What can be half there: rows of every table that the work writes, the values it changes, and what a search finds."""
    told: dict[str, Any] = {model.__name__: model._base_manager.count() for model in COUNTED}
    told["money"] = sorted(ProjectView.objects.values_list("name", "investment", "owner"))
    told["figures"] = sorted(FigureView.objects.values_list("value", "review"))
    told["retired"] = Statement.objects.filter(retired=True).count()
    told["import"] = sorted(models.Import.objects.values_list("name", "state"))
    found = find(Query.of("项目")) + find(Query.of("光伏"))
    told["found"] = sorted((each.group, hit.ref) for each in found for hit in each.hits)
    return told


def killed(work: Callable[[], object], point: int) -> bool:
    """Do the work in a process that is killed at a point (two a statement: before it and after it); whether it got to its end."""
    connections.close_all()
    said, told = os.pipe()
    child = os.fork()
    if child == 0:  # nothing of the parent's may run in here but the work
        left = point

        def hook(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            answer = execute(sql, params, many, context)
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        try:
            with connection.execute_wrapper(hook):
                work()
            os.write(told, b"done")
        finally:
            os._exit(0)
    os.close(told)
    with os.fdopen(said, "rb") as pipe:
        is_done = pipe.read() == b"done"
    _, status = os.waitpid(child, 0)
    assert is_done or os.WIFSIGNALED(status), "the work failed by itself"
    return is_done


def ledger_of_some() -> None:
    """Projects, an enterprise, figures."""
    say("寿阳光伏组件项目", 5.6e8, "started", "晋中市寿阳县", "寿阳新能源有限公司", "光伏")
    say("平遥牛肉加工项目", 1e8, "signed", "晋中市平遥县")
    services.add_findings(*says("5623", 5623, "辆", "推广甲醇汽车", publisher="甲报", on=date(2024, 11, 1)))
    services.add_findings(*says("5700", 5700, "辆", "推广甲醇汽车", publisher="乙报", on=date(2024, 11, 3)))


def an_import(folder: Path) -> Callable[[], object]:
    """A list of new projects."""
    lines = [f"示例第{at}号光伏项目,晋中市,签约,{at + 1},晋中示例{at}有限公司" for at in range(12)]
    batch = bring_back("项目名称,所在市,阶段,总投资（亿元）,建设单位\n" + "\n".join(lines) + "\n", folder, "新.csv")
    return lambda: importing.write(batch.pk, "李明")


def a_bulk_edit(folder: Path) -> Callable[[], object]:
    """A sum and an owner changed in two rows of an export."""

    def edit(sheet: Any) -> None:
        for name, money in (("寿阳光伏组件项目", 7.5), ("平遥牛肉加工项目", 2.5)):
            sheet.cell(row_of(sheet, name), 5, money)
            sheet.cell(row_of(sheet, name), 8, f"{name[:2]}新业主有限公司")

    batch = edited(folder, edit)
    assert ImportRow.objects.filter(batch=batch).count() == 2
    return lambda: importing.write(batch.pk, "李明")


def an_undone_import(folder: Path) -> Callable[[], object]:
    """A written list is taken back."""
    changes = an_import(folder)().changes  # type: ignore[attr-defined]
    return lambda: services.undo_changes(changes.pk, "李明")


def a_review(folder: Path) -> Callable[[], object]:
    """A figure is corrected."""
    statement = Statement.objects.get(value=5623, kind="figure")
    return lambda: services.review_statement(statement.pk, "corrected", "李明", "笔误", {"value": 5632.0})


def a_record(folder: Path) -> Callable[[], object]:
    """A problem of a project is noted."""
    project = ProjectView.objects.get(name="寿阳光伏组件项目").pk
    values = {"project_id": project, "text": "土地指标未落实", "raised_on": date(2024, 11, 1), "owner": "自然资源局"}
    return lambda: services.add_record("problem", values, "李明")


def a_document(folder: Path) -> Callable[[], object]:
    """A further document comes in."""
    told = says("6100", 6100, "辆", "推广甲醇汽车", publisher="丙报", on=date(2024, 12, 1))
    return lambda: services.add_findings(*told)


WORKS = (an_import, a_bulk_edit, an_undone_import, a_review, a_record, a_document)


def tried(work: Callable[[], object], points: Callable[[int], bool]) -> int:
    """Kill the work at the points asked for, then let it through; gives how many were tried."""
    before, point, n = state(), 0, 0
    while not (points(point) and killed(work, point)):
        if points(point):
            n += 1
            assert state() == before, f"half done at point {point}"
        point += 1
        if point > 5000:
            raise AssertionError("the work has no end")
    after = state()
    assert after != before
    return n


@pytest.mark.parametrize("make", WORKS, ids=lambda make: make.__name__)
def test_killed_at_some_points(
    shared_ledger: str, tmp_path: Path, make: Callable[[Path], Callable[[], object]]
) -> None:
    ledger_of_some()
    work = make(tmp_path)
    last = statements_of(work)
    step = max(1, last // FEW)
    assert tried(work, lambda point: point % step == 0 or point >= last - 2) >= FEW


@pytest.mark.slow
@pytest.mark.parametrize("make", WORKS, ids=lambda make: make.__name__)
def test_killed_at_every_point(
    shared_ledger: str, tmp_path: Path, make: Callable[[Path], Callable[[], object]]
) -> None:
    ledger_of_some()
    assert tried(make(tmp_path), lambda point: True) > FEW


def statements_of(work: Callable[[], object]) -> int:
    """How many points the work has: it is done in a process that takes everything back at its end."""
    connections.close_all()
    said, told = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def hook(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal count
            count += 2
            return execute(sql, params, many, context)

        from django.db import transaction

        try:
            with transaction.atomic():
                with connection.execute_wrapper(hook):
                    work()
                os.write(told, str(count).encode())
                transaction.set_rollback(True)
        finally:
            os._exit(0)
    os.close(told)
    with os.fdopen(said, "rb") as pipe:
        count = int(pipe.read())
    os.waitpid(child, 0)
    return count


def test_eight_writers_of_every_sort_do_not_lock_each_other_out(shared_ledger: str, tmp_path: Path) -> None:
    import threading

    ledger_of_some()
    project = ProjectView.objects.get(name="寿阳光伏组件项目").pk
    figures = list(Statement.objects.filter(figure_kind="level").order_by("pk").values_list("pk", flat=True))
    lists = [
        bring_back(f"项目名称,所在市\n并行{n}甲项目,晋中市\n并行{n}乙项目,晋中市\n", tmp_path, f"{n}.csv")
        for n in range(2)
    ]
    wrong: list[BaseException] = []

    def record(n: int) -> None:
        for turn in range(3):
            values = {"project_id": project, "text": f"问题{n}-{turn}", "owner": "某局", "raised_on": date(2024, 1, 1)}
            services.add_record("problem", values, f"人{n}")

    def review(n: int) -> None:
        for turn in range(3):
            services.review_statement(figures[n // 4], ["accepted", "rejected"][turn % 2], f"人{n}")

    def write(n: int) -> None:
        importing.write(lists[n // 4].pk, f"人{n}")

    def read(n: int) -> None:
        services.add_findings(*says(str(6000 + n), 6000 + n, "辆", "推广甲醇汽车", publisher=f"报{n}"))

    def run(work: Callable[[int], None], n: int) -> None:
        try:
            work(n)
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    works = [record, review, write, read] * 2
    threads = [threading.Thread(target=run, args=(work, n)) for n, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert models.ProjectProblem.objects.count() == 6 and models.Review.objects.count() == 6
    assert ProjectView.objects.filter(name__startswith="并行").count() == 4
    assert FigureView.objects.filter(value__gte=6000).count() == 2
