"""Where in its job a line of a job log stands: runner, job, step, hook run.

The runner starts the hook script once per command, PrepareJob first, and shows each start as a
group of its own: `Run '/home/runner/k8s/index.js'`. What follows, up to the next step or hook run,
is the hook's output and that of the command it runs in the container; groups inside it are the
command's own. (actions/runner ContainerHookManager.cs, JobExtension.cs, StepsRunner.cs)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.text.origin import is_runner_pod
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Mapping

_HOOK_RUN = lazy_compile(r"Run '([^']+\.(?:js|sh|ps1))'$")
_NAMED = lazy_compile(
    r"(Runner name|Machine name|Complete job name|Job is about to start running on the runner): "
    r"(?:'([^']+)'|(.+))"
)
_STARTING = lazy_compile(r"(Starting|Finishing|Evaluating condition for step): (?:'([^']*)'|(.*))")
_HOOK_COMMAND = lazy_compile(r" at '([^']+)' running command '(\w+)'")
_SCRIPT = lazy_compile(r"A job (started|completed) hook has been configured by the self-hosted ")
_SET_UP = "Set up job"
_OF_HOOK = {"Initialize containers": "PrepareJob", "Stop containers": "CleanupJob"}
_OPENINGS = ("Current runner version: ", "Runner name: ", "Job is about to start ")


class JobSteps:
    """Follows the lines of one job log; `fields` is what a record of the current line carries."""

    def __init__(self, origin: Mapping[str, str]) -> None:
        self._origin = origin
        self._said: dict[str, str] = {}
        self._ran_step = self._named = self._prepared = self._failed = self._hooked = False
        self._own: str | None = None
        self._script: str | None = None
        self.fields: Mapping[str, str] = origin
        self.message(origin.get("step", ""))

    @property
    def in_hook(self) -> bool:
        """Tell whether the current line is output of a hook run."""
        return "hook" in self._said

    def group(self, title: str) -> None:
        """Take in a group: only those that the runner itself opens with `Run` start something."""
        title = title.rstrip()  # a terminal's selection pads lines
        match = _HOOK_RUN.match(title)
        if match is not None and self._script is not None:
            self._change({"step": self._script}, drop=("hook", "hook_command"))
            self._script = None
        elif match is not None:
            self._hook_run(match[1])
        elif title.startswith("Run "):
            self.step(title.removeprefix("Run "))

    def step(self, name: str) -> None:
        """Take in that a step starts."""
        self._ran_step, self._hooked, self._own = True, False, None
        self._change(self._step(name), drop=("hook", "hook_command"))

    def named(self, job: str, step: str) -> None:
        """Take in the names of job and step where every line carries them (`gh run view`)."""
        self._named = True
        if (job, step) != (self._said.get("job"), self._said.get("step", "UNKNOWN STEP")):
            said = {"job": job} if step == "UNKNOWN STEP" else {"job": job, "step": step}
            self._change(said, drop=("step", "hook", "hook_command"))

    def message(self, text: str) -> None:
        """Take in an ordinary line of the log."""
        text = text.rstrip()
        if text.startswith(("Runner ", "Machine ", "Complete job", "Job is ", "Current runner")):
            self._header(text)
        elif text.startswith("A job ") and (match := _SCRIPT.match(text)) is not None:
            # The administrator's own script, shown like a hook run but none of the container's.
            self._script = "Set up runner" if match[1] == "started" else "Complete runner"
        elif text == "Post job cleanup.":
            self.step(text)
        elif text in _OF_HOOK:  # the web page and the parts of a downloaded log name the step
            self._own = text
        elif text == "Cleaning up orphan processes":
            self.step("Complete job")

    def debug(self, text: str) -> None:
        """Take in a debug line: with step debugging on, steps are named."""
        match = _STARTING.match(text)
        if match is not None:
            name = match[2] or match[3] or ""
            if match[1] == "Starting":
                self._change({"step": name}, drop=("hook", "hook_command"))
                self._named = True
            else:
                self._change({}, drop=("hook", "hook_command", "step"))

    def fields_of(self, text: str) -> Mapping[str, str]:
        """Return the fields of a record: a failed hook's exception names its command."""
        said = hook_named(text)
        return {**self.fields, **said} if said else self.fields

    def failed(self) -> None:
        """Take in that a hook run failed."""
        self._failed = True

    def _hook_run(self, path: str) -> None:
        said = {"hook": path}
        drop: tuple[str, ...] = ("hook_command",)
        if self._own is None and self._ran_step and self._hooked:
            # A step calls the hook once: a second call without a step removes the job's pod.
            self._own = "Stop containers"
        self._hooked = True
        if self._own is not None:
            said |= {"hook_command": _OF_HOOK[self._own]} | self._step(self._own)
        elif not self._ran_step:
            # Before the first step the runner makes the job's pod, and removes it if that fails.
            if "job" in self._said and not self._prepared:
                said |= {"hook_command": "PrepareJob"} | self._step("Initialize containers")
                self._prepared = True
            elif self._prepared and self._failed:
                said |= {"hook_command": "CleanupJob"} | self._step("Stop containers")
            elif not self._named:
                drop = ("hook_command", "step")
        self._change(said, drop)

    def _step(self, name: str) -> dict[str, str]:
        return {} if self._named else {"step": name}

    def _header(self, text: str) -> None:
        if self._ran_step or self.in_hook:
            return  # a user's own print
        if "step" not in self._said and text.startswith(_OPENINGS):
            self._change({"step": _SET_UP})
        match = _NAMED.match(text)
        if match is None:
            return
        name = match[2] or match[3]
        if match[1] == "Complete job name":
            self._change({"job": name}, drop=("step",))
        elif match[1] == "Machine name":
            # In a pod it is the host name, which is the pod's.
            self._change({"pod": name} if is_runner_pod(name) else {})
        else:
            runner = name.partition(" (")[0]
            pod = {"pod": runner} if is_runner_pod(runner) else {}
            self._change({"runner": runner, **pod})

    def _change(self, said: dict[str, str], drop: tuple[str, ...] = ()) -> None:
        for key in drop:
            self._said.pop(key, None)
        self._said |= said
        self.fields = {**self._origin, **self._said}


def hook_named(text: str) -> dict[str, str]:
    """Return path and command of the hook call that an exception of the runner is about."""
    match = _HOOK_COMMAND.search(text) if "' running command '" in text else None
    return {} if match is None else {"hook": match[1], "hook_command": match[2]}
