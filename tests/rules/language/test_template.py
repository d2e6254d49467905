"""Filling texts and commands with what a hostile bundle may hold."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arclogs.rules.language.template import fill, fill_command


@pytest.mark.parametrize(
    ("value", "filled"),
    [
        ("linux-gha-rs-kube-mode", "kubectl get sa linux-gha-rs-kube-mode"),
        ("a.b-c", "kubectl get sa a.b-c"),
        ("x; rm -rf /", "kubectl get sa 'x; rm -rf /'"),
        ("-n", "kubectl get sa <service-account>"),
        ("--kubeconfig=x", "kubectl get sa <service-account>"),
        ("$(id)", "kubectl get sa '$(id)'"),
        ("a\nb", "kubectl get sa <service-account>"),
        ("\x1b[2J", "kubectl get sa <service-account>"),
    ],
)
def test_command(value, filled):
    assert fill_command("kubectl get sa ${{ sa }}", {"sa": value}) == filled


def test_nothing_is_filled_into_quotes_that_is_no_name():
    made = fill_command("""sh -c "echo ${{ x }}" """, {"x": "a b"})
    assert made == 'sh -c "echo <x>"'


def test_an_unbound_variable_is_a_placeholder():
    assert fill_command("kubectl -n ${{ ns }} get pods", {}) == "kubectl -n <namespace> get pods"
    assert fill("pod ${{ pod }}", {}) == "pod <pod>"


def test_a_sentence_that_cannot_be_told_is_left_out():
    text = "The pod fails. Its account is ${{ sa }}. See `a`."
    assert fill(text, {}) == "The pod fails. See `a`."
    assert fill(text, {"sa": "x"}) == "The pod fails. Its account is x. See `a`."


def test_what_is_filled_in_is_never_a_template_itself():
    assert fill("${{ a }}", {"a": "${{ b }}", "b": "secret"}) == "${{ b }}"


def test_no_other_template_language_is_known():
    text = "{a} {{a}} ${a} %(a)s {a.__class__} ${{ a.b }}"
    assert fill(text, {"a": "x"}) == text


@given(st.text(max_size=60))
@example("name\n")  # a line end would end the command
def test_a_filled_command_stays_one_word_or_a_placeholder(value):
    made = fill_command("run ${{ x }} end", {"x": value})
    words = shlex.split(made)
    assert words[0] == "run"
    assert words[-1] == "end"
    assert words[1:-1] in ([value], ["<x>"])
