"""The mask of the collection script: what must not leave a cluster, and what must."""

from __future__ import annotations

import secrets
import shutil
import subprocess
from importlib.resources import files

import pytest

AWK = [
    words
    for words in (["awk"], ["mawk"], ["gawk", "--posix"], ["busybox", "awk"])
    if shutil.which(words[0])
]
WORD = secrets.token_hex(20)  # made anew, so that no scanner of secrets finds one here
PEM = "-----BEGIN RSA {0}-----\n{1}\n{1}==\n-----END RSA {0}-----".format("PRIVATE KEY", WORD)

# each holds WORD, the secret; and what must be left of it
LEAVES = {
    "a token in a log": (
        f"2026-03-02T10:04:19Z cloning with ghp_{WORD} now",
        "cloning with *** now",
    ),
    "a long installation token": (f"token=ghs_1234_{WORD}.{WORD}-x_", "token=***"),
    "a fine-grained token": (f"github_pat_{WORD}", "***"),
    "a web token": (f"got eyJ{WORD}.eyJ{WORD}.{WORD}, expired", "got ***, expired"),
    "a password in an address": (
        f"HTTPS_PROXY=http://user:{WORD}@proxy:3128",
        "http://***@proxy:3128",
    ),
    "a header": (f'"Authorization: Bearer {WORD}"', "Authorization"),
    "a private key": (f"key: |\n{PEM}\nnext: line", "next: line"),
    "a private key in one line": (PEM.replace("\n", "\\n") + " end", " end"),
    "a variable with a telling name": (
        f"      - name: NPM_TOKEN\n        value: {WORD}\n      - name: CI\n        value: 'true'",
        "      - name: CI\n        value: 'true'",
    ),
    "a telling variable of several lines": (
        f"      - name: DEPLOY_PASSWORD\n        value: |\n          {WORD}\n          {WORD}\n"
        "        x: y",
        "        x: y",
    ),
    "a variable in a description": (
        f"      NPM_TOKEN:   {WORD}\n      CI:   true",
        "      CI:   true",
    ),
    "the token of a values file": (
        f"githubConfigSecret:\n  github_token: {WORD}",
        "github_token: '***'",
    ),
    "a registration in an object": (
        f"  status:\n    runnerJITConfig: {WORD}\n    phase: x",
        "    phase: x",
    ),
    "a Secret in a manifest": (
        f"---\nkind: Secret\nmetadata:\n  name: x\ndata:\n  anything: {WORD}\n---\nkind: Role",
        "  anything: '***'\n---\nkind: Role",
    ),
    "what kubectl apply wrote down": (
        "    annotations:\n      kubectl.kubernetes.io/last-applied-configuration: |\n"
        f'        {{"env":"{WORD}"}}\n      other: kept',
        "      other: kept",
    ),
    "an argument": (f"run.sh --jitconfig {WORD} --once", "--once"),
    "a signed address": (f"https://x.blob/y?sig={WORD}&se=1", "&se=1"),
}
KEPT = f"""\
        - name: ACTIONS_RUNNER_INPUT_JITCONFIG
          valueFrom:
            secretKeyRef:
              key: jitToken
              name: linux-k8s-7hx2q-runner-w9k4d
      ACTIONS_RUNNER_INPUT_JITCONFIG:  <set to the key 'jitToken' in secret 'linux'>  Optional: false
  automountServiceAccountToken: true
          - serviceAccountToken:
              expirationSeconds: 3607
  secretName: token-of-a-name
    image: ghcr.io/actions/actions-runner@sha256:{"ab" * 32}
  uid: 0f9d7e0e-6a0e-4d57-8d4f-3a8a0f4a1c11
##[error]HttpError: HTTP request failed
Error from server (Forbidden): secrets is forbidden: User "x" cannot list resource "secrets"
github_token:   40 bytes
"""


def masked(text, awk):
    program = (files("arclogs.collect") / "mask.awk").read_text("utf-8")
    done = subprocess.run([*awk, program], input=text, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("awk", AWK, ids=lambda words: words[0])
@pytest.mark.parametrize("case", LEAVES)
def test_no_secret_is_left(case, awk):
    text, rest = LEAVES[case]
    left = masked(text + "\n", awk)
    assert WORD not in left
    assert rest in left


@pytest.mark.parametrize("awk", AWK, ids=lambda words: words[0])
def test_what_a_verdict_needs_is_left(awk):
    assert masked(KEPT, awk) == KEPT
