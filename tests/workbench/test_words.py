"""Numbers and periods as people read them; every string in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

import liantu.workbench
from liantu.workbench import formatting, labels
from liantu.workbench.formatting import period, quantity

HERE = Path(liantu.workbench.__file__).parent
CATALOGUE = HERE / "locale" / "en" / "LC_MESSAGES"
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("value", "unit", "bound", "kind", "words"),
    [
        (5623, "辆", "=", "level", "5,623辆"),
        (3996000, "亩", "=", "level", "399.6万亩"),
        (2e11, "元", "≈", "level", "约2,000亿元"),
        (23653000, "元", "=", "level", "2,365.3万元"),
        (17.38, "%", "=", "change", "+17.38%"),
        (-2.8, "百分点", "=", "change", "-2.8百分点"),
        (1, "位", "=", "rank", "第1位"),
        (50, "%", ">=", "share", "不低于50%"),
        (1000, "元", ">", "level", "超1,000元"),
        (56, "GW", "=", "level", "56GW"),
    ],
)
def test_a_figure_reads_as_a_clerk_would_write_it(value: float, unit: str, bound: str, kind: str, words: str) -> None:
    assert quantity(value, unit, bound, kind) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("2023", "2023年"),
        ("2024-10", "2024年10月"),
        ("2024-10-05", "2024年10月5日"),
        ("../2024-10", "截至2024年10月"),
        ("2024-01/2024-09", "2024年1—9月"),
        ("2021/2025", "2021—2025年"),
        ("2023-11/2024-02", "2023年11月—2024年2月"),
        ("", ""),
        (None, ""),
    ],
)
def test_periods_read_as_words(code: str | None, words: str) -> None:
    assert period(code) == words


def test_in_english_the_same_figure_has_english_words() -> None:
    with translation.override("en"):
        assert quantity(2e11, "元", "≈") == "≈ 200 bn 元"
        assert period("../2024-10") == "up to 2024-10"


@given(
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e18, max_value=1e18),
    st.sampled_from(["元", "亩", "%"]),
)
def test_shortening_never_changes_a_number_by_more_than_rounding(value: float, unit: str) -> None:
    digits, counter = formatting.magnitude(value, unit)
    scale = {"万亿": 1e12, "亿": 1e8, "万": 1e4}.get(counter.removesuffix(unit), 1.0)
    assert float(digits.replace(",", "")) * scale == pytest.approx(value, abs=0.0051 * scale)


def test_every_code_of_the_rooms_has_a_word() -> None:
    from typing import get_args

    from liantu.extraction import model

    for literal, words in (
        (model.Bound, labels.BOUND),
        (model.Kind, labels.FIGURE_KIND),
        (model.Status, labels.STATUS),
        (model.Stage, labels.STAGE),
        (model.Role, labels.CHAIN_ROLE),
        (model.RelationName, labels.RELATION),
        (model.MentionKind, labels.ENTITY_KIND),
    ):
        assert set(get_args(literal)) <= set(words)


def catalogue() -> dict[str, object]:
    with (CATALOGUE / "django.po").open("rb") as file:
        return {f"{m.context or ''}|{m.id if isinstance(m.id, str) else m.id[0]}": m for m in read_po(file) if m.id}


def test_every_string_of_templates_and_code_has_english_words() -> None:
    known = {key.split("|", 1)[1] for key in catalogue()}
    used = set()
    for path in HERE.glob("templates/**/*.html"):
        if path.name == "500.html":  # made when nothing else works, gettext included: it holds both languages
            continue
        text = path.read_text("utf-8")
        used |= set(re.findall(r"""{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""", text))
        used |= set(re.findall(r'_\("([^"]*)"()\)', text))
        bare = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{[%{#].*?[%}#]}", "", text, flags=re.DOTALL)
        bare = bare.replace("链<b>图</b>", "").replace(">中文<", "")
        assert not HAN.search(bare), f"{path.name}: {HAN.search(bare)}"
    missing = {a or b for a, b in used} - known
    assert not missing


def test_no_english_word_is_missing_fuzzy_or_still_chinese() -> None:
    for key, message in catalogue().items():
        strings = message.string if isinstance(message.string, tuple) else (message.string,)  # type: ignore[attr-defined]
        assert all(strings), key
        assert not message.fuzzy, key  # type: ignore[attr-defined]
        assert not any(HAN.search(s) for s in strings), key


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = {m.id if isinstance(m.id, str) else m.id[0]: m.string for m in read_mo(file) if m.id}
    for message in catalogue().values():
        key = message.id if isinstance(message.id, str) else message.id[0]  # type: ignore[attr-defined]
        if not message.context:  # type: ignore[attr-defined]
            assert list(compiled[key]) == list(message.string)  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/documents", "/figures", "/projects", "/enterprises", "/chains", "/conflicts", "/review"]
)
def test_the_english_pages_of_an_empty_ledger_hold_no_chinese(clerk: Client, address: str) -> None:
    clerk.post("/language", {"language": "en", "next": "/"})
    html = clerk.get(address).content.decode()
    assert 'lang="en"' in html
    body = re.sub("<svg.*?</svg>", "", html.split("<body", 1)[1], flags=re.DOTALL)  # regions keep their names
    body = body.replace("链<b>图</b>", "").replace("中文", "")
    assert not (left := re.findall("[^<>]*[\u4e00-\u9fff][^<>]*", body)), left[:3]
