r"""What a dull line looks like in each format.

    2026-11-23T02:06:24Z<TAB>INFO<TAB>EphemeralRunner<TAB>Creating new pod<TAB>{"version": "0.12.1"}
    `--------- stamp --' `------- own --------------' `--------- any ASCII text ------------'

A line of the shape starts a record of one line, below error level, of the block's own program and pod,
with the time that stands in it; its text is a part of the line as it stands. Reading it leaves a parser
as any other line of the shape would. That is what `sift` relies on, and what `tests/scan` holds against
the parsers. All doubt goes the other way: a line that is not of the shape is read by the parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from arclogs.ingest.carriers import prefixes, runtime_files
from arclogs.ingest.carriers.transport import margin_of
from arclogs.model.record import Source
from arclogs.scan.probes import Probe, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

_DATE: Final = (
    r"20\d\d-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
    r"|(?:0[13578]|1[02])-31)"
)
_CLOCK: Final = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d"
_CARRIED: Final = {
    "bare": "",
    "timestamps": rf"{_DATE}T{_CLOCK}\.\d{{9}}Z ",
    "cri": rf"{_DATE}T{_CLOCK}\.\d{{9}}Z std(?:out|err) F ",
}
_CARRIED_WIDTH: Final = {"bare": 0, "timestamps": 31, "cri": 40}
_CONTROLLER: Final = (
    r"(?:Ephemeral\w+|Autoscaling\w+|setup|actions-clients"
    r"|controller-runtime(?:\.(?:builder|certwatcher|healthz|metrics|webhook))?)"
)
_LISTENER: Final = r"(?:(?:listener-app|auto_scaler)[\w.-]*|service|kubemanager)"
_CONSOLE: Final = "console"
_JSON: Final = "json"
_ENOUGH: Final = 0.5
"""Share of dull lines in the head below which a member is not worth it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The shape of one format, without what may carry it."""

    parser: str
    before: str
    """What stands before the time stamp."""
    between: str
    """`T` or a blank."""
    behind: str
    """What follows the seconds and their fraction, up to where no more can surprise."""
    loud: str
    """The same for a line that differs in nothing but its level."""
    fraction: tuple[int, ...]
    """Digits of a second that its stamps may have."""
    sources: frozenset[Source]
    probes: tuple[Probe, ...] = ()
    opens: str = ""
    """A line that holds this ends with a brace, too: cheaper to ask than a pattern up to its end."""
    text: str = ""
    """Takes from a dull line all that its record's text, level and source follow from."""
    soft: bool = False
    """Lines that `loud` fits differ in colours and characters only: dull if no rule wants them."""
    stated: bool = False
    """Lines state the controller's version, which counts when it is new."""
    offset: int = 0
    """Where the stamp begins."""
    later: tuple[str, int] | None = None
    """Lines that begin so have the stamp at this offset."""


def _plain(role: Role, *texts: str) -> tuple[Probe, ...]:
    """Return probes for plain texts."""
    return tuple(Probe(role, re.escape(text), frozenset({text})) for text in texts)


_ZAP_KEYS: Final = _plain(
    Role.PARSE,
    '"error"',
    '"pod":',
    '"Pod":',
    '"POD":',
    '"container":',
    '"Container":',
    '"stacktrace"',
    "\\u",  # may hide a key, or a part of the text
)
_ZAP_TAIL: Final = r'\t[!#-z|~][^\t{"]*(?:\t\{"|\s*$)'
_JSON_TEXT: Final = r'"(?:message|msg)":"[^"\\\x00-\x1f]*[^"\\\x00-\x20][^"\\\x00-\x1f]*"[,}]'
_GLUE_FREE: Final = r"[0-9A-Za-z'\"(<*=+/:;@_.,!?%&~^`\[{$|]"
_SLOG: Final = r'msg=(?:"[^"\\]*[!#-\[\]-~][^"\\]*"|[!#-<>-\[\]-~]+)(?:\s|$)'
_RUNNER: Final = _plain(Role.CONTEXT, " Terminal]") + _plain(
    Role.PARSE,
    "Running job: ",
    "Successfully renew job",
    "completed with result",
    "Worker finished for job",
    "Runner execution has finished",
    "' running command '",
    "Current runner version: '",
    "Version: ",
    "Adding extra user agent '",
)
_ESCAPED: Final = _plain(Role.PARSE, "\\")
"""May hide a key, or a part of the text."""
_SECOND_TIME: Final = Probe(Role.PARSE, r"msg=[^\n]* time=")
_LOGGER: Final = r"[A-Za-z][\w.]*"


def _zap(form: str, loggers: str, source: Source) -> Layout:
    if form == _JSON:
        return Layout(
            parser="controller",
            before=r'\{"severity":"(?:info|debug)","ts":"',
            between="T",
            behind=rf'Z","logger":"{loggers}",{_JSON_TEXT}',
            opens="{",
            loud="",
            fraction=(0, 3, 6, 9),
            sources=frozenset({source}),
            probes=_ZAP_KEYS,
            text=r'"ts":"[^"]*",("logger":"[^"]*","(?:message|msg)":"[^"]*")',
            stated=True,
            offset=len('{"severity":"info","ts":"'),
            later=('{"severity":"debug"', len('{"severity":"debug","ts":"')),
        )
    return Layout(
        parser="controller",
        before="",
        between="T",
        behind=rf"Z\t(?:INFO|DEBUG)\t{loggers}{_ZAP_TAIL}",
        loud=rf"Z\t(?:ERROR|WARN)\t{loggers}\t[^\t]",
        opens='\t{"',
        fraction=(0, 3, 6, 9),
        sources=frozenset({source}),
        probes=_ZAP_KEYS,
        text=r"Z\t([^\t]*\t[^\t]*\t[^\t]*)",
        stated=True,
    )


def _runner(host: str) -> Layout:
    level = r"Z (?:INFO|VERB|WARN) "
    return Layout(
        parser="runner",
        before=rf"\[{host}",
        between=" ",
        behind=rf"{level}{_LOGGER}\] ?{_GLUE_FREE}",
        loud=rf"Z (?:ERR |CRIT) ?{_LOGGER}\] ?{_GLUE_FREE}",
        fraction=(0,),
        sources=frozenset({Source.RUNNER}),
        probes=_RUNNER,
        text=r"Z ((?:INFO|VERB|WARN) .*)",
        offset=8 if host else 1,
    )


LAYOUTS: Final[tuple[Layout, ...]] = (
    _zap(_CONSOLE, _CONTROLLER, Source.CONTROLLER),
    _zap(_CONSOLE, _LISTENER, Source.LISTENER),
    _zap(_JSON, _CONTROLLER, Source.CONTROLLER),
    _zap(_JSON, _LISTENER, Source.LISTENER),
    _runner("(?:RUNNER|WORKER) "),
    _runner(""),
    Layout(
        parser="job-log",
        before="",
        between="T",
        behind=r"Z (?:[!\"$-Z\\^-~]|\[[^c]|\]|#[^#\[]|[ \t]+[!-~])",
        # Colours, or characters that are not ASCII, but no words that tell the place in the job.
        loud=r"Z (?:\x1b\[[0-9;]*m)*[^\sRMCJAP#\[\x1b\xc2]",
        fraction=(7,),
        sources=frozenset({Source.JOB, Source.HOOK}),
        probes=_plain(
            Role.CONTEXT,
            "Z Runner ",
            "Z Machine ",
            "Z Complete job",
            "Z Job is ",
            "Z Current runner",
            "Z A job ",
            "Z Post job cleanup.",
            "Z Cleaning up orphan processes",
        )
        + _plain(Role.PARSE, "Z Run '"),
        text=r"\.\d{7}Z (.*)",
        soft=True,
    ),
    Layout(
        parser="listener",
        before="time=",
        between="T",
        behind=rf"Z level=(?:INFO|DEBUG) (?:source=[^\s\"]+ )?{_SLOG}",
        loud=r"Z level=(?:ERROR|WARN) (?:source=[^\s\"]+ )?msg=",
        fraction=(3,),
        sources=frozenset({Source.LISTENER}),
        probes=(
            *_plain(
            Role.PARSE, " err=", " error=", " level=ERR", " level=WARN", " pod=", " container=",
            '"pod"=', '"container"=', '"error"=', '"err"=', '"level"=', '"time"=', '"msg"=',
            ),
            *_ESCAPED,
            _SECOND_TIME,
        ),
        text=r" msg=(\"[^\"]*\"|\S*)",
        offset=5,
    ),
    Layout(
        parser="dind",
        before='time="',
        between="T",
        behind=rf'Z" level=(?:info|debug|warning) {_SLOG}',
        loud='Z" level=(?:error|fatal|panic) msg=',
        fraction=(9, 6, 3, 0),
        sources=frozenset({Source.DIND}),
        probes=(
            *_plain(
            Role.PARSE, " err=", " error=", " level=err", " level=fatal", " level=panic",
            '"error"=', '"err"=', '"level"=', '"time"=', '"msg"=',
            ),
            *_ESCAPED,
            _SECOND_TIME,
        ),
        text=r" msg=(\"[^\"]*\"|\S*)",
        offset=6,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of one member: a layout, what carries it, how fine its stamps are."""

    layout: Layout
    carrier: str
    dull: str
    """Rust's engine tells by it whether a line is of the shape."""
    header: str
    """The same of a line that starts a record like any other, but is not dull."""
    offset: int
    width: int
    """Of the stamps: they all have the same, so that they sort as text."""

    @property
    def carried(self) -> int:
        """Return where the program's own line begins."""
        return _CARRIED_WIDTH[self.carrier]


def shape_of(parser: str, head: Sequence[str]) -> Shape | None:
    """Return the shape that most lines of a head have, or None."""
    carrier = _carrier(head)
    if carrier is None:
        return None
    worn = [line for line in head if line]
    for shape in _shapes(carrier):
        if shape.layout.parser == parser:
            dull = re.compile(shape.dull)
            if sum(dull.match(line) is not None for line in worn) >= len(worn) * _ENOUGH:
                return shape
    return None


def parser_of(head: Sequence[str]) -> str | None:
    """Return the parser of a head that has one shape throughout: of all it is the surest.

    None where some line has another, which says nothing of the parser.
    """
    carrier = _carrier(head)
    worn = [line for line in head if line]
    for shape in _shapes(carrier) if carrier is not None and worn else ():
        dull = re.compile(shape.dull)
        if dull.match(worn[0]) and all(map(dull.match, worn)):
            return shape.layout.parser
    return None


@cache
def _shapes(carrier: str) -> tuple[Shape, ...]:
    return tuple(
        _shape(layout, carrier, digits) for layout in LAYOUTS for digits in layout.fraction
    )


def _shape(layout: Layout, carrier: str, digits: int) -> Shape:
    fraction = rf"\.\d{{{digits}}}" if digits else ""
    start = f"^{_CARRIED[carrier]}{layout.before}{_DATE}{layout.between}{_CLOCK}{fraction}"
    return Shape(
        layout,
        carrier,
        f"{start}{layout.behind}",
        f"{start}{layout.loud}" if layout.loud else "",
        _CARRIED_WIDTH[carrier] + layout.offset,
        19 + (digits + 1 if digits else 0),
    )


def _carrier(head: Sequence[str]) -> str | None:
    if margin_of(head):
        return None
    known: dict[object, str] = {
        prefixes.bare: "bare",
        prefixes.timestamps: "timestamps",
        runtime_files.cri_lines: "cri",
    }
    return known.get(prefixes.carrier_of(head))
