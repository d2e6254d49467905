"""What arclogs is measured against, each a command of its own; one that is not installed is left out."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from arclogs.rules import load_rules
from arclogs.rules.language.signals import LogSignal

NAIVE = """
import re, sys, tarfile
lines = [re.sub(r'^\\(\\?(\\w+)\\)(.*)', r'(?\\1:\\2)', line) for line in open(sys.argv[2]).read().splitlines()]
pattern = re.compile('|'.join(f'(?:{line})' for line in lines))
with tarfile.open(sys.argv[1]) as archive:
    for member in archive:
        for line in archive.extractfile(member):
            pattern.search(line.decode('utf-8', 'replace'))
"""

PARSE_YAML = """
import gc, re, ryaml, sys
gc.disable()
text = open(sys.argv[1]).read().split('items:\\n', 1)[1].rsplit('kind: List', 1)[0]
for item in re.split(r'^(?=- )', text, flags=re.M)[1:]:
    ryaml.loads(item)
"""
PARSE_JSON = "import json, sys; json.load(open(sys.argv[1]))"


def parse(dump: Path) -> list[str]:
    """Return what only parses an object dump: item by item with ryaml, or with json as a whole."""
    code = PARSE_JSON if dump.suffix == ".json" else PARSE_YAML
    return [sys.executable, "-c", code, str(dump)]


def patterns(target: Path) -> int:
    """Write the patterns of all log signals, one a line, as ripgrep takes them; return their number."""
    found = set()
    for rule in load_rules().rules:
        for signal in rule.signals.values():
            if not isinstance(signal, LogSignal):
                continue
            text = signal.match or re.escape(signal.contains or "")
            text = re.sub(r"\(\?<([a-z_]\w*)>", "(?:", text)
            if text.isascii() and not re.search(r"\(\?<?[!=]|\\u", text):
                found.add(text)
    if not installed("rg"):
        found = {text for text in found if _taken(text)}
    target.write_text("\n".join(sorted(found)) + "\n")
    return len(found)


def _taken(pattern: str) -> bool:
    """Tell whether ripgrep takes a pattern."""
    asked = ["rg", "-a", "--no-unicode", "-c", "-e", pattern]
    return subprocess.run(asked, input=b"", capture_output=True, check=False).returncode != 2


def installed(*names: str) -> list[str]:
    """Return which of the programs are not there."""
    return [name for name in names if shutil.which(name) is None]


def unpack_and_search(bundle: Path, wanted: Path) -> str:
    """Return L: the fastest decompressor into the fastest searcher."""
    return f"igzip -dc {bundle} | rg -a --no-unicode -c -f {wanted}"


def unpack(bundle: Path) -> str:
    return f"igzip -dc {bundle} >/dev/null"


def compressed(archive: Path, program: str, suffix: str) -> Path:
    """Return an archive that a program has compressed."""
    with (
        archive.open("rb") as source,
        archive.with_name(f"{archive.name}.{suffix}").open("wb") as to,
    ):
        subprocess.run([program, "-c", "-3"], stdin=source, stdout=to, check=True)
    return Path(to.name)


def search(folder: Path, wanted: Path) -> str:
    return f"rg -a --no-unicode -j2 -c -f {wanted} {folder}"


def view(folder: Path) -> str:
    return f"lnav -n -r -c ';SELECT count(*) FROM all_logs' {folder} </dev/null"


def naive(bundle: Path, wanted: Path) -> list[str]:
    return [sys.executable, "-c", NAIVE, str(bundle), str(wanted)]
