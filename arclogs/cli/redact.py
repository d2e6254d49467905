"""`arclogs redact BUNDLE -o OUT`: a copy of a bundle without its secrets."""

from __future__ import annotations

import json
import os
import secrets
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from arclogs.cli.bundles import byte_progress
from arclogs.cli.exit_codes import ExitCode
from arclogs.cli.options import debug_option
from arclogs.cli.output import say, write_file
from arclogs.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.masked import Masking

MOST_LINES: Final = 10
KEY_BYTES: Final = 32
KINDS: Final = {
    "org": "organisation", "repo": "repository", "mail": "e-mail", "ip4": "IPv4 address",
    "ip6": "IPv6 address", "mac": "hardware address", "account": "cloud account", "ns": "namespace",
    "set": "scale set or release", "group": "runner group",
}  # fmt: skip
EXAMPLES: Final = """\b
Examples:
  arclogs redact bundle.tgz -o masked.tgz
  arclogs redact logs/ -o masked/ --report masked.json
  arclogs redact runner.log -o runner.masked.log
  arclogs redact b.tgz -o masked.zip --key-file ~/.arclogs-redact.key
  arclogs redact b.tgz -o masked.tgz --anonymize identity --keep example.com --keep acme-labs

\b
OUT is a .tar, .tar.gz, .tgz or .zip by its suffix, else a folder; a file where BUNDLE is one.
A secret becomes <github-token:k3f9q2m7xa>: its kind, and an id that is the same wherever the same
secret stood, in whatever encoding. Values that could be guessed get no id.
Binary files, links and owners of files go; ids, digests and times stay.

\b
Names stay unless --anonymize says otherwise; each becomes a pseudonym of its form, the same everywhere:
  identity  org-k3f9q2m7xa, repo-…, user-…@dom-…, host-….dom-…, branch-…, account-…; an address of
            10/8 one that begins with 250, of 172.16/12 251, of 192.168/16 252, a public one 240 to 249
  max       also ns-…, set-…, node-…, group-…, cluster-… for what people named in the cluster
Names that all installations know stay: github.com, ghcr.io, actions/checkout, 127.0.0.1, services in
the cluster, main, arc-systems. The findings are the same. What a job prints is free text: a name in it
that stands nowhere as a name can stay.
"""


@click.command(
    "redact", short_help="Write a copy of a bundle without its secrets.", epilog=EXAMPLES
)
@click.argument("bundle", metavar="BUNDLE")
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(path_type=Path),
    required=True,
    help="Write the copy to OUT, readable by you only.",
)
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write what was masked as JSON: counts by kind and file, never a value.",
)
@click.option(
    "--key-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Make ids that are the same in all copies made with this key. FILE is made where it is not "
    "there; keep it secret.",
)
@click.option(
    "--anonymize",
    type=click.Choice(["secrets", "identity", "max"]),
    default="secrets",
    show_default=True,
    help="What gets pseudonyms as well: nothing; what tells whose bundle it is; "
    "names in the cluster, too.",
)
@click.option(
    "--keep",
    metavar="NAME",
    multiple=True,
    help="Leave NAME as it is: an organisation, a user, a host, or a domain with all below it.",
)
@click.option("--allow-partial", is_flag=True, help="Exit 0 even if something was not read.")
@click.option("--no-progress", is_flag=True, help="No progress bar.")
@click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors.")
@debug_option
@click.pass_context
def redact_command(
    ctx: click.Context,
    /,
    bundle: str,
    output: Path,
    report: Path | None,
    key_file: Path | None,
    anonymize: str,
    keep: tuple[str, ...],
    *,
    allow_partial: bool,
    no_progress: bool,
    quiet: bool,
) -> None:
    """Write a copy of BUNDLE in which secrets are replaced by what they are.

    The copy is looked through once more before it gets its name: if a secret is left, nothing is
    written. The findings of `arclogs analyze` are the same for both. Nothing ever goes to the network.
    """
    from arclogs.masked import mask_bundle
    from arclogs.redact.identity import Level

    if bundle == "-":
        raise UsageError("redact reads a bundle more than once: name a file instead of -")
    if report is not None and report.resolve() in (output.resolve(), Path(bundle).resolve()):
        raise UsageError(f"{report} cannot be the report and the bundle as well")
    key = _key(key_file) if key_file else None
    with byte_progress(wanted=not (no_progress or quiet)) as bar:
        masking = mask_bundle(
            Path(bundle), output, key=key, anonymize=Level(anonymize),
            keep=frozenset(name.lower() for name in keep),
            on_bytes=bar.advance if bar else None,
        )  # fmt: skip
    if report is not None:
        write_file(
            report, json.dumps(_as_json(masking, anonymize), indent=2, sort_keys=True) + "\n"
        )
    if not quiet:
        say(*_told(masking, output))
    lost = any(note.code.loses_evidence for note in masking.notes)
    ctx.exit(ExitCode.PARTIAL if lost and not allow_partial else ExitCode.OK)


def _key(path: Path) -> bytes:
    """Return the key in a file, made once, readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
    else:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
    try:
        key = path.read_bytes().strip()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    if len(key) < KEY_BYTES:
        raise UsageError(f"{path} is no key: it holds fewer than {KEY_BYTES} characters")
    return key


def _told(masking: Masking, output: Path) -> list[str]:
    from arclogs.views.words import amount

    lines = [
        *_counted(masking, masking.counts, "secret"),
        *_counted(masking, masking.names, "name"),
    ]
    if not masking.counts:
        lines.insert(0, "no secrets were found")
    if masking.names and not masking.lasting:
        lines.append("the next copy will have other pseudonyms: the bundle holds no secret to make "
                     "a key of; --key-file keeps them")  # fmt: skip
    for name in masking.dropped[:MOST_LINES]:
        lines.append(f"left out: {name}: binary, it cannot be looked through")  # noqa: PERF401
    if len(masking.dropped) > MOST_LINES:
        lines.append(f"left out: {len(masking.dropped) - MOST_LINES:,} more binary files")
    if masking.withheld:
        lines.append(f"withheld: {amount(masking.withheld, 'line')} too long to be looked through")
    lost = [note for note in masking.notes if note.code.loses_evidence]
    lines += [f"coverage: {n.member}: {n.code.value}: {n.detail}" for n in lost[:MOST_LINES]]
    lines.append(f"{amount(masking.members, 'file')} written to {output}")
    return lines


def _counted(masking: Masking, counts: Mapping[str, Counter[str]], what: str) -> list[str]:
    from arclogs.views.words import amount

    total = sum(counts.values(), Counter[str]())
    return [f"replaced: {amount(total.total(), what)}"] * bool(total) + [
        f"  {count:>7,}  {KINDS.get(kind, kind)} ({len(masking.values[kind]):,} distinct)"
        for kind, count in sorted(total.items(), key=lambda item: (-item[1], item[0]))
    ]


def _as_json(masking: Masking, anonymize: str) -> dict[str, object]:
    def kinds(counts: Mapping[str, Counter[str]]) -> dict[str, object]:
        return {
            kind: {"count": count, "distinct": len(masking.values[kind])}
            for kind, count in sum(counts.values(), Counter[str]()).items()
        }

    return {
        "schema_version": 1,
        "members": masking.members,
        "kinds": kinds(masking.counts),
        "by_member": {name: dict(counts) for name, counts in masking.counts.items()},
        "anonymize": anonymize,
        "names": kinds(masking.names),
        "names_by_member": {name: dict(counts) for name, counts in masking.names.items()},
        "renamed": masking.renamed,
        "left_out": masking.dropped,
        "lines_withheld": masking.withheld,
        "coverage": [
            {"member": note.member, "code": note.code.value, "detail": note.detail}
            for note in masking.notes
        ],
    }
