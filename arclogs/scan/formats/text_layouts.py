r"""The layouts of text that no parser knows: what the fallback makes a plain record of.

    2026-09-01 10:00:00,123 INFO [main] com.example.App - started      with a time of its own
    I0901 10:00:00.123456    1234 reconciler.go:157] started           klog: no year, so no time
    the cache was restored in 3 s                                      none

The fallback reads a line in any known format as such, so a dull line begins like none of them.
What else it looks for in a line is looked for by the probes: words by which a level follows, and all
that kubectl, helm and the runner say without a header.
"""

from __future__ import annotations

from itertools import product
from typing import Final

from arclogs.model.record import Source
from arclogs.scan.formats.layout import CLOCK, Key, Layout, plain, plain_characters
from arclogs.scan.probes import Probe, Role

_LEVELS: Final = tuple(
    Probe(Role.PARSE, pattern)
    for pattern in (
        r"(?i:(?:error|fatal|panic|critical)(?: \[\w+\])?:)",
        r"(?i:an error occur|failed to |unhandled exception|unexpected error|could not |unable to )",
        r"(?i: failed: )",
        r"(?:Error|Exception):",
        r"\b(?:ERROR|ERR|FATAL|CRITICAL|CRIT|PANIC|SEVERE)\b",
        r"(?i:(?:level|lvl|severity)\"?\s*[:=]\s*\"?(?:crit|dpanic|err|fatal|panic|severe))",
    )
)
"""Of `ingest.text.levels`: what may make an error of a line."""
_SAID: Final = plain(
    Role.CONTEXT,
    "Current runner version: '", "Listening for Jobs", "Running job: ", "completed with result: ",
    "Runner listener exit ", "Exiting", "Restarting runner", "Waiting for docker to be ready",
    "Docker is ready", "Runner reconnected", "Runner connect error", "Failed to create a session",
    "A session for this runner already exists", "Runner update ", "Runner will exit shortly",
    "Update finished successfully", "Connected to GitHub", "The runner no longer exists",
    "Must not run interactively", "Runner is not configured", "Stop retry on ", "Unhandled exception.",
    "Warning: failed to update cert", " Terminal]",
    "goroutine ", "created by ", "[signal ", "exit status ",
)  # fmt: skip
"""Of the runner and its start scripts, and in the stack traces of Go."""
_TOLD: Final = plain(
    Role.PARSE,
    "rror from server", "The connection to the server", "Error in configuration:", "Request log error: ",
    "nable to retrieve container logs for ", "nable to connect to the server", "rpc error: code = ",
    "No resources found", "Defaulted container ", "Warning: ", "HTTP-Code: ", '{"code":',
    '{"response":{"statusCode":', '"ts":', '{"time":',
)  # fmt: skip
"""Of kubectl about itself; and in what a hook's message or a line of JSON is recognised."""
_JOB_LINE: Final = Probe(Role.CONTEXT, r"\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z")
_PROBES: Final = (*_LEVELS, *_SAID, *_TOLD, _JOB_LINE)
_ALL: Final = frozenset(Source)
_LETTER: Final = "[ADGJ-LN-SUVX-ZTa-su-z]"
_OPENING: Final = "|".join(
    (
        _LETTER,
        r"[IWEF][^\d\s]",  # I0901 begins a line of klog's
        r"C[^a]|M[^e]|B[^o]|H[^e]",  # Caused by: Message: Body: Headers:
        r"t[^i]",  # time=
        r"""["'<=*/@$%&+,;~`|})\]_?!.>-]|\{""",
        r"\([^\d]|\[[^RW\d]",  # [RUNNER 2026-… and [2026-…
        r"#[^#]",  # ##[error]
        r"\d{1,3}(?:\.\d{1,3}\.\d|[ A-Za-z%,)])",  # an address or a number, no time
    )
)
# A word alone may be a frame of a stack, if there is a point, a slash or a bracket in it.
_PLAIN: Final = rf"(?:(?:{_OPENING})\S*[ \t]+\S|(?:{_LETTER}|[{{}}])[^\s./()]*$)"


_TEXT: Final = Key(more=8, alike=plain_characters("DIWEPFLdiwepf+-])|:,"))


def _timed(between: str, zone: str, point: str) -> Layout:
    # Behind a T a level would make it zap's, behind `Z: ` it is what the runner's terminal shows.
    then = r"[\])]?[:,|]?[ \t]+[^\sDIWEPFLdiwepf+-]" if between == "T" else r"[\])]?,?[ \t]+[^\s+-]"
    return Layout(
        parser="text",
        before=("",),
        between=between,
        zone=zone,
        behind=then,
        loud="",
        fraction=(0, 3, 6, 9) if point == r"\." else (3, 6, 9),
        sources=_ALL,
        key=_TEXT,
        probes=_PROBES,
        point=point,
        prefixed=False,
    )


def _klog(letters: str) -> str:
    return rf"[{letters}]\d{{4}} {CLOCK}\.\d{{6}} +\d+ [^\s\]]{{1,80}}:\d+\] [!-~]"


TEXT_LAYOUTS: Final[tuple[Layout, ...]] = (
    *(_timed(*how) for how in product("T ", ("", "Z"), (r"\.", ","))),
    Layout(
        parser="text",
        before=("",),
        between="",
        zone="",
        behind=_klog("IW"),
        loud=_klog("EF"),
        fraction=(0,),
        sources=_ALL,
        probes=_PROBES,
    ),
    Layout(
        parser="text",
        before=("",),
        between="",
        zone="",
        behind=_PLAIN,
        loud="",
        fraction=(0,),
        sources=_ALL,
        probes=_PROBES,
    ),
)
