"""Where everything is, and how the program under test is run."""
import csv
import importlib.util
import json
import os
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = os.environ.get("LINDI_BIN") or str(ROOT / "build" / "lindi")
SHARED = ROOT / ".." / "shared"
CORPUS = Path(os.environ.get("LINDI_CORPUS") or SHARED / "corpus").resolve()
ORACLE = Path(os.environ.get("LINDI_ORACLE") or SHARED / "oracle").resolve()
SAMPLE = ROOT / "test" / "data" / "sample.nwb"

SECONDS = 10  # no input may take longer
DONE = (0, 3)  # fine; done, with problems listed on stderr


def run(*args):
    """One run of the program; a hang is an error of the test that asked for it."""
    return subprocess.run([BIN, *map(str, args)], capture_output=True, timeout=SECONDS, check=False)


def index(file, out, *args, url):
    """`lindi index`; fails the test if no document came out."""
    result = run("index", file, "--url", url, "-o", out, *args)
    assert result.returncode in DONE, f"exit {result.returncode}: {stderr_of(result)}"
    return result


# Filters that are refused by name: doc/decisions.md. hdf5plugin, which other tests load, reads some.
REFUSED_FILTERS = (32002, 32012, 32017, 32018, 32024, 32028)


def refuses_filter(text):
    """Whether a message refuses one of these filters."""
    return any(f"filter is not available (filter {number}" in text for number in REFUSED_FILTERS)


def stderr_of(result):
    return result.stderr.decode(errors="replace").strip()[:300]


@cache
def compare_rfs():
    """The comparison that belongs to the oracle, used where it lies."""
    spec = importlib.util.spec_from_file_location("compare_rfs", ORACLE / "compare_rfs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class _Options:
    ignore_metadata = True  # ours lists problems in generationMetadata
    fill_equals_missing = False


def reference_differences(theirs, ours):
    """What differs between two LINDI files, as "key: text" (A is Python lindi's, B is ours)."""
    module = compare_rfs()
    return module.compare(
        module.Lindi(str(theirs), False), module.Lindi(str(ours), False), _Options
    )


@cache
def manifest():
    """The corpus' table, or nothing where there is no corpus."""
    path = CORPUS / "MANIFEST.tsv"
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row for row in rows if (CORPUS / row["path"]).exists()]


@cache
def oracle_arguments():
    """Case name -> arguments of `lindi index`; the manifest has those of the script that made it."""
    path = ORACLE / "cases" / "manifest.json"
    if not path.exists():
        return {}
    names = {"--chunk-threshold": "--num-chunks-threshold", "--contig-max": "--max-contiguous-chunk"}
    cases = json.loads(path.read_text(encoding="utf-8"))
    return {case: [names.get(a, a) for a in about["args"]] for case, about in cases.items()}


def oracle_cases():
    """ "earliest/NAME" and "latest/NAME" of every case file."""
    return [
        f"{libver}/{case}"
        for libver in ("earliest", "latest")
        for case in sorted(oracle_arguments())
        if oracle_file(f"{libver}/{case}").exists()
    ]


def oracle_file(case):
    return ORACLE / "cases" / f"{case}.h5"


def documents(folder):
    """LINDI documents below a folder, by relative path."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.json"))
