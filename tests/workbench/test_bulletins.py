"""The pages of bulletins: drafting, the rows behind a figure, editing, publishing, files."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import openpyxl
import pytest
from django.test import Client
from tests.ledger.people import account
from tests.ledger.test_bulletins import monthly

from liantu.ledger.models import Bulletin

Page = Callable[..., str]


@pytest.fixture
def draft(db: None, clerk: Client) -> Bulletin:
    monthly()
    response = clerk.post("/bulletins/make", {"definition": "monthly_dispatch", "period": "2025-05"})
    row = Bulletin.objects.get()
    assert response.headers["Location"] == f"/bulletins/{row.pk}"
    return row


def test_every_number_of_the_page_opens_the_rows_it_counts(draft: Bulletin, page: Page) -> None:
    html = page(f"/bulletins/{draft.pk}")
    figure = draft.figures.get(name="年度投资进度·太原市")
    assert html.count(f"/bulletins/{draft.pk}/figures/{figure.pk}") >= 2  # in the sentence and in the table
    rows = page(f"/bulletins/{draft.pk}/figures/{figure.pk}")
    assert "一号项目" in rows and "500万元" in rows and "本年计划投资" in rows
    assert "草稿" in page("/bulletins")


def test_the_words_are_edited_and_a_wrong_link_is_refused(draft: Bulletin, clerk: Client) -> None:
    form = clerk.get(f"/bulletins/{draft.pk}/edit").content.decode()
    assert "{年度投资进度·太原市}" in form
    given = {"version": draft.version, "title": "本市月调度", "issuer": "链长办", "prose-year": "{没有的数}"}
    response = clerk.post(f"/bulletins/{draft.pk}/save", given)
    assert response.status_code == 422 and "没有的数" in response.content.decode()
    given["prose-year"] = "太原市<b>{年度投资进度·太原市}</b>，另有5个项目。"
    clerk.post(f"/bulletins/{draft.pk}/save", given)
    html = clerk.get(f"/bulletins/{draft.pk}").content.decode()
    assert "&lt;b&gt;" in html and "本市月调度" in html and "手写的数" in html


def test_publishing_freezes_and_files_carry_the_rows(draft: Bulletin, clerk: Client) -> None:
    sketch = docx.Document(BytesIO(clerk.get(f"/bulletins/{draft.pk}.docx").content))
    assert sketch.paragraphs[0].text == "（草稿，未发布）"
    clerk.post(f"/bulletins/{draft.pk}/publish", {"version": draft.version})
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("published", 1)
    paper = docx.Document(BytesIO(clerk.get(f"/bulletins/{draft.pk}.docx").content))
    texts = [p.text for p in paper.paragraphs]
    assert texts[0] == "2025年5月重点产业链项目月调度通报" and texts[1] == "2025年第1期"
    assert any(t.startswith("一、") for t in texts) and any("口径" in t for t in texts)
    assert any("50.00%" in t for t in texts)
    assert [c.text for c in paper.tables[0].rows[1].cells][:3] == ["1", "太原市", "50.00%"]
    book = openpyxl.load_workbook(BytesIO(clerk.get(f"/bulletins/{draft.pk}.xlsx").content))
    rows = [[c.value for c in row] for row in book["计入明细"].iter_rows()]
    assert any(r[0] == "年度投资进度·太原市" and r[4] == "一号项目" and (r[5], r[6]) == (5e6, 1e7) for r in rows)
    assert clerk.get(f"/bulletins/{draft.pk}/edit").status_code == 404
    assert clerk.get(f"/bulletins/{draft.pk}.pdf").status_code == 404
    response = clerk.post(f"/bulletins/{draft.pk}/recompute", {"version": draft.version}, follow=True)
    assert "不能再改" in response.content.decode()


def test_mistakes_are_told(draft: Bulletin, clerk: Client) -> None:
    again = clerk.post("/bulletins/make", {"definition": "monthly_dispatch", "period": "2025-05"}, follow=True)
    assert "已有草稿" in again.content.decode()
    wrong = clerk.post("/bulletins/make", {"definition": "monthly_dispatch", "period": "五月"}, follow=True)
    assert "2025-05 或 2025Q2" in wrong.content.decode()
    assert clerk.post("/bulletins/make", {"definition": "none", "period": "2025-05"}).status_code == 404
    clerk.post(f"/bulletins/{draft.pk}/drop", {"version": draft.version})
    assert Bulletin.objects.get().state == "dropped"


def test_drafts_are_of_those_whose_region_it_is_and_published_ones_of_all_readers(
    draft: Bulletin, clerk: Client, client: Client
) -> None:
    reader = Client()
    reader.force_login(account("jinzhong", "reader", region="140700"))
    assert reader.get(f"/bulletins/{draft.pk}").status_code == 404
    assert reader.post(f"/bulletins/{draft.pk}/publish", {"version": 1}).status_code in {403, 404}
    clerk.post(f"/bulletins/{draft.pk}/publish", {"version": draft.version})
    assert reader.get(f"/bulletins/{draft.pk}").status_code == 200
