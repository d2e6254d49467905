"""Make a bundle as large as wanted: the mix of logs that an ARC installation leaves behind.

    python benchmarks/generate.py 100 bundle.tar.gz      about 100 MB of text, gzip level 6
    python benchmarks/generate.py 100 folder             the same as a folder, or as `bundle.archives.zip`, `bundle.archives.tar`

The lines have the programs' real formats. Sizes of files are log-normal around 3 MB. One line in `RARE` is an
error that some rule knows; a share of the controller's lines are those that rules look at all the same
(`Waiting for runner container status to be available`), as in life.
"""

from __future__ import annotations

import io
import random
import sys
import tarfile
import zipfile
from pathlib import Path

RARE = 1500
SHARE = {
    "controller": 0.22, "controller_json": 0.10, "listener": 0.06, "runner": 0.10, "diag": 0.20,
    "job": 0.22, "dind": 0.05, "cri_controller": 0.05,
}  # fmt: skip
_WORDS = [
    "cache",
    "restored",
    "from",
    "key",
    "artifact",
    "upload",
    "finished",
    "fetching",
    "submodule",
    "compiling",
    "module",
    "linking",
    "target",
    "resolved",
    "dependency",
    "node_modules",
    "package",
    "warning",
    "unused",
    "variable",
    "test",
    "passed",
    "suite",
    "example",
    "docker",
    "layer",
    "pulling",
    "image",
    "digest",
    "manifest",
    "extracting",
    "archive",
    "checksum",
    "verified",
    "retry",
    "attempt",
    "connection",
    "reused",
]
_CONTROLLER = (
    ("INFO", "EphemeralRunner", "Updating ephemeral runner status with pod phase", 16),
    ("INFO", "EphemeralRunner", "Waiting for runner container status to be available", 5),
    ("INFO", "EphemeralRunnerSet", "Ephemeral runner counts", 10),
    ("INFO", "EphemeralRunnerSet", "Scaling comparison", 10),
    ("INFO", "AutoscalingRunnerSet", "Find existing ephemeral runner set", 8),
    ("DEBUG", "EphemeralRunner", "Ephemeral runner container is still running", 20),
    (
        "INFO",
        "EphemeralRunner",
        "Creating new ephemeral runner registration and updating status",
        6,
    ),
    ("INFO", "AutoscalingListener", "Listener pod is ready", 3),
)
_QUEUES = (
    "JobServerQueue",
    "JobDispatcher",
    "ProcessInvokerWrapper",
    "Worker",
    "StepsRunner",
    "HostContext",
)


class Clock:
    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.now = dice.random() * 20 * 86400

    def tick(self, most: float) -> None:
        self.now += self.dice.random() * most

    def text(self, digits: int, between: str = "T") -> str:
        day, rest = divmod(self.now, 86400)
        whole = int(rest)
        fraction = f".{int(rest % 1 * 10**digits):0{digits}d}" if digits else ""
        return f"2026-09-{1 + int(day) % 28:02d}{between}{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{fraction}"


def pod(dice: random.Random) -> str:
    return f"linux-k8s-7hx2q-runner-{''.join(dice.choices('bcdfghjklmnpqrstvwxz2456789', k=5))}"


def controller(dice: random.Random, clock: Clock) -> str:
    clock.tick(0.6)
    name = pod(dice)
    tail = (
        f'{{"version": "0.12.1", "ephemeralrunner": {{"name":"{name}","namespace":"arc-runners"}}'
    )
    if dice.randrange(RARE) == 0:
        return (
            f"{clock.text(0)}Z\tERROR\tEphemeralRunner\tFailed to create a pod due to unrecoverable failure\t{tail}, "
            f'"error": "pods \\"{name}\\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2"}}'
        )
    level, logger, message, _ = dice.choices(_CONTROLLER, [w for *_, w in _CONTROLLER])[0]
    if message == "Ephemeral runner counts":
        tail += f', "pending": {dice.randrange(9)}, "running": {dice.randrange(99)}, "finished": 0, "failed": 0'
    return f"{clock.text(0)}Z\t{level}\t{logger}\t{message}\t{tail}}}"


def controller_json(dice: random.Random, clock: Clock) -> str:
    clock.tick(0.6)
    level, logger, message, _ = dice.choices(_CONTROLLER, [w for *_, w in _CONTROLLER])[0]
    return (
        f'{{"severity":"{level.lower()}","ts":"{clock.text(0)}Z","logger":"{logger}","message":"{message}","version":"0.9.3",'
        f'"ephemeralrunner":{{"name":"{pod(dice)}","namespace":"arc-runners"}}}}'
    )


def listener(dice: random.Random, clock: Clock) -> str:
    """A line of ARC 0.14 and later: a poll, or what one came to, with the values that real ones state."""
    clock.tick(1.5)
    assigned, last = dice.choice([0, 0, 0, 1, 2, 3, 5, 8, 14]), dice.randrange(40)
    place, message, tail = dice.choice([
        ("scaleset@v0.3.0/listener/listener.go:224", "Getting next message", f"component=listener lastMessageID={last}"),
        ("scaleset@v0.3.0/listener/listener.go:261", "Processing message", f"component=listener messageId={last} messageType=RunnerScaleSetJobMessages"),
        ("actions-runner-controller/cmd/ghalistener/scaler/scaler.go:250", "Calculated target runner count",
         f'component=worker "assigned job"={assigned} decision={min(assigned, 10)} min=0 max=10 currentRunnerCount={min(assigned, 10)}'),
        ("actions-runner-controller/cmd/ghalistener/scaler/scaler.go:171", "Job assigned message received", f"component=worker jobID={dice.getrandbits(64):016x}"),
        ("scaleset@v0.3.0/listener/listener.go:402", "Acquiring jobs", f"component=listener count={assigned}"),
    ])  # fmt: skip
    return (
        f'time={clock.text(3)}Z level=INFO source=github.com/actions/{place} msg="{message}" {tail}'
    )


def runner(dice: random.Random, clock: Clock, host: str = "WORKER ") -> str:
    clock.tick(0.2)
    if dice.randrange(RARE) == 0:
        return f"[{host}{clock.text(0, ' ')}Z ERR  StepsRunner] Executing the custom container implementation failed."
    text = f"Try to append {dice.randrange(97)} batches web console lines for {dice.getrandbits(128):032x}, success rate: {dice.randrange(3)}/3."
    return f"[{host}{clock.text(0, ' ')}Z {dice.choice(['INFO', 'INFO', 'VERB'])} {dice.choice(_QUEUES)}] {text}"


def diag(dice: random.Random, clock: Clock) -> str:
    return runner(dice, clock, "")


def job(dice: random.Random, clock: Clock) -> str:
    clock.tick(0.05)
    stamp = f"{clock.text(7)}Z"
    number = dice.randrange(RARE)
    if number == 0:
        return f"{stamp} ##[error]HttpError: HTTP request failed"
    if number < 8:
        return f"{stamp} ##[group]Run {dice.choice(_WORDS)}"
    if number < 40:
        return f"{stamp} \x1b[36;1m{' '.join(dice.choices(_WORDS, k=5))}\x1b[0m"
    if number < 60:
        return f"{stamp} ✓ {' '.join(dice.choices(_WORDS, k=4))}"
    return f"{stamp} [{dice.randrange(400)}/400] {' '.join(dice.choices(_WORDS, k=6))} {dice.getrandbits(48):012x}"


def dind(dice: random.Random, clock: Clock) -> str:
    clock.tick(0.5)
    return (
        f'time="{clock.text(9)}Z" level={dice.choice(["info", "debug"])} msg="{" ".join(dice.choices(_WORDS, k=4))}" '
        f"container={dice.getrandbits(64):016x} module=libcontainerd namespace=moby"
    )


def cri_controller(dice: random.Random, clock: Clock) -> str:
    line = controller(dice, clock)
    return f"{clock.text(9)}Z stderr F {line}"


MANY = {"runner": 13.5, "diag": 14.5, "job": 14.9, "dind": 14.0}
"""Of which there is a file for each pod or job: the logarithm of a typical size."""
WRITERS = {
    f.__name__: f
    for f in (controller, controller_json, listener, runner, diag, job, dind, cri_controller)
}
PATHS = {
    "job": "job-logs/{n}_build.txt", "diag": "_diag/Worker_{n}-utc.log", "runner": "pod_logs/{pod}_{n}.log",
    "cri_controller": "nodes/n1/{n}.log",
}  # fmt: skip


def text_of(kind: str, size: int, dice: random.Random) -> bytes:
    """Return about `size` bytes of one program's log."""
    clock, out, total, write = Clock(dice), [], 0, WRITERS[kind]
    while total < size:
        out.append(write(dice, clock))
        total += len(out[-1]) + 1
    return ("\n".join(out) + "\n").encode()


def members(megabytes: float, seed: int = 1):  # noqa: ANN201 - a script
    """Yield names and contents; what is made of one kind is reused with other beginnings."""
    dice = random.Random(seed)
    for kind, share in SHARE.items():
        left, part, pool = (
            int(megabytes * 1_000_000 * share),
            0,
            text_of(kind, min(int(megabytes * 1_000_000 * share), 24_000_000), dice),
        )
        while left > 0:
            typical = MANY.get(kind)
            size = min(
                left,
                int(max(20_000, dice.lognormvariate(typical, 1.0))) if typical else 200_000_000,
            )
            start = (
                pool.find(b"\n", dice.randrange(max(1, len(pool) - size))) + 1
                if size < len(pool)
                else 0
            )
            data = pool[start : start + size]
            data = data[: data.rfind(b"\n") + 1]
            if not data:
                break  # less than a line is left
            yield PATHS.get(kind, kind + "/{n}.log").format(n=part, pod=pod(dice)), data
            left, part = left - len(data), part + 1


def generate(megabytes: float, target: Path, seed: int = 1) -> int:
    """Write the bundle (by the suffix of `target`; none is a folder) and return its decompressed bytes."""
    total = 0
    if not target.suffix:
        for name, data in members(megabytes, seed):
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            total += len(data)
        return total
    if target.suffix == ".zip":
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, data in members(megabytes, seed):
                packed.writestr(name, data)
                total += len(data)
        return total
    plain = target.suffix == ".tar"
    with (
        tarfile.open(target, "w")
        if plain
        else tarfile.open(target, "w:gz", compresslevel=6) as archive
    ):
        for name, data in members(megabytes, seed):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
            total += len(data)
    return total


if __name__ == "__main__":
    generate(float(sys.argv[1]), Path(sys.argv[2]))
