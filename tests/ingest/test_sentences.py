from __future__ import annotations

import pytest

from arclogs.ingest.blocks import split_blocks
from arclogs.ingest.sentences import may_quote

QUOTING = (
    "It ends with: Runner version v2.330.0 is deprecated and cannot receive messages.",
    "Runner listener exit with terminated error, stop the service, no retry needed.",
    'the runner rejects the job: "Jobs without a job container are forbidden on this runner."',
    'The controller logs: failed to find GitHub config secret: secrets "arc-secret" not found',
    "Failed to create a session. The runner registration has been deleted from the server, …",
    "HttpError happened twice today",
    "the hook says Error: x",
)
WRITTEN = (
    "Hello, our runners do not start since Monday.",
    "## Jobs are forbidden on this runner",
    "h3. Runner pods: access denied",
    "| gha_assigned_jobs | 34 |",
    "",
)


@pytest.mark.parametrize("line", QUOTING)
def test_a_sentence_that_repeats_a_program_is_read(line):
    assert may_quote(line)
    (block,) = split_blocks(["Hello,", "", line, "", "Thanks"], "ticket.md", {})
    assert list(block.lines) == [line]


@pytest.mark.parametrize("line", WRITTEN)
def test_what_the_writer_says_alone_is_not(line):
    assert not may_quote(line)
    assert list(split_blocks(["Hello,", "", line, "", "Thanks"], "ticket.md", {})) == []
