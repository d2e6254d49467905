"""Secrets and config maps as describe prints them."""

from __future__ import annotations

from pathlib import Path

from arclogs.ingest.describe.parser import DescribeParser
from arclogs.ingest.interface import Block
from arclogs.model.observation import Observation

DATA = Path(__file__).parents[1] / "data" / "kubectl" / "describe-data.txt"


def observed() -> list[Observation]:
    items = DescribeParser().parse(Block("d", 1, DATA.read_text().split("\n")))
    return [item for item in items if isinstance(item, Observation)]


def test_secret_shows_its_keys() -> None:
    secret = observed()[0]
    assert (secret.kind, secret.fields["type"]) == ("Secret", "Opaque")
    assert secret.fields["data"] == {
        "github_app_id": "6 bytes",
        "github_app_private_key": "1675 bytes",
    }
    assert "data" in secret.absent


def test_the_token_that_describe_prints_is_not_kept() -> None:
    secret = observed()[1]
    assert secret.fields["data"] == {"namespace": "10 bytes", "token": "44 bytes"}


def test_config_map_with_foreign_text() -> None:
    (config,) = observed()[2:]
    assert (config.kind, config.name) == ("ConfigMap", "site")
    assert config.fields["data"] == {
        "pod.yaml": "spec:\n  containers: []\n\nName: not an object",
        "region": "lab-1",
    }
