"""What the cells of a `kubectl get` row show, in the shape of the API.

    NAME    READY   STATUS             RESTARTS       AGE   IP           NODE
    w9k4d   0/1     ImagePullBackOff   3 (5m2s ago)   10m   10.0.12.31   <none>

Built-in kinds: Kubernetes `pkg/printers/internalversion/printers.go`. ARC's: the `printcolumn` markers
in `apis/actions.github.com/v1alpha1`. What the API has no field for: `metadata.age`, and of a pod
`status.printed` (the STATUS column), `status.ready` (`0/1`) and `status.restarts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from arclogs.ingest.describe.fields import access_modes, dotted, integer
from arclogs.ingest.describe.pod import PHASES

if TYPE_CHECKING:
    from arclogs.ingest.describe.fields import Path, ShownFields
    from arclogs.ingest.describe.grammar import Line
    from arclogs.ingest.tables.columns import Row

_How = Literal["text", "number", "modes", "age"]
_Column = tuple["Path", _How]


def _columns(spec: str) -> dict[str, _Column]:
    """Read lines of `COLUMN = path : how`."""
    columns: dict[str, _Column] = {}
    for line in spec.strip().splitlines():
        column, _, rest = line.partition(" = ")
        path, _, how = rest.partition(" : ")
        kind: Any = how.strip() or "text"
        columns[column.strip()] = (tuple(path.strip().split(".")), kind)
    return columns


_RUNNER_COUNTS = """
CURRENT RUNNERS = status.currentRunners : number
PENDING RUNNERS = status.pendingEphemeralRunners : number
RUNNING RUNNERS = status.runningEphemeralRunners : number
FINISHED RUNNERS = status.finishedEphemeralRunners : number
DELETING RUNNERS = status.deletingEphemeralRunners : number
PHASE = status.phase
"""
_AGE = _columns("AGE = metadata.age")
_BY_KIND: dict[str, dict[str, _Column]] = {
    "Pod": _columns("""
READY = status.ready
IP = status.podIP
NODE = spec.nodeName
NOMINATED NODE = status.nominatedNodeName
"""),
    "PersistentVolumeClaim": _columns("""
VOLUME = spec.volumeName
CAPACITY = status.capacity.storage
ACCESS MODES = status.accessModes : modes
STORAGECLASS = spec.storageClassName
VOLUMEMODE = spec.volumeMode
"""),
    "PersistentVolume": _columns("""
CAPACITY = spec.capacity.storage
ACCESS MODES = spec.accessModes : modes
RECLAIM POLICY = spec.persistentVolumeReclaimPolicy
STORAGECLASS = spec.storageClassName
REASON = status.reason
"""),
    "StorageClass": _columns("""
PROVISIONER = provisioner
RECLAIMPOLICY = reclaimPolicy
VOLUMEBINDINGMODE = volumeBindingMode
"""),
    "Node": _columns("""
VERSION = status.nodeInfo.kubeletVersion
OS-IMAGE = status.nodeInfo.osImage
CONTAINER-RUNTIME = status.nodeInfo.containerRuntimeVersion
"""),
    "Deployment": _columns("""
UP-TO-DATE = status.updatedReplicas : number
AVAILABLE = status.availableReplicas : number
"""),
    "ReplicaSet": _columns("""
DESIRED = spec.replicas : number
CURRENT = status.replicas : number
READY = status.readyReplicas : number
"""),
    "Role": _columns("CREATED AT = metadata.creationTimestamp"),
    "ClusterRole": _columns("CREATED AT = metadata.creationTimestamp"),
    "CustomResourceDefinition": _columns("CREATED AT = metadata.creationTimestamp"),
    "Secret": _columns("TYPE = type"),
    "AutoscalingRunnerSet": _columns(
        """
MINIMUM RUNNERS = spec.minRunners : number
MAXIMUM RUNNERS = spec.maxRunners : number
STATE = status.state"""
        + _RUNNER_COUNTS
    ),
    "EphemeralRunnerSet": _columns(
        """
DESIREDREPLICAS = spec.replicas : number
CURRENTREPLICAS = status.currentReplicas : number"""
        + _RUNNER_COUNTS
    ),
    "EphemeralRunner": _columns("""
GITHUB CONFIG URL = spec.githubConfigUrl
RUNNERID = status.runnerId : number
STATUS = status.phase
PHASE = status.phase
JOBREPOSITORY = status.jobRepositoryName
JOBWORKFLOWREF = status.jobWorkflowRef
WORKFLOWRUNID = status.workflowRunId : number
JOBDISPLAYNAME = status.jobDisplayName
JOBID = status.jobId
MESSAGE = status.message
"""),
    "AutoscalingListener": _columns("""
GITHUB CONFIGURE URL = spec.githubConfigUrl
AUTOSCALINGRUNNERSET NAMESPACE = spec.autoscalingRunnerSetNamespace
AUTOSCALINGRUNNERSET NAME = spec.autoscalingRunnerSetName
"""),
}
_NOTHING = ("", "<none>", "<unset>", "<unknown>")


def read_cells(fields: ShownFields, kind: str, row: Row, line: Line) -> None:
    """Read the cells of a row into API-shaped fields."""
    columns = _BY_KIND.get(kind, {})
    for name, cell in row.cells.items():
        path, how = columns.get(name) or _AGE.get(name, ((), "text"))
        if not path:
            continue
        if cell not in _NOTHING:
            fields.put(path, _value(cell, how), line)
        elif cell == "<none>" or name in row.blank:
            fields.absent.add(dotted(path))
    _read_labels(fields, row, line)
    reader = _READERS.get(kind)
    if reader is not None:
        reader(fields, row.cells, line)


def _value(cell: str, how: _How) -> Any:
    if how == "modes":
        return access_modes(cell)
    number = integer(cell) if how == "number" else None
    return cell if number is None else number


def _read_labels(fields: ShownFields, row: Row, line: Line) -> None:
    labels = row.cells.get("LABELS")
    if labels is None:
        return
    for pair in labels.split(","):
        key, equals, value = pair.strip().partition("=")
        if equals:
            fields.put(("metadata", "labels", key), value, line)
    if labels:
        fields.absent.add("metadata.labels")


def _read_pod(fields: ShownFields, cells: dict[str, str], line: Line) -> None:
    status = cells.get("STATUS", "")
    if status:
        fields.put(("status", "printed"), status, line)
        path = "phase" if status in PHASES - {"Unknown"} else "statusColumn"
        fields.put(("status", path), status, line)
    if status == "Terminating":
        fields.put(("metadata", "deletionTimestamp"), status, line)
    elif status in ("Pending", "Running"):
        fields.absent.add("metadata.deletionTimestamp")
    restarts = integer((cells.get("RESTARTS", "").split() or [""])[0])  # 3 (5m2s ago)
    if restarts is not None:
        fields.put(("status", "restarts"), restarts, line)


def _read_storage(fields: ShownFields, cells: dict[str, str], line: Line) -> None:
    status = cells.get("STATUS", "")
    if status == "Terminating":
        fields.put(("metadata", "deletionTimestamp"), status, line)
    elif status:
        fields.put(("status", "phase"), status, line)
        fields.absent.add("metadata.deletionTimestamp")
    namespace, slash, name = cells.get("CLAIM", "").partition("/")
    if slash:
        fields.put(("spec", "claimRef"), {"namespace": namespace, "name": name}, line)


def _read_namespace(fields: ShownFields, cells: dict[str, str], line: Line) -> None:
    if cells.get("STATUS"):
        fields.put(("status", "phase"), cells["STATUS"], line)


def _read_node(fields: ShownFields, cells: dict[str, str], line: Line) -> None:
    words = cells.get("STATUS", "").split(",")
    if words[0]:
        fields.put(("status", "printed"), cells["STATUS"], line)
    if words[0] == "Ready":
        fields.put(("status", "conditions"), [{"type": "Ready", "status": "True"}], line)
    if "SchedulingDisabled" in words:
        fields.put(("spec", "unschedulable"), True, line)
    elif words[0]:
        fields.absent.add("spec.unschedulable")
    addresses = (("INTERNAL-IP", "InternalIP"), ("EXTERNAL-IP", "ExternalIP"))
    shown = [(kind, cells[name]) for name, kind in addresses if cells.get(name, "") not in _NOTHING]
    for index, (kind, address) in enumerate(shown):
        fields.put(("status", "addresses", index), {"type": kind, "address": address}, line)


def _read_binding(fields: ShownFields, cells: dict[str, str], line: Line) -> None:
    kind, slash, name = cells.get("ROLE", "").partition("/")
    if slash:
        fields.put(("roleRef",), {"kind": kind, "name": name}, line)
    if "SERVICEACCOUNTS" not in cells:
        return
    subjects: list[dict[str, str]] = [{"kind": "User", "name": n} for n in _names(cells, "USERS")]
    subjects += [{"kind": "Group", "name": n} for n in _names(cells, "GROUPS")]
    for account in _names(cells, "SERVICEACCOUNTS"):
        namespace, _, name = account.rpartition("/")
        subjects.append({"kind": "ServiceAccount", "name": name, "namespace": namespace})
    fields.put(("subjects",), subjects, line)
    fields.absent.add("subjects[]")


def _names(cells: dict[str, str], column: str) -> list[str]:
    return [name for name in (part.strip() for part in cells.get(column, "").split(",")) if name]


def _read_deployment(fields: ShownFields, cells: dict[str, str], line: Line) -> None:
    ready, slash, desired = cells.get("READY", "").partition("/")
    if slash and (number := integer(ready)) is not None:
        fields.put(("status", "readyReplicas"), number, line)
    if slash and (number := integer(desired)) is not None:
        fields.put(("spec", "replicas"), number, line)
    names, images = _names(cells, "CONTAINERS"), _names(cells, "IMAGES")
    if len(names) == len(images):
        for index, (name, image) in enumerate(zip(names, images)):
            path = ("spec", "template", "spec", "containers", index)
            fields.put(path, {"name": name, "image": image}, line)


def _read_quota(fields: ShownFields, cells: dict[str, str], line: Line) -> None:
    for entry in (*_names(cells, "REQUEST"), *_names(cells, "LIMIT")):  # pods: 2/2
        resource, colon, amounts = entry.partition(": ")
        used, slash, hard = amounts.partition("/")
        if colon and slash:
            fields.put(("status", "used", resource), used, line)
            fields.put(("status", "hard", resource), hard, line)


_READERS = {
    "Pod": _read_pod,
    "PersistentVolumeClaim": _read_storage,
    "PersistentVolume": _read_storage,
    "Namespace": _read_namespace,
    "Node": _read_node,
    "RoleBinding": _read_binding,
    "ClusterRoleBinding": _read_binding,
    "Deployment": _read_deployment,
    "ResourceQuota": _read_quota,
}
