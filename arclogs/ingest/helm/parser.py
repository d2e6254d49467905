"""What helm prints: releases, their history, values, manifest and notes; and plain values files.

    NAME      NAMESPACE    REVISION  UPDATED         STATUS    CHART                        APP VERSION
    linux-k8s arc-runners  4         2026-09-17 09:… deployed  gha-runner-scale-set-0.12.1  0.12.1
    USER-SUPPLIED VALUES:

Written by helm `pkg/cmd/{list,history,status,get_all,get_values,template}.go`. Values and manifests
are what was asked for, not what is: declared state.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from arclogs.ingest.helm.output import is_helm
from arclogs.ingest.helm.release import HEADER, Release, chart_versions, release_of
from arclogs.ingest.helm.values import is_scale_set_key, is_values_key, read_values
from arclogs.ingest.interface import Block, Unparsed
from arclogs.ingest.kubectl.errors import is_warning
from arclogs.ingest.objects.manifest import read_objects
from arclogs.ingest.objects.object_rows import Origin
from arclogs.lazy_regex import lazy_compile
from arclogs.model.location import Location
from arclogs.model.observation import Collected, Observation, Trust

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.interface import Head, Item

_TABLE = lazy_compile(r"(?:NAME\s+NAMESPACE\s+)?REVISION\s+UPDATED\s+STATUS\s+CHART\s+APP VERSION")
_STATUS = (
    "deployed|failed|superseded|uninstalled|uninstalling|unknown"
    "|pending-install|pending-upgrade|pending-rollback"
)
# Tabs are lost in pastes and the time holds blanks: the status word is what a row is cut by.
_ROW = lazy_compile(
    rf"""
    (?:(?P<name>[a-z0-9][a-z0-9.-]*)\s+(?P<namespace>[a-z0-9-]+)\s+)?
    (?P<revision>\d{{1,9}})\s+
    (?P<updated>\S.{{4,60}}?)\s+            # 2026-09-17 09:20:58.440021993 +0000 UTC
    (?P<status>{_STATUS})\s+
    (?P<chart>[A-Za-z]\S*)                  # gha-runner-scale-set-0.12.1
    (?:\s+(?P<appVersion>v?\d\S*))?
    (?:\s+(?P<description>\S.*))?
    """,
    re.VERBOSE,
)
_SECTION = lazy_compile(
    r"(USER-SUPPLIED VALUES|COMPUTED VALUES|HOOKS|MANIFEST|NOTES|TEST SUITE|RESOURCES):"
)
_RESOURCE = lazy_compile(r"==> (?:[\w.-]+/)*(\w+)(?:\(related\))?\s*$")
_HEADER_LINES = 40
_SOURCE = lazy_compile(r"# Source: \S+/\S+\.ya?ml\s*$")
_RENDERED = ("ServiceAccount", "Role", "RoleBinding")
_CHART_LABEL = "helm.sh/chart"


class Helm:
    """Parser of helm's texts."""

    name = "helm"
    long_lines = True

    def sniff(self, head: Head) -> int:
        lines = [line for line in head.lines if line and not line.isspace()]
        if any(map(_TABLE.match, lines[:20])):
            return 97
        headers = {match[1] for line in lines[:12] if (match := HEADER.match(line))}
        if len(headers & {"NAME", "LAST DEPLOYED", "NAMESPACE", "REVISION", "CHART"}) >= 3:
            return 97
        if any(map(_SECTION.match, lines[:20])):
            return 97
        if any(map(_SOURCE.match, lines)):
            return 97
        if any(line.startswith(("apiVersion:", "kind:", "- ", "{")) for line in lines):
            return 0
        keys = sum(map(is_values_key, lines))
        if keys >= 2:
            return 85
        return 60 if keys and ("values" in head.name or any(map(is_scale_set_key, lines))) else 0

    def parse(self, block: Block) -> Iterator[Item]:
        lines = list(block.lines)
        release = release_of(block.member, block.command)
        if any(map(_TABLE.match, lines[:40])):
            yield from _read_table(lines, block, release)
            return
        start = next((i for i, line in enumerate(lines) if _SECTION.match(line)), None)
        header = lines if start is None else lines[:start]
        known = sum(
            release.read(line, block.at(i)) for i, line in enumerate(header[:_HEADER_LINES])
        )
        yield from _said(header[:_HEADER_LINES], block)
        yield from release.observe(block.at(0))
        if "chart" in release.fields and "version" in release.fields:
            chart = f"{release.fields['chart']}-{release.fields['version']}"
            line, raw = release.lines["version",]
            yield from chart_versions(chart, Location(block.member, line), raw, release.about)
        sections = list(_sections(lines))
        computed = any(title == "COMPUTED VALUES" for title, _, _ in sections)
        for title, first, body in sections:
            if title in ("USER-SUPPLIED VALUES", "COMPUTED VALUES"):
                whole = title == "COMPUTED VALUES" or not computed
                yield from read_values(body, block.at(first), release, complete=whole)
            elif title in ("HOOKS", "MANIFEST"):
                yield from _read_manifest(body, block.at(first), release, title == "MANIFEST")
            elif title == "RESOURCES":
                yield from _resources(body, block, first, release)
        if start is None and any(map(_SOURCE.match, lines)):
            yield from _read_manifest(lines, block.at(0), release, whole=True)
        elif start is None and not known:
            # A paste may be a part of them; a file or a command's output is all that was given.
            whole = "values" in block.member or "helm " in (block.command or "")
            yield from read_values(lines, block.at(0), release, complete=whole)


def _said(header: list[str], block: Block) -> Iterator[Block]:
    """Yield what helm said before it describes the release."""
    said = [index for index, line in enumerate(header) if is_helm(line)]
    if said:
        start, end = said[0], said[-1] + 1
        yield replace(block, first_line=block.at(start).line, lines=header[start:end])


def _resources(body: list[str], block: Block, first: int, release: Release) -> Iterator[Block]:
    """Yield the tables of `--show-resources`: what the release has made, as it is now."""
    heads = [(i, match[1]) for i, line in enumerate(body) if (match := _RESOURCE.match(line))]
    for (index, kind), end in zip(heads, [*(i for i, _ in heads[1:]), len(body)]):
        space = f" -n {release.namespace}" if release.namespace else ""
        command = f"kubectl get {kind}{space} -l helm.sh/release"  # a selection: not all there is
        table = body[index + 1 : end]
        yield Block(block.member, block.at(first + index + 1).line, table, command, block.origin)


def _sections(lines: list[str]) -> Iterator[tuple[str, int, list[str]]]:
    """Yield title, index of the first line and lines of each section."""
    heads = [(i, match[1]) for i, line in enumerate(lines) if (match := _SECTION.match(line))]
    for (index, title), end in zip(heads, [*(i for i, _ in heads[1:]), len(lines)]):
        yield title, index + 1, lines[index + 1 : end]


def _read_table(lines: list[str], block: Block, release: Release) -> Iterator[Item]:
    """Yield the releases of `helm ls`, or the versions of `helm history`."""
    for index, line in enumerate(lines):
        if not line.strip() or _TABLE.match(line) or is_warning(line):
            continue
        row = _ROW.fullmatch(line.strip())
        place = block.at(index)
        if row is None:
            yield Unparsed(place, "no row of helm ls")
            continue
        of = Release(row["name"], row["namespace"]) if row["name"] else release
        if row["name"]:
            for name in ("revision", "updated", "status", "chart", "appVersion"):
                of.put(name, row[name] or "", place, line)
            yield from of.observe(place)
        if row["name"] or row["status"] == "deployed":
            app_version = row["appVersion"] or ""
            yield from chart_versions(row["chart"], place, line, of.about, app_version)


def _read_manifest(
    lines: list[str], place: Location, release: Release, whole: bool
) -> Iterator[Item]:
    """Yield the objects of a rendered manifest. It lists all that the chart made."""
    origin = Origin(place.member, Trust.DECLARED, release.namespace)
    homes: set[str | None] = {release.namespace} if release.namespace else set()
    charts: set[str] = set()
    damaged, empty = False, True
    for item in read_objects(lines, place.line, origin):
        if isinstance(item, Observation):
            empty = False
            homes |= {item.namespace} if item.namespace and not release.namespace else set()
            chart = _chart(item)
            if chart not in charts:
                charts.add(chart)
                line, raw = _label_line(item) or (item.location.line, "")
                at = Location(place.member, line)
                yield from chart_versions(chart, at, raw, release.about)
        elif isinstance(item, Unparsed):
            damaged = True
        yield item
    if whole and not damaged and not empty and len(homes) == 1:
        for kind in _RENDERED:
            yield Collected(kind, next(iter(homes)), place, Trust.DECLARED)


def _chart(item: Observation) -> str:
    metadata = item.fields.get("metadata")
    labels = metadata.get("labels") if isinstance(metadata, dict) else None
    return str(labels.get(_CHART_LABEL)) if isinstance(labels, dict) else ""


def _label_line(item: Observation) -> tuple[int, str] | None:
    return item.locator.find(("metadata", "labels", _CHART_LABEL)) if item.locator else None
