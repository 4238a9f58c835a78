"""Settings of the test session: the workbench's own, over a home of its own that goes when the session ends."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="liantu-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["LIANTU_HOME"] = str(HOME)
for name in ("LIANTU_SPACE", "DATABASE_URL", "LIANTU_SECRET_KEY"):
    os.environ.pop(name, None)

from liantu.workbench.settings import *  # noqa: E402, F403
from liantu.workbench.settings import DATABASES  # noqa: E402

# A file, not memory: writers in several threads meet the locks that users meet.
DATABASES["default"]["TEST"] = {"NAME": HOME / "test.sqlite3"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
