"""Names of hosts and e-mail addresses, told by where they stand or by how they end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile
from arclogs.redact.identity.allowed import DOMAINS, NO_HOST, SERVICE_LABEL, TENANTS, USERS
from arclogs.redact.identity.mention import Mention
from arclogs.redact.identity.pseudonyms import PSEUDONYM, is_pseudonym

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.redact.identity.pseudonyms import Pseudonyms

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# A name in front of a port or a path counts where an address begins so, whatever it ends in.
_IN_ADDRESS = lazy_compile(rf"://(?:[^\s/@\"']{{0,512}}@)?((?:{_LABEL}\.)*{_LABEL})")
_LOOKED_UP = lazy_compile(
    rf"(?:\blookup |\bgit@|[Hh]ost: |servername[=:] ?|\bresolve (?:host:? )?'?)((?:{_LABEL}\.)+{_LABEL})"
)
# Endings that no file, field or method has.
_ENDINGS: Final = (
    "com|net|org|io|cloud|internal|corp|lan|intra|intranet|example|gov|edu|mil"
    "|de|uk|fr|nl|eu|ch|dk|cz|jp"
)
_BY_ENDING = lazy_compile(
    rf"(?<![\w.@/\\$-])((?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.)+(?:{_ENDINGS}))"
    r"(?![\w-]|\.[\w])"
)
_MAIL = lazy_compile(
    r"(?<![\w.+%-])([\w.+%-]{1,64})@((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24})(?![\w-])", re.I
)
_PUBLIC_SECOND: Final = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})


MAIL_WORDS: Final = ("@",)
HOST_WORDS: Final = (
    "://", "lookup ", "git@", "host: ", "servername", "resolve ",
    *(f".{end}" for end in _ENDINGS.split("|")),
)  # fmt: skip


def mails(text: str, start: int, end: int) -> Iterator[Mention]:
    """Yield the e-mail addresses of a line."""
    for match in _MAIL.finditer(text, start, end):
        local, domain = match[1].lower(), match[2].lower()
        if local.rpartition("+")[2] not in USERS and not PSEUDONYM.fullmatch(local):
            yield Mention(*match.span(), "mail", f"{local}@{domain}")


def hosts(text: str, start: int, end: int) -> Iterator[Mention]:
    """Yield the names of hosts in a line that say whose they are."""
    for form in (_IN_ADDRESS, _LOOKED_UP, _BY_ENDING):
        for match in form.finditer(text, start, end):
            value = match[1].lower()
            if foreign(value):
                yield Mention(*match.span(1), "host", value)


def foreign(host: str) -> bool:
    """Tell whether the name of a host is one that could belong to somebody."""
    if "." not in host or host.replace(".", "").isdigit() or NO_HOST.fullmatch(host):
        return False
    if _below(host, DOMAINS) and not _below(host, TENANTS):
        return False
    labels = _customer(host) if _below(host, TENANTS) else host.split(".")
    return any(not is_pseudonym(label) and not label.startswith("ip-") for label in labels)


def pseudonym_of(host: str, names: Pseudonyms) -> str:
    """Return the name that stands for a host: `host-….dom-…`; of a cloud's, service and region stay."""
    labels = host.split(".")
    if _below(host, TENANTS):
        hidden = set(_customer(host))
        return ".".join(_label(label, names) if label in hidden else label for label in labels)
    last = 3 if len(labels[-1]) == 2 and labels[-2] in _PUBLIC_SECOND else 2
    domain = names.name("dom", ".".join(labels[-last:]))
    return f"{names.name('host', host)}.{domain}" if labels[:-last] else domain


def mail_pseudonym(mail: str, names: Pseudonyms) -> str:
    """Return the address that stands for one; its domain becomes what it becomes elsewhere."""
    domain = mail.partition("@")[2]
    there = pseudonym_of(domain, names) if foreign(domain) else domain
    return f"{names.name('user', mail)}@{there}"


def _below(host: str, domains: frozenset[str]) -> bool:
    labels = host.split(".")
    return any(".".join(labels[at:]) in domains for at in range(len(labels)))


def _customer(host: str) -> list[str]:
    """Return the labels of a name in a cloud's domain that the customer chose, or was given."""
    labels = host.split(".")
    for at in range(len(labels)):
        if ".".join(labels[at:]) in TENANTS:
            return [label for label in labels[:at] if not SERVICE_LABEL.fullmatch(label)
                    and not label.startswith("ip-")]  # fmt: skip
    return []


def _label(label: str, names: Pseudonyms) -> str:
    kind = "account" if len(label) == 12 and label.isdigit() else "host"
    return names.name(kind, label)
