"""What waits for people in a large ledger, for `scale.py`: the kinds of items of the review queue that figures alone do not make."""

from __future__ import annotations

import random
from typing import Any

TEXTS = 300  # documents with a text, comparisons and proposals
UNDATED = 0.1  # of all documents
UNSURE_NAMES, CHECKS_A_TEXT, PROPOSALS_A_TEXT = 3_000, 5, 2
CHANGED, WORDS_A_CHANGE = 60, 5  # documents whose file changed, and words on them that lost their place


def fill_work(sources: list[Any], firms: list[Any], chance: random.Random) -> None:
    """Give some of the sources texts, comparisons, proposals and words without a place; take the date of some."""
    from liantu.ledger.models import Source

    undated = chance.sample([s.pk for s in sources], int(len(sources) * UNDATED))
    for at in range(0, len(undated), 500):
        Source.objects.filter(pk__in=undated[at : at + 500]).update(published=None, published_by="")
    _unsure_names(firms, chance)
    for source in chance.sample(sources, min(TEXTS, len(sources))):
        _text_with_work(source, chance)
    for n in range(CHANGED):
        _changed(n, chance)


def _unsure_names(firms: list[Any], chance: random.Random) -> None:
    from django.utils import timezone

    from liantu.ledger.models import Judgement

    now = timezone.now()
    pairs = {tuple(sorted(chance.sample(range(len(firms)), 2))) for _ in range(UNSURE_NAMES)}
    Judgement.objects.bulk_create(
        [
            Judgement(
                left=firms[a],
                right=firms[b],
                verdict="unsure",
                origin="auto",
                score=chance.random(),
                reason="名称相近",
                at=now,
            )
            for a, b in sorted(pairs)
        ],
        batch_size=500,
    )


def _text_with_work(source: Any, chance: random.Random) -> None:
    from liantu.ledger.models import Check, Proposal
    from liantu.ledger.packing import text_row
    from liantu.reading import read_document

    lines = [
        f"全市第{n}类签约项目{chance.randint(20, 900)}个，其中工业项目{chance.randint(1, 19)}个，服务业项目{chance.randint(1, 19)}个。"
        for n in range(60)
    ]
    document = read_document("\n".join(lines).encode(), source.name)
    text_row(source, document).save()
    raw, at = document.text.raw, 0
    checks, proposals = [], []
    for n in range(CHECKS_A_TEXT):
        at = raw.index("签约项目", at + 1)
        start = at + 4
        end = raw.index("个", start)
        told = f"{source.pk:08d}{n}"
        checks.append(
            Check(
                id=f"c{told}", source=source, rule="parts", verdict="differs", place=f"p{told}", spans=[[start, end]],
                computed=10.0, stated=20.0, unit="个", message_zh="分项相加与合计不符", message_en="parts do not add up",
                sentence=raw[at:end], evidence_start=at, evidence_end=end, weight=chance.randint(1, 900),
            )
        )  # fmt: skip
        if n < PROPOSALS_A_TEXT:
            proposals.append(
                Proposal(
                    id=f"m{told}", source=source, origin="示例模型", kind="enterprise", start=at, end=start,
                    columns={"subject_name": "示例企业", "text_value": ""}, evidence_start=at, evidence_end=end,
                    sentence=raw[at:end], at=source.read_at,
                )
            )  # fmt: skip
    Check.objects.bulk_create(checks)
    Proposal.objects.bulk_create(proposals)


def _changed(n: int, chance: random.Random) -> None:
    """A document that a new version has taken the place of, with words for which that has no place."""
    from django.utils import timezone

    from liantu.ledger.models import Review, Source, Statement

    now = timezone.now()
    made = [
        Source.objects.create(
            digest=f"{kind}{n:063x}", name=f"改稿{n}.txt", media="txt", title=f"改稿{n}", state=state, read_at=now,
            reader_version="scale", published=now.date(), published_by="reader",
        )
        for kind, state in (("a", "ready"), ("b", "superseded"))
    ]  # fmt: skip
    Source.objects.filter(pk=made[1].pk).update(replaced_by=made[0])
    for i in range(WORDS_A_CHANGE):
        value = chance.randint(1, 900)
        statement = Statement.objects.create(
            id=f"w{n:08d}{i}", source=made[1], kind="figure", subject_name="晋中市", property="签约项目", value=value, unit="个",
            bound="=", figure_kind="level", status="actual", text_value=str(value), number_start=0, number_end=3,
            evidence_start=0, evidence_end=9, sentence=f"签约项目{value}个。", at=now,
        )  # fmt: skip
        Review.objects.create(statement=statement, verdict="accepted", by="scale", at=now)
