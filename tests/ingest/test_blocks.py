from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.blocks import may_have_blocks, split_blocks

if TYPE_CHECKING:
    from arclogs.ingest.interface import Block

DATA = Path(__file__).parent / "data/blocks"


def blocks(name: str, text: str | None = None) -> list[Block]:
    text = (DATA / name).read_text("utf-8") if text is None else text
    return list(split_blocks(text.split("\n"), name, {"from": "path"}))


def commands(found: list[Block]) -> list[str | None]:
    return [block.command for block in found]


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_blocks_hold_the_lines_that_they_say(path):
    lines = path.read_text("utf-8").split("\n")
    found = blocks(path.name)
    assert found
    assert may_have_blocks(path.read_bytes())
    for block in found:
        held = list(block.lines)
        assert lines[block.first_line - 1 : block.first_line - 1 + len(held)] == held
        assert held[0].strip()
        assert block.origin["from"] == "path"


def test_a_transcript_is_cut_at_its_prompts():
    found = blocks("transcript.txt")
    assert commands(found) == [
        None,
        "kubectl get pods -n ci-runners",
        "oc get sa,role -n ci-runners -o yaml",
        "helm ls -A",
        "kubectl logs -n ci-runners builders-7hx2q-runner-w9k4d",
        "kubectl get events -n ci-runners",
    ]
    assert [next(iter(block.lines)).split(" ")[0] for block in found] == [
        "Hello,",
        "No",
        "apiVersion:",
        "NAME",
        "√",
        "No",
    ]


def test_what_people_write_below_a_description_is_no_part_of_it():
    text = (
        "$ kubectl describe pod -n ci gold-4q2wz-runner-k8m2x | head -8\n"
        "Name:             gold-4q2wz-runner-k8m2x\n"
        "Namespace:        ci\n"
        "Labels:           actions-ephemeral-runner=True\n"
        "                  app.kubernetes.io/component=runner\n"
        "\n"
        "and then each job fails:\n"
        "Error: Error: The Service account needs the following permissions\n"
    )
    description, below = blocks("all.txt", text)
    assert (description.first_line, len(list(description.lines))) == (2, 4)
    assert (below.first_line, below.command) == (7, None)


@pytest.mark.parametrize(
    "answer",
    [
        "Name:         arc\nStatus:       Active\n\nNo resource quota.\n\nNo LimitRange resource.",
        "Name:  a\n\n\nName:  b\nEvents:  <none>",
        "Name:  a\nData\n====\nrun.sh:\n----\necho 1\n\necho 2",
        'Name:  a\nEvents:  <none>\n\nError from server (NotFound): pods "b" not found',
        "Name:  a\nEvents:\n  Type  Reason\n\n  Normal  Killing  2m  kubelet  Stopping",
    ],
)
def test_a_description_with_blank_lines_stays_whole(answer):
    assert len(blocks("all.txt", f"$ kubectl describe ns,pod,cm\n{answer}")) == 1


def test_a_ticket_gives_its_fences_and_the_prose_that_quotes_output():
    found = blocks("ticket.md")
    assert commands(found) == [
        None,
        None,
        "kubectl get rolebinding -n ci-runners -o yaml",
        "cat note.txt",
    ]
    assert list(found[0].lines) == [
        "Error: HttpError: HTTP request failed",
        "Error: Process completed with exit code 1.",
    ]
    assert next(iter(found[1].lines)) == "apiVersion: v1"
    assert next(iter(found[3].lines)).startswith("```not a fence")


def test_the_scripts_summary_is_cut_into_its_outputs_without_the_chatter():
    found = blocks("bundle.md")
    assert commands(found) == [
        "kubectl top nodes",
        "kubectl get pods --all-namespaces",
        "helm ls --all-namespaces",
        'grep -i -n " error " arc-bundle-logs/pod_logs/builders-64e6f09e-listener_arc-systems.log'
        " | tail -10",
    ]
    assert found[3].origin["pod"] == "builders-64e6f09e-listener"
    assert not any("No errors found" in line for block in found for line in block.lines)


def test_a_cluster_dump_tells_whose_log_follows():
    services, waiting, log = blocks("cluster-dump.txt")
    assert next(iter(services.lines)) == "{"
    assert waiting.origin == {
        "from": "path",
        "container": "job",
        "namespace": "ci-runners",
        "pod": "builders-7hx2q-runner-w9k4d-workflow",
    }
    assert log.origin["pod"] == "builders-7hx2q-runner-m2v7c"


@pytest.mark.parametrize("name", ["runner.log", "x.yaml", "ticket.txt"])
def test_an_ordinary_member_is_one_block(name):
    text = "√ Connected to GitHub\n\n2026-03-02 08:00:00Z: Listening for Jobs\n"
    (block,) = blocks(name, text)
    assert (block.first_line, len(list(block.lines)), block.command) == (1, 3, None)


def test_fences_in_a_log_are_its_own_text():
    text = "first\n```\nin a fence\n```\nlast\n"
    (block,) = blocks("runner.log", text)
    assert list(block.lines) == text.split("\n")[:-1]


def test_a_script_in_a_manifest_cuts_nothing():
    text = (
        "kind: ConfigMap\ndata:\n  run.sh: |\n    # kubectl get pods\n    kubectl get pods -n ci\n"
    )
    (block,) = blocks("cm.yaml", text)
    assert block.command is None


def test_a_heading_names_the_command_of_the_fence_below():
    text = "### kubectl get rolebinding -n ci -o yaml\n\n```\nitems: []\n```\n"
    (block,) = blocks("x.md", text)
    assert block.command == "kubectl get rolebinding -n ci -o yaml"


def test_an_open_fence_runs_to_the_end_of_a_markdown_file_only():
    text = "some words\n```\nError: x\n"
    assert [list(b.lines) for b in blocks("x.md", text)] == [["Error: x"]]
    assert [len(list(b.lines)) for b in blocks("x.txt", text)] == [3]


@pytest.mark.parametrize("text", ["", "\n\n", "```\n```\n", "$ kubectl get pods\n"])
def test_nothing_gives_no_block(text):
    assert blocks("x.md", text) == []


def test_plain_logs_need_no_cutting():
    assert not may_have_blocks(b"2026-03-02T08:00:00Z\tINFO\tsetup\tstarting manager\n" * 100)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["```", "~~~", "````", "$ kubectl get sa -n x",
             "==== START logs for container a of pod b/c ====",
             "==== END logs for container a of pod b/c ====",
             "==> a.log <==", "", "# heading",
             "Error: x", "kind: Pod", "words", "me@x:~$ helm ls \\", "`$ grep x y.log`"]
        ),
        max_size=25,
    ),
    st.sampled_from(["x.md", "x.txt", "x.log"]),
)  # fmt: skip
def test_blocks_never_overlap_and_keep_their_order(lines, name):
    end = 0
    for block in split_blocks(lines, name, {}):
        held = list(block.lines)
        assert block.first_line > end
        assert lines[block.first_line - 1 : block.first_line - 1 + len(held)] == held
        end = block.first_line + len(held) - 1
    assert end <= len(lines)
