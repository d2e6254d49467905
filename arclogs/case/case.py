"""The case: everything that rules may ask about a bundle, and nothing that they may change."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from arclogs.case.collected import CollectedIndex
from arclogs.case.events import settle
from arclogs.case.facts import Facts, gather_facts
from arclogs.case.homes import Homes
from arclogs.case.named import runner_named
from arclogs.case.objects.index import ObjectIndex
from arclogs.case.objects.objects import merge
from arclogs.case.objects.plans import values_at
from arclogs.case.placements import Placements
from arclogs.case.topology import derive
from arclogs.ingest.objects.kinds import CLUSTER_SCOPED
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile
from arclogs.model.observation import Collected, Observation, Statement, Trust
from arclogs.model.record import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from arclogs.case.records.store import RecordStore, Repeats
    from arclogs.model.event import Event
    from arclogs.model.record import Record

# No second 60 and no hour 24, which are read as other moments than they spell, nor years far off.
_API_STAMP: Final = lazy_compile(
    r"20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3])(?::[0-5]\d){2}Z", re.ASCII
)

_ANYWHERE: Final = frozenset({Source.HELM, Source.KUBECTL})
"""What these say may be of any namespace."""


class Case(Struct, frozen=True, dict=True):
    """A bundle, understood."""

    records: tuple[Record, ...]
    events: tuple[Event, ...]
    live: ObjectIndex
    declared: ObjectIndex
    """Objects as Helm values and manifests ask for them; what is live may differ."""
    collected: CollectedIndex
    facts: Facts
    log_sources: Mapping[Source, frozenset[str | None]]
    """Programs whose logs were collected, with the pods they are known to be of."""
    repeats: tuple[Repeats, ...] = ()
    """What was counted beyond the records that were kept."""
    collected_at: datetime | None = None
    """The newest absolute time that the bundle holds."""

    @cached_property
    def runner_namespace(self) -> str | None:
        """Return the namespace of the runners where the bundle knows only one."""
        return self.facts.one("namespace")

    @cached_property
    def event_namespaces(self) -> frozenset[str | None]:
        """Return the namespaces of which there are events; None for events that show none."""
        return frozenset(event.namespace for event in self.events)

    def entities(self, record: Record) -> dict[str, str]:
        """Return what a record is about: namespace, pod and whatever else it tells.

        The controller and the listener write about runner pods, not about their own: for their records
        the pod is the ephemeral runner they name. A log that does not tell whose it is may name the pod
        in its text.
        """
        about = dict(record.fields)
        if record.source in (Source.CONTROLLER, Source.LISTENER):
            about.pop("pod", None)
            about.pop("container", None)
            if "ephemeralrunner" in about:
                about["pod"] = about["ephemeralrunner"]
            elif "autoscalinglistener" in about:  # is where the controller is, not the runners
                about.pop("namespace", None)
        if "pod" not in about and (named := runner_named(record.text)):
            about["pod"] = named
        if "namespace" not in about and "pod" in about:
            own = self._homes.of(about["pod"])
            if own is not None:
                about["namespace"] = own
        if record.source in _ANYWHERE:
            return about
        home = self.runner_namespace
        if "namespace" not in about and home and self._homes.may_hold(about.get("pod")):
            about["namespace"] = home
        return about

    def nodes_of(self, pod: str) -> frozenset[str]:
        """Return the nodes on which a runner's pods are known to have been."""
        return self._placements.of(pod)

    @cached_property
    def _placements(self) -> Placements:
        return Placements(self.live, self.events)

    @cached_property
    def _homes(self) -> Homes:
        return Homes(self.live, self.events, self.records, self.facts.all("scale_set"))


class Evidence(Struct):
    """What the parsers yielded, before it becomes a case."""

    store: RecordStore
    events: list[Event]
    observations: list[Observation]
    proofs: list[Collected]
    statements: list[Statement]


def build_case(evidence: Evidence) -> Case:
    """Merge, order and index the evidence. The result does not depend on the order of members."""
    records = evidence.store.kept()
    live = derive(merge(o for o in evidence.observations if o.trust > Trust.DECLARED))
    declared = ObjectIndex(merge(o for o in evidence.observations if o.trust is Trust.DECLARED))
    collected_at = collection_time(evidence, live)
    return Case(
        records=records,
        events=settle(evidence.events, collected_at),
        live=live,
        declared=declared,
        collected=CollectedIndex(evidence.proofs),
        facts=gather_facts(evidence.statements, records, live),
        log_sources={s: frozenset(pods) for s, pods in sorted(evidence.store.sources.items())},
        repeats=evidence.store.repeats(),
        collected_at=collected_at,
    )


def collection_time(evidence: Evidence, live: ObjectIndex) -> datetime | None:
    """Infer when the bundle was collected: the newest absolute time that it holds.

    Ages in tables count back from then.
    """
    newest = [t for e in evidence.events for t in (e.last, e.first) if t]
    stamps = {s for o in live if o.kind not in CLUSTER_SCOPED for s in _stamps(o.observations)}
    newest += filter(None, map(parse_timestamp, _last_of(stamps)))
    if evidence.store.last:
        newest.append(evidence.store.last)
    return max(newest, default=None)


def _stamps(observations: Iterable[Observation]) -> Iterable[str]:
    for observed in observations:
        for key in ("creationTimestamp", "deletionTimestamp"):
            yield from map(str, filter(None, values_at(observed.fields, ("metadata", key))))


def _last_of(stamps: Iterable[str]) -> Iterable[str]:
    """Yield the stamps of which one is the last: those that the API server writes sort as text."""
    last = ""
    for stamp in stamps:
        if _API_STAMP.fullmatch(stamp):
            last = max(last, stamp)
        else:
            yield stamp
    if last:
        yield last
