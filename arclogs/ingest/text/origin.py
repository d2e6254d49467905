"""What the path of a file tells of the pod whose log it holds.

pod_logs/linux-k8s-7hx2q-runner-w9k4d_NS_arc-runners.log       arc-log-collection-scripts
build/3_Initialize containers.txt                              zip of a job's log, one file a step
namespaces/arc-systems/pods/p/manager/manager/logs/current.log oc adm inspect, must-gather
cluster-resources/pods/logs/arc-runners/p/runner-previous.log  troubleshoot.sh support bundle
arc/linux-k8s-7hx2q-runner-w9k4d/runner.log                    the same, by its logs collector
"""

from __future__ import annotations

from arclogs.lazy_regex import lazy_compile

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_POD = r"[a-z0-9][a-z0-9.-]{0,252}"
_START = r"(?:^|[/!])"

_LAYOUTS = tuple(
    lazy_compile(_START + layout)
    for layout in (
        # The scripts put the previous pod's namespace into the name: only the pod is certain.
        rf"(?:pod_logs|runner-pod-logs)/(?P<pod>{_POD})_[^/]*$",
        rf"namespaces/(?P<namespace>{_LABEL})/pods/(?P<pod>{_POD})/(?P<container>{_LABEL})/"
        r"(?P=container)/logs/[^!]+$",
        rf"cluster-resources/pods/logs/(?P<namespace>{_LABEL})/(?P<pod>{_POD})/"
        r"(?P<container>[a-z0-9-]{1,63}?)(?:-previous)?(?:-logs-errors)?\.log(?:\.gz)?$",
        # /var/log/pods and /var/log/containers of a node, names made by the kubelet
        rf"(?P<namespace>{_LABEL})_(?P<pod>{_POD})_[0-9a-f]{{8}}-[0-9a-f-]{{27}}/"
        rf"(?P<container>{_LABEL})/[^/!]+$",
        rf"(?P<pod>{_POD})_(?P<namespace>{_LABEL})_(?P<container>{_LABEL})-[0-9a-f]{{64}}\.log$",
        rf"(?P<namespace>{_LABEL})/(?P<pod>{_LABEL}-{_LABEL})/logs\.txt(?:\.gz)?$",
    )
)
# The suffix that Kubernetes appends: its alphabet has no vowels, so that "linux" is none.
_SUFFIX = "[bcdfghjklmnpqrstvwxz2456789]{5}"
_RUNNER_POD = lazy_compile(
    rf"[a-z0-9][a-z0-9.-]*-(?:[a-z0-9]{{5}}-runner-[a-z0-9]{{5}}|{_SUFFIX}-{_SUFFIX})"
)  # linux-k8s-x2f7d-runner-w9k4d, before the scale sets linux-x2f7d-w9k4d
_ARC_POD_FILE = lazy_compile(
    rf"{_START}(?P<pod>[a-z0-9][a-z0-9.-]*-(?:[a-z0-9]{{5}}-runner-[a-z0-9]{{5}}(?:-workflow)?"
    r"|[a-z0-9]{8}-listener))(?:[^/a-z0-9-][^/!]*|/[^!]*)$"
)


# previous.log, previous.insecure.log, runner-previous.log, runner_previous.txt, runner.log.previous
_PREVIOUS = lazy_compile(
    r"(?:^|[/!._-])(?:previous|prev)(?:\.insecure)?(?:-logs-errors)?(?:\.(?:log|txt))?(?:\.gz)?$"
)
# A downloaded log has a file for each step; these two steps are the container hook's.
_STEP_FILE = lazy_compile(r"(?:^|[/!])\d{1,3}_(Initialize|Stop)[ _]containers\.txt(?:\.gz)?$")


def is_runner_pod(name: str) -> bool:
    """Tell whether a runner's name is one that ARC gives, which is its pod's name as well."""
    return len(name) <= 253 and _RUNNER_POD.fullmatch(name) is not None


def origin_of(member_name: str) -> dict[str, str]:
    """Return pod, namespace and container as far as the path of a log alone proves them.

    A file or folder that is merely named after a runner or listener pod (`…-x7k2m-runner-w9k4d.log`)
    gives the pod: no other thing has such a name. `previous` is "true" for the log of a container that
    was restarted. Rotated files (`0.log.20260921-100000`, `runner.log.1`) are of the same pod.
    """
    said = _pod_of(member_name)
    step = _STEP_FILE.search(member_name)
    if step is not None:
        said["step"] = f"{step[1]} containers"  # a tracker turns blanks into underscores
    if _PREVIOUS.search(member_name):
        said["previous"] = "true"
    return said


def _pod_of(member_name: str) -> dict[str, str]:
    for layout in _LAYOUTS:
        match = layout.search(member_name)
        if match is not None:
            return {key: value for key, value in match.groupdict().items() if value}
    match = _ARC_POD_FILE.search(member_name)
    return {"pod": match["pod"]} if match is not None else {}
