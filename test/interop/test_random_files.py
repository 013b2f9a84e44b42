"""Files that libhdf5 writes by seed: what `lindi dump` says of them against what libhdf5 says.

The reader with which the corpus was described (`dump_truth.py`, `compare_truth.py`) is used where it lies.
"""
import importlib
import json
import os
import sys
from functools import cache
from pathlib import Path

import engine
import h5py
import pytest
import random_files

TOOLS = engine.CORPUS / "tools"
SEEDS = int(os.environ.get("LINDI_RANDOM_FILES", "60"))

if not (TOOLS / "dump_truth.py").exists():
    pytestmark = pytest.mark.skip(reason=f"no dump_truth.py in {TOOLS}")


@cache
def tool(name):
    """One of the corpus' programs as a module, on the libhdf5 that h5py brought along."""
    libraries = Path(h5py.__file__).parents[1] / "h5py.libs"
    os.environ["H5C_LIB"] = str(next(libraries.glob("libhdf5-*.so*")))
    sys.path.insert(0, str(TOOLS))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(TOOLS))


def without_decimals(value):
    """Numbers are compared by their bits: decimal texts differ between versions of numpy."""
    if isinstance(value, dict):
        return {key: without_decimals(v) for key, v in value.items() if key != "r" or "h" not in value}
    return [without_decimals(v) for v in value] if isinstance(value, list) else value


def what_libhdf5_says(file):
    out = json.loads(json.dumps(tool("dump_truth").dump(str(file), None)))
    for each in out["objects"]:
        if "contiguous" in each and not each["allocated"]:
            each["contiguous"]["offset"] = None  # 1.14 adds the user block to the address of nothing
    return out


@pytest.mark.parametrize("seed", range(SEEDS))
def test_says_what_libhdf5_says(seed, tmp_path):
    file = tmp_path / "random.h5"
    random_files.write(file, seed)
    truth = what_libhdf5_says(file)
    assert not truth["errors"]
    ours = engine.run("dump", "--format", "json", "--data", file)
    assert ours.returncode == 0, engine.stderr_of(ours)
    found = tool("compare_truth").compare(
        without_decimals(truth), without_decimals(json.loads(ours.stdout)), data=True, strict=True
    )
    assert not found


def test_most_is_made(tmp_path):
    """Files from which libhdf5 left out everything would be equal, too."""
    counts = [random_files.write(tmp_path / "random.h5", seed) for seed in range(SEEDS)]
    asked, refused = map(sum, zip(*counts))
    print(f"{refused} of {asked} datasets refused")
    assert refused < asked / 4
