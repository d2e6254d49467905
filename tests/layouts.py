"""One bundle in every layout in which people collect it, made from a sample of the repository.

The layouts' file names and shapes are those of the programs: arc-log-collection-scripts,
`kubectl cluster-info dump`, troubleshoot.sh support bundles, `oc adm inspect`.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

import yaml
import zstandard

from arclogs.ingest.interface import Block
from arclogs.ingest.tables.event_tables import EventTableParser
from arclogs.model.event import Event

SAMPLES = Path(__file__).parent.parent / "samples"
Files = dict[str, bytes]
NAMESPACE, SYSTEM = "arc-runners", "arc-systems"
RUNNERS = ("linux-k8s-7hx2q-runner-m2v7c", "linux-k8s-7hx2q-runner-w9k4d")
LISTENER = "linux-k8s-754b578d-listener"
CONTROLLER = "arc-gha-rs-controller-6f9c7b5d4f-x2x7k"
LOGS = {
    **{(NAMESPACE, pod, "runner"): f"{pod}_{NAMESPACE}.log" for pod in RUNNERS},
    (SYSTEM, LISTENER, "listener"): f"{LISTENER}_{SYSTEM}.log",
    (SYSTEM, CONTROLLER, "manager"): f"{CONTROLLER}_{SYSTEM}.log",
}


class Scenario:
    """What a sample holds, apart from how it lies in files."""

    def __init__(self, sample: str) -> None:
        folder = SAMPLES / sample
        self.files: Files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        self.objects: list[dict[str, Any]] = [
            item
            for name in sorted(self.files)
            if "/" not in name and name.endswith(".yaml")
            for item in yaml.safe_load(self.files[name])["items"]
        ]
        self.job = self.files["job-log.txt"]
        self.logs = {
            place: self.files[f"arc-bundle-logs/pod_logs/{name}"] for place, name in LOGS.items()
        }
        self.events = [*_events(self.files["arc-bundle-logs/kubectl-events.log"])]

    def of_kind(self, *kinds: str) -> list[dict[str, Any]]:
        return [item for item in self.objects if item["kind"] in kinds]


scenario = cache(Scenario)


def _events(table: bytes) -> Any:
    lines = table.decode().split("\n")
    for item in EventTableParser().parse(Block("events.txt", 1, lines)):
        if isinstance(item, Event):
            yield {
                "apiVersion": "v1",
                "kind": "Event",
                "metadata": {"name": f"{item.name}.17c", "namespace": item.namespace},
                "involvedObject": {
                    "kind": item.kind,
                    "name": item.name,
                    "namespace": item.namespace,
                },
                "reason": item.reason,
                "message": item.message,
                "type": item.type,
                "count": 1,
                "lastTimestamp": "2026-09-17T09:18:40Z",
            }


def as_list(items: list[dict[str, Any]], kind: str, *, bare: bool = False) -> dict[str, Any]:
    """Return a typed list; `bare` leaves out what its items do not say in such a list."""
    if bare:
        items = [
            {k: v for k, v in item.items() if k not in ("kind", "apiVersion")} for item in items
        ]
    return {"apiVersion": "v1", "items": items, "kind": f"{kind}List", "metadata": {}}


def as_yaml(value: Any) -> bytes:
    return yaml.safe_dump(value, sort_keys=False).encode()


def as_json(value: Any) -> bytes:
    return json.dumps(value, indent=4).encode()


def script(found: Scenario) -> Files:
    """Collection script of today, the account dump and the job's log beside it."""
    return dict(found.files)


def script_old(found: Scenario) -> Files:
    """The script before it wrote events, with helm_info and runner-monitor's folder."""
    return {
        name.replace("helm-info", "helm_info").replace("pod_logs", "runner-pod-logs"): data
        for name, data in found.files.items()
        if not name.endswith("kubectl-events.log")
    }


def flat(found: Scenario) -> Files:
    """A folder with whatever names people give."""
    files = {f"untitled{n}": data for n, data in enumerate(found.logs.values())}
    files["New Text Document.txt"] = found.job
    files["out"] = as_yaml({"apiVersion": "v1", "kind": "List", "items": found.objects})
    return files


def cluster_dump(found: Scenario) -> Files:
    """`kubectl cluster-info dump --output-directory -o yaml -A`: no accounts, no roles."""
    files = {f"{ns}/{pod}/logs.txt": data for (ns, pod, _), data in found.logs.items()}
    files[f"{NAMESPACE}/pods.yaml"] = as_yaml(as_list(found.of_kind("Pod"), "Pod", bare=True))
    events = as_list(found.events, "Event", bare=True)
    return {**files, f"{NAMESPACE}/events.yaml": as_yaml(events), "job.txt": found.job}


def support_bundle(found: Scenario) -> Files:
    """troubleshoot.sh."""
    root = "support-bundle-2026-09-17T10_05_00"
    files = {f"{root}/arc/{pod}/{box}.log": data for (_, pod, box), data in found.logs.items()}
    for kind, folder in (
        ("Pod", "pods"),
        ("ServiceAccount", "serviceaccounts"),
        ("Role", "roles"),
        ("RoleBinding", "rolebindings"),
    ):
        listed = as_json(as_list(found.of_kind(kind), kind))
        files[f"{root}/cluster-resources/{folder}/{NAMESPACE}.json"] = listed
    events = as_json(as_list(found.events, "Event"))
    return {
        **files,
        f"{root}/cluster-resources/events/{NAMESPACE}.json": events,
        "job.log": found.job,
    }


def must_gather(found: Scenario) -> Files:
    """`oc adm inspect` with accounts and roles asked for: one file each."""
    root = f"must-gather.local/namespaces/{NAMESPACE}"
    files = {
        f"must-gather.local/namespaces/{ns}/pods/{pod}/{box}/{box}/logs/current.log": data
        for (ns, pod, box), data in found.logs.items()
    }
    files[f"{root}/core/pods.yaml"] = as_yaml(as_list(found.of_kind("Pod"), "Pod", bare=True))
    files[f"{root}/core/events.yaml"] = as_yaml(as_list(found.events, "Event", bare=True))
    for kind, folder in (
        ("ServiceAccount", "core/serviceaccounts"),
        ("Role", "rbac.authorization.k8s.io/roles"),
        ("RoleBinding", "rbac.authorization.k8s.io/rolebindings"),
    ):
        for item in found.of_kind(kind):
            files[f"{root}/{folder}/{item['metadata']['name']}.yaml"] = as_yaml(item)
    return {**files, "job.log": found.job}


def job_archive(found: Scenario) -> Files:
    """The log archive of a run that GitHub gives: each job in one file and again step by step."""
    files = {name: data for name, data in found.files.items() if name != "job-log.txt"}
    lines = found.job.splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if b"##[group]Run '" in line]
    parts = zip([0, *starts], [*starts, len(lines)])
    for number, (start, end) in enumerate(parts, 1):
        files[f"run/build-and-test/{number}_step.txt"] = b"".join(lines[start:end])
    files["run/build-and-test/system.txt"] = (
        b"2026-09-17T10:03:58.1170000Z Requested labels: linux-k8s\n"
        b"2026-09-17T10:03:58.1180000Z Waiting for a runner to pick up this job...\n"
        b"2026-09-17T10:04:08.4420000Z Job is about to start running on the runner: "
        + RUNNERS[1].encode()
        + b" (organization)\n"
    )
    return {**files, "run/0_build-and-test.txt": found.job}


def ticket(found: Scenario) -> Files:
    """An issue body: prose, fenced blocks, the dump in the middle."""
    listener, controller = (found.logs[place] for place in list(LOGS)[-2:])
    parts = [
        b"**Describe the bug**\n\nAfter the upgrade every job fails. See below.\n",
        b"### Job log\n\n```\n" + found.job.removeprefix(b"\xef\xbb\xbf") + b"```\n",
        b"### Controller Logs\n\n```shell\n"
        + controller
        + b"```\n\n```shell\n"
        + listener
        + b"```",
        b"### Additional Context\n\n```yaml\n"
        + as_yaml({"apiVersion": "v1", "kind": "List", "items": found.objects})
        + b"```\nThanks!\n",
    ]
    return {"issue.md": b"\n".join(parts)}


def transcript(found: Scenario) -> Files:
    """A terminal session, the job's log in a file of its own."""
    ask = f"$ kubectl -n {NAMESPACE} get pods,sa,role,rolebinding -o yaml\n".encode()
    objects = as_yaml({"apiVersion": "v1", "kind": "List", "items": found.objects})
    text = [ask, objects]
    for (ns, pod, box), data in found.logs.items():
        text += [f"$ kubectl logs -n {ns} {pod} -c {box}\n".encode(), data]
    return {"session.txt": b"".join(text), "job.txt": found.job}


LAYOUTS = {
    made.__name__: made
    for made in (
        script, script_old, flat, cluster_dump, support_bundle, must_gather, job_archive, ticket,
        transcript,
    )
}  # fmt: skip


def tarred(files: Files) -> bytes:
    """Return an uncompressed tar."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def zipped(files: Files) -> bytes:
    """Return a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def nested(files: Files) -> bytes:
    """Return a zip with the job's log and everything else in a .tgz beside it, logs gzipped."""
    job = {name: data for name, data in files.items() if "job" in name.lower()}
    rest = {
        f"{name}.gz" if name.endswith(".log") else name: gzip.compress(data)
        if name.endswith(".log")
        else data
        for name, data in files.items()
        if name not in job
    }
    return zipped({**job, "attachments/logs.tgz": gzip.compress(tarred(rest))})


def mailed(files: Files) -> bytes:
    """Return a mail with the bundle attached to it."""
    message = EmailMessage()
    message["Message-ID"] = "<1@x.example>"
    message["Subject"] = "What you asked for"
    message.set_content("Hello,\n\nhere it is.\n")
    data = gzip.compress(tarred(files))
    message.add_attachment(data, maintype="application", subtype="gzip", filename="bundle.tgz")
    return message.as_bytes()


CONTAINERS = {
    "bundle.tar": tarred,
    "bundle.tar.gz": lambda files: gzip.compress(tarred(files)),
    "bundle.tar.bz2": lambda files: bz2.compress(tarred(files)),
    "bundle.tar.xz": lambda files: lzma.compress(tarred(files)),
    "bundle.tar.zst": lambda files: zstandard.ZstdCompressor().compress(tarred(files)),
    "bundle.zip": zipped,
    "nested.zip": nested,
    "ticket.eml": mailed,
    "queue.mbox": lambda files: b"From ops@x.example Thu Sep 17 12:10:41 2026\n" + mailed(files),
}
