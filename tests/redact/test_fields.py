from __future__ import annotations

import pytest

from arclogs.redact import Redactor
from arclogs.redact.fields import redact_field


@pytest.mark.parametrize(
    ("key", "value", "name", "shown"),
    [
        ("value", "hunter2hunter", "DB_PASSWORD", "<secret>"),
        ("value", "hunter2hunter", "COLOUR", "hunter2hunter"),
        ("password", "hunter2 and more", None, "<secret>"),
        ("name", "linux-k8s", None, "linux-k8s"),
        ("githubConfigSecret", "pre-defined-secret", None, "pre-defined-secret"),
        ("image", "ghcr.io/actions/runner:2", "TOKEN", "ghcr.io/actions/runner:2"),
        ("note", "ghp_" + "a1B2c3" * 6, None, "<github-token>"),
    ],
)
def test_the_key_or_the_name_beside_a_value_may_give_it_away(key, value, name, shown):
    assert redact_field(Redactor(), key, value, name) == shown
