"""Which kind a `kubectl get` table lists, told from its columns.

    NAME        READY   STATUS   RESTARTS   AGE               Pod
    NAME        SECRETS   AGE                                 ServiceAccount
    NAME        DESIREDREPLICAS   CURRENTREPLICAS   …         EphemeralRunnerSet

Built-in kinds: Kubernetes `pkg/printers/internalversion/printers.go`. ARC's: the `printcolumn` markers
in `apis/actions.github.com/v1alpha1` and `apis/actions.summerwind.net/v1alpha1`.
"""

from __future__ import annotations

# The first kind of which all columns are there.
_SIGNATURES: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (kind, frozenset(columns.split(",")))
    for kind, columns in (
        ("AutoscalingRunnerSet", "MINIMUM RUNNERS,MAXIMUM RUNNERS"),
        ("EphemeralRunnerSet", "DESIREDREPLICAS"),
        ("EphemeralRunner", "GITHUB CONFIG URL,RUNNERID"),
        ("AutoscalingListener", "AUTOSCALINGRUNNERSET NAME"),
        ("RunnerDeployment", "ENTERPRISE,ORGANIZATION,REPOSITORY,UP-TO-DATE"),
        ("Runner", "ENTERPRISE,ORGANIZATION,REPOSITORY,STATUS"),
        ("PersistentVolume", "RECLAIM POLICY,CLAIM"),
        ("PersistentVolumeClaim", "VOLUME,CAPACITY"),
        ("StorageClass", "PROVISIONER,RECLAIMPOLICY"),
        ("Node", "ROLES,VERSION"),
        ("DaemonSet", "DESIRED,UP-TO-DATE,NODE SELECTOR"),
        ("Deployment", "UP-TO-DATE,AVAILABLE"),
        ("ReplicaSet", "DESIRED,CURRENT,READY"),
        ("Pod", "READY,STATUS,RESTARTS"),
        ("ServiceAccount", "SECRETS,AGE"),
        ("ResourceQuota", "REQUEST,AGE"),
        ("Secret", "TYPE,DATA,AGE"),
        ("ConfigMap", "DATA,AGE"),
        ("Service", "TYPE,CLUSTER-IP"),
        ("Job", "COMPLETIONS,DURATION"),
        ("CronJob", "SCHEDULE,SUSPEND"),
        ("HorizontalPodAutoscaler", "MINPODS,MAXPODS"),
        ("RoleBinding", "ROLE,AGE"),
    )
)


UNMISTAKABLE = frozenset(
    {
        "AutoscalingRunnerSet", "EphemeralRunnerSet", "EphemeralRunner", "AutoscalingListener",
        "PersistentVolumeClaim", "Node", "Pod", "ServiceAccount",
    }
)  # fmt: skip
"""Kinds whose columns no other has: a command above that asks for another kind printed another table."""


def kind_of_header(names: tuple[str, ...]) -> str | None:
    """Return the kind whose columns these are, or None where several kinds have them."""
    columns = frozenset(names)
    if columns - {"NAMESPACE"} == {"NAME", "STATUS", "AGE"} and "NAMESPACE" not in columns:
        return "Namespace"
    if columns == {"NAMESPACE", "NAME", "CREATED AT"}:
        return "Role"
    found = next((kind for kind, needed in _SIGNATURES if needed <= columns), None)
    # ClusterRoleBinding has the same columns, but no namespace.
    return None if found == "RoleBinding" and "NAMESPACE" not in columns else found


def kind_of_row(names: tuple[str, ...], cells: dict[str, str]) -> str | None:
    """Return the kind of a row whose header fits several kinds."""
    if "CREATED AT" in names:
        group = cells.get("NAME", "").count(".") > 1
        system = ":" in cells.get("NAME", "") or cells.get("NAME") in (
            "admin",
            "cluster-admin",
            "edit",
            "view",
        )
        return "CustomResourceDefinition" if group else None if system else "Role"
    return "RoleBinding" if cells.get("ROLE", "").startswith("Role/") else None
