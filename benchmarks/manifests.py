"""Make a `kubectl get pods -A -o yaml` as large as wanted, laid out as kubectl lays it out.

python benchmarks/manifests.py 45 pods.yaml      or pods.json, which leaves pods.yaml beside it
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

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


def dump(megabytes: float, target: Path, seed: int = 1) -> int:
    """Write the list and return how many pods it holds."""
    dice = random.Random(seed)
    wanted, size, number = megabytes * 1_000_000, 0, 0
    with target.open("w") as file:
        file.write("apiVersion: v1\nitems:\n")
        while size < wanted:
            uid = f"{dice.getrandbits(32):08x}-{dice.getrandbits(16):04x}-4{dice.getrandbits(12):03x}-9{dice.getrandbits(12):03x}-{dice.getrandbits(48):012x}"
            size += file.write(
                POD.format(
                    n=number, h=number // 3600 % 24, m=number // 60 % 60, s=number % 60, uid=uid,
                    hash=f"{dice.getrandbits(40):x}", node=number % 250, x=number // 250 % 250,
                    name="".join(dice.choices("bcdfghjklmnpqrstvwxz2456789", k=5)),
                )
            )  # fmt: skip
            number += 1
        file.write('kind: List\nmetadata:\n  resourceVersion: ""\n')
    return number


def to_json(source: Path, target: Path) -> None:
    """Write a list of `dump` as `kubectl get -o json` prints it; it is about twice as large."""
    target.write_text(json.dumps(ryaml.loads(source.read_text()), indent=4))


if __name__ == "__main__":
    wanted = Path(sys.argv[2])
    print(dump(float(sys.argv[1]), wanted.with_suffix(".yaml")))
    if wanted.suffix == ".json":
        to_json(wanted.with_suffix(".yaml"), wanted)
