"""Markdown notes."""

from datetime import date

from liantu.reading import read_document

NOTE = """---
title: 不用的标题
date: 2024-03-02
source: 省工信厅
---
# 目标怎么调

链主企业达到**45**户以上，见[方案](https://example.gov.cn/a)。

- 签约 `233` 个
- 开工 225 个

| 产业链 | 营收（亿元） |
|---|---:|
| 光伏 | 842.3 |
| 氢能 | |

```
代码 100 行
```
"""


def test_marks_go_and_offsets_stay_in_the_source() -> None:
    document = read_document(NOTE.encode(), "目标.md")
    assert document.title == "目标怎么调"
    assert (document.publisher, document.published) == ("省工信厅", date(2024, 3, 2))
    clean = document.text.clean
    assert "链主企业达到45户以上，见方案。" in clean
    at = clean.index("45户")
    assert document.text.raw[slice(*document.text.raw_span(at, at + 2))] == "45"


def test_lists_tables_and_code() -> None:
    document = read_document(NOTE.encode(), "目标.md")
    kinds = {document.text.clean[b.start : b.end]: b.kind for b in document.blocks}
    assert kinds["签约 233 个"] == "list_item"
    assert kinds["代码 100 行"] == "boilerplate"
    assert document.tables[0].rows == (("产业链", "营收（亿元）"), ("光伏", "842.3"), ("氢能", ""))
