"""Objects and quotations in text that has no fences."""

from __future__ import annotations

from arclogs.ingest.islands import islands, unquoted

_TEXT = """\
Subject: Re: [#55120] container jobs fail
yes we did a helm upgrade, see the log:
Error: HttpError: HTTP request failed
here the account:
apiVersion: v1
kind: ServiceAccount
metadata:
  name: std-gha-rs-kube-mode

  namespace: std
Error: Process completed with exit code 1.
Name:         std-role
Labels:       <none>
PolicyRule:
  Resources  Verbs
  pods       [get]

thanks, Kim
"""
MAIL = _TEXT.splitlines()


def test_yaml_and_describe_between_sentences_are_islands() -> None:
    found = [MAIL[start:end] for start, end in islands(MAIL, 0, len(MAIL))]
    assert [(block[0], block[-1]) for block in found] == [
        ("apiVersion: v1", "  namespace: std"),
        ("Name:         std-role", "  pods       [get]"),
    ]


def test_a_dump_is_not_cut_by_words_of_kubectl_in_it() -> None:
    dump = [*MAIL[4:10], "Warning: v1 Endpoints is deprecated", *MAIL[4:10]]
    assert islands(dump, 0, len(dump)) == []


def test_text_without_objects_stays_in_one_piece() -> None:
    assert islands(MAIL[:4], 0, 4) == []


def test_an_island_at_a_column_ends_with_it() -> None:
    text = ["the pod says", *("    " + x for x in MAIL[4:8]), "and so on"]
    assert islands(text, 0, len(text)) == [(1, 5)]


def test_pasted_json_is_an_island() -> None:
    text = ["look", "{", '  "apiVersion": "v1",', '  "kind": "Pod"', "}", "bye"]
    assert islands(text, 0, len(text)) == [(1, 5)]


def test_quotation_marks_go_and_line_numbers_stay() -> None:
    text = ["he wrote", "> Error: Job Container is required.", "> > older", "a > b"]
    assert list(unquoted(text)) == [
        "he wrote",
        "Error: Job Container is required.",
        "older",
        "a > b",
    ]


def test_a_script_that_npm_announces_is_no_quotation() -> None:
    assert list(unquoted(["> app@1.0.0 test", "> jest"])) == ["> app@1.0.0 test", "jest"]
