"""Run by itself as a process (`parser_pool`): parse the YAML that comes in, under limits of its own.

    in:  size (8 bytes, little endian), marshal of a list of texts
    out: size, marshal of a list: (value,) of a text, or why it has none

It imports the parser and nothing of arclogs, so that it starts in 20 ms, and it opens, writes and
connects to nothing: the limits see to that. What exceeds them ends this process and no other.
"""

from __future__ import annotations

import gc
import marshal
import resource
import sys

MEMORY = 1024**3
"""Bytes of address space; a batch of objects needs a few MiB."""
CPU_SECONDS = 600


def limit() -> None:
    """Give up what parsing does not need, for good."""
    wanted = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 3,
    }
    for what, most in wanted.items():
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):  # macOS knows no limit of address space
            continue


def main() -> None:
    """Answer until nothing more comes."""
    sys.path.append(sys.argv[1])
    from ryaml import loads  # type: ignore[attr-defined]  # re-exported without saying so

    limit()
    gc.disable()  # values are trees, and each batch is forgotten at once
    take, give = sys.stdin.buffer, sys.stdout.buffer
    while size := take.read(8):
        answers: list[tuple[object] | str] = []
        for text in marshal.loads(take.read(int.from_bytes(size, "little"))):  # noqa: S302  # of our parent
            try:
                answers.append((loads(text),))
            except ValueError as error:
                answers.append(str(error))
        said = marshal.dumps(answers)
        give.write(len(said).to_bytes(8, "little") + said)
        give.flush()


if __name__ == "__main__":
    main()
