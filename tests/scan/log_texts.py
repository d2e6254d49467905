"""Logs of every format that is scanned, made up line by line: dull lines, and all that is not."""

from __future__ import annotations

import json
import random

POD = "linux-k8s-x2f7d-runner-w9k4d"


def _clock(second: float, fraction: int, between: str = "T") -> str:
    day, rest = divmod(second, 86400)
    whole = f"2026-{9 + int(day) // 28:02d}-{1 + int(day) % 28:02d}{between}"
    clock = f"{int(rest) // 3600:02d}:{int(rest) // 60 % 60:02d}:{int(rest) % 60:02d}"
    digits = f".{int(second % 1 * 10**fraction):0{fraction}d}" if fraction else ""
    return f"{whole}{clock}{digits}"


def controller(dice: random.Random, at: float) -> str:
    stamp = f"{_clock(at, 0)}Z"
    logger = dice.choice(["EphemeralRunner", "EphemeralRunnerSet", "AutoscalingListener"])
    said = {"version": "0.12.1", "ephemeralrunner": {"name": POD, "namespace": "arc-runners"}}
    level, message = "INFO", dice.choice(
        ["Creating new pod", "Creating new pod", "Waiting for runner container status to be available", 
         "Updating resources", "Pod already exists", f"Ready {dice.randrange(9)}"]
    )  # fmt: skip
    match dice.randrange(60):
        case 0:
            level, message = "ERROR", "Failed to create a pod due to unrecoverable failure"
            said["error"] = (
                f'pods "{POD}" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2'
            )
        case 1:
            return "\tsigs.k8s.io/controller-runtime/pkg/internal/controller.go:324"
        case 2:
            said["version"] = dice.choice(["0.12.0", "0.9.3"])
        case 3:
            said["pod"] = {"name": f"other-{dice.randrange(3)}-runner"}
        case 4:
            logger, message = "listener-app", "started"
        case 5:
            return f"{stamp}\tINFO\tStarting workers\t{json.dumps({'controller': 'x'})}"
        case 6:
            message = "café " + message
        case 7:
            said["reason"] = dice.choice(["OOMKilled", "\u0001", "a\\u0062"])
        case 8:
            return "panic: runtime error: invalid memory address"
        case 9:
            return f"E0808 15:47:17.668000       1 event.go:280] Server rejected event {at}"
        case 10:
            return f"{stamp}\tDEBUG\tevents\tWarning\t" + json.dumps(
                {"reason": "Failed", "message": "x"}
            )
    return f"{stamp}\t{level}\t{logger}\t{message}\t{json.dumps(said)}"


def controller_json(dice: random.Random, at: float) -> str:
    if dice.randrange(25) == 0:
        return controller(dice, at)
    said = {
        "severity": dice.choice(["info", "debug", "info", "error"] if dice.randrange(9) == 0 else ["info", "debug"]),
        "ts": f"{_clock(at, 0)}Z",
        "logger": "EphemeralRunner",
        "message": dice.choice(["Creating new pod"] * 9 + ["Deleting resources", "a \"quoted\" one", "Pod ready"]),
        "version": "0.9.3",
        "ephemeralrunner": {"name": POD, "namespace": "arc-runners"},
    }  # fmt: skip
    if dice.randrange(20) == 0:
        said["error"] = "dial tcp 10.0.0.1:443: connect: connection refused"
    if dice.randrange(30) == 0:
        said["pod"] = "someone-else"
    return json.dumps(said, separators=(",", ":"))


def runner(dice: random.Random, at: float) -> str:
    stamp = f"{_clock(at, 0, ' ')}Z"
    host = dice.choice(["RUNNER", "WORKER"])
    logger = dice.choice(["JobServerQueue", "ProcessInvokerWrapper", "Listener"])
    level, message = "INFO", f"Try to append {dice.randrange(97)} batches"
    match dice.randrange(50):
        case 0:
            level, message = "ERR ", "Executing the custom container implementation failed."
        case 1:
            logger, message = (
                "Terminal",
                f"WRITE LINE: {stamp}: Running job: build-{dice.randrange(3)}",
            )
        case 2:
            return f"{stamp}: Listening for Jobs"
        case 3:
            logger, message = (
                "Terminal",
                f"WRITE LINE: {stamp}: Job build completed with result: Failed",
            )
        case 4:
            message = '  "AgentName": "linux-k8s-x2f7d-runner-w9k4d",'
        case 5:
            message = "#" * 40
        case 6:
            return "   at GitHub.Runner.Worker.Program.Main(String[] args)"
        case 7:
            message = "Successfully renew job"
        case 8:
            message = " ---> System.Exception: boom"
        case 9:
            return "√ Connected to GitHub"
        case 10:
            message = "Version: 2.329.0"
        case 11:
            message = "  Arguments: '/home/runner/k8s/index.js'"
        case 12:
            logger, message = "Terminal", "WRITE LINE: √ Connected to GitHub"
        case 13:
            return f'time="{_clock(at, 9)}Z" level=error msg="failed to mount overlay: operation not permitted"'
        case 14:
            message = ""
    return f"[{host} {stamp} {level} {logger}] {message}"


def diag(dice: random.Random, at: float) -> str:
    line = runner(dice, at)
    return line.replace("[RUNNER ", "[").replace("[WORKER ", "[")


def job(dice: random.Random, at: float) -> str:
    stamp = f"{_clock(at, 7)}Z"
    text = dice.choice(
        ["[3/400] Building CXX object", "  npm warn", "#12 [build 3/9] RUN make", "ok", "]"]
    )
    match dice.randrange(60):
        case 0:
            text = "##[error]Process completed with exit code 1."
        case 1:
            text = f"##[group]Run step {dice.randrange(3)}"
        case 2:
            text = "##[endgroup]"
        case 3:
            return "Message: Unknown API Status Code!"
        case 4:
            text = "##[group]Run '/home/runner/k8s/index.js'"
        case 5:
            text = f"Runner name: 'linux-k8s-x2f7d-runner-{dice.choice(['w9k4d', 'x2f7d'])}'"
        case 6:
            text = "Current runner version: '2.329.0'"
        case 7:
            text = "\x1b[36;1mnpm ci\x1b[0m"
        case 8:
            text = "  "
        case 9:
            text = "Complete job name: build"
        case 10:
            text = "✓ 12 passed"
        case 11:
            text = "Error: HttpError: HTTP request failed"
        case 12:
            text = "Post job cleanup."
        case 13:
            text = "[command]/usr/bin/git version"
        case 14:
            text = "##[error]Error: failed to create job pod: Error: HTTP-Code: 403"
        case 15:
            text = "progress 1\rprogress 2"
    return f"{stamp} {text}"


def listener(dice: random.Random, at: float) -> str:
    stamp = f"{_clock(at, 3)}Z"
    level, rest = "INFO", 'msg="Getting next message" githubConfigUrl=https://github.com/acme'
    match dice.randrange(40):
        case 0:
            level, rest = (
                "ERROR",
                'msg="Error encountered" error="failed to refresh message session"',
            )
        case 1:
            return f"{_clock(at, 0).replace('-', '/').replace('T', ' ')} Application returned an error: EOF"
        case 2:
            rest = 'msg="a \\"quoted\\" thing" pod=x'
        case 3:
            rest = f"msg=polling pod=other-{dice.randrange(3)}"
        case 4:
            rest = "msg=x level=ERROR"
        case 5:
            rest = "msg= component=listener"
        case 6:
            rest = 'msg="Created a runner scale set" time=2026-01-01T00:00:00Z'
    return f"time={stamp} level={level} source=client.go:971 {rest}"


def dind(dice: random.Random, at: float) -> str:
    level, rest = "info", f'msg="loading plugin {dice.randrange(9)}" module=containerd'
    match dice.randrange(30):
        case 0:
            level, rest = "error", 'msg="failed to mount overlay: operation not permitted"'
        case 1:
            return "failed to start daemon: Error initializing network controller"
        case 2:
            return " (exit status 4)"
        case 3:
            rest = 'msg="skip" error="exit status 1"'
        case 4:
            rest = 'msg="Daemon has completed initialization"'
    return f'time="{_clock(at, 9)}Z" level={level} {rest}'


def _odd(dice: random.Random, at: float) -> str | None:
    """Return, now and then, what the fallback does not take for plain text, or seems not to be."""
    stamp = _clock(at, 0)
    return dice.choice([
        None, None, None, None, None, None,
        "java.lang.IllegalStateException: boom", "\tat com.example.App.main(App.java:12)",
        "    at com.example.App.main(App.java:12)", "Caused by: java.io.IOException", "", "   ", "  goes on",
        controller(dice, at), runner(dice, at), job(dice, at), listener(dice, at), dind(dice, at),
        f"{stamp.replace('T', ' ')}Z: Listening for Jobs", "Exiting runner...", "Runner reconnected.",
        f"{stamp.replace('-', '/').replace('T', ' ')} GET / request failed: EOF",
        f"build\tSet up job\t{_clock(at, 7)}Z Current runner version: '2.329.0'",
        "Error from server (NotFound): pods \"x\" not found", "No resources found in arc-runners namespace.",
        "Error: failed to create job pod: Error: HTTP-Code: 403", "Message: Unknown API Status Code!",
        "Headers: {}", "Body: none", "My message", "Could not resolve host", "he said: error: no", "level=ERROR x",
        '{"level":"error","ts":1635916146.03,"logger":"x","msg":"no"}', '{"time":"2026-11-23T02:06:24Z","level":"INFO","msg":"m"}',
        '{"a": 1}', "time=x level=INFO msg=y", "1635916146.123 epoch", "10.1.2.3 - - GET", "##[error]no", "::error::no",
        "\u221a Connected to GitHub", "caf\u00e9", "E0808 15:47:17.668000       1 event.go:280] Server rejected event",
        "W0808 15:47:17.668000       1 event.go:280] slow", "panic: runtime error", "goroutine 1 [running]:", "main.main()",
        "Job pod is ready for traffic", f"{stamp}+02:00 other zone", f"{stamp.replace('T', ' ')} +0200 Go's own", f"[{stamp}] boxed",
        f"{stamp}Z INFO\tx", "Warning: v1 ComponentStatus is deprecated", "Error: INSTALLATION FAILED: x", "> quoted", "e2e: ok",
        f"{stamp.replace('T', ' ')},5 short", "2026-02-31 10:00:00,123 no such day", "2026-09-31T10:00:00.123Z nor this",
    ])  # fmt: skip


def app(dice: random.Random, at: float) -> str:
    odd = _odd(dice, at) if dice.randrange(25) == 0 else None
    level = dice.choice(
        ["INFO", "INFO", "DEBUG", "WARN", "ERROR"] if dice.randrange(9) == 0 else ["INFO"]
    )
    said = dice.choice(
        ["started", "took 3 ms", "the pod is Ready", "failed to connect", "OOMKilled", "no errors"]
    )
    return (
        odd
        if odd is not None
        else f"{_clock(at, 3, ' ').replace('.', ',')} {level} [main] App - {said}"
    )


def app_iso(dice: random.Random, at: float) -> str:
    odd = _odd(dice, at) if dice.randrange(25) == 0 else None
    return (
        odd
        if odd is not None
        else f"{_clock(at, 6)}Z {dice.choice(['main', 'INFO', 'x: y', 'error: z', '-1'])} done"
    )


def klog(dice: random.Random, at: float) -> str:
    odd = _odd(dice, at) if dice.randrange(25) == 0 else None
    letter = dice.choice("IIIIIIIIWEF")
    said = dice.choice(["Starting", "pods is forbidden", '"Sync" err="timed out"', ""])
    return (
        odd
        if odd is not None
        else f"{letter}0901 {_clock(at, 6)[11:]}    1234 reconciler.go:157] {said}"
    )


def prose(dice: random.Random, at: float) -> str:
    odd = _odd(dice, at) if dice.randrange(12) == 0 else None
    return odd if odd is not None else dice.choice(
        ["alpha beta", "Total 17 objects", "  indented", "[stage] ok", "<x/>", "{", "}", "exceeded quota: q", "Mar 3 x", "15ms is 15 ms", "3 of 7"]
    )  # fmt: skip


FORMATS = {
    "controller": controller, "controller_json": controller_json, "runner": runner, "diag": diag,
    "job": job, "listener": listener, "dind": dind, "app": app, "app_iso": app_iso, "klog": klog, "prose": prose,
}  # fmt: skip


def text_of(form: str, carrier: str, lines: int, seed: int, ends: str = "\n") -> bytes:
    """Return a log with quiet times, steps back, floods and whatever else a format throws at us."""
    dice = random.Random(seed)
    at, out, kept = 0.0, [], ""
    for number in range(lines):
        at = max(
            0.0,
            at
            + dice.choice([0, 0.1, 0.5, 1, 3])
            + (dice.random() < 0.003) * dice.choice([700, 4000, -30, -90]),
        )
        quiet = number < 150 and number % 9 and form != "dind"
        line = (
            kept
            if kept and dice.random() < 0.3
            else FORMATS[form](random.Random(99) if quiet else dice, at)
        )
        kept = line if dice.random() < 0.002 else ""
        out.append(_carried(line, carrier, at, dice))
    return (ends.join(out) + ends * (seed % 2)).encode()


def _carried(line: str, carrier: str, at: float, dice: random.Random) -> str:
    if carrier == "bare":
        return "==== END logs ====" if dice.random() < 0.00003 else line
    if carrier == "prefix":
        pod = f"other-{dice.randrange(3)}" if dice.random() < 0.01 else POD
        return f"[pod/{pod}/runner] {line}" if dice.random() > 0.005 else line
    stamp = f"{_clock(at, 9)}Z"
    if carrier == "timestamps":
        return f"{stamp} {line}"
    tag = "P" if dice.random() < 0.004 else "F"
    return f"{stamp} {'stderr' if dice.random() < 0.2 else 'stdout'} {tag} {line}"
