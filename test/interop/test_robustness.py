"""Every file of the corpus, damaged ones too: an answer in time, and no crash.

Worth a run under a sanitizer: LINDI_BIN=build-fuzz/lindi.
"""
import concurrent.futures
import os
import subprocess

import engine
import pytest

ANSWERS = {0, 2, 3}  # fine; cannot read; done with problems


def wanted(row):
    return True


def outcome(*args):
    try:
        result = engine.run(*args)
    except subprocess.TimeoutExpired:
        return f"no answer in {engine.SECONDS} s"
    if result.returncode in ANSWERS:
        return None
    return f"exit {result.returncode}: {engine.stderr_of(result)}"


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """All runs at once, as each spends its time in its own process."""
    folder = tmp_path_factory.mktemp("documents")

    def both(numbered):
        number, row = numbered
        file = engine.CORPUS / row["path"]
        out = folder / f"{number}.lindi.json"
        found = {
            "dump": outcome("dump", "--format", "json", file),
            "index": outcome("index", file, "--url", "https://example.org/x.h5", "-o", out),
        }
        out.unlink(missing_ok=True)
        return row["path"].removeprefix("files/"), found

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(pool.map(both, enumerate(engine.manifest())))


@pytest.mark.parametrize("command", ["dump", "index"])
def test_answers(corpus_file, command, outcomes):
    assert outcomes[corpus_file][command] is None
