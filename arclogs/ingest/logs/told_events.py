"""Messages of events that somebody pasted alone, without the table they stood in.

    Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox …
    MountVolume.SetUp failed for volume "work" : secret "x" not found. (7m42s)
    0/9 nodes are available: 8 Insufficient cpu. preemption: …

Each begins as only one kind of event does (kubelet pkg/kubelet, kube-scheduler pkg/scheduler,
attach-detach controller), so the reason is known; of which pod, nobody says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile
from arclogs.model.event import Event
from arclogs.model.location import Location
from arclogs.model.record import Source

if TYPE_CHECKING:
    from arclogs.model.record import Record

_TOLD: Final = lazy_compile(
    r"(?:(?P<FailedCreatePodSandBox>Failed to create pod sandbox: )"
    r"|(?P<FailedMount>MountVolume\.\w+ failed for volume \"|Unable to attach or mount volumes: )"
    r"|(?P<FailedAttachVolume>Multi-Attach error for volume \"|AttachVolume\.Attach failed for vol)"
    r"|(?P<Failed>Failed to pull image \"|Error: (?:ErrImagePull|ImagePullBackOff)\s*$)"
    r"|(?P<BackOff>Back-off pulling image \")"
    r"|(?P<FailedScheduling>\d{1,6}/\d{1,6} nodes are available: )"
    r"|(?P<Evicted>The node was low on resource: |The node had condition: \[)"
    r"|(?P<ProvisioningFailed>failed to provision volume with StorageClass \"))"
)
_OF_CLAIMS: Final = "ProvisioningFailed"
# k9s, Lens and `describe` put behind it how often, or how long ago.
_OFTEN: Final = lazy_compile(r"\s*\((?:x\d+ over )?(?:\d{1,6}[ydhms]){1,2}\)$")


def told_event(record: Record) -> Event | None:
    """Return the event whose message a line of unknown source is, or None."""
    if record.source is not Source.UNKNOWN or record.timestamp is not None:
        return None
    match = _TOLD.match(record.text)
    reason = match.lastgroup if match is not None else None
    if reason is None:
        return None
    return Event(
        location=Location(record.member, record.line),
        raw=record.raw[0],
        reason=reason,
        message=_OFTEN.sub("", record.text.rstrip()),
        type="Warning",
        kind="PersistentVolumeClaim" if reason == _OF_CLAIMS else "Pod",
    )
