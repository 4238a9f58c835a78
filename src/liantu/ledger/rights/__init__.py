"""Rights: grants of a role × region × chains × confidentiality, compiled to one filter that everything read goes through."""

from typing import TYPE_CHECKING

from liantu.ledger.rights.actions import Action
from liantu.ledger.rights.ambient import as_asked, as_viewer, current_scope, current_viewer, scope_key, unrestricted
from liantu.ledger.rights.scopes import Cell, Place, Scope, Viewer

if TYPE_CHECKING:
    from liantu.ledger.rights.deciding import Decision, RefusedError, ensure, may, visible

__all__ = [
    "Action",
    "Cell",
    "Decision",
    "Place",
    "RefusedError",
    "Scope",
    "Viewer",
    "as_asked",
    "as_viewer",
    "current_scope",
    "current_viewer",
    "ensure",
    "may",
    "scope_key",
    "unrestricted",
    "visible",
]

_LATE = {"Decision", "RefusedError", "ensure", "may", "visible"}


def __getattr__(name: str) -> object:
    """What needs the models is loaded when it is asked for: the models themselves need the manager."""
    if name in _LATE:
        from liantu.ledger.rights import deciding

        return getattr(deciding, name)
    raise AttributeError(name)
