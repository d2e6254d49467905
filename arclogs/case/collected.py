"""What was collected: the difference between "is not there" and "we did not look"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.model.observation import Collected, Trust

if TYPE_CHECKING:
    from collections.abc import Iterable


class CollectedIndex:
    """Proofs that all objects of a kind in a namespace are in the bundle."""

    def __init__(self, proofs: Iterable[Collected]) -> None:
        self._proofs: dict[tuple[str, str | None], Collected] = {}
        for proof in sorted(proofs, key=lambda p: (-p.trust, p.location)):
            self._proofs.setdefault((proof.kind, proof.namespace), proof)

    def proof(self, kind: str, namespace: str | None) -> Collected | None:
        """Return why a missing object of this kind is absent, or None where it is unknown.

        Declared state (a rendered manifest) never proves that a live object is absent.
        """
        for scope in (namespace, None):
            found = self._proofs.get((kind, scope))
            if found is not None and found.trust > Trust.DECLARED:
                return found
        return None

    def kinds(self) -> frozenset[str]:
        """Return the kinds that were collected in some namespace."""
        return frozenset(k for (k, _), p in self._proofs.items() if p.trust > Trust.DECLARED)
