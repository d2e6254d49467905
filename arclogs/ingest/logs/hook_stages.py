"""How far a container hook had come when it failed: the stage, as its own lines tell it.

    ::debug::Using image 'node:20' for job image              the rights were checked, old pods removed
    ::debug::Job pod created, waiting for it to come online   the pod exists
    ::error::Error: pod failed to come online with error: …   failed while waiting for it

Debug lines are there only where step debugging is on; without them the error's own words are all.
Order and wording: runner-container-hooks packages/k8s/src, 0.1 to 0.8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from arclogs.lazy_regex import lazy_compile
from arclogs.model.record import Level, Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.ingest.interface import Item

# What an error itself says of where it happened.
_FAILED: Final = tuple(
    (lazy_compile(pattern), stage)
    for pattern, stage in (
        (r"needs the following permissions|ACTIONS_RUNNER_POD_NAME' env|determine namespace",
         "prepare: check the account's rights"),
        (r"Job Container is required|No containers exist", "prepare: read the job's containers"),
        (r"failed to create job pod", "prepare: create the job pod"),
        (r"(?i)pod failed to come online", "prepare: wait for the job pod"),
        (r"(?i)failed to determine if the pod is alpine", "prepare: look into the job pod"),
        (r"failed to run script step|failed to merge temp dirs|Failed to copy _temp",
         "run: a script in the job pod"),
        (r"(?i)failed to run container step|failed to get container job pod name"
         r"|failed to create script environment|failed to start the container"
         r"|Building container actions|step pod", "run: a container of its own"),
    )
)  # fmt: skip
# What a debug line says of what comes next.
_REACHED: Final = tuple(
    (lazy_compile(pattern), stage)
    for pattern, stage in (
        (r"Using image '.*' for job image|Adding service '", "prepare: create the job pod"),
        (r"Job pod created, waiting", "prepare: wait for the job pod"),
        (r"Job pod is ready for traffic", "prepare: look into the job pod"),
        (r"Setting isAlpine to", "prepare: done"),
        (r"Created secret .* for container job envs|Job created, waiting for pod to start"
         r"|Container step is running|Waiting for container job|Executing container step script",
         "run: a container of its own"),
        (r"Copying from job pod", "run: copy files back from the job pod"),
    )
)  # fmt: skip
_LONGEST: Final = 2_000


class HookStages:
    """Follows the lines of one hook run after the other."""

    def __init__(self) -> None:
        self._run: tuple[str | None, ...] = ()
        self._reached: str | None = None

    def stage(self, record: Record) -> str | None:
        """Return where a failed hook was; None for other records, and where nothing tells."""
        run = tuple(record.fields.get(name) for name in ("pod", "job", "step", "hook_command"))
        if run != self._run:
            self._run, self._reached = run, None
        text = record.text[:_LONGEST]
        if record.level is Level.ERROR:
            own = next((stage for pattern, stage in _FAILED if pattern.search(text)), None)
            return own or self._reached
        reached = next((stage for pattern, stage in _REACHED if pattern.search(text)), None)
        self._reached = reached or self._reached
        return None


def staged(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items, errors of the hook with the field `hook_stage`."""
    stages = HookStages()
    for item in items:
        if isinstance(item, Record) and item.source is Source.HOOK:
            stage = stages.stage(item)
            yield replace(item, fields={**item.fields, "hook_stage": stage}) if stage else item
        else:
            yield item
