"""The Objects screen: the tree, and all that is known of one object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.tui.models.block import OfObject
from arclogs.tui.screens.context import Context
from arclogs.tui.screens.findings import Findings
from arclogs.tui.widgets.block_view import BlockView
from tests.tui.driving import browsing, press, screen_text, settled, toasts

if TYPE_CHECKING:
    from tests.tui.conftest import Clip

ACCOUNT = OfObject("ServiceAccount", "arc-runners", "linux-k8s-gha-rs-kube-mode")
RUNNER = OfObject("Pod", "arc-runners", "linux-k8s-7hx2q-runner-w9k4d")


async def test_the_tree_shows_what_is_there_and_what_is_only_implied() -> None:
    async with browsing("founding-with-accounts", (160, 60), screen="objects") as pilot:
        text = screen_text(pilot)
    assert "└─ AutoscalingRunnerSet linux-k8s  ≈ ∅" in text
    assert "Pod linux-k8s-7hx2q-runner-w9k4d  Running" in text
    assert "≈ implied by names · ∅ not collected" in text


async def test_an_account_shows_its_rights_and_who_uses_it() -> None:
    async with browsing("founding-with-accounts", (160, 90), screen="objects") as pilot:
        pilot.app.open_object(ACCOUNT)  # type: ignore[attr-defined]
        await settled(pilot)
        text = screen_text(pilot)
    assert "Rights in its namespace" in text
    assert "get, list, create, delete: pods" in text
    assert "named by RoleBinding arc-runners/linux-k8s-gha-rs-kube-mode" in text
    assert "Pod linux-k8s-7hx2q-runner-w9k4d  spec.serviceAccountName" in text
    assert "RoleBinding linux-k8s-gha-rs-kube-mode  subjects[kind=ServiceAccount].name" in text


async def test_a_runner_leads_to_its_findings_logs_and_owner(clip: Clip) -> None:
    async with browsing("founding-with-accounts", (160, 100), screen="objects") as pilot:
        pilot.app.open_object(RUNNER)  # type: ignore[attr-defined]
        await settled(pilot)
        text = screen_text(pilot)
        assert "state  Running" in text
        assert "C The runner's token belongs to a deleted service account  confirmed" in text
        assert "Logs and events that tell of it" in text
        assert "serviceAccountName: linux-k8s-gha-rs-kube-mode" in text
        await press(pilot, "Y")
        assert clip.text.startswith("# Pod arc-runners/linux-k8s-7hx2q-runner-w9k4d")
        await press(pilot, "y")
        assert clip.text == RUNNER.name
        await press(pilot, "tab", "enter")
        assert isinstance(pilot.app.screen, Context)
        await press(pilot, "escape", *["down"] * 4)
        page = pilot.app.screen.query_one("#page", BlockView)
        finding = next(n for n, b in enumerate(page.blocks) if "belongs to a deleted" in b.text)
        page.cursor = finding
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Findings)
        await press(pilot, "escape", "J")
        assert "EphemeralRunner linux-k8s-7hx2q-runner-w9k4d" in screen_text(pilot)
        assert "is not in the bundle" in screen_text(pilot)


async def test_keys_lead_to_the_parts_of_an_object() -> None:
    async with browsing("founding-with-accounts", (120, 14), screen="objects") as pilot:
        page = pilot.app.screen.query_one("#page", BlockView)
        pilot.app.open_object(ACCOUNT)  # type: ignore[attr-defined]
        await settled(pilot)
        assert "Used by" not in screen_text(pilot)
        await press(pilot, "u")
        assert page.has_focus
        assert "Used by" in screen_text(pilot)
        assert page.block is not None
        assert page.block.text.startswith("Pod ")
        await press(pilot, "f")
        assert "Fields; a mark" in screen_text(pilot)
        await press(pilot, "d")
        assert f"{ACCOUNT.kind} {ACCOUNT.namespace}/{ACCOUNT.name}" in screen_text(pilot)
        pilot.app.open_object(RUNNER)  # type: ignore[attr-defined]
        await settled(pilot)
        await press(pilot, "u")
        assert toasts(pilot) == ["nothing that the bundle shows uses it"]


async def test_what_is_not_there_says_whether_it_was_collected() -> None:
    async with browsing("founding-with-accounts", (160, 60), screen="objects") as pilot:
        await press(pilot, "slash", *"EphemeralRunnerSet", "enter", "down", "down")
        text = screen_text(pilot)
        assert "This object is not in the bundle" in text
        assert "not collected" in text
        await press(pilot, "J")
        assert "▌└─ AutoscalingRunnerSet linux-k8s  ≈ ∅" in screen_text(pilot)
        await press(pilot, "J", "J")
        assert toasts(pilot) == ["nothing in the bundle owns it"]


async def test_kinds_open_and_close_and_are_filtered() -> None:
    async with browsing("founding-with-accounts", (160, 80), screen="objects") as pilot:
        await press(pilot, "G", "enter")
        assert "ServiceAccount 3 [-]" in screen_text(pilot)
        await press(pilot, "enter")
        assert "ServiceAccount 3 [+]" in screen_text(pilot)
        await press(pilot, "slash", *"no such thing")
        assert "nothing holds 'no such thing'" in screen_text(pilot)
