"""The settings of production, for a server of the browser tests; only what is kept stands elsewhere."""

import os
from pathlib import Path

from leadbureau.settings import *  # noqa: F403
from leadbureau.settings import VAR_DIR

ROOT_URLCONF = "tests.browser.urls"
# Collected here and kept between runs, because it takes long; servers use the copy that their run has made.
STATIC_ROOT = Path(os.environ.get("TEST_STATIC_ROOT", VAR_DIR / "test-static"))
