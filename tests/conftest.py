"""What holds for all tests: nothing is kept between runs, least of all in the user's own cache."""

from __future__ import annotations

import os

from arclogs.garbage import collect_rarely

os.environ["ARCLOGS_NO_CACHE"] = "1"
collect_rarely()  # as the program does; a third of the time of all tests otherwise
