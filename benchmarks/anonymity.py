"""How many findings stay as they are when names become pseudonyms.

    python benchmarks/anonymity.py [CASES_DIR…]

Compares rule, confidence, count and number of entities before and after, over the rules' own tests
and over folders of labelled cases (`input/` in each). Prints a row a level; what differs on stderr.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from arclogs.analyze import investigate
from arclogs.masked import mask_bundle
from arclogs.redact.identity import Anonymizer, Level
from arclogs.redact.identity.pseudonyms import Pseudonyms
from arclogs.rules import RuleSet, load_rules
from arclogs.rules.files.pack import pack_directory
from arclogs.rules.findings.report import findings_of
from arclogs.rules.proving import bundle_of, judge_files

KEY = b"only for this measurement"
Told = Counter[tuple[str, str, int, int]]


def told(verdict) -> Told:  # noqa: ANN001 - a script
    return Counter((f.rule, f.confidence, f.count, len(f.entities)) for f in findings_of(verdict))


def without_names(files: dict[str, str], level: Level) -> dict[str, str]:
    anonymizer, names = Anonymizer(level), Pseudonyms(KEY)
    for text in (*files, *files.values()):
        anonymizer.learn(text)
    return {
        anonymizer.replace(name, names): anonymizer.replace(text, names)
        for name, text in files.items()
    }


def of_tests(rules: RuleSet, level: Level) -> tuple[int, int]:
    same = total = 0
    for rule in rules.rules:
        for test in rule.tests:
            files = bundle_of(rule, test, pack_directory() / "fixtures")
            before = told(judge_files(files, rules))
            after = told(judge_files(without_names(files, level), rules))
            same, total = same + (before & after).total(), total + (before | after).total()
            if before != after:
                print(f"{level}: {rule.id}: {test.name}", file=sys.stderr)
    return same, total


def of_cases(rules: RuleSet, level: Level, folder: Path) -> tuple[int, int]:
    same = total = 0
    with tempfile.TemporaryDirectory() as place:
        for case in sorted(path for path in folder.iterdir() if path.is_dir()):
            source = case / "input" if (case / "input").is_dir() else case
            copy = Path(place) / f"{case.name}.tar"
            mask_bundle(source, copy, anonymize=level, key=KEY)
            before = told(investigate(rules, [source]).verdict)
            after = told(investigate(rules, [copy]).verdict)
            same, total = same + (before & after).total(), total + (before | after).total()
            if before != after:
                print(f"{level}: {case.name}", file=sys.stderr)
    return same, total


def main() -> None:
    rules = load_rules()
    for level in (Level.IDENTITY, Level.MAX):
        rows = {"the rules' own tests": of_tests(rules, level)}
        rows |= {name: of_cases(rules, level, Path(name)) for name in sys.argv[1:]}
        for name, (same, total) in rows.items():
            print(
                f"{level:9} {name:32} {same:5} of {total:5} findings the same ({same / total:.2%})"
            )


if __name__ == "__main__":
    main()
