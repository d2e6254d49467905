"""Which version of the container hooks wrote a log: from the runner's image, and from the wording.

    runner 2.329.0 in mode kubernetes                                  0.7.0 lies in that image
    HttpError: HTTP request failed                                     0.7.0 or older
    HTTP-Code: 403                                                     0.8.0 or later

The hook never says its version. Images: actions/runner images/Dockerfile of each tag; wording:
runner-container-hooks packages/k8s/src of each tag.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from arclogs.lazy_regex import lazy_compile
from arclogs.model.observation import Statement
from arclogs.model.record import Level, Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from arclogs.model.location import Location

Version: TypeAlias = tuple[int, ...]

_OLDEST: Final[Version] = (0, 1, 0)
_NEWEST: Final[Version] = (99,)
# First minor version of runner 2 whose image holds a version of the hooks, by container mode.
_IMAGES: Final[Mapping[str, tuple[tuple[int, str], ...]]] = {
    "kubernetes": (
        (300, "0.1.3"), (301, "0.2.0"), (304, "0.3.1"), (305, "0.3.2"), (310, "0.4.0"),
        (312, "0.5.0"), (313, "0.5.1"), (315, "0.6.0"), (318, "0.6.1"), (324, "0.7.0"),
    ),
    "kubernetes-novolume": ((329, "0.8.0"), (332, "0.8.1")),
}  # fmt: skip
_LAST_KNOWN_IMAGE: Final = 336
_WORDING: Final = tuple(
    (lazy_compile(pattern), first, last)
    for pattern, first, last in (
        (r"^(?:Error: )?HttpError: HTTP request failed", "0.1.0", "0.7.0"),
        # later ones say so too where the API's answer was no JSON
        (r"failed to create job pod: HttpError", "0.1.2", "0.7.0"),
        (r"failed to create job pod: Error: HTTP-Code", "0.8.0", "0.8.1"),
        (r"HTTP-Code: \d", "0.8.0", ""),
        (r"\bPod failed to come online with error: Error: ", "0.1.0", "0.5.0"),
        (r"\bpod failed to come online with error: Error: [^\n{]*$", "0.5.1", "0.7.0"),
        (r"\bpod failed to come online with error: Error: .*: \{", "0.8.0", "0.8.1"),
        (r'needs the following permissions \[.*"jobs"', "0.1.0", "0.7.0"),
        (r'needs the following permissions \[(?:(?!"jobs").)+\]', "0.8.0", ""),
        (r"Converting circular structure to JSON", "0.5.1", "0.7.0"),
        (r"failed to run script step: \[object Object\]", "0.5.1", "0.7.0"),
        (r"failed to get container job pod name", "0.5.1", "0.7.0"),
        (r"failed to create script environment", "0.7.0", "0.7.0"),
        (r"failed to merge temp dirs", "0.8.1", ""),
        (r"Failed to run container step: |Failed to delete step pod ", "0.8.0", ""),
    )
)


class _Range(NamedTuple):
    first: Version
    last: Version
    location: Location
    raw: str

    @property
    def words(self) -> str:
        first, last = _text(self.first), _text(self.last)
        if self.last == _NEWEST:
            return f"{first} or later"
        return f"{last} or older" if self.first == _OLDEST else f"{first} to {last}"


def hook_versions(
    stated: Mapping[str, Sequence[Statement]], records: Iterable[Record]
) -> Iterator[Statement]:
    """Yield `hook_version` where only one fits, else `hook_versions`: a range in words.

    What is written decides; the image's version counts unless the wording is of another one.
    """
    written = _written(records)
    image = _of_image(stated)
    if image is not None and (
        written is None or written.first <= _key(image.value) <= written.last
    ):
        yield image
    elif written is not None and written.first == written.last:
        yield Statement("hook_version", _text(written.first), written.location, written.raw)
    elif written is not None:
        yield Statement("hook_versions", written.words, written.location, written.raw)


def _written(records: Iterable[Record]) -> _Range | None:
    """Return the versions that could have written every error; None where nothing tells."""
    found: _Range | None = None
    for record in records:
        if record.source is not Source.HOOK or record.level is not Level.ERROR:
            continue
        for pattern, first, last in _WORDING:
            if not pattern.search(record.text):
                continue
            low, high = _key(first), _key(last) if last else _NEWEST
            place, raw = record.at(0)
            if found is None:
                found = _Range(low, high, place, raw)
            elif (low, high) != (found.first, found.last):
                narrower = _Range(max(low, found.first), min(high, found.last), place, raw)
                if narrower.first > narrower.last:
                    return None  # two versions wrote in this bundle
                if narrower[:2] != found[:2]:
                    found = narrower
    return found


def _of_image(stated: Mapping[str, Sequence[Statement]]) -> Statement | None:
    modes = {s.value for s in stated.get("container_mode", ())}
    runners = stated.get("runner_version", ())
    found = {hooks for s in runners for mode in modes if (hooks := in_image(s.value, mode))}
    if len(found) != 1 or len(modes) != 1:
        return None
    first = min(runners, key=lambda s: (s.location.member, s.location.line))
    return Statement("hook_version", found.pop(), first.location, first.raw)


def in_image(runner: str, mode: str) -> str | None:
    """Return the version of the hooks in GitHub's image of a runner; None where it is not known."""
    version = _key(runner)
    if len(version) < 2 or version[0] != 2 or version[1] > _LAST_KNOWN_IMAGE:
        return None
    fits = [hooks for first, hooks in _IMAGES.get(mode, ()) if first <= version[1]]
    return fits[-1] if fits else None


def _key(version: str) -> Version:
    return tuple(int(part) for part in re.findall(r"\d{1,9}", version)[:3])


def _text(version: Version) -> str:
    return ".".join(map(str, version))
