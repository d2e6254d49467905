"""The layouts of the programs that arclogs knows."""

from __future__ import annotations

from typing import Final

from arclogs.model.record import Source
from arclogs.scan.formats.layout import Key, Layout, plain, plain_characters
from arclogs.scan.probes import Probe, Role

_CONTROLLER: Final = (
    r"(?:Ephemeral\w+|Autoscaling\w+|setup|actions-clients"
    r"|controller-runtime(?:\.(?:builder|certwatcher|healthz|metrics|webhook))?)"
)
_LISTENER: Final = r"(?:(?:listener-app|auto_scaler)[\w.-]*|service|kubemanager)"
_CONSOLE: Final = "console"
_JSON: Final = "json"
_ZAP_KEYS: Final = plain(
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
_ZAP_TAIL: Final = r'\t[!#-z|~](?:[^\t]*\t\{"|[^\t{"]*\s*$)'
_JSON_TEXT: Final = r'"(?:message|msg)":"[^"]*[^"\x00-\x20][^"]*"[,}]'
_GLUE_FREE: Final = r"[0-9A-Za-z'\"(<*=+/:;@_.,!?%&~^`\[{$|]"
_SLOG: Final = r'msg=(?:"[^"]*[!#-\[\]-~][^"]*"|[!#-<>-\[\]-~]+)(?:\s|$)'
_RUNNER: Final = plain(Role.CONTEXT, " Terminal]") + plain(
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
_ESCAPED: Final = plain(Role.PARSE, "\\")
"""May hide a key, or a part of the text."""
_SECOND_TIME: Final = Probe(Role.PARSE, r"msg=[^\n]* time=")
_LOGGER: Final = r"[A-Za-z][\w.]*"
_ZAP: Final = Key("\t", nth=2, more=1, tail=3, refused='{"')
_ZAP_JSON: Final = Key('"', nth=4, more=1, tail=2)
_PAIRS: Final = Key('"', more=1, tail=2)
_TO_TEXT: Final = Key("]", more=2)
_TEXT: Final = Key(more=2, blanks=True, alike=plain_characters("#[]c\\"))


def _zap(form: str, loggers: str, source: Source) -> Layout:
    if form == _JSON:
        return Layout(
            parser="controller",
            before=('{"severity":"info","ts":"', '{"severity":"debug","ts":"'),
            between="T",
            zone='Z","logger":"',
            behind=rf'{loggers}",{_JSON_TEXT}',
            opens="{",
            loud="",
            fraction=(0, 3, 6, 9),
            sources=frozenset({source}),
            key=_ZAP_JSON,
            probes=_ZAP_KEYS,
            stated=True,
            offset=len('{"severity":"info","ts":"'),
            later=('{"severity":"debug"', len('{"severity":"debug","ts":"')),
        )
    return Layout(
        parser="controller",
        before=("",),
        between="T",
        zone="Z\t",
        behind=rf"(?:INFO|DEBUG)\t{loggers}{_ZAP_TAIL}",
        loud=rf"(?:ERROR|WARN)\t{loggers}\t[^\t]",
        opens='\t{"',
        fraction=(0, 3, 6, 9),
        sources=frozenset({source}),
        key=_ZAP,
        probes=_ZAP_KEYS,
        stated=True,
    )


def _runner(*hosts: str) -> Layout:
    return Layout(
        parser="runner",
        before=tuple(f"[{host}" for host in hosts),
        between=" ",
        zone="Z ",
        behind=rf"(?:INFO|VERB|WARN) {_LOGGER}\] ?{_GLUE_FREE}",
        loud=rf"(?:ERR |CRIT) ?{_LOGGER}\] ?{_GLUE_FREE}",
        fraction=(0,),
        sources=frozenset({Source.RUNNER}),
        key=_TO_TEXT,
        probes=_RUNNER,
        glued=True,
        offset=1 + len(hosts[0]),
    )


LAYOUTS: Final[tuple[Layout, ...]] = (
    _zap(_CONSOLE, _CONTROLLER, Source.CONTROLLER),
    _zap(_CONSOLE, _LISTENER, Source.LISTENER),
    _zap(_JSON, _CONTROLLER, Source.CONTROLLER),
    _zap(_JSON, _LISTENER, Source.LISTENER),
    _runner("RUNNER ", "WORKER "),
    _runner(""),
    Layout(
        parser="job-log",
        prefixed=False,
        before=("",),
        between="T",
        zone="Z ",
        behind=r"(?:[!\"$-Z\\^-~]|\[[^c]|\]|#[^#\[]|[ \t]+[!-~])",
        # Colours, or characters that are not ASCII, but no words that tell the place in the job.
        loud=r"(?:\x1b\[[0-9;]*m)*[^\sRMCJAPIS#\[\x1b\xc2]",
        fraction=(7,),
        sources=frozenset({Source.JOB, Source.HOOK}),
        key=_TEXT,
        probes=plain(
            Role.CONTEXT,
            "Z Runner ",
            "Z Machine ",
            "Z Complete job",
            "Z Job is ",
            "Z Current runner",
            "Z A job ",
            "Z Post job cleanup.",
            "Z Cleaning up orphan processes",
            "Z Initialize containers",
            "Z Stop containers",
        )
        + plain(Role.PARSE, "Z Run '"),
        soft=True,
    ),
    Layout(
        parser="listener",
        before=("time=",),
        between="T",
        zone="Z level=",
        behind=rf"(?:INFO|DEBUG) (?:source=[^\s\"]+ )?{_SLOG}",
        loud=r"(?:ERROR|WARN) (?:source=[^\s\"]+ )?msg=",
        fraction=(3,),
        sources=frozenset({Source.LISTENER}),
        key=_PAIRS,
        probes=(
            *plain(
            Role.PARSE, " err=", " error=", " level=ERR", " level=WARN", " pod=", " container=",
            '"pod"=', '"container"=', '"error"=', '"err"=', '"level"=', '"time"=', '"msg"=',
            ),
            *_ESCAPED,
            _SECOND_TIME,
        ),
        offset=5,
    ),
    Layout(
        parser="dind",
        before=('time="',),
        between="T",
        zone='Z" level=',
        behind=rf"(?:info|debug|warning) {_SLOG}",
        loud="(?:error|fatal|panic) msg=",
        fraction=(9, 6, 3, 0),
        sources=frozenset({Source.DIND}),
        key=_PAIRS,
        probes=(
            *plain(
            Role.PARSE, " err=", " error=", " level=err", " level=fatal", " level=panic",
            '"error"=', '"err"=', '"level"=', '"time"=', '"msg"=',
            ),
            *_ESCAPED,
            _SECOND_TIME,
        ),
        offset=6,
    ),
)  # fmt: skip
