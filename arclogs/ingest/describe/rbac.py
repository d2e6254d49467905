"""Service accounts, roles and bindings as `kubectl describe` prints them.

    PolicyRule:
      Resources   Non-Resource URLs  Resource Names  Verbs
      jobs.batch  []                 []              [get list create delete]

Written by kubectl `pkg/describe/describe.go` (describeServiceAccount, describeRole,
describeRoleBinding). None of these shows a deletion, finalizers or automountServiceAccountToken, and
neither roles nor bindings show their namespace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arclogs.ingest.describe.fields import items
from arclogs.ingest.describe.grammar import shown
from arclogs.ingest.tables.columns import read_header
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from arclogs.ingest.describe.fields import ShownFields
    from arclogs.ingest.describe.grammar import Node

# pods/exec   []                 [linux-k8s-7hx2q]  [get create]
_RULE = lazy_compile(r"([^\s\[]\S*)?\s*\[([^\]]*)\]\s*\[([^\]]*)\]\s*\[([^\]]*)\]$")


def read_service_account(fields: ShownFields, root: Node) -> None:
    """Read `imagePullSecrets` and `secrets`; a secret that does not exist is printed `(not found)`."""
    for key, name in (("Image pull secrets", "imagePullSecrets"), ("Mountable secrets", "secrets")):
        node = root.get(key)
        if node is None:
            continue
        fields.mark((name,), node.line)
        for index, (line, text) in enumerate(items(node)):
            secret = text.removesuffix(" (not found)").lstrip("\t ")
            fields.put((name, index), {"name": secret}, line)
        fields.close((name,), node, whole=True)


def read_role(fields: ShownFields, root: Node) -> None:
    """Read `rules`, one for each printed row: `describe` splits rules up and merges equal ones."""
    node = root.get("PolicyRule")
    if node is None:
        return
    fields.mark(("rules",), node.line)
    matches = ((child, _RULE.match(child.line.text.strip())) for child in node.below())
    for index, (child, match) in enumerate((c, m) for c, m in matches if m is not None):
        resource, urls, names, verbs = match.groups()
        rule: dict[str, Any] = {"verbs": verbs.split()}
        if resource:
            group, name = _group_and_resource(resource)
            rule |= {"apiGroups": [group], "resources": [name]}
        if names:
            rule["resourceNames"] = names.split()
        if urls:
            rule["nonResourceURLs"] = urls.split()
        fields.put(("rules", index), rule, child.line)
    fields.close(("rules",), node, whole=True)


def read_role_binding(fields: ShownFields, root: Node) -> None:
    """Read `roleRef` and `subjects`."""
    role, section = root.get("Role"), root.get("Subjects")
    if role is not None:
        fields.put_text(("roleRef", "kind"), role.get("Kind"))
        fields.put_text(("roleRef", "name"), role.get("Name"))
    if section is None:
        return
    fields.mark(("subjects",), section.line)
    rows = [child for child in section.children if child.line.text.strip(" -")]
    header = read_header(rows[0].line.text) if rows else None
    for index, child in enumerate(rows[1:]):
        row = header.row(child.line.text) if header is not None else None
        if row is None:
            break
        subject = {key: value for key in ("kind", "name") if (value := row.cells.get(key.upper()))}
        if namespace := shown(row.cells.get("NAMESPACE", "")):
            subject["namespace"] = namespace
        fields.put(("subjects", index), subject, child.line)
    fields.close(("subjects",), section)


def is_cluster_role(root: Node) -> bool:
    """Tell whether the rules name URLs, which only a ClusterRole can."""
    node = root.get("PolicyRule")
    texts = (child.line.text.strip() for child in node.below()) if node is not None else ()
    return any(match[2] for text in texts if (match := _RULE.match(text)) is not None)


def _group_and_resource(printed: str) -> tuple[str, str]:
    """Undo `ephemeralrunners.actions.github.com/status`: names of resources hold no point."""
    name, slash, subresource = printed.partition("/")
    resource, _, group = name.partition(".")
    return group, f"{resource}{slash}{subresource}"
