"""The roles an installation begins with."""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed

from liantu.vocabulary.access import access_roles


def put_in_place(using: str, apps: Any = installed, **_rest: Any) -> None:
    """Add the roles of `access_roles.csv` that a database has not; what an office changed of one stays."""
    try:
        roles = apps.get_model("ledger", "Role")._base_manager.using(using)
    except LookupError:  # a state of the database before there were roles
        return
    known = set(roles.values_list("value", flat=True))
    for order, role in enumerate(access_roles().values()):
        if role.value not in known:
            roles.create(
                value=role.value,
                name_zh=role.name_zh,
                name_en=role.name_en,
                actions=f"|{'|'.join(role.actions)}|",
                meaning_zh=role.meaning_zh,
                meaning_en=role.meaning_en,
                order=order,
            )
