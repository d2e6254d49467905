"""How much of a bundle's names goes."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """Each level also does what the one before it does."""

    SECRETS = "secrets"
    IDENTITY = "identity"
    """Organisations, repositories, branches, users, e-mails, hosts, addresses, cloud accounts."""
    MAX = "max"
    """Namespaces, scale sets, nodes, runner groups and clusters, too, as far as people named them."""
