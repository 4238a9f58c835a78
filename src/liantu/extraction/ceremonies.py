"""The stage that a text on a ceremony gives all its projects: 集中开工活动, 签约仪式."""

from __future__ import annotations

import re

from liantu.extraction.model import Stage
from liantu.extraction.names import Scene

# A ceremony is told in the title or the first sentences; further down it is one event of many.
_HEAD = 400
_SIGNED = re.compile(r"集中签约|签约(?:仪式|活动|大会)|(?:现场|此次|当天|当日)签约|个项目(?:成功|正式)?签约")
_STARTED = re.compile(
    r"集中(?:开工|动工)|开工(?:仪式|活动|动员)|(?:批|\d个)(?:重大|重点|产业)+项目(?:正式|同时)?开工|同[日时](?:开工|动工)"
)
_FINISHED = re.compile(r"竣工|（竣）|投产")


def stage_of_ceremony(scene: Scene) -> Stage | None:
    """The step that is taken for all projects of the text at once; None where it tells of no ceremony or of several.

    It speaks for a project of which the text tells no step that has been taken.
    """
    blocks = scene.document.blocks
    begin = blocks[0].start if blocks else 0
    head = scene.tokens.text[begin : begin + _HEAD]
    signed, started = _SIGNED.search(head), _STARTED.search(head)
    if (signed is None) == (started is None):
        return None
    if started is not None:
        return None if _FINISHED.search(head[started.start() : started.end() + 4]) else "started"
    return "signed"
