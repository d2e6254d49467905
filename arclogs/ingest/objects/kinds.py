"""Names of Kubernetes resources, in every spelling that commands, tables, paths and dumps use.

    sa, serviceaccounts, serviceaccount, ServiceAccount       ServiceAccount
    ephemeralrunners.actions.github.com                       EphemeralRunner
    replication-controllers.json, jobs.batch, PodList         ReplicationController, Job, Pod

Source of names and short names: `kubectl api-resources` of Kubernetes 1.27 to 1.36, the custom
resources of actions-runner-controller and of what is often found beside it.
"""

from __future__ import annotations

from arclogs.lazy_regex import lazy_compile

_NAMESPACED = """
    Pod po
    ServiceAccount sa
    Role
    RoleBinding
    Secret
    ConfigMap cm
    Event ev
    Service svc
    Endpoints ep
    EndpointSlice
    PersistentVolumeClaim pvc pvcs
    ResourceQuota quota resource-quota
    LimitRange limits
    PodTemplate
    ReplicationController rc
    Deployment deploy
    ReplicaSet rs
    StatefulSet sts
    DaemonSet ds
    ControllerRevision
    Job
    CronJob cj
    HorizontalPodAutoscaler hpa
    PodDisruptionBudget pdb
    NetworkPolicy netpol
    Ingress ing
    Lease
    PodMetrics
    AutoscalingRunnerSet
    EphemeralRunnerSet
    EphemeralRunner
    AutoscalingListener
    Runner
    RunnerSet
    RunnerDeployment rdeploy
    RunnerReplicaSet rrs
    HorizontalRunnerAutoscaler hra
    ExternalSecret
    SealedSecret
    Certificate cert certs
    Issuer
    Application app apps
    VolumeSnapshot
    ResourceClaim
    CSIStorageCapacity
    ServiceMonitor
    PodMonitor
    Policy pol
    PolicyReport polr
"""
_CLUSTER_SCOPED = """
    Node no
    Namespace ns
    PersistentVolume pv pvs
    ClusterRole
    ClusterRoleBinding
    StorageClass sc storage-classes
    VolumeAttachment
    CSIDriver
    CSINode
    CustomResourceDefinition crd crds
    PriorityClass pc
    RuntimeClass
    IngressClass
    APIService
    ComponentStatus cs
    NodeMetrics
    CertificateSigningRequest csr
    MutatingWebhookConfiguration
    ValidatingWebhookConfiguration
    MutatingAdmissionPolicy
    MutatingAdmissionPolicyBinding
    ValidatingAdmissionPolicy
    ValidatingAdmissionPolicyBinding
    ClusterPolicy cpol
    ClusterPolicyReport cpolr
    ConstraintTemplate
    ClusterSecretStore css
    ClusterIssuer
    NodePool
    NodeClaim
    VolumeSnapshotClass
    SecurityContextConstraints scc
    ClusterVersion
    ClusterOperator co
    ServiceCIDR
    IPAddress
"""

# What `kubectl get all` stands for: the category "all" of the built-in resources.
ALL_CATEGORY = (
    "Pod", "ReplicationController", "Service", "DaemonSet", "Deployment", "ReplicaSet",
    "StatefulSet", "HorizontalPodAutoscaler", "CronJob", "Job",
)  # fmt: skip


def _kinds(table: str) -> frozenset[str]:
    return frozenset(line.split()[0] for line in table.strip().splitlines())


def _plural(word: str) -> str:
    if word.endswith(("s", "x")):
        return word if word in ("endpoints", "securitycontextconstraints") else word + "es"
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


def _names(*tables: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for line in "".join(tables).splitlines():
        kind, *short = line.split() or [""]
        single = kind.lower()
        for name in (single, _plural(single), *short) if kind else ():
            names.setdefault(name.replace("-", ""), kind)
    return names


CLUSTER_SCOPED = _kinds(_CLUSTER_SCOPED)
"""Kinds that have no namespace."""
_BY_NAME = _names(_NAMESPACED, _CLUSTER_SCOPED)
_API_KIND = lazy_compile(r"[A-Z][A-Za-z0-9]{1,100}")


def kind_of(name: str) -> str | None:
    """Return the kind that a resource name, short name or kind stands for, whatever its case.

    A group or version after the first point (`jobs.batch`, `deployments.v1.apps`) is ignored. None:
    a resource that is not known here.
    """
    bare = name.strip().partition(".")[0].lower()
    return _BY_NAME.get(bare.replace("-", "").replace("_", ""))


def item_kind(list_kind: str) -> str | None:
    """Return the kind of the items of a typed list (`PodList`); None for `List` and for no list."""
    kind = list_kind.removesuffix("List")
    return kind if kind and kind != list_kind and _API_KIND.fullmatch(kind) else None
