"""Files from everywhere: our document against the one that Python lindi made of the same file."""
import json
import re

import deliberate
import engine
import pytest
import values


def theirs(name):
    return engine.CORPUS / "lindi" / f"{name}.lindi.json"


def wanted(row):
    return theirs(row["path"].removeprefix("files/")).exists()


def test_means_the_same(corpus_file, tmp_path, record_property):
    file, ours = engine.CORPUS / "files" / corpus_file, tmp_path / "ours.lindi.json"
    engine.index(file, ours, url=f"https://example.org/{corpus_file}")
    found = engine.reference_differences(theirs(corpus_file), ours)
    if not found:
        record_property("outcome", "equal")
        return
    truth = json.loads((engine.CORPUS / "truth" / f"{corpus_file}.json").read_text("utf-8"))
    rules = {line: deliberate.rule_for(line, truth) for line in found}
    wrong = [line for line, rule in rules.items() if not rule]
    assert not wrong, f"{len(wrong)} differences: {wrong[0]}"
    for rule in {rule.name: rule for rule in rules.values()}.values():
        record_property("outcome", f"better ({rule.name})")

    # a difference by rule still has to be right
    engine.index(file, ours, url=str(file))
    known = [rule.unreadable for rule in rules.values() if rule.unreadable]
    wrong = [
        line for line in values.differences(file, ours)
        if not any(re.search(pattern, line) for pattern in known)
    ]
    assert not wrong, f"deliberate, but wrong: {wrong[0]}"


if not engine.ORACLE.exists():
    pytestmark = pytest.mark.skip(reason=f"compare_rfs.py is not at {engine.ORACLE}")
