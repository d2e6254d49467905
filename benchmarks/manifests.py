"""Make a `kubectl get pods -A -o yaml` as large as wanted, laid out as kubectl lays it out.

python benchmarks/manifests.py 45 pods.yaml            or pods.json, which leaves pods.yaml beside it
python benchmarks/manifests.py 45 pods.yaml varied     pods in all states, their owners, events, other objects
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

import ryaml

POD = """- apiVersion: v1
  kind: Pod
  metadata:
    annotations:
      actions.github.com/patch-id: "{n}"
    creationTimestamp: "2026-09-17T{h:02d}:{m:02d}:{s:02d}Z"
    labels:
      actions-ephemeral-runner: "True"
      actions.github.com/scale-set-name: linux-k8s
      actions.github.com/scale-set-namespace: arc-runners
      app.kubernetes.io/component: runner
      app.kubernetes.io/version: 0.12.1
      pod-template-hash: {hash}
    managedFields:
    - apiVersion: v1
      fieldsType: FieldsV1
      fieldsV1:
        f:metadata:
          f:labels:
            .: {{}}
            f:actions-ephemeral-runner: {{}}
            f:app.kubernetes.io/component: {{}}
        f:spec:
          f:containers:
            k:{{"name":"runner"}}:
              .: {{}}
              f:env: {{}}
              f:image: {{}}
              f:name: {{}}
      manager: manager
      operation: Update
      time: "2026-09-17T{h:02d}:{m:02d}:{s:02d}Z"
    name: linux-k8s-7hx2q-runner-{name}
    namespace: arc-runners
    ownerReferences:
    - apiVersion: actions.github.com/v1alpha1
      controller: true
      kind: EphemeralRunner
      name: linux-k8s-7hx2q-runner-{name}
      uid: {uid}
    resourceVersion: "{n}"
    uid: {uid}
  spec:
    containers:
    - command:
      - /home/runner/run.sh
      env:
      - name: ACTIONS_RUNNER_CONTAINER_HOOKS
        value: /home/runner/k8s/index.js
      - name: ACTIONS_RUNNER_POD_NAME
        valueFrom:
          fieldRef:
            apiVersion: v1
            fieldPath: metadata.name
      image: ghcr.io/actions/actions-runner:2.329.0
      imagePullPolicy: IfNotPresent
      name: runner
      resources: {{}}
      volumeMounts:
      - mountPath: /home/runner/_work
        name: work
    nodeName: node-{node}
    restartPolicy: Never
    serviceAccountName: linux-k8s-gha-rs-kube-mode
    volumes:
    - ephemeral:
        volumeClaimTemplate:
          spec:
            accessModes:
            - ReadWriteOnce
            resources:
              requests:
                storage: 1Gi
      name: work
  status:
    conditions:
    - lastProbeTime: null
      lastTransitionTime: "2026-09-17T{h:02d}:{m:02d}:{s:02d}Z"
      status: "True"
      type: Ready
    containerStatuses:
    - containerID: containerd://{uid}
      image: ghcr.io/actions/actions-runner:2.329.0
      name: runner
      ready: true
      restartCount: 0
      state:
        running:
          startedAt: "2026-09-17T{h:02d}:{m:02d}:{s:02d}Z"
    phase: Running
    podIP: 10.4.{x}.{node}
"""


EVENT = """- apiVersion: v1
  count: {x}
  eventTime: null
  firstTimestamp: "2026-09-17T{h:02d}:{m:02d}:{s:02d}Z"
  involvedObject:
    apiVersion: v1
    kind: Pod
    name: linux-k8s-7hx2q-runner-{name}
    namespace: arc-runners
    resourceVersion: "{n}"
    uid: {uid}
  kind: Event
  lastTimestamp: "2026-09-17T{h:02d}:{m:02d}:{s:02d}Z"
  message: {words}
  metadata:
    creationTimestamp: "2026-09-17T{h:02d}:{m:02d}:{s:02d}Z"
    name: linux-k8s-7hx2q-runner-{name}.{hash}
    namespace: arc-runners
    resourceVersion: "{n}"
    uid: {uid}
  reason: Scheduled
  reportingComponent: kubelet
  reportingInstance: node-{node}
  source:
    component: kubelet
    host: node-{node}
  type: Normal
"""
RUNNER = """- apiVersion: actions.github.com/v1alpha1
  kind: EphemeralRunner
  metadata:
    creationTimestamp: "2026-09-17T{h:02d}:{m:02d}:{s:02d}Z"
    finalizers:
    - ephemeralrunner.actions.github.com/finalizer
    - ephemeralrunner.actions.github.com/runner-registration-finalizer
    generation: 1
    name: linux-k8s-7hx2q-runner-{name}
    namespace: arc-runners
    resourceVersion: "{n}"
    uid: {uid}
  spec:
    githubConfigSecret: arc-secret
    githubConfigUrl: https://github.com/octo-org/octo-repo
    runnerScaleSetId: 3
    spec:
      containers:
      - command:
        - /home/runner/run.sh
        image: ghcr.io/actions/actions-runner:2.329.0
        name: runner
  status:
    jobDisplayName: {words}
    jobRepositoryName: octo-org/octo-repo
    phase: Running
    ready: true
    runnerId: {n}
    runnerName: linux-k8s-7hx2q-runner-{name}
    workflowRunId: 1{n}
"""
CONFIG = """- apiVersion: v1
  data:
{keys}
  kind: ConfigMap
  metadata:
    creationTimestamp: "2026-09-17T{h:02d}:{m:02d}:{s:02d}Z"
    name: cm-{name}
    namespace: arc-runners
    resourceVersion: "{n}"
    uid: {uid}
"""
WORDS = [
    "build",
    "test",
    "deploy",
    "(main)",
    "linux/amd64",
    "v1.2",
    "nightly",
    "release=9",
    "e2e-smoke",
    "lint,",
    "docs",
    "pkg/api",
]
CHANGES = [
    (0.2, "    phase: Running\n", "    message: '{words}: it''s gone'\n    phase: Failed\n    reason: Evicted\n"),
    (0.1, "      state:\n        running:\n", "      lastState:\n        terminated:\n          exitCode: 137\n"
          "          reason: OOMKilled\n      state:\n        running:\n"),
    (0.1, "    - lastProbeTime: null\n", "    - lastProbeTime: null\n      message: \"{words}\"\n"),
    (0.2, "      resources: {}\n", "      resources:\n        limits:\n          memory: 4Gi\n"),
    (0.1, "      - name: ACTIONS_RUNNER_POD_NAME\n", "      - name: SCRIPT\n        value: |\n          set -e\n"
          "          echo started\n      - name: ACTIONS_RUNNER_POD_NAME\n"),
    (0.3, "  reason: Scheduled\n", "  reason: BackOff\n"),
    (0.1, "    nodeName: node-", "    nodeName: gpu-"),
    (0.1, "      restartCount: 0\n", "      restartCount: 3\n"),
    (0.1, "    labels:\n", "    labels:\n      team: \"{hash}\"\n"),
]  # fmt: skip


def dump(megabytes: float, target: Path, seed: int = 1, *, varied: bool = False) -> int:
    """Write the list and return how many objects it holds."""
    dice = random.Random(seed)
    wanted, size, number = megabytes * 1_000_000, 0, 0
    with target.open("w") as file:
        file.write("apiVersion: v1\nitems:\n")
        while size < wanted:
            uid = f"{dice.getrandbits(32):08x}-{dice.getrandbits(16):04x}-4{dice.getrandbits(12):03x}-9{dice.getrandbits(12):03x}-{dice.getrandbits(48):012x}"
            fields = {
                "n": number, "h": number // 3600 % 24, "m": number // 60 % 60, "s": number % 60, "uid": uid,
                "hash": f"{dice.getrandbits(40):x}", "node": number % 250, "x": number // 250 % 250,
                "name": "".join(dice.choices("bcdfghjklmnpqrstvwxz2456789", k=5)),
            }  # fmt: skip
            size += file.write(_varied(dice, fields) if varied else POD.format(**fields))
            number += 1
        file.write('kind: List\nmetadata:\n  resourceVersion: ""\n')
    return number


def _varied(dice: random.Random, fields: dict[str, Any]) -> str:
    """Return an object of a namespace in which not all goes well."""
    text = dice.choices((POD, EVENT, RUNNER, CONFIG), (70, 15, 13, 2))[0].format(
        **fields,
        words=" ".join(dice.choices(WORDS, k=9)),
        keys="\n".join(
            f"    key-{dice.randrange(10**6)}: {word}" for word in dice.choices(WORDS, k=9)
        ),
    )
    owner = f'          f:ownerReferences:\n            k:{{"uid":"{fields["uid"]}"}}: {{}}\n'
    text = text.replace("        f:spec:\n", f"{owner}        f:spec:\n")
    for likely, old, new in CHANGES:
        if dice.random() < likely:
            text = text.replace(old, new.format(**fields, words=" ".join(dice.choices(WORDS, k=7))))
    return text


def to_json(source: Path, target: Path) -> None:
    """Write a list of `dump` as `kubectl get -o json` prints it; it is about twice as large."""
    target.write_text(json.dumps(ryaml.loads(source.read_text()), indent=4))


if __name__ == "__main__":
    wanted = Path(sys.argv[2])
    varied = "varied" in sys.argv[3:]
    print(dump(float(sys.argv[1]), wanted.with_suffix(".yaml"), varied=varied))
    if wanted.suffix == ".json":
        to_json(wanted.with_suffix(".yaml"), wanted)
