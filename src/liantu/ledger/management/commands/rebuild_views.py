"""`manage.py rebuild_views`: every view made anew from the statements."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from liantu.ledger.services import rebuild_views


class Command(BaseCommand):
    """Rebuild the views and say how far it is."""

    help = "由陈述重建全部视图 / make every view anew from the statements"

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild; progress goes to standard output."""
        rebuild_views(lambda step, done: self.stdout.write(f"\r{step} {done}", ending=""))
        self.stdout.write("\r完成 / done")
