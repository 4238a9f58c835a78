"""Events: what happened to whom, and when."""

from __future__ import annotations

from tests.extraction.reading_of import found_in


def test_a_reported_step_is_an_event_with_its_date() -> None:
    found = found_in("来源：襄阳日报　2024-05-20\n\n襄阳动态\n\n骆华能源年产8万吨磷酸铁锂项目于5月18日开工。")
    assert [(e.kind, e.subject) for e in found.events] == [("started", "骆华能源年产8万吨磷酸铁锂项目")]


def test_a_step_to_come_is_none() -> None:
    assert found_in("襄阳动态\n\n骆华能源年产8万吨磷酸铁锂项目将于6月投产。").events == ()
