"""The Django app of the ledger."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Sources, statements, entities, judgements and the views over them."""

    name = "liantu.ledger"
    label = "ledger"
    verbose_name = _("台账")
    default_auto_field = "django.db.models.BigAutoField"
