"""Places in which a secret leaves a cluster: from name and value to text."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from urllib.parse import quote

Carrier = Callable[[str, str], str]
STAMP = "2026-03-02T10:04:20.114000000Z"


def _yaml(name: str, value: str, indent: str = "  ") -> str:
    if "\n" in value:
        lines = value.rstrip("\n").replace("\n", f"\n{indent}  ")
        return f"{indent}{name}: |\n{indent}  {lines}\n{indent}after: 1"
    return f"{indent}{name}: {value}\n{indent}after: 1"


def _cri(name: str, value: str) -> str:
    return "\n".join(f"{STAMP} stdout F {line}" for line in f"{name}={value}".split("\n"))


def _parts(name: str, value: str) -> str:
    text = json.dumps({"msg": "env", name: value})
    cut = text.index(": ", text.index(name)) + 8
    parts = (("P", text[:cut]), ("P", text[cut : cut + 9]), ("F", text[cut + 9 :]))
    return "\n".join(f"{STAMP} stdout {tag} {part}" for tag, part in parts)


def _docker(name: str, value: str) -> str:
    return json.dumps({"log": f"{name}={value}\n", "stream": "stdout", "time": STAMP})


def _docker_parts(name: str, value: str) -> str:
    text = json.dumps({name: value})
    halves = (text[: len(text) // 2], text[len(text) // 2 :] + "\n")
    return "\n".join(
        json.dumps({"log": h, "stream": "stdout", "time": STAMP}, separators=(",", ":"))
        for h in halves
    )


def _secret(name: str, value: str) -> str:
    data = base64.b64encode(value.encode()).decode()
    return (
        "apiVersion: v1\nitems:\n- apiVersion: v1\n  data:\n"
        f"    plain_name: {data}\n    second: YWJj\n  kind: Secret\n  metadata:\n    name: x\nkind: List"
    )


def _applied(name: str, value: str) -> str:
    inner = {
        "apiVersion": "v1",
        "data": {"k": base64.b64encode(value.encode()).decode()},
        "kind": "Secret",
    }
    return json.dumps(
        {"metadata": {"annotations": {"last-applied-configuration": json.dumps(inner) + "\n"}}}
    )


def _wrapped(name: str, value: str) -> str:
    text = f"some words of a line that begins in front of it and so on: {name}={value}"
    pieces = (
        line[i : i + 80] for line in text.split("\n") for i in range(0, max(1, len(line)), 80)
    )
    return "\n".join(pieces)


def _describe(name: str, value: str) -> str:
    return f"    Environment:\n      {name}:  {value}\n      POD_NAME:  x (v1:metadata.name)"


CARRIERS: dict[str, Carrier] = {
    "plain log": lambda n, v: f"{STAMP} INFO starting with {n}={v} now",
    "colours": lambda n, v: f"\x1b[36m{n}\x1b[0m=\x1b[33m{v[:6]}\x1b[1m{v[6:]}\x1b[0m",
    "json": lambda n, v: json.dumps({"level": "info", n: v, "pod": "runner-x7k2p"}),
    "pretty json": lambda n, v: json.dumps({"items": [{n: v, "a": 1}]}, indent=2),
    "nested json": lambda n, v: json.dumps({"msg": json.dumps({"in": json.dumps({n: v})})}),
    "yaml": _yaml,
    "secret": _secret,
    "last applied": _applied,
    "json env": lambda n, v: json.dumps([{"name": n, "value": v}]),
    "describe": _describe,
    "url": lambda n, v: f"git clone https://user:{quote(v, safe='')}@github.com/acme/app.git",
    "percent": lambda n, v: "GET /login?next=" + quote(f"https://user:{v}@host.example/x", safe=""),
    "twice percent": lambda n, v: (
        "GET /a?b=" + quote(quote(f"https://user:{v}@host.example/", safe=""), safe="")
    ),
    "header": lambda n, v: f"> Authorization: Bearer {v}",
    "basic": lambda n, v: "> Authorization: Basic " + base64.b64encode(f"u:{v}".encode()).decode(),
    "shell": lambda n, v: f"+ ./tool --password '{v}' --verbose",
    "cri": _cri,
    "cri parts": _parts,
    "docker": _docker,
    "docker parts": _docker_parts,
    "zap": lambda n, v: (
        f'2026-03-02T10:04:20Z\tERROR\tsetup\tfailed\t{{"error": {json.dumps(f"{n}={v}")}}}'
    ),
    "helm": lambda n, v: f"USER-SUPPLIED VALUES:\ngithubConfigSecret:\n{_yaml(n, v)}",
    "markdown": lambda n, v: f"It says:\n\n```\n{n}={v}\n```\n\nWhat now?",
    "quoted mail": lambda n, v: f"> {n}={v}".replace("\n", "\n> "),
    "csv": lambda n, v: f'time,message\n{STAMP},"{n}={v}"',
    "stack": lambda n, v: (
        f"Error: bad {n}: {v}\n    at run (/app/index.js:10:5)\n    at main (/app/a.js:1:1)"
    ),
    "crlf": lambda n, v: f"before\r\n{n}={v}\r\nafter\r".replace("\r\n", "\n").replace(
        "\n", "\r\n"
    ),
    "wrapped": _wrapped,
    "html": lambda n, v: f"<td>{{&quot;{n}&quot;:&quot;{v}&quot;}}</td>",
    "base64 text": lambda n, v: (
        "x: " + base64.b64encode(f"export {n}={v}\nexport A=1\n".encode()).decode()
    ),
    "utf-16 command": lambda n, v: (
        "pwsh -e " + base64.b64encode(f"${n}={n}={v}".encode("utf-16-le")).decode()
    ),
}
"""Two of these are what redact.views is for, one each."""
