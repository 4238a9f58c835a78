"""The four things that a right can be about."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What somebody wants to do; the values are those of `vocabulary.access.ACTIONS`."""

    READ = "read"
    EDIT = "edit"
    APPROVE = "approve"
    ADMINISTER = "administer"
