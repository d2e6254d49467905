"""What people type for a kind: `po`, `sa`, `ars`, `ephemeralrunners.actions.github.com`, `Pod`."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from arclogs.errors import UsageError
from arclogs.ingest.objects.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Collection

# ARC's CRDs define no short names; these are what people say. Helm's are no resources of the API.
_SAID: Final = {
    "ars": "AutoscalingRunnerSet",
    "ers": "EphemeralRunnerSet",
    "er": "EphemeralRunner",
    "al": "AutoscalingListener",
    "listener": "AutoscalingListener",
    "listeners": "AutoscalingListener",
    "release": "HelmRelease",
    "releases": "HelmRelease",
    "helm": "HelmRelease",
    "values": "HelmValues",
}
_CLOSE: Final = 0.6
MOST_NAMED: Final = 12


def kind_named(word: str, there: Collection[str]) -> str:
    """Return the kind that a word stands for: one of those that are `there`, or one that exists.

    Raise UsageError for a word that names no kind, with the nearest one that does.
    """
    bare = word.partition(".")[0].lower()
    own = {spelling: kind for kind in there for spelling in _spellings(kind)}
    found = own.get(bare) or _SAID.get(bare) or kind_of(word)
    if found is not None:
        return found
    known = {**_SAID, **own}
    close = difflib.get_close_matches(bare, known, 1, _CLOSE)
    hint = f" (did you mean {known[close[0]]}?)" if close else ""
    raise UsageError(f"there is no kind {word!r}{hint}; {listed(there)}")


def listed(there: Collection[str]) -> str:
    """Return which kinds a bundle holds, in a clause."""
    some = sorted(there)[:MOST_NAMED]
    more = f" and {len(there) - len(some):,} more" if len(there) > len(some) else ""
    return f"the bundle holds {', '.join(some)}{more}" if some else "the bundle holds no objects"


def _spellings(kind: str) -> tuple[str, ...]:
    """Return how the API might spell a kind that is not known here: singular and plurals."""
    single = kind.lower()
    if single.endswith("y"):
        return single, single[:-1] + "ies"
    return single, single + "s", single + "es"
