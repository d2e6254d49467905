"""Exports of stores that have no parser of their own: what each says is read by its program's parser."""

from __future__ import annotations

import json

import pytest

from tests.ingest.member_reading import read, records

LINE = '2025-04-08T10:11:12Z\tERROR\tEphemeralRunner\tFailed to create the pod\t{"error": "denied"}'
ZAP = (
    '{"severity":"error","ts":"2025-04-08T10:11:12Z","logger":"EphemeralRunner",'
    '"message":"Failed to create the pod","version":"0.10.1"}'
)
STORES = {
    "new relic": [{"message": LINE, "timestamp": 1744107072100, "pod_name": "arc-manager"}],
    "datadog list": [{"timestamp": "2025-04-08T10:11:12Z", "service": "arc", "message": LINE}],
    "splunk": {"preview": False, "result": {"_raw": LINE, "_time": "2025-04-08T10:11:12+00:00"}},
    "stern": {"message": LINE, "namespace": "arc", "podName": "m-1", "containerName": "manager"},
    "graylog": {"messages": [{"message": {"timestamp": "2025-04-08T10:11:12Z", "message": LINE}}]},
    "kibana list": [{"_source": {"@timestamp": "2025-04-08T10:11:12Z", "log": LINE}}],
    "otlp": {"resourceLogs": [{"scopeLogs": [{"logRecords": [
        {"timeUnixNano": "1744107072100000000", "body": {"stringValue": LINE}}]}]}]},
}  # fmt: skip


@pytest.mark.parametrize("store", STORES)
def test_a_controller_line_is_read_as_the_controllers(store: str) -> None:
    found = records(read(json.dumps(STORES[store]), "export.json"))
    assert [(r.source.value, r.text.split(" | ")[0]) for r in found] == [
        ("controller", "Failed to create the pod")
    ]


def test_lines_of_a_program_in_json_are_no_export() -> None:
    found = records(read(ZAP, "manager.log"))
    assert [r.source.value for r in found] == ["controller"]
