"""Values of ARC's charts, as `helm get values` prints them or as a values file holds them.

    githubConfigUrl: https://github.com/octo-forge
    containerMode:
      type: kubernetes

Keys: values.yaml of the charts gha-runner-scale-set, gha-runner-scale-set-controller and
actions-runner-controller.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from arclogs.ingest.interface import Unparsed
from arclogs.ingest.objects.object_text import REDACTED, ObjectText, Path, sealed
from arclogs.ingest.objects.yaml.text import Refusal, load_yaml
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Note
from arclogs.model.location import Location
from arclogs.model.observation import Locator, Observation, Statement, Trust

if TYPE_CHECKING:
    from arclogs.ingest.helm.release import Release
    from arclogs.ingest.interface import Item

_VALUES_KEY = lazy_compile(
    r"(?:githubConfigUrl|githubConfigSecret|githubServerTLS|containerMode|runnerScaleSetName"
    r"|runnerGroup|maxRunners|minRunners|controllerServiceAccount|listenerTemplate|template"
    r"|flags|serviceAccount|replicaCount|image|imagePullSecrets|metrics|nodeSelector|tolerations"
    r"|affinity|resources|authSecret|githubWebhookServer|scope|syncPeriod):(?:\s|$)"
)
_SCALE_SET_KEY = lazy_compile(
    r"(?:githubConfigUrl|githubConfigSecret|containerMode|runnerScaleSetName|controllerServiceAccount"
    r"|listenerTemplate):(?:\s|$)"
)
_CREDENTIALS = tuple(
    (secret, key)
    for secret in ("githubConfigSecret", "authSecret")
    for key in ("github_token", "github_app_private_key", "github_basicauth_password")
)


class ValuesText(Struct, frozen=True):
    """Locator of values, which stand below `values` in the observation's fields."""

    values: Locator

    def find(self, path: Path) -> tuple[int, str] | None:
        return self.values.find(path[1:]) if path[:1] == ("values",) else None


def is_values_key(line: str) -> bool:
    """Tell a line with one of the top-level keys of ARC's charts."""
    return _VALUES_KEY.match(line) is not None


def is_scale_set_key(line: str) -> bool:
    """Tell a line with a top-level key that no other chart has."""
    return _SCALE_SET_KEY.match(line) is not None


def read_values(
    lines: list[str], place: Location, release: Release, *, complete: bool = True
) -> Iterator[Item]:
    """Yield a mapping of values as declared state; `place` is that of the first line.

    `complete`: what is not in it was not given. Not so where the computed values follow, which add
    the chart's own.
    """
    skipped = next((i for i, line in enumerate(lines) if _tells(line)), len(lines))
    place = Location(place.member, place.line + skipped)
    text = "\n".join(lines[skipped:])
    values = load_yaml(text)
    if isinstance(values, Refusal):
        line = place.line + values.line
        yield Note(place.member, values.code, f"line {line}: {values.detail}")
        yield Unparsed(Location(place.member, line), values.detail)
    elif isinstance(values, dict) and values:
        yield from _observe(values, ObjectText(place.line, text), place, release, complete)
    elif values:
        yield Unparsed(place, "no values")


def _observe(
    values: dict[str, Any], text: ObjectText, place: Location, release: Release, complete: bool
) -> Iterator[Item]:
    locator: Locator = text
    given = [path for path in _CREDENTIALS if path[1] in _mapping(values.get(path[0]))]
    for secret, key in given:
        values[secret][key] = REDACTED
    if given:
        locator = sealed(text, tuple(given))
    scale_set = values.get("runnerScaleSetName")
    name = release.name or (str(scale_set) if scale_set else place.member)
    metadata = {"name": name, **({"namespace": release.namespace} if release.namespace else {})}
    yield Observation(
        "HelmValues",
        name,
        release.namespace,
        {"metadata": metadata, "values": values},
        Trust.DECLARED,
        place,
        complete,
        locator=ValuesText(locator),
    )
    mode = _mapping(values.get("containerMode")).get("type")
    for fact, value, path in (
        ("container_mode", mode, ("containerMode", "type")),
        ("scale_set", scale_set, ("runnerScaleSetName",)),
    ):
        if isinstance(value, str) and value:
            line, raw = locator.find(path) or (place.line, "")
            yield Statement(fact, value, Location(place.member, line), raw, release.about)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _tells(line: str) -> bool:
    text = line.strip()
    return bool(text) and not text.startswith("#") and text not in ("---", "...")
