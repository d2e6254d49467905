"""How often a claim is right, by how sure it is: over the rules' own tests and over labelled cases.

    python benchmarks/calibration.py [CASES_DIR…]

A labelled case is a folder with `case.yaml` (root_cause, acceptable) and `input/`.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import yaml

from arclogs.analyze import analyze
from arclogs.model.report import CONFIDENCES
from arclogs.rules import load_rules
from arclogs.rules.files.pack import pack_directory
from arclogs.rules.findings.report import findings_of
from arclogs.rules.proving import bundle_of, judge_files

Tally = dict[str, list[int]]


def answer(findings):  # noqa: ANN001, ANN201 - a script
    return next((f for f in findings if f.kind == "cause"), None)


def count(tally: Tally, found, right: set[str]) -> None:  # noqa: ANN001 - a script
    if found is not None:
        tally[found.confidence][0] += found.rule in right
        tally[found.confidence][1] += 1


def of_tests() -> Tally:
    rules, tally = load_rules(), defaultdict(lambda: [0, 0])
    for rule in rules.rules:
        for test in rule.tests:
            if rule.kind == "cause" and test.expect.fires:
                files = bundle_of(rule, test, pack_directory() / "fixtures")
                count(tally, answer(findings_of(judge_files(files, rules))), {rule.id})
    return tally


def of_cases(folder: Path) -> Tally:
    tally: Tally = defaultdict(lambda: [0, 0])
    for path in sorted(folder.glob("*/case.yaml")):
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        right = {case["root_cause"], *(case.get("acceptable") or [])}
        count(tally, answer(analyze([path.parent / "input"]).findings), right)
    return tally


def main() -> None:
    print("| answers | confirmed | likely | possible |\n|---|---|---|---|")
    tallies = [("the rules' own tests", of_tests())]
    tallies += [(Path(name).name, of_cases(Path(name))) for name in sys.argv[1:]]
    for name, tally in tallies:
        cells = [f"{tally[c][0]} of {tally[c][1]} right" for c in CONFIDENCES]
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
