"""What is looked for first, for speed, stands wherever the patterns behind it fit."""

from __future__ import annotations

import pytest

from arclogs.ingest.exports.store import Export
from arclogs.ingest.helm import output
from arclogs.ingest.interface import Head
from arclogs.ingest.kubectl import errors, logs
from arclogs.ingest.logs import golog
from arclogs.ingest.registry import PARSERS
from arclogs.ingest.tables import fragments

EXPORTS = [parser for parser in PARSERS if isinstance(parser, Export)]
# A text for each alternative of each pattern.
SHAPES = {
    "azure": ['[{"LogMessage": "x"}]', '{"name": "LogEntry"}', '{"TimeGenerated": "x", "PodName": "y"}'],
    "cloudwatch": [
        '{"events": [{"timestamp": 1763000000000', '{"field": "@message"', '{"logStreamName": "x"',
        '{"ingestionTime": 1763000000000',
    ],
    "elastic": [
        '{"hits": {"total": 3, "hits": [', '[{"_index": "logs"',
        '[{"log": "x", "kubernetes": {"pod_name": "y"}}]',
        '[{"kubernetes": {"pod_name": "y"}, "message": "x"}]',
    ],
    "log entries": [
        '[{"message": "x"}]', '{"_raw": "x"}', '{"resourceLogs": []}', '{"messages": [{"message": {',
        '{"podName": "x", "containerName": "y"', '{"records": [{',
    ],
    "google": [
        '{"resource": {"type": "x"}, "textPayload": "x"}', '{"insertId": "x", "logName": "y"}',
    ],
    "datadog": [
        '{"type": "log", "message": "x"}', '{"attributes": {"service": "x"}}',
        '{"content": {"host": "x"', '{"message": "x", "attributes": {',
    ],
    "loki": [
        '{"resultType": "streams"', '{"stream": {}, "values": [', '{"labels": {}, "line": "x"',
        '{"line": "x", "timestamp": "y"',
    ],
}  # fmt: skip
OF_HELM = [
    "Error: INSTALLATION FAILED: ", 'Error: chart "x', "Pulled: x:y", f"Digest: sha256:{'0' * 64}",
    'Release "x" has been', 'release "x" uninstalled', "Happy Helming!", "Rollback was a success!",
    "These resources were kept due to the resource policy:", "Hang tight while we grab the latest",
    '...Successfully got an update from the "x"', "Update Complete. ", "Successfully packaged chart",
    "Saving 2 charts", "Downloading x from repo y", "Deleting outdated charts",
    "install.go:222: 2026-11-23 02:06:24.2 +0000 UTC m=+0.1 [debug] x", "walk.go:74: warning: ",
    "WARNING: Kubernetes configuration file is ",
]  # fmt: skip


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_an_export_with_the_marks_of_a_store_has_one_of_its_words(export: Export) -> None:
    for text in SHAPES[export.name]:
        assert export.marks.search(text), text
        assert export.sniff(Head("x.json", (text,))) == 96, text


@pytest.mark.parametrize("line", OF_HELM)
def test_a_line_of_helm_has_one_of_its_words(line: str) -> None:
    assert output.is_helm(line)
    assert output.HelmOutput().sniff(Head("x", (line,))) == 85


# Of each sure shape, all forms that its words can take.
ROWS = [
    "x-runner-w9k4d 1/1 Running 0 5m", "3m Normal Pulled pod/x pulled", "3m Warning Failed pod/x no",
    "Normal Pulled 3m kubelet pulled", "Warning Failed 3m kubelet no", "n1 Ready <none> 5d v1.33.1",
    "n1 NotReady <none> 5d v1.33.1", "x Bound pvc-1 10Gi RWO fast 5m", "x Lost pvc-1 10Gi RWO fast 5m",
    "x Terminating pvc-1 10Gi RWO fast 5m", "x-manager Role/x-manager 5m",
    "x-manager ClusterRole/x-manager 5m",
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_a_row_of_a_sure_shape_has_one_of_its_words(row: str) -> None:
    assert any(shape.row(row) for shape in fragments._SURE)
    assert fragments.TableFragment().sniff(Head("x", (row,))) == 70


FIRST = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .-[{\"'√٣"
TAILS = {
    errors._ERROR: ["rror from server: ", "rror: ", "nable to connect to the server: ",
                    "he connection to the server x was refused"],
    errors._WARNING: ["arning: ", "ARNING: ", "1123 02:06:24"],
    logs._ERROR: ["rror from server: ", "rror: error from server", "rror: You", "rror in configuration:",
                  "he connection to the server x was refused", "nable to connect to the server: ",
                  "equest log error: ", "nable to retrieve container logs for ",
                  'ailed to watch file "/var/log/pods/', "ailed to create fsnotify watcher",
                  "pc error: code = "],
    logs._INFO: ["o resources found", 'efaulted container "x" out of: '],
    golog._STD: ["026/11/23 02:06:24 x"],
    golog._KLOG: ["1123 02:06:24.214553       1 x.go:2] y"],
}  # fmt: skip
TOLD = {
    errors._ERROR: errors.is_error, errors._WARNING: errors.is_warning,
    logs._ERROR: logs.is_kubectl, logs._INFO: logs.is_kubectl,
    golog._STD: golog.is_golog, golog._KLOG: golog.is_golog,
}  # fmt: skip


def test_first_letters_leave_out_no_line_that_a_pattern_fits() -> None:
    fit = set()
    for pattern, tails in TAILS.items():
        for text in ("", *(first + tail for tail in tails for first in FIRST)):
            if pattern.match(text):
                assert TOLD[pattern](text), text
                fit.add(text[1:])
    assert fit == {tail for tails in TAILS.values() for tail in tails}
