"""What holds for all tests: nothing is kept between runs, least of all in the user's own cache."""

from __future__ import annotations

import os

os.environ["ARCLOGS_NO_CACHE"] = "1"
