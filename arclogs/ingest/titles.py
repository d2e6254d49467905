"""What people write above what they paste: the name of a file, or what it is, below a blank line.

controller.log:                         **runner.log**             ### values.yaml
Logs of the controller:                 Output of kubectl describe pod:
job log:                                and the runner's output:
"""

from __future__ import annotations

from typing import Final

from arclogs.lazy_regex import lazy_compile

_NAMED: Final = lazy_compile(
    r"[#*=_>\s-]{0,8}`?([\w.@+/-]{1,120}\.(?:log|txt|out|ya?ml|json)(?:\.\d)?)`?:?[*=_\s-]{0,8}:?\s*$"
)
_SAID: Final = r"[Ll]ogs?|[Ee]vents|[Dd]escribe|YAML|yaml|[Vv]alues|[Oo]utput"
# Of two words at least: `Events:` is kubectl's.
_WORDED: Final = lazy_compile(
    rf"[#*=_\s-]{{0,8}}(?:Logs?|(?=[\w' /`()-]{{0,60}}\b(?:{_SAID})\b)"
    r"[A-Z][\w'/`()-]* [\w' /`().-]{1,60})(?::[*_]{0,2}|[*_]{2})\s*$"
)
# In small letters only what nothing else says: `test output:` is a line of many a job.
_WHOSE: Final = lazy_compile(
    r"[#*=_\s-]{0,8}(?:[a-z]{1,8} ){0,3}(?:job|runner|hook|controller|listener|workflow|dind|pod)(?:'s)?"
    r"(?: pod| container)? (?:logs?|output|events|description)(?::[*_]{0,2}|[*_]{2})\s*$"
)
_LONGEST: Final = 160


def title(line: str) -> str | None:
    """Return the file that a title names, "" for a title of another kind, None for no title."""
    if len(line) > _LONGEST:
        return None
    named = _NAMED.match(line)
    if named is not None:
        return named[1]
    return "" if _WORDED.match(line) or _WHOSE.match(line) else None
