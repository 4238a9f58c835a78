"""Findings that a language model proposes, each checked against the text before anybody sees it. Off unless asked for.

The model sees the text of documents that a person chose, and nothing else. What it answers is data: a finding is taken up only
where its sentence and its number or name stand in the text, and its value is what the reader's own scanner makes of that number.
"""

from liantu.proposing.client import Limits
from liantu.proposing.endpoint import ADDRESS, KEY, MODEL, Endpoint, ProposingError, endpoint_of
from liantu.proposing.model import Proposals, Proposed, Refusal
from liantu.proposing.propose import propose

__all__ = [
    "ADDRESS",
    "KEY",
    "MODEL",
    "Endpoint",
    "Limits",
    "Proposals",
    "Proposed",
    "ProposingError",
    "Refusal",
    "endpoint_of",
    "propose",
]
