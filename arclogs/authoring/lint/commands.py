"""Checks on commands: what changes the cluster says so, and what only looks frightens nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.authoring.lint.problem import Fault, Subject
from arclogs.authoring.lint.shell import RISKS, effect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.model.report import Step
    from arclogs.rules.files.source import KeyPath

FEWEST_WORDS = 5


def risk_too_low(subject: Subject) -> Iterator[Fault]:
    """A command changes the cluster, and its step says that it only reads."""
    for at, step in _steps(subject):
        does = effect(step.command or "")
        if step.risk == "read-only" and does and does != "read-only":
            yield Fault(
                (*at, "command"), f"the command is {does}, not read-only", f"say risk: {does}"
            )


def risk_understated(subject: Subject) -> Iterator[Fault]:
    """A command takes something away, and its step is only called mutating."""
    for at, step in _steps(subject):
        if step.risk == "mutating" and effect(step.command or "") == "destructive":
            said = "the command deletes what cannot be had back by undoing it"
            yield Fault((*at, "command"), said, "say risk: destructive")


def risk_too_high(subject: Subject) -> Iterator[Fault]:
    """A command only reads, and its step says that it destroys: people would not dare to run it."""
    for at, step in _steps(subject):
        does = effect(step.command or "")
        if step.risk == "destructive" and does == "read-only":
            yield Fault((*at, "risk"), "the command only reads", "say risk: read-only")


def changing_collect(subject: Subject) -> Iterator[Fault]:
    """A command under `collect` changes the cluster: evidence is collected without touching it."""
    for number, item in enumerate(subject.rule.collect):
        does = effect(item.command)
        if does and RISKS.index(does) > 0:
            yield Fault(
                ("collect", number, "command"),
                f"the command is {does}",
                "collect only with commands that read",
            )


def bare_step(subject: Subject) -> Iterator[Fault]:
    """A step of the fix has neither a command nor words enough to say what to do."""
    for number, step in enumerate(subject.rule.fix):
        if not step.command and len(step.title.split()) < FEWEST_WORDS:
            yield Fault(
                ("fix", number),
                f"the step {step.title!r} does not say how",
                "give a command, or say which setting of what to change",
            )


def info_with_risk(subject: Subject) -> Iterator[Fault]:
    """A rule says that nothing is wrong with runner or cluster, and yet wants to change something."""
    if subject.rule.severity != "info":
        return
    for at, step in _steps(subject):
        # what begins with "If" is an offer
        if step.risk != "read-only" and not step.title.startswith("If "):
            said = f"severity is info, and yet a step is {step.risk}"
            yield Fault((*at, "risk"), said, "raise the severity, or only look")


def _steps(subject: Subject) -> Iterator[tuple[KeyPath, Step]]:
    for key, steps in (("fix", subject.rule.fix), ("verify", subject.rule.verify)):
        for number, step in enumerate(steps):
            yield (key, number), step
