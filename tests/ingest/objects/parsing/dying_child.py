"""A child process that dies of some texts and hangs on others; the rest it parses as ever."""

from __future__ import annotations

import os
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path[:0] = [sys.argv[1], str(Path(__file__).parents[4] / "arclogs/ingest/objects/parsing")]

child: Any = import_module("parser_child")
ryaml: Any = import_module("ryaml")


class Cursed:
    def loads(self, text):
        if "DIE" in text:
            os.abort()
        if "HANG" in text:
            time.sleep(60)
        if "BURN" in text:
            raise MemoryError
        return loads(text)


loads = ryaml.loads
ryaml.loads = Cursed().loads
child.main()
