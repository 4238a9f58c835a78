"""Views of what an import makes, made of what it writes: they are those that the ledger would make of its statements."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.making import document, findings, snapshot
from tests.ledger.people import account

from liantu.extraction.model import Enterprise, Evidence
from liantu.ledger import services
from liantu.ledger.exchange import importing, naming
from liantu.ledger.models import EnterpriseView, Entity, EntityName, Import, ProjectView, SearchEntry
from liantu.ledger.rights import as_viewer
from liantu.resolution import fold

HEAD = "项目名称,阶段,总投资（亿元）,所在市,所在区县,建设单位,产业链"
KNOWN = ["示例晶辉科技", "寿阳新能源有限公司", "示例保密有限公司"]


def told(names: list[str], level: int = 0) -> None:
    """A document that names enterprises."""
    text = "、".join(names) + "是重点企业。"
    found = [Enterprise(name, (), role="leading", evidence=Evidence(text, 0, len(text))) for name in names]
    added = services.add_findings(*(made := document(text), findings(made, enterprises=found)))
    services.set_level(added.source.pk, level, "李明")


def imported(folder: Path, rows: list[str], name: str = "名单.csv") -> Import:
    """Write a table of projects into the ledger."""
    path = folder / name
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    batch = importing.compare(importing.start_import("project", path, name, "李明").pk)
    return importing.write(batch.pk, "李明", good_only=True)


def row(at: int, owner: str, county: str = "寿阳县") -> str:
    return f"示例第{at}号项目,签约,{at + 1},晋中市,{county},{owner},光伏"


def entries() -> list[object]:
    """What search knows."""
    return sorted(SearchEntry.objects.values_list("about", "folded", "region_code", "chain_name", "level"))


def check_rebuilt() -> None:
    """Views and entries are as they would be made from nothing."""
    before, known = snapshot(), entries()
    services.rebuild_views()
    assert snapshot() == before and entries() == known


def test_more_new_owners_than_are_compared_at_once(ledger: str, tmp_path: Path) -> None:
    told(KNOWN[:2])
    n = naming.COMPARED + 60
    rows = [row(at, f"示例{at}号实业有限公司") for at in range(n)]
    rows += [row(n + at, f"示例{at}号实业有限公司", "榆次区") for at in range(naming.COMPARED - 5, n, 3)]
    rows += [row(2 * n + at, KNOWN[at % 2]) for at in range(4)]
    imported(tmp_path, rows)
    assert ProjectView.objects.count() == len(rows)
    owner = EnterpriseView.objects.get(name=f"示例{n - 2}号实业有限公司")
    assert (owner.n_statements, owner.n_sources) == (2, 1)
    check_rebuilt()


def test_an_owner_that_is_merged_further_down_is_one_everywhere(ledger: str, tmp_path: Path) -> None:
    told(KNOWN[:1])
    rows = [row(at, KNOWN[0]) for at in range(importing.BATCH)] + [row(9999, KNOWN[0] + "有限公司")]
    imported(tmp_path, rows)
    assert Entity.objects.filter(kind="enterprise").values("canonical").distinct().count() == 1
    assert EnterpriseView.objects.get().name == KNOWN[0] + "有限公司"
    assert ProjectView.objects.filter(owner_entity=EnterpriseView.objects.get().pk).count() == len(rows)
    check_rebuilt()


def test_a_name_that_confidential_papers_alone_use_stays_there(ledger: str, tmp_path: Path) -> None:
    long, short = "示例保密高新材料有限公司", "示例保密"
    told([long, short], level=2)
    ends = list(Entity.objects.filter(kind="enterprise").values_list("pk", flat=True))
    if Entity.objects.filter(kind="enterprise").values("canonical").distinct().count() > 1:
        services.judge(ends[0], ends[1], "same", "李明")
    imported(tmp_path, [row(0, short)])
    firm = EnterpriseView.objects.get()
    assert firm.name == short
    assert not SearchEntry.objects.filter(level__lt=2, folded__contains=fold(long)).exists()
    with as_viewer(account("reader", "reader", level=0)):
        assert set(EntityName.objects.filter(entity__in=ends).values_list("name", flat=True)) <= {short}
    with as_viewer(account("chief", "reader", level=2)):
        assert long in set(EntityName.objects.filter(entity__in=ends).values_list("name", flat=True))
    check_rebuilt()


@given(st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_views_are_those_that_are_made_from_nothing(db: None, tmp_path_factory: object, data: st.DataObject) -> None:
    folder: Path = tmp_path_factory.mktemp("rows")  # type: ignore[attr-defined]
    owners = st.sampled_from(["", *KNOWN, *(f"示例{n}号实业有限公司" for n in range(260))])
    few = st.lists(st.tuples(st.integers(0, 30), owners, st.sampled_from(["寿阳县", "榆次区", ""])), max_size=25)
    tables = [[row(*each) for each in data.draw(few)] for _ in range(2)]
    tables[0] += [row(1000 + at, f"示例{at}号实业有限公司") for at in range(data.draw(st.sampled_from([0, 230])))]
    with transaction.atomic():
        told(KNOWN[:2])
        told(KNOWN[2:], level=1)
        for turn, rows in enumerate(tables):
            imported(folder, rows, f"{turn}.csv")
            check_rebuilt()
        transaction.set_rollback(True)
