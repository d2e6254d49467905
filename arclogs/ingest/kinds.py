"""Resource names of kubectl and the kinds they stand for.

    sa, serviceaccount, serviceaccounts → ServiceAccount
    ephemeralrunners.actions.github.com → EphemeralRunner

Names and short names: `kubectl api-resources`, and the CRDs of actions-runner-controller.
"""

from __future__ import annotations

_KINDS = {
    "ConfigMap": "configmap configmaps cm",
    "Event": "event events ev",
    "Endpoints": "endpoints ep",
    "LimitRange": "limitrange limitranges limits",
    "Namespace": "namespace namespaces ns",
    "Node": "node nodes no",
    "PersistentVolume": "persistentvolume persistentvolumes pv",
    "PersistentVolumeClaim": "persistentvolumeclaim persistentvolumeclaims pvc",
    "Pod": "pod pods po",
    "ReplicationController": "replicationcontroller replicationcontrollers rc",
    "ResourceQuota": "resourcequota resourcequotas quota",
    "Secret": "secret secrets",
    "ServiceAccount": "serviceaccount serviceaccounts sa",
    "Service": "service services svc",
    "DaemonSet": "daemonset daemonsets ds",
    "Deployment": "deployment deployments deploy",
    "ReplicaSet": "replicaset replicasets rs",
    "StatefulSet": "statefulset statefulsets sts",
    "Job": "job jobs",
    "CronJob": "cronjob cronjobs cj",
    "NetworkPolicy": "networkpolicy networkpolicies netpol",
    "PodDisruptionBudget": "poddisruptionbudget poddisruptionbudgets pdb",
    "Role": "role roles",
    "RoleBinding": "rolebinding rolebindings",
    "ClusterRole": "clusterrole clusterroles",
    "ClusterRoleBinding": "clusterrolebinding clusterrolebindings",
    "StorageClass": "storageclass storageclasses sc",
    "VolumeAttachment": "volumeattachment volumeattachments",
    "PriorityClass": "priorityclass priorityclasses pc",
    "Lease": "lease leases",
    "CustomResourceDefinition": "customresourcedefinition customresourcedefinitions crd crds",
    "MutatingWebhookConfiguration": "mutatingwebhookconfiguration mutatingwebhookconfigurations",
    "ValidatingWebhookConfiguration": "validatingwebhookconfiguration "
    "validatingwebhookconfigurations",
    "AutoscalingListener": "autoscalinglistener autoscalinglisteners",
    "AutoscalingRunnerSet": "autoscalingrunnerset autoscalingrunnersets",
    "EphemeralRunner": "ephemeralrunner ephemeralrunners",
    "EphemeralRunnerSet": "ephemeralrunnerset ephemeralrunnersets",
    "Runner": "runner runners",
    "RunnerDeployment": "runnerdeployment runnerdeployments rdeploy",
    "RunnerReplicaSet": "runnerreplicaset runnerreplicasets rrs",
    "RunnerSet": "runnerset runnersets",
    "HorizontalRunnerAutoscaler": "horizontalrunnerautoscaler horizontalrunnerautoscalers hra",
    "Application": "application applications app apps",
}
_BY_NAME = {name: kind for kind, names in _KINDS.items() for name in names.split()}

CLUSTER_SCOPED = frozenset(
    {
        "ClusterRole",
        "ClusterRoleBinding",
        "CustomResourceDefinition",
        "MutatingWebhookConfiguration",
        "Namespace",
        "Node",
        "PersistentVolume",
        "PriorityClass",
        "StorageClass",
        "ValidatingWebhookConfiguration",
        "VolumeAttachment",
    }
)
"""Kinds that have no namespace."""


def kind_of(resource: str) -> str | None:
    """Return the kind of a resource name (any case, with or without group), or None."""
    return _BY_NAME.get(resource.strip().lower().split(".", 1)[0])
