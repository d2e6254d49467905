r"""What helm says while it installs and upgrades.

    Pulled: ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set:0.12.1
    Error: UPGRADE FAILED: cannot patch "linux-k8s-gha-rs-kube-mode" with kind ServiceAccount: …
    Release "linux-k8s" has been upgraded. Happy Helming!

Written by helm `pkg/cmd/{install,upgrade,uninstall}.go`, `pkg/action` and `pkg/registry`; with --debug
lines of `client.go:393: 2026-09-17 … [debug]` (helm 3) or `level=DEBUG` (helm 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.helm.release import release_of
from arclogs.ingest.text.ansi import strip_ansi
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile
from arclogs.model.observation import Statement
from arclogs.model.record import Level, Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.interface import Block, Head, Item

_SURE = lazy_compile(
    r"Error: (?:(?:INSTALLATION|UPGRADE|ROLLBACK|UNINSTALL(?:ATION)?) FAILED: |uninstall: |"
    r"Unable to continue with (?:install|update): |rendered manifests contain a |release: not found|"
    r"(?:failed )?(?:pre|post)-(?:install|upgrade|delete|rollback)|cannot re-use a name that is still|"
    r"another operation \(|\"[\w-]+\" has no deployed releases|values don't meet the spec|"
    r"unable to build kubernetes objects from |execution error at \(|failed to download \")"
)
_ALSO = lazy_compile(
    r"Error: (?:chart \"|repo |timed out waiting for |query: |template: |YAML parse error on |"
    r"non-absolute URLs|looks like \"|failed to authorize: |release name |context deadline exceeded)"
)
_SAID = lazy_compile(
    r"Pulled: \S+:\S+$|Digest: sha256:[0-9a-f]{64}$|Release \"[^\"]+\" (?:has been|does not exist)"
    r"|release \"[^\"]+\" uninstalled$|Happy Helming!|Rollback was a success!"
    r"|These resources were kept due to the resource policy:|Hang tight while we grab the latest"
    r"|\.\.\.Successfully got an update from the \"|Update Complete\. |Successfully packaged chart"
    r"|Saving \d+ charts?$|Downloading \S+ from repo |Deleting outdated charts$"
)
_DEBUG = lazy_compile(
    r"\w+\.go:\d+: (?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.?\d* \S+) \w+ m=\S+ )?\[debug\] ?"
)
_WARNING = lazy_compile(
    r"(?:coalesce|warnings|walk)\.go:\d+: warning: |WARNING: Kubernetes configuration file is "
)
# One of these stands in every line that one of the patterns above fits.
_WORDS = (
    "Error: ", ".go:", "WARNING: ", "Pulled: ", "Digest: sha256:", 'elease "', "Happy Helming!",
    "Rollback was a success!", "These resources were kept", "Hang tight", "...Successfully",
    "Update Complete. ", "Successfully packaged", "Saving ", "Downloading ", "Deleting outdated",
)  # fmt: skip
_ERROR_LINES = 50
_PULLED = lazy_compile(
    r"Pulled: \S*/(?P<chart>gha-runner-scale-set(?:-controller)?)(?:-experimental)?"
    r":v?(?P<version>\d\S*)$"
)


class HelmOutput:
    """Parser of helm's progress and errors."""

    name = "helm-output"

    def sniff(self, head: Head) -> int:
        lines = [text for line in head.lines if (text := strip_ansi(line)).strip()]
        text = "\n".join(lines)
        said = sum(map(is_helm, lines)) if any(word in text for word in _WORDS) else 0
        asked = head.command is not None and "helm " in head.command
        if not said:
            return 0
        first = is_helm_error(lines[0]) or (asked and is_helm(lines[0]))
        return 85 if said * 2 >= len(lines) or first else 0

    def parse(self, block: Block) -> Iterator[Item]:
        """Yield a record for each line; an error goes on over indented lines and further reasons."""
        release = release_of(block.member, block.command)
        pulled: list[Statement] = []
        failed = False
        held: list[tuple[str, str]] = []
        start = 0
        for index, raw in enumerate(block.lines):
            text = strip_ansi(raw)
            goes_on = bool(held) and held[0][0].startswith("Error: ") and not is_helm(text)
            if goes_on and len(held) < _ERROR_LINES:
                held.append((text, raw))
                continue
            yield from _record(held, block, start, release.about)
            held = []
            if text.strip():
                held, start = [(text, raw)], index
                pulled += _version(text, raw, block, index, release.about)
                failed = failed or text.startswith("Error: ")
        yield from _record(held, block, start, release.about)
        if not failed:  # else the older one is still installed
            yield from pulled


def is_helm(text: str) -> bool:
    """Tell whether helm prints such a line."""
    patterns = (_SURE.match, _ALSO.match, _SAID.search, _WARNING.match, _DEBUG.match)
    return any(fits(text) is not None for fits in patterns)


def is_helm_error(text: str) -> bool:
    """Tell an error that helm, and no other program, prints."""
    return text.startswith("Error: ") and _SURE.match(text) is not None


def level_of_helm(text: str) -> Level:
    """Return the level of a line of helm's."""
    if text.startswith("Error: "):
        return Level.ERROR
    if _WARNING.match(text):
        return Level.WARNING
    return Level.DEBUG if _DEBUG.match(text) else Level.INFO


def _record(
    held: list[tuple[str, str]], block: Block, start: int, about: dict[str, str]
) -> Iterator[Record]:
    while held and not held[-1][0].strip():
        held.pop()
    if not held:
        return
    place = block.at(start)
    first = held[0][0]
    stamp = _DEBUG.match(first)
    time = parse_timestamp(stamp[1]) if stamp is not None and stamp[1] else None
    yield Record(
        place.member,
        place.line,
        Source.HELM,
        "\n".join(text.rstrip() for text, _ in held),
        tuple(raw for _, raw in held),
        time,
        level_of_helm(first),
        None,
        {**block.origin, **about},
    )


def _version(
    text: str, raw: str, block: Block, index: int, about: dict[str, str]
) -> Iterator[Statement]:
    match = _PULLED.match(text)
    if match is not None:
        name = "controller_version" if match["chart"].endswith("controller") else "chart_version"
        yield Statement(name, match["version"], block.at(index), raw, about)
