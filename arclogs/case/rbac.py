"""The rights of a service account, computed from role bindings and roles as the API server does.

Source of the semantics: Kubernetes RBAC (`pkg/registry/rbac/validation`, rule resolution).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from arclogs.case.objects.objects import Found, KubeObject, Presence

if TYPE_CHECKING:
    from arclogs.case.collected import CollectedIndex
    from arclogs.case.objects.index import ObjectIndex


class Right(Struct, frozen=True):
    """One right: a verb on a resource, spelled `create pods/exec` or `list jobs.batch` in rules."""

    verb: str
    resource: str
    group: str = ""

    @classmethod
    def parse(cls, text: str) -> Right:
        """Read `verb resource[/subresource][.group]`; raise ValueError otherwise."""
        verb, _, target = text.strip().partition(" ")
        resource, _, group = target.strip().partition(".")
        if not verb or not resource or " " in resource:
            raise ValueError(
                f"{text!r} is no right: write it as 'create pods' or 'list jobs.batch'"
            )
        return cls(verb, resource, group)

    def __str__(self) -> str:
        return f"{self.verb} {self.resource}{'.' + self.group if self.group else ''}"


class Rights(Struct, frozen=True):
    """What is known of an account's rights in one namespace."""

    rules: tuple[tuple[Mapping[str, Any], Found], ...]
    complete: bool
    """True where all bindings of the namespace and all roles they name are in the bundle."""
    unknown: str
    """What is missing for completeness, in words."""
    bindings: tuple[KubeObject, ...]

    def grants(self, right: Right) -> Found | None:
        """Return the rule that grants a right, or None."""
        return next((found for rule, found in self.rules if _allows(rule, right)), None)


def rights_of(
    account: str, namespace: str, objects: ObjectIndex, collected: CollectedIndex
) -> Rights:
    """Compute the rights of `system:serviceaccount:<namespace>:<account>` in its own namespace."""
    rules: list[tuple[Mapping[str, Any], Found]] = []
    bindings: list[KubeObject] = []
    unknown = (
        "" if collected.proof("RoleBinding", namespace) else "role bindings were not collected"
    )
    for kind in ("RoleBinding", "ClusterRoleBinding"):
        for binding in objects.of_kind(kind):
            if kind == "RoleBinding" and binding.namespace not in (namespace, None):
                continue
            if not names_account(binding, account, namespace):
                continue
            bindings.append(binding)
            role = _role(binding, objects)
            if role is None:
                unknown = unknown or _missing_role(binding, collected)
                continue
            found = role.lookup("rules[*]")
            rules += [(f.value, f) for f in found.values if isinstance(f.value, Mapping)]
            if found.presence is Presence.UNKNOWN:
                unknown = unknown or f"the rules of {role} are not shown"
    return Rights(tuple(rules), not unknown, unknown, tuple(bindings))


def rights_of_role(role: KubeObject) -> Rights:
    """Return what one role grants by itself, to whomever it is bound."""
    found = role.lookup("rules[*]")
    shown = found.presence is not Presence.UNKNOWN
    rules = tuple((f.value, f) for f in found.values if isinstance(f.value, Mapping))
    return Rights(rules, shown, "" if shown else f"the rules of {role} are not shown", ())


def names_account(binding: KubeObject, account: str, namespace: str) -> bool:
    """Tell whether a binding has the account, or a group it is in, among its subjects."""
    groups = {
        "system:serviceaccounts",
        f"system:serviceaccounts:{namespace}",
        "system:authenticated",
    }
    for subject in binding.lookup("subjects[*]").values:
        value = subject.value
        if not isinstance(value, Mapping):
            continue
        if value.get("kind") == "Group" and value.get("name") in groups:
            return True
        home = value.get("namespace") or binding.namespace
        if value.get("kind") == "ServiceAccount" and value.get("name") == account:
            return home in (namespace, None)
    return False


def _role(binding: KubeObject, objects: ObjectIndex) -> KubeObject | None:
    kind, name = binding.value("roleRef.kind"), binding.value("roleRef.name")
    if not kind or not name:
        return None
    return objects.find(kind, name, binding.namespace if kind == "Role" else None)


def _missing_role(binding: KubeObject, collected: CollectedIndex) -> str:
    kind, name = binding.value("roleRef.kind") or "Role", binding.value("roleRef.name")
    if kind == "Role" and collected.proof("Role", binding.namespace):
        return ""  # a dangling reference: the role does not exist, so it grants nothing
    return f"{kind} {name} was not collected"


def _allows(rule: Mapping[str, Any], right: Right) -> bool:
    if rule.get("resourceNames"):
        return False  # a right to some named objects is not the right the hook checks
    return (
        _in(right.verb, rule.get("verbs"))
        and _in(right.group, rule.get("apiGroups") or [""])
        and (_in(right.resource, rule.get("resources")))
    )


def _in(wanted: str, allowed: Any) -> bool:
    if not isinstance(allowed, list | tuple):
        return False
    _, _, sub = wanted.partition("/")
    return wanted in allowed or "*" in allowed or (bool(sub) and f"*/{sub}" in allowed)
