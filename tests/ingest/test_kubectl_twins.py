"""What describe and tables show of an object must be what the API says of the same object.

Real output of nine kubectl versions beside the YAML or JSON of the same objects. Comparison is by
text (`"4"` and 4 are equal: types of custom resources are restored by field name only).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from arclogs.ingest.describe.parser import DescribeParser
from arclogs.ingest.interface import Block
from arclogs.ingest.tables.event_tables import EventTableParser
from arclogs.ingest.tables.parser import TableParser
from arclogs.model.event import Event
from arclogs.model.observation import Collected, Observation

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
VERSIONS = CORPUS / "formats" / "kubectl-versions"
BUNDLE = CORPUS / "formats" / "layouts" / "support-bundle" / "healthy"
CLUSTERS = CORPUS / "real"
Place = tuple[str | int, ...]

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the checkout"),
]

# What tables print and the API has no field for.
PRINTED = {"age", "printed", "statusColumn", "ready", "restarts"}
REAL = [path.name for path in sorted(CLUSTERS.glob("real-cluster-*"))]
KUBECTL = [f"1.{minor}" for minor in range(27, 36)]
# The versions' objects were staged anew for the bundle: only these may differ between the two.
STAGED = {"resourceVersion", "generation", "creationTimestamp", "startTime", "startedAt",
          "finishedAt", "lastTransitionTime", "lastHeartbeatTime"}  # fmt: skip


def described(path: Path) -> Iterator[Observation]:
    lines = path.read_text().split("\n")
    items = list(DescribeParser().parse(Block(path.name, 1, lines)))
    assert items, path
    return (item for item in items if isinstance(item, Observation))


def differences(shown: Any, real: Any, place: Place = ()) -> Iterator[tuple[Place, Any, Any]]:
    """Yield what is shown and is not so."""
    name = place[-1] if place else ""
    if name == "rules":
        if rights(shown) != rights(real):  # describe splits rules up and merges equal ones
            yield place, shown, real
    elif not shown and not isinstance(shown, bool | int) and not real:
        return  # a list shown to be empty, which the API leaves out
    elif isinstance(shown, dict) and isinstance(real, dict):
        for key, value in shown.items():
            yield from differences(value, real.get(key), (*place, key))
    elif isinstance(shown, list) and isinstance(real, list) and len(shown) == len(real):
        # describe sorts mounts by path
        order = (lambda m: m["mountPath"]) if name == "volumeMounts" else None
        for index, (one, other) in enumerate(
            zip(shown, sorted(real, key=order) if order else real)
        ):
            yield from differences(one, other, (*place, index))
    elif text(shown) != text(real):
        yield place, shown, real


def text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool | int) else repr(value).strip("'")


def rights(rules: Any) -> set[tuple[str, str, str, str]]:
    return {
        (group, resource, name, verb)
        for rule in rules or ()
        for group in rule.get("apiGroups", [""])
        for resource in rule.get("resources", [""])
        for name in rule.get("resourceNames", [""])
        for verb in rule["verbs"]
    }


def objects(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, list):
        yield from (item for item in document if isinstance(item, dict) and "metadata" in item)
    elif isinstance(document, dict) and "items" in document:
        kind = str(document.get("kind", "")).removesuffix("List")
        yield from ({"kind": kind, **item} for item in document["items"] or ())
    elif isinstance(document, dict):
        yield document


def key(item: dict[str, Any]) -> tuple[str, str | None, str]:
    metadata = item["metadata"]
    return item["kind"], metadata.get("namespace"), metadata["name"]


def find(twins: dict[Any, dict[str, Any]], seen: Observation) -> dict[str, Any] | None:
    """Return the same object; a role's or binding's namespace is not shown."""
    hits = [
        twin
        for (kind, namespace, name), twin in twins.items()
        if (kind, name) == (seen.kind, seen.name) and seen.namespace in (None, namespace)
    ]
    return hits[0] if hits else None


@pytest.mark.parametrize(
    "version", ["1.27", "1.28", "1.29", "1.30", "1.31", "1.32", "1.33", "1.34", "1.35"]
)
def test_pod_of_each_version(version: str) -> None:
    real = yaml.safe_load((VERSIONS / version / "get-pod.yaml").read_text())
    (pod,) = (
        item
        for item in described(VERSIONS / version / "describe-pod.txt")
        if item.name == real["metadata"]["name"]
    )
    assert list(differences(pod.fields, real)) == []


@pytest.mark.parametrize(
    "version", ["1.27", "1.28", "1.29", "1.30", "1.31", "1.32", "1.33", "1.34", "1.35"]
)
def test_all_kinds_of_each_version(version: str) -> None:
    documents = (json.loads(path.read_text()) for path in sorted(BUNDLE.rglob("*.json")))
    twins = {
        key(item): item for document in documents for item in objects(document) if "kind" in item
    }
    compared: set[str] = set()
    for path in sorted((VERSIONS / version).glob("describe-*.txt")):
        if path.stem == "describe-missing":
            continue
        for seen in described(path):
            if str(seen.name).endswith("-workflow"):
                continue  # the bundle's workflow pod is another one, that pulled its image
            real = find(twins, seen)
            if real is None:
                assert seen.kind == "Secret"  # bundles of this layout hold none
                continue
            compared.add(seen.kind)
            wrong = [
                (seen.kind, place, shown, value)
                for place, shown, value in differences(seen.fields, real)
                if place[-1] not in STAGED
                # the API leaves out a count of 0, describe prints it
                and not (shown == 0 and value is None and str(place[-1]).endswith("Replicas"))
            ]
            assert wrong == []
            assert_absent(seen, real)
    assert len(compared) >= 13


@pytest.mark.parametrize("cluster", REAL)
def test_objects_of_each_cluster(cluster: str) -> None:
    folder = CLUSTERS / cluster / "input"
    twins = twins_of(folder)
    compared: set[str] = set()
    for path in sorted(folder.glob("describe-*.txt")):
        for seen in described(path):
            real = find(twins, seen)
            if real is not None:
                compared.add(seen.kind)
                assert list(differences(seen.fields, real)) == []
                assert_absent(seen, real)
    assert compared == {
        "Pod",
        "ServiceAccount",
        "Role",
        "RoleBinding",
        "AutoscalingRunnerSet",
        "EphemeralRunnerSet",
        "EphemeralRunner",
        "AutoscalingListener",
    }


@pytest.mark.parametrize("cluster", REAL)
@pytest.mark.parametrize(
    "name", ["get-pods-all.txt", "get-all.txt", "get-arc-crs.txt", "get-rbac.txt"]
)
def test_tables_of_each_cluster(cluster: str, name: str) -> None:
    folder = CLUSTERS / cluster / "input"
    twins = twins_of(folder)
    rows = 0
    for seen in TableParser().parse(Block(name, 1, (folder / name).read_text().split("\n"))):
        if not isinstance(seen, Observation):
            assert isinstance(seen, Collected)
            continue
        real = find(twins, seen)
        if real is None:
            assert seen.namespace == "arc-systems"  # only the runners' pods were dumped
            continue
        rows += 1
        wrong = [
            place for place, _, _ in differences(seen.fields, real) if place[-1] not in PRINTED
        ]
        assert wrong == [("metadata", "deletionTimestamp")] * (
            "deletionTimestamp" in seen.fields["metadata"]
        )
        assert_absent(seen, real)
    assert rows >= 2


@pytest.mark.parametrize("cluster", REAL)
def test_events_of_each_cluster(cluster: str) -> None:
    folder = CLUSTERS / cluster / "input"
    real = [
        (
            item["reason"],
            item["involvedObject"]["kind"],
            item["involvedObject"]["name"],
            item["message"].rstrip(),  # a blank at the end is lost in a table
        )
        for item in objects(yaml.safe_load((folder / "events.json").read_text()))
    ]
    assert real
    for name in ("events.txt", "events-wide.txt", "events-sorted.txt", "kubectl-events.txt"):
        items = EventTableParser().parse(Block(name, 1, (folder / name).read_text().split("\n")))
        seen = [item for item in items if not isinstance(item, Collected)]
        shown = [
            (item.reason, item.kind, item.name, item.message)
            for item in seen
            if isinstance(item, Event)
        ]
        assert len(shown) == len(seen)
        assert set(shown) <= set(real), name
    told = {
        (item.reason, item.kind, item.name, item.message)
        for path in folder.glob("describe-*.txt")
        for item in DescribeParser().parse(Block(path.name, 1, path.read_text().split("\n")))
        if isinstance(item, Event)
    }
    assert told
    assert told <= set(real)


def twins_of(folder: Path) -> dict[Any, dict[str, Any]]:
    twins: dict[Any, dict[str, Any]] = {}
    for name in ("get-pods.json", "get-arc-crs.yaml", "get-rbac.yaml"):
        twins |= {key(i): i for i in objects(yaml.safe_load((folder / name).read_text()))}
    return twins


def assert_absent(seen: Observation, real: dict[str, Any]) -> None:
    """What is called absent must not be in the API's object beyond what is shown."""
    for path in seen.absent:
        bare = path.removesuffix("[]")
        if "[" in bare:
            continue  # of each item of a list: covered by the comparison of the items
        shown: Any = seen.fields
        value: Any = real
        for part in bare.split("."):
            shown = shown.get(part) if isinstance(shown, dict) else None
            value = value.get(part) if isinstance(value, dict) else None
        if path.endswith("[]"):
            assert len(value or ()) == len(shown or ()), path
        elif isinstance(value, dict):
            assert set(value) <= set(shown or ()), path
        else:
            assert not value or shown is not None, path
