"""What a document's own figures make of each other is kept, weighed, and stays as a person left it."""

from __future__ import annotations

from datetime import date

from tests.ledger.test_copies import article

from liantu.ledger import services
from liantu.ledger.checking import weight_of
from liantu.ledger.models import Check, CheckWord, Source

GDP = """盂县国民经济运行情况
2022年，盂县地区生产总值完成18.6亿元，其中，第一产业增加值6.18亿元，第二产业增加值11.32亿元，第三产业增加值6.7亿元。
全县重点建设太原、晋中、忻州、吕梁等3市通道。全年固定资产投资完成27.3亿元。
"""


def add(text: str = GDP, name: str = "公报", publisher: str = "盂县统计局", day: int = 5) -> Source:
    """The communiqué, read."""
    return services.add_findings(*article(text, name, publisher, date(2023, 3, day))).source


def open_checks() -> list[str]:
    """Rules of the comparisons that ask for an eye, the weightiest first."""
    return list(Check.objects.filter(weight__gt=0).order_by("-weight", "id").values_list("rule", flat=True))


def test_parts_that_do_not_add_up_are_kept_with_their_places(ledger: str) -> None:
    source = add()
    check = Check.objects.get(source=source, rule="parts_sum")
    raw = services.document_of(source).text.raw
    assert [raw[start:end] for start, end in check.spans] == ["6.18亿", "11.32亿", "6.7亿", "18.6亿"]
    assert check.verdict == "differs" and check.weight > 0
    assert "24.2亿元" in check.message_zh


def test_large_money_comes_before_a_miscounted_list(ledger: str) -> None:
    add()
    assert open_checks() == ["parts_sum", "list_count"]


def test_what_a_person_dismissed_stays_dismissed(ledger: str) -> None:
    source = add()
    check = Check.objects.get(rule="parts_sum")
    word = services.dismiss_check(check.pk, "张三", "分行业口径不同，已问统计局")
    assert open_checks() == ["list_count"]
    services.reread(source.pk, "李四")
    assert open_checks() == ["list_count"]
    services.rebuild_views()
    assert open_checks() == ["list_count"]
    services.undo_dismissal(word.pk, "张三")
    assert open_checks() == ["parts_sum", "list_count"]
    assert CheckWord.objects.get().undone_by == "张三"


def test_the_word_holds_where_the_same_sentence_stands_elsewhere(ledger: str) -> None:
    add()
    services.dismiss_check(Check.objects.get(rule="parts_sum").pk, "张三")
    add("盂县要闻\n" + GDP, "转载", "黄河新闻网", 9)
    assert Check.objects.filter(rule="parts_sum").count() == 2
    assert not Check.objects.filter(rule="parts_sum", weight__gt=0).exists()


def test_another_number_in_the_same_place_asks_again(ledger: str) -> None:
    add()
    services.dismiss_check(Check.objects.get(rule="parts_sum").pk, "张三")
    add(GDP.replace("18.6", "19.6"), "新公报", day=9)
    assert Check.objects.filter(rule="parts_sum", weight__gt=0).count() == 1


def test_what_fits_is_kept_and_asks_for_nothing(ledger: str) -> None:
    add(GDP.replace("18.6", "24.2"))
    check = Check.objects.get(rule="parts_sum")
    assert (check.verdict, check.weight, weight_of(check)) == ("ok", 0, 0)
