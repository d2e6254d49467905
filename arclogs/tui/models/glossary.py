"""Words of ARC that its logs and objects use, for those who meet them for the first time.

Source: documentation of actions-runner-controller and runner-container-hooks.
"""

from __future__ import annotations

from typing import Final

GLOSSARY: Final = (
    ("ARC", "Actions Runner Controller: runs GitHub Actions runners as pods of a cluster."),
    ("scale set", "A group of like runners that GitHub knows by one name; runs-on: names it. One Helm "
     "release of gha-runner-scale-set makes one."),
    ("controller", "The program that turns ARC's resources into pods; Helm chart "
     "gha-runner-scale-set-controller."),
    ("listener", "A pod for each scale set. It waits for jobs at GitHub and tells the controller how "
     "many runners are wanted. It lives in the controller's namespace."),
    ("AutoscalingRunnerSet", "The resource that describes a scale set: GitHub URL, limits, pod "
     "template."),
    ("EphemeralRunnerSet", "The resource that holds the runners of a scale set and their wanted "
     "number."),
    ("EphemeralRunner", "One runner for one job. It owns the runner pod and is deleted after the job."),
    ("runner pod", "The pod in which the runner program takes a job."),
    ("job pod", "Also workflow pod: the pod that the container hook makes for a job with container:. "
     "Its name ends in -workflow."),
    ("container mode", "How jobs with containers are run: dind, kubernetes or "
     "kubernetes-novolume."),
    ("dind", "Docker in Docker: a docker daemon beside the runner, in the same pod."),
    ("container hook", "The script that the runner calls in kubernetes mode in place of docker. It "
     "needs rights of its service account."),
    ("service account", "The identity of a pod at the Kubernetes API. The chart makes "
     "<release>-gha-rs-kube-mode or <release>-gha-rs-no-permission."),
    ("JIT config", "The registration that ARC gets for one runner from GitHub; it can be used once."),
    ("finalizer", "A mark on a resource: Kubernetes deletes it only when its owner has cleaned up."),
    ("symptom", "In arclogs: what can be seen but has several possible causes. It is folded under "
     "the cause that explains it."),
    ("signal", "In arclogs: one thing that a rule looks for, a log line, an event or the state of an "
     "object."),
    ("not collected", "In arclogs: the bundle does not hold what would tell. It is not the same as "
     "absent, which is proven."),
    ("confirmed, likely, possible", "In arclogs: the evidence that decides is there; it fits and "
     "nothing speaks against it; the symptom is there and what would decide was not collected."),
)  # fmt: skip
