"""Field names of the API behind the labels of kubectl's generic describer.

    Github Config URL     githubConfigUrl
    Runner Scale Set Id   runnerScaleSetId
    Patch ID, Patch Id    patchID           (up to kubectl 1.34, from 1.35)

The describer splits names at capitals and title-cases them (smartLabelFor in kubectl
`pkg/describe/describe.go`), which cannot be undone: names are looked up by their letters alone. The
tables hold what ARC's CRDs declare (`apis/actions.github.com/v1alpha1`) and the pod spec inside them.
"""

from __future__ import annotations

from arclogs.lazy_regex import lazy_compile

_KNOWN = """
apiVersion kind metadata spec status
annotations blockOwnerDeletion controller creationTimestamp deletionGracePeriodSeconds
deletionTimestamp finalizers generateName generation labels name namespace ownerReferences
resourceVersion selfLink uid
githubConfigSecret githubConfigUrl githubServerTLS proxy vaultConfig runnerGroup runnerScaleSetId
runnerScaleSetName maxRunners minRunners template listenerTemplate listenerMetrics runnerJITConfig
ephemeralRunnerSpec ephemeralRunnerConfigSecretMetadata patchID replicas proxySecretRef
autoscalingRunnerSetName autoscalingRunnerSetNamespace ephemeralRunnerSetName image
imagePullSecrets serviceAccountName url credentialSecretRef noProxy http https certificateFrom
azureKeyVault clientId tenantId certificatePath configMapKeyRef counters gauges histograms buckets
currentReplicas currentRunners desiredReplicas pendingEphemeralRunners runningEphemeralRunners
failedEphemeralRunners finishedEphemeralRunners deletingEphemeralRunners state phase ready reason
message failures runnerId runnerName jobRequestId jobId jobRepositoryName jobWorkflowRef
jobDisplayName workflowRunId
containers initContainers volumes restartPolicy securityContext serviceAccount nodeSelector affinity
tolerations topologySpreadConstraints hostNetwork hostAliases dnsPolicy dnsConfig priorityClassName
runtimeClassName schedulerName terminationGracePeriodSeconds automountServiceAccountToken
enableServiceLinks shareProcessNamespace activeDeadlineSeconds nodeName hostname
command args env envFrom value valueFrom fieldRef fieldPath secretKeyRef configMapRef secretRef key
optional resourceFieldRef resource volumeMounts mountPath subPath readOnly mountPropagation resources
limits requests ports containerPort hostPort protocol lifecycle livenessProbe readinessProbe
startupProbe imagePullPolicy workingDir terminationMessagePath terminationMessagePolicy
runAsUser runAsGroup runAsNonRoot fsGroup fsGroupChangePolicy privileged allowPrivilegeEscalation
capabilities add drop readOnlyRootFilesystem seccompProfile supplementalGroups
emptyDir medium sizeLimit persistentVolumeClaim claimName ephemeral volumeClaimTemplate accessModes
storageClassName volumeMode volumeName storage hostPath path type configMap secret secretName items
defaultMode mode projected sources serviceAccountToken expirationSeconds downwardAPI csi driver nfs
server effect operator tolerationSeconds matchLabels matchExpressions values selector
conditions lastTransitionTime lastProbeTime observedGeneration
organization repository enterprise group dockerEnabled dockerdWithinRunnerContainer runnerImage
scaleTargetRef minReplicas maxReplicas lastRegistrationCheckTime availableReplicas updatedReplicas
"""
_NAMES = {word.lower(): word for word in _KNOWN.split()}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LISTS = _words(
    """finalizers ownerReferences imagePullSecrets noProxy buckets containers initContainers volumes
    hostAliases tolerations topologySpreadConstraints command args env envFrom volumeMounts ports add
    drop supplementalGroups accessModes items sources matchExpressions values conditions"""
)
"""Fields that are lists, although one item cannot be told from a map."""

SCALAR_LISTS = _words(
    "finalizers noProxy buckets command args add drop supplementalGroups accessModes values"
)

MAPS = _words(
    """metadata spec status annotations labels template listenerTemplate listenerMetrics proxy
    vaultConfig ephemeralRunnerSpec resources limits requests emptyDir securityContext failures
    nodeSelector matchLabels affinity selector capabilities githubServerTLS"""
)
"""Fields that are maps; without entries they print as an empty value does."""

VERBATIM_KEYS = _words(
    "annotations labels limits requests nodeSelector matchLabels failures counters gauges"
)
"""Maps whose keys are the user's: lower-case words in practice, `Node - Role` for `node-role`."""

NUMBERS = _words(
    """deletionGracePeriodSeconds generation runnerScaleSetId maxRunners minRunners patchID replicas
    currentReplicas currentRunners desiredReplicas pendingEphemeralRunners runningEphemeralRunners
    failedEphemeralRunners finishedEphemeralRunners deletingEphemeralRunners runnerId jobRequestId
    workflowRunId containerPort hostPort runAsUser runAsGroup fsGroup defaultMode mode
    expirationSeconds tolerationSeconds terminationGracePeriodSeconds activeDeadlineSeconds
    minReplicas maxReplicas observedGeneration availableReplicas updatedReplicas"""
)

BOOLEANS = _words(
    """blockOwnerDeletion controller ready optional readOnly hostNetwork privileged runAsNonRoot
    automountServiceAccountToken enableServiceLinks shareProcessNamespace allowPrivilegeEscalation
    readOnlyRootFilesystem dockerEnabled dockerdWithinRunnerContainer"""
)

_ACRONYMS = frozenset({"API", "URL", "UID", "OSB", "GUID"})
_LABEL = lazy_compile(r"[A-Za-z-]+(?: [A-Za-z-]+)*")


def field_name(label: str, parent: str) -> str:
    """Return the field name for a printed label below the field `parent`."""
    if _LABEL.fullmatch(label) is None:
        return label  # holds a digit, point or slash: printed as it is
    if parent in VERBATIM_KEYS:
        return label.replace(" - ", "-").replace(" ", "").lower()
    known = _NAMES.get(label.replace(" ", "").lower())
    if known is not None:
        return known
    first, *rest = label.replace(" - ", "-").split(" ")
    words = (word.capitalize() if word in _ACRONYMS else word for word in rest)
    return first.lower() + "".join(words)


def scalar(name: str, parent: str, text: str) -> str | int | bool:
    """Return a printed scalar with the type that its field has in the API."""
    if name in NUMBERS and (body := text.removeprefix("-")).isascii() and body.isdecimal():
        return int(text) if len(text) < 20 else text
    if text in ("true", "false") and (name in BOOLEANS or parent == "failures"):
        return text == "true"
    return text
