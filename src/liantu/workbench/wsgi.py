"""The WSGI application that `liantu up` serves."""

from __future__ import annotations

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liantu.workbench.settings")
application = get_wsgi_application()


def _warm_up() -> None:
    """Loads in the background what the first page would wait for: the chart renderer and the boundaries."""
    from liantu.workbench.warming import warm_up

    warm_up()


threading.Thread(target=_warm_up, daemon=True).start()
