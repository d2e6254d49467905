"""Where a text says what something is the name of: in addresses, by a key, in a path.

Each named group of a form is a kind of name. A form sees a line that holds one of its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.lazy_regex import lazy_compile
from arclogs.redact.identity import allowed
from arclogs.redact.identity.level import Level
from arclogs.redact.identity.mention import Mention
from arclogs.redact.identity.pseudonyms import is_pseudonym

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


class Form(NamedTuple):
    """One way in which names are written down."""

    words: tuple[str, ...]
    """Lower-case words, one of which is in every line that it matches."""
    regex: re.Pattern[str]
    level: Level = Level.IDENTITY


_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_])?"
_SHORT = r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,98}?[A-Za-z0-9_])??"  # .git behind it is no part
_ORG = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}[A-Za-z0-9])?"
_IS = r"[\\\"']{0,4}[ \t]{0,8}[:=][ \t]{0,8}[\\\"']{0,4}"
_END = r"(?![\w-])"
_UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_SLASH = r"(?:\\?/|%2[Ff])"


def _form(words: str, regex: str, level: Level = Level.IDENTITY) -> Form:
    return Form(tuple(words.split()), lazy_compile(regex), level)


FORMS: Final = (
    _form("github.com .ghe.com", rf"://(?:[^\s/@]{{1,512}}@)?(?:[\w-]+\.)*(?:github|ghe)\.com"
          rf"{_SLASH}(?P<org>{_ORG}){_END}(?:{_SLASH}(?P<repo>{_SHORT})(?:\.git)?(?![\w.-]))?"),
    _form("githubconfigurl --url config_url githuburl",
          r"(?:[Gg]it[Hh]ub[-_]?[Cc]onfig[-_]?[Uu]rl|--url|config_url|git[Hh]ub[Uu]rl)"
          rf"(?:{_IS}|[ =])https?://[^\s/\"']+/(?:enterprises/)?(?P<org>{_ORG}){_END}"
          rf"(?:/(?P<repo>{_NAME}))?"),
    _form("repos/", rf"/repos/(?P<org>{_ORG})/(?P<repo>{_NAME})"),
    _form("orgs/ organizations/ enterprises/",
          rf"/(?:orgs|organizations|enterprises)/(?P<org>{_ORG}){_END}"),
    _form("git@", rf"git@[\w.-]+:(?P<org>{_ORG})/(?P<repo>{_SHORT})(?:\.git)?(?![\w.-])"),
    _form(".github/workflows", rf"(?<![\w.-])(?P<org>{_ORG})/(?P<repo>{_NAME})/\.github/workflows/"),
    _form("organi enterprise owner",
          r"(?:(?:[Oo]rgani[sz]ation|[Ee]nterprise)(?:[-_]?[Nn]ame)?|REPOSITORY_OWNER|repository_owner"
          rf"|[Oo]wner[-_]?[Nn]ame){_IS}(?P<org>{_ORG})(?![\w.-]|[ \t]\w)"),
    _form("repositor reponame repo_name",
          r"(?:[Rr]epository(?:[-_]?[Nn]ame)?|GITHUB_REPOSITORY|[Rr]epo[-_]?[Nn]ame)"
          rf"{_IS}(?P<org>{_ORG})/(?P<repo>{_NAME})(?![\w./:@-])"),
    _form("repositor", rf"[Rr]epository[-_]?[Nn]ame{_IS}(?P<repo>{_NAME})(?![\w./:@-])"),
    _form("ghcr.io/", rf"ghcr\.io/(?P<org>{_ORG}){_END}"),
    _form("_work/ _work\\", r"_work(?P<s>[/\\]{1,4})(?P<repo>[\w.-]{2,99}?)(?P=s)(?P=repo)(?![\w.-])"),
    _form("actor sender login triggered authored",
          r"(?:(?<![a-z])(?:[Tt]riggering[-_]?)?[Aa]ctor|_ACTOR|(?<=[\"'])(?:sender|login)"
          rf"|[Tt]riggered by|[Aa]uthored by){_IS}@?(?P<user>{_ORG})(?![\w.[-]|[ \t]\w)"),
    _form("/home/ /users/ \\users\\",
          r"(?:/home/|/Users/|\\Users\\{1,2})(?P<user>[A-Za-z][\w.-]{1,31})(?![\w.-])"),
    _form("@", r"(?m)^(?:\(\w+\) )?\[?(?P<user>[a-z_][\w.-]{0,31})@(?P<host>[A-Za-z][\w-]{0,62})"
          r"(?:[:\]]| [~/]| [^\s\]]{1,80}\])[^\n]{0,120}?[$#%>] "),
    _form("refs/heads/", r"refs/heads/(?P<branch>[\w./-]{1,120}\w)"),
    _form("arn:aws", r"arn:aws[\w-]*:[\w-]*:[\w-]*:(?P<account>\d{12})(?=[:/])"),
    _form(".dkr.ecr account", r"(?<!\d)(?P<account>\d{12})(?=\.dkr\.ecr)"),
    _form("account", rf"[Aa]ccount[ _-]?[Ii][Dd]{_IS}(?P<account>\d{{12}})(?!\d)"),
    _form("subscription", rf"/subscriptions/(?P<account>{_UUID})"),
    _form("tenant subscription client",
          rf"(?:tenant|subscription|client)[_-]?[Ii][Dd]{_IS}(?P<account>{_UUID})"),
    _form("microsoftonline", rf"microsoftonline\.com/(?P<account>{_UUID})"),
    _form("projects/", r"projects/(?P<account>[a-z][a-z0-9-]{4,28}[a-z0-9])/"
          r"(?:locations|zones|regions|serviceAccounts|secrets|global)\b"),
    _form("gcr.io/ pkg.dev/", r"(?:\bgcr\.io|pkg\.dev)/(?P<account>[a-z][a-z0-9-]{4,28}[a-z0-9])/"),
    _form("namespace", rf"[Nn]amespace{_IS}(?P<ns>{_ORG})(?![\w.-])", Level.MAX),
    _form("-n --namespace", rf"(?<![\w-])(?:-n|--namespace)[ =](?P<ns>{_ORG})(?![\w.-])", Level.MAX),
    _form("system:serviceaccount", rf"system:serviceaccounts?:(?P<ns>{_ORG})(?![\w.-])", Level.MAX),
    _form("scale-set-name scalesetname", r"(?:scale-set-name|[Ss]cale[Ss]et[Nn]ame)"
          rf"{_IS}(?P<set>{_NAME}){_END}", Level.MAX),
    _form("instance release-name", r"(?:app\.kubernetes\.io/instance|release-name)"
          rf"{_IS}(?P<set>{_NAME}){_END}", Level.MAX),
    _form("node successfully hostname", rf"(?:(?<![A-Za-z])[Nn]ode[Nn]ame{_IS}|(?m:^)[ \t]*Node:[ \t]+"
          rf"|kubernetes\.io/hostname{_IS}|Successfully assigned \S{{1,512}} to )"
          rf"(?P<node>{_NAME}){_END}", Level.MAX),
    _form("group-name groupname", rf"(?:group-name|[Gg]roup[Nn]ame){_IS}(?P<group>{_NAME}){_END}",
          Level.MAX),
    _form("cluster current-context", r"(?:[Cc]luster[-_ ]?[Nn]ame|current-context|:cluster/)"
          rf"(?:{_IS}|(?<=/))(?P<cluster>{_NAME}){_END}", Level.MAX),
)  # fmt: skip
_STAYS: Final[dict[str, frozenset[str]]] = {
    "org": allowed.ORGANIZATIONS | allowed.PATHS,
    "repo": allowed.ORGANIZATIONS | frozenset({"runner", "runner-images", "scaleset"}),
    "user": allowed.USERS,
    "branch": allowed.BRANCHES,
}
# A name in the cluster that is a word tells nothing of anybody, and stands in names of pods, too.
_IN_CLUSTER: Final = allowed.CLUSTER | allowed.WORDS
_ADDRESS_NAME: Final = lazy_compile(r"ip(?:-\d{1,3}){4}(?![\w-])")
_NOTHING: Final = frozenset(
    {"true", "false", "null", "none", "nil", "undefined", "unknown", "empty"}
)


def named(form: Form, text: str, start: int, end: int) -> Iterator[Mention]:
    """Yield the names in a line of which a form says that they are names."""
    for match in form.regex.finditer(text, start, end):
        yield from _groups(match)


def _groups(match: re.Match[str]) -> Iterator[Mention]:
    owner = match.groupdict().get("org")
    if owner and owner.lower() in _STAYS["org"]:
        return  # what belongs to everybody: actions/checkout, /app/installations
    for kind, value in match.groupdict().items():
        if kind == "s" or not value or value.lower() in _NOTHING or is_pseudonym(value):
            continue
        if value.lower() in _STAYS.get(kind, _IN_CLUSTER) or value.isdigit() != (
            kind == "account" and len(value) == 12 and value.isdigit()
        ):
            continue
        if kind == "node" and _ADDRESS_NAME.match(value):
            continue  # it becomes what its address becomes
        yield Mention(*match.span(kind), kind, value)
