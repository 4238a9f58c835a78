"""The lookup `__among`: rows whose key is one of many, the keys given as one parameter.

`__in` makes a parameter, and Django an object, of every key: with lists of hundreds that costs more than the query itself.
"""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Field, ForeignKey, Lookup


@Field.register_lookup
@ForeignKey.register_lookup
class Among(Lookup):
    """`pk__among=[1, 2, 3]`; the keys are numbers, or texts, as the column has them."""

    lookup_name = "among"

    def get_prep_lookup(self) -> list[Any]:
        """The keys as they are."""
        return list(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """As a JSON array."""
        left, params = self.process_lhs(compiler, connection)
        return f"{left} IN (SELECT value FROM json_each(%s))", (*params, json.dumps(self.rhs, ensure_ascii=False))

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """As an array."""
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*params, self.rhs]
