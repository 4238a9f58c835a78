"""Lists of an office: rows with a history, versions that never change, freshness, and who answers for what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.ledger.list_making import add_row, make_list

from liantu.ledger import services
from liantu.ledger.lists.publishing import (
    compared,
    freshness_of,
    freshness_q,
    is_untouched,
    latest,
    without_owner,
)
from liantu.ledger.models import ChainList, FrozenVersionError, ListRow, ListVersion, ListVersionRow, WorkChange
from liantu.ledger.services import change_record, publish_list, remove_record, undo_change

pytestmark = pytest.mark.usefixtures("ledger")


def test_a_row_is_kept_with_its_history_cell_by_cell() -> None:
    firms = make_list()
    row = add_row(firms, name="示例光伏有限公司", revenue=1.2e8)
    change = change_record("listrow", row.pk, 1, {"revenue": 1.5e8, "owner_unit": "工信局"}, "wang", "半年报")
    assert change.before == {"revenue": 1.2e8, "owner_unit": None}
    assert change.after == {"revenue": 1.5e8, "owner_unit": "工信局"}
    undo_change(change.pk, "wang")
    row.refresh_from_db()
    assert row.cells == {"name": "示例光伏有限公司", "revenue": 1.2e8} and row.has_owner is False
    with pytest.raises(services.StaleEditError) as caught:
        change_record("listrow", row.pk, 1, {"revenue": 9.0}, "zhao")
    assert caught.value.base["revenue"] == 1.2e8
    assert [c.by for c in services.history_of("listrow", row.pk)] == ["wang", "wang", "li"]


def test_what_a_row_must_hold() -> None:
    firms = make_list()
    add_row(firms, name="示例光伏有限公司")
    with pytest.raises(ValueError, match="缺企业名称"):
        add_row(firms, revenue=3.0)
    with pytest.raises(ValueError, match="已有“示例光伏有限公司”"):
        add_row(firms, name="示例光伏 有限公司")
    with pytest.raises(ValueError, match="校验位不对"):
        add_row(firms, name="示例乙有限公司", uscc="91140000EXAMPLE12W")
    with pytest.raises(ValueError, match="没有“老板”这一项"):
        add_row(firms, name="示例乙有限公司", enterprise_role="老板")
    assert ListRow.objects.count() == 1


def test_a_published_version_never_changes() -> None:
    firms = make_list()
    row = add_row(firms, name="甲厂", owner_unit="工信局")
    version = publish_list(firms.pk, "li", "首次发布")
    assert (version.number, version.n_rows, version.n_added, version.net) == (1, 1, 1, 1)
    frozen = version.rows.get()
    for attempt in (
        lambda: ListVersion.objects.filter(pk=version.pk).update(title="改名"),
        lambda: ListVersion.objects.all().delete(),
        lambda: ListVersionRow.objects.bulk_update([frozen], ["name"]),
        lambda: version.rows.update(name="乙"),
        lambda: version.save(),
        lambda: frozen.save(),
        lambda: frozen.delete(),
        lambda: version.delete(),
    ):
        with pytest.raises(FrozenVersionError):
            attempt()
    change_record("listrow", row.pk, 1, {"name": "乙厂"}, "wang")
    remove_record("listrow", row.pk, 2, "wang")
    assert [r.cells["name"] for r in ListVersion.objects.get(pk=version.pk).rows.all()] == ["甲厂"]
    assert is_untouched(ListVersion.objects.get())


def test_a_version_altered_beneath_the_program_shows() -> None:
    from django.db import connection

    firms = make_list()
    add_row(firms, name="甲厂", revenue=12345678.9)
    version = publish_list(firms.pk, "li")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_listversionrow SET name = %s", ["丙厂"])
    assert not is_untouched(ListVersion.objects.get(pk=version.pk))


def test_versions_say_what_was_added_removed_and_changed() -> None:
    firms = make_list()
    first = add_row(firms, name="甲厂", revenue=1e8)
    second = add_row(firms, name="乙厂")
    publish_list(firms.pk, "li")
    with pytest.raises(ValueError, match="与第 1 版完全相同"):
        publish_list(firms.pk, "li")
    change_record("listrow", first.pk, 1, {"revenue": 2e8}, "li")
    remove_record("listrow", second.pk, 1, "li")
    for name in ("丙厂", "丁厂", "戊厂", "己厂"):
        add_row(firms, name=name)
    version = publish_list(firms.pk, "li", "净增三户")
    assert (version.number, version.n_added, version.n_removed, version.n_changed, version.net) == (2, 4, 1, 1, 3)
    change = compared(firms, ListVersion.objects.get(number=1), version)
    assert [row.name for row in change.added] == ["丙厂", "丁厂", "戊厂", "己厂"]
    assert [row.name for row in change.removed] == ["乙厂"]
    assert change.changed[0].columns == {"revenue": (1e8, 2e8)}
    found = latest(firms)
    assert found is not None and found.number == 2


def test_what_cannot_be_published() -> None:
    firms = make_list()
    with pytest.raises(ValueError, match="一行都没有"):
        publish_list(firms.pk, "li")
    add_row(firms, name="甲厂")
    with pytest.raises(ValueError, match="不能晚于今天"):
        publish_list(firms.pk, "li", published_on=timezone.localdate() + timedelta(days=1))
    publish_list(firms.pk, "li")
    add_row(firms, name="乙厂")
    with pytest.raises(ValueError, match="早于第 1 版"):
        publish_list(firms.pk, "li", published_on=date(2020, 1, 1))
    assert ListVersion.objects.count() == 1


def test_a_list_is_fresh_due_stale_or_never_confirmed() -> None:
    today = date(2025, 6, 30)
    said = {
        "fresh": make_list(title="甲", confirmed_on=date(2025, 5, 30)),
        "due": make_list(title="乙", confirmed_on=date(2025, 5, 29)),
        "stale": make_list(title="丙", confirmed_on=date(2025, 4, 28)),
        "never": make_list(title="丁"),
        "open": make_list(title="戊", rhythm="on_demand"),
    }
    for state, chain_list in said.items():
        assert freshness_of(chain_list, today) == state
        assert list(ChainList.objects.filter(freshness_q(state, today))) == [chain_list], state


def test_confirming_notes_the_day_once() -> None:
    firms = make_list(confirmed_on=date(2025, 1, 2))
    services.confirm_list(firms.pk, "li")
    firms.refresh_from_db()
    assert firms.confirmed_on == timezone.localdate()
    assert WorkChange.objects.filter(kind="list", reason="确认无变化").count() == 1
    with pytest.raises(ValueError, match="今天已经确认过"):
        services.confirm_list(firms.pk, "li")


def test_rows_without_owner_are_counted() -> None:
    firms, problems = make_list(), make_list("problem")
    add_row(firms, name="甲厂", owner_person="张三")
    add_row(firms, name="乙厂")
    add_row(problems, description="缺地", lead="自然资源局")
    gone = add_row(firms, name="丙厂")
    remove_record("listrow", gone.pk, 1, "li")
    assert without_owner([firms.pk, problems.pk]) == {firms.pk: 1}


def test_lists_of_one_place_and_chain_have_different_names() -> None:
    make_list(region_code="140100", chain="光伏")
    make_list(region_code="140700", chain="光伏")
    with pytest.raises(ValueError, match="已有“重点企业清单”"):
        make_list(region_code="140100", chain="光伏")
    with pytest.raises(ValueError, match="没有代码为 149999 的地区"):
        make_list(region_code="149999")
