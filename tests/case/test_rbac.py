"""Rights of accounts: what bindings and roles grant, and when that is not known."""

from __future__ import annotations

import pytest
import yaml

from arclogs.case.collected import CollectedIndex
from arclogs.case.objects.index import ObjectIndex
from arclogs.case.objects.objects import merge
from arclogs.case.rbac import Right, rights_of
from arclogs.model.location import Location
from arclogs.model.observation import Collected, Observation, Trust

PLACE = Location("rbac.yaml", 1)
STATE = """
- kind: RoleBinding
  metadata: {name: b, namespace: ns}
  roleRef: {kind: Role, name: r}
  subjects: [{kind: ServiceAccount, name: builder, namespace: ns}]
- kind: Role
  metadata: {name: r, namespace: ns}
  rules:
  - {apiGroups: [""], resources: [pods, pods/exec], verbs: [get, create]}
  - {apiGroups: [batch], resources: ["*"], verbs: ["*"]}
  - {apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [one]}
"""


def rights(state=STATE, account="builder", kinds=("Role", "RoleBinding")):
    objects = [
        Observation(
            o["kind"],
            o["metadata"]["name"],
            o["metadata"].get("namespace"),
            o,
            Trust.LIVE,
            PLACE,
            True,
        )
        for o in yaml.safe_load(state)
    ]
    proofs = [Collected(kind, "ns", PLACE, Trust.LIVE) for kind in kinds]
    return rights_of(account, "ns", ObjectIndex(merge(objects)), CollectedIndex(proofs))


@pytest.mark.parametrize(
    ("right", "granted"),
    [
        ("create pods", True),
        ("get pods/exec", True),
        ("delete pods", False),
        ("create jobs.batch", True),
        ("create jobs", False),
        ("get secrets", False),  # for one name only, the hook asks for all
        ("get pods/log", False),
    ],
)
def test_right(right, granted):
    assert (rights().grants(Right.parse(right)) is not None) is granted


def test_another_account_has_no_rights_and_that_is_certain():
    other = rights(account="other")
    assert other.complete
    assert other.grants(Right.parse("get pods")) is None


def test_without_the_list_of_bindings_nothing_is_certain():
    assert not rights(account="other", kinds=("Role",)).complete


def test_a_role_that_is_not_in_the_bundle_leaves_rights_open():
    state = STATE.replace("kind: Role\n  metadata", "kind: Other\n  metadata")
    open_rights = rights(state, kinds=("RoleBinding",))
    assert not open_rights.complete
    assert "Role r" in open_rights.unknown


def test_a_role_that_is_proven_absent_grants_nothing():
    state = STATE.replace("kind: Role\n  metadata", "kind: Other\n  metadata")
    assert rights(state).complete
    assert rights(state).grants(Right.parse("get pods")) is None


def test_a_group_of_all_accounts_counts():
    state = STATE.replace(
        "{kind: ServiceAccount, name: builder, namespace: ns}",
        "{kind: Group, name: 'system:serviceaccounts:ns'}",
    )
    assert rights(state, account="any").grants(Right.parse("create pods")) is not None


@pytest.mark.parametrize("bad", ["", "pods", "create", "create pods now"])
def test_what_is_no_right_is_refused(bad):
    with pytest.raises(ValueError, match="right"):
        Right.parse(bad)
