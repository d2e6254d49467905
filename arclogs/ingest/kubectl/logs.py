"""What kubectl itself says, where it stands in the file that was to hold its output.

    Defaulted container "job" out of: job, fs-init (init)
    Error from server (BadRequest): container "job" in pod "x" is waiting to start: PodInitializing
    error: error from server (NotFound): pods "x" not found in namespace "arc-runners"

Sources: kubectl pkg/cmd/util/helpers.go, pkg/polymorphichelpers/logsforobject.go, kubelet
kuberuntime (the last two forms).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from arclogs.ingest.logs.assemble import Draft
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code
from arclogs.model.record import Level, Source

if TYPE_CHECKING:
    from arclogs.ingest.logs.assemble import Notebook
    from arclogs.ingest.text.line import Line

_ERROR = lazy_compile(
    r"""
      Error[ ]from[ ]server(?:[ ]\([A-Za-z]+\))?:[ ]
    | error:[ ](?:error[ ]from[ ]server|the[ ]server[ ]doesn't[ ]have[ ]a[ ]resource|unable[ ]to|
        You[ ]must|a[ ]container[ ]name[ ]must|container[ ]\S+[ ]is[ ]not[ ]valid|no[ ]matching|
        timed[ ]out|expected[ ]'|unknown[ ](?:command|flag|shorthand)|flag[ ]|resource[ ]|
        context[ ]|current-context|no[ ]configuration|stat[ ]|http2?:|Get[ ]"|Internal[ ]error|
        no[ ]kind|pods[ ]"|Metrics[ ]API[ ]not|metrics[ ]not[ ]available|the[ ]selfsubject|
        deployment[ ]"|daemon[ ]set[ ]"|statefulset[ ]"|unable[ ]to)
    | error:[ ]You
    | The[ ]connection[ ]to[ ]the[ ]server[ ]\S+[ ]was[ ]refused
    | Unable[ ]to[ ]connect[ ]to[ ]the[ ]server:[ ]
    | Error[ ]in[ ]configuration:
    | Request[ ]log[ ]error:[ ]
    | [Uu]nable[ ]to[ ]retrieve[ ]container[ ]logs[ ]for[ ]
    | failed[ ]to[ ](?:try[ ]resolving[ ]symlinks[ ]in[ ]path|watch[ ]file)[ ]"/var/log/pods/
    | failed[ ]to[ ]create[ ]fsnotify[ ]watcher
    | rpc[ ]error:[ ]code[ ]=[ ]
    """,
    re.VERBOSE,
)
_WARNING = lazy_compile(r"Warning: (?:v\d\S* |Use tokens from|\S+ is deprecated|\[)")
_INFO = lazy_compile(
    r"No resources found(?: in \S+ namespace)?\.?$|Defaulted container \"[^\"]+\" out of: "
)
_ANY_ERROR = lazy_compile(
    r"[Ee]rror: |Error from server|The connection to the server|Unable to con"
)


def read_kubectl(line: Line, book: Notebook, command: str | None = None) -> Draft | None:
    """Return the draft of a line that kubectl printed about itself, or None.

    Its errors are noted for the member: the collector saw them, and what they name is missing.
    In the output of a known `kubectl` command any `error: …` is kubectl's.
    """
    text = line.text
    if not text or text[0] not in "EeTURrNDWuf":
        return None
    error = _ANY_ERROR if command is not None and _is_kubectl(command) else _ERROR
    if error.match(text):
        book.each(Code.KUBECTL_ERROR, text[:300])
        level = Level.ERROR
    elif _INFO.match(text):
        level = Level.INFO
    elif _WARNING.match(text):
        level = Level.WARNING
    else:
        return None
    return Draft(line, Source.KUBECTL, text, line.timestamp, level)


def is_kubectl(text: str) -> bool:
    """Tell whether kubectl, and no other program, prints such a line."""
    return text[:1] in "EeTURufrND" and (_ERROR.match(text) or _INFO.match(text)) is not None


def _is_kubectl(command: str) -> bool:
    return command.lstrip("$# ").split(" ", 1)[0] in ("kubectl", "k", "oc")
