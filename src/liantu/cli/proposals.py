"""`liantu read --llm`: what a model proposes, shown apart from what the reader found."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from liantu.cli.messages import note, stop
from liantu.cli.tables import Lines, amount, table
from liantu.extraction.model import Chain, Enterprise, Figure, Findings, Project
from liantu.proposing import Endpoint, Proposals, Proposed, ProposingError, endpoint_of, propose
from liantu.reading.model import Document

KINDS = {"figure": "数字", "project": "项目", "enterprise": "企业", "chain": "产业链", "relation": "关系"}
REASONS = {
    "schema": "格式不符",
    "no_sentence": "原文没有这句话",
    "no_number": "句中没有这个数",
    "contradiction": "数值或单位与原文不符",
    "no_name": "原文没有这个名称",
    "known": "已读出",
}


class Asker:
    """Asks one model about each document, until it fails once."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.failed = False

    def __call__(self, document: Document, findings: Findings) -> Proposals | None:
        """What the model proposes; None when it could not be asked, which is said once."""
        if self.failed:
            return None
        try:
            return propose(document, findings, self.endpoint)
        except ProposingError as error:
            self.failed = True
            chinese, _, english = str(error).partition(" / ")
            note(f"{chinese}；后面的文件不再发送", f"{english}; no further document is sent")
            return None


def asker(address: str | None, model: str | None, key: str | None) -> Asker:
    """Who asks the model that the user names; ends the command when it is not named, and says where the text goes."""
    try:
        endpoint = endpoint_of(address, model, key)
    except ProposingError as error:
        chinese, _, english = str(error).partition(" / ")
        stop(chinese, english, code=2)
    if endpoint is None:
        stop(
            "--llm 需要模型地址：请用 --llm-address（或环境变量 LIANTU_LLM_ADDRESS）给出，如 http://127.0.0.1:8080/v1",
            "--llm needs the model's address: give --llm-address (or LIANTU_LLM_ADDRESS), such as http://127.0.0.1:8080/v1",
            code=2,
        )
    note(
        f"注意：这些文件的正文将发往 {endpoint.host} 的模型 {endpoint.model}；涉密或不宜外传的文件请勿使用 --llm",
        f"note: the text of these files is sent to {endpoint.model} at {endpoint.host}; do not use --llm for files that must not leave",
    )
    if endpoint.is_open:
        note(
            "注意：该地址没有加密（http），途中可被他人看到",
            "note: that address is not encrypted (http); others on the way can read along",
        )
    return Asker(endpoint)


def proposal_tables(found: Proposals) -> Iterator[RenderableType | Lines]:
    """What a model proposed, and how much of it was refused."""
    yield Text(
        f"模型提议 proposals · {found.origin} · 未经人核实，不计入 / not confirmed by anybody, counted nowhere",
        style="yellow",
    )
    yield from table(
        "提议 proposals",
        ("类别", "内容", "主体", "原句"),
        [(KINDS[item.kind], *_said(item), item.finding.evidence.text) for item in found.items],
    )
    if found.refused:
        told = "，".join(f"{REASONS[reason]} {n}" for reason, n in sorted(found.reasons.items()))
        yield Text(f"未采纳 refused {len(found.refused)}：{told}", style="dim")
    if found.unsent:
        yield Text(
            f"文件过长，后面 {found.unsent:,} 字没有发送 / too long: {found.unsent:,} characters were not sent",
            style="dim",
        )


def _said(item: Proposed) -> tuple[str, str]:
    """What a proposal says, and of whom."""
    finding = item.finding
    if isinstance(finding, Figure):
        return f"{finding.indicator} {amount(finding.value, finding.unit)}", finding.subject
    if isinstance(finding, Project):
        money = "" if finding.investment is None else f" {amount(finding.investment, '元')}"
        return f"{finding.name}{money}", finding.owner or ""
    if isinstance(finding, Enterprise):
        return finding.name, ""
    if isinstance(finding, Chain):
        return finding.name, finding.holder
    return f"{finding.head} {finding.relation} {finding.tail}", finding.head
