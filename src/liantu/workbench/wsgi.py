"""The WSGI application that `liantu up` serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liantu.workbench.settings")
application = get_wsgi_application()

from liantu.workbench import warming  # noqa: E402  (models are there only now)

warming.start()
