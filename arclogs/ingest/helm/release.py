"""Which Helm release a text is about, and what the text says of it.

    NAME: linux-k8s                                        helm get all, status, install
    NAMESPACE: arc-runners
    helm-info/linux-k8s_NS_arc-runners_values.yaml         file of the ARC collection scripts

Written by helm `pkg/cmd/status.go` (statusPrinter) and `get_metadata.go`; the file names by bundle.sh
of arc-log-collection-scripts, which takes release and namespace from one row of `helm ls`.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from msgspec import Struct, field

from arclogs.ingest.objects.object_text import KnownLines, Path
from arclogs.lazy_regex import lazy_compile
from arclogs.model.observation import Observation, Statement, Trust

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from arclogs.model.location import Location

HEADER = lazy_compile(
    r"(NAME|LAST DEPLOYED|DEPLOYED_AT|NAMESPACE|STATUS|REVISION|CHART|VERSION|APP_VERSION): ?(.*)$"
)
_FILE = lazy_compile(
    r"(?:^|[/!])helm[-_]info/(?P<name>[a-z0-9][a-z0-9.-]*)_NS[-_](?P<namespace>[a-z0-9-]+)_"
    r"(?:values|all)\.ya?ml$"
)
_NUMBER = r"v?(\d+\.\d+\.\d+\S*)"
# The chart of the scale sets, as `helm ls` spells it and as its own label helm.sh/chart does.
_SCALE_SET_CHART = lazy_compile(rf"(?:gha-runner-scale-set(?:-experimental)?|gha-rs)-{_NUMBER}$")
_CONTROLLER_CHART = lazy_compile(
    rf"(?:gha-runner-scale-set-controller(?:-experimental)?|gha-rs-controller)-{_NUMBER}$"
)
_FIELDS = {
    "LAST DEPLOYED": "updated",
    "DEPLOYED_AT": "updated",
    "STATUS": "status",
    "REVISION": "revision",
    "CHART": "chart",
    "VERSION": "version",
    "APP_VERSION": "appVersion",
}


class Release(Struct):
    """A release as far as a text, its command or its file name tells."""

    name: str | None = None
    namespace: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    lines: dict[Path, tuple[int, str]] = field(default_factory=dict)

    @property
    def about(self) -> dict[str, str]:
        """Return whom a statement is said of."""
        said = {"release": self.name, "namespace": self.namespace}
        return {key: value for key, value in said.items() if value}

    def read(self, line: str, place: Location) -> bool:
        """Take in a line of the header; False for a line that is not of it."""
        match = HEADER.match(line)
        if match is None:
            return False
        key, value = match[1], match[2].strip()
        if key == "NAME":
            self.name = value or None
        elif key == "NAMESPACE":
            self.namespace = value or None
        else:
            self.put(_FIELDS[key], value, place, line)
        return True

    def put(self, name: str, value: str, place: Location, line: str) -> None:
        """Set a field, with the line that shows it."""
        if value:
            self.fields[name] = value
            self.lines[name,] = (place.line, line)

    def observe(self, place: Location) -> Iterator[Observation]:
        """Yield the release, where its name and anything of it is known."""
        if self.name is None or not self.fields:
            return
        metadata = {"name": self.name}
        if self.namespace:
            metadata["namespace"] = self.namespace
        yield Observation(
            "HelmRelease",
            self.name,
            self.namespace,
            {"metadata": metadata, **self.fields},
            Trust.TABLE,
            place,
            locator=KnownLines(self.lines),
        )


def release_of(member: str, command: str | None) -> Release:
    """Return the release that a command line (`helm get values x -n y`) or a file name tells."""
    match = _FILE.search(member)
    release = Release() if match is None else Release(match["name"], match["namespace"])
    words = _words(command or "")
    if "helm" not in words:
        return release
    words = words[words.index("helm") + 1 :]
    for option in ("-n", "--namespace"):
        if option in words[:-1]:
            at = words.index(option)
            release.namespace = words[at + 1]
            del words[at : at + 2]
    plain = [word for word in words if not word.startswith("-")]
    verbs = 2 if plain[:1] == ["get"] else 1
    if plain[:1] and plain[0] in ("get", "status", "history", "template") and len(plain) > verbs:
        release.name = plain[verbs]
    return release


def chart_versions(
    chart: str, place: Location, raw: str, about: Mapping[str, str], app_version: str = ""
) -> Iterator[Statement]:
    """Yield the version of ARC that a chart's name implies; nothing for other charts."""
    if (match := _SCALE_SET_CHART.match(chart)) is not None:
        yield Statement("chart_version", match[1], place, raw, about)
    elif (match := _CONTROLLER_CHART.match(chart)) is not None:
        yield Statement("controller_version", match[1], place, raw, about)
    elif chart.startswith("actions-runner-controller-") and app_version:
        yield Statement("controller_version", app_version.removeprefix("v"), place, raw, about)


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command[:4096])
    except ValueError:  # an open quote
        return command[:4096].split()
