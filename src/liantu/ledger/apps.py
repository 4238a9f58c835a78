"""The Django app of the ledger."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Sources, statements, entities, judgements and the views over them."""

    name = "liantu.ledger"
    label = "ledger"
    verbose_name = _("台账")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The roles an installation begins with are there after every migration."""
        import liantu.ledger.among  # noqa: F401 (registers the lookup)
        from liantu.ledger.rights.first_roles import put_in_place

        post_migrate.connect(put_in_place, sender=self)
