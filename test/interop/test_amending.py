"""NWB files that are added to: by ours, by pynwb, in turns; read and validated by pynwb."""
import uuid
import warnings

import engine
import lindi
import numpy as np
import pytest
from editor import Editor
from nwbinspector import Importance, inspect_nwbfile_object
from pynwb import NWBHDF5IO, TimeSeries, validate

TIMES = np.cumsum(np.random.default_rng(1).uniform(0.1, 0.2, 400))
SAMPLES = np.random.default_rng(2).normal(size=(400, 3)).astype("f4")


@pytest.fixture(params=[".lindi.json", ".lindi.tar", ".lindi.d"])
def amended(request, tmp_path):
    """A file that builds on the sample, which is not copied."""
    path = tmp_path / ("amended" + request.param)
    result = engine.run("amend", engine.SAMPLE, "-o", path)
    assert result.returncode == 0, engine.stderr_of(result)
    return path


def opened(path, mode="r"):
    return lindi.LindiH5pyFile.from_lindi_file(str(path), mode=mode)


def add_series(path, name):
    """What pynwb writes for a TimeSeries, through our C interface."""
    group = f"/acquisition/{name}"
    with Editor(path, "r+") as file:
        file.group(group)
        for attribute, value in {
            "neurodata_type": "TimeSeries",
            "namespace": "core",
            "object_id": str(uuid.uuid4()),
            "description": "Added to a file that is somewhere else.",
            "comments": "no comments",
        }.items():
            file.set(group, attribute, value)
        file.create(f"{group}/data", "float32", SAMPLES.shape, chunks=[150, 3])
        file.write(f"{group}/data", SAMPLES)
        units = {"unit": "volts", "conversion": 1.0, "offset": 0.0, "resolution": -1.0}
        for attribute, value in units.items():
            file.set(f"{group}/data", attribute, value)
        file.create(f"{group}/timestamps", "float64", TIMES.shape)
        file.write(f"{group}/timestamps", TIMES)
        file.set(f"{group}/timestamps", "unit", "seconds")
        file.set(f"{group}/timestamps", "interval", 1)


def messages(nwb):
    """What nwbinspector has against a file; not how its checks fail on files of h5py's likes."""
    found = inspect_nwbfile_object(nwb)
    return sorted(
        (m.check_function_name, m.location or "", m.message)
        for m in found
        if m.importance not in (Importance.ERROR, Importance.BEST_PRACTICE_SUGGESTION)
    )


def test_a_series_of_ours(amended):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with NWBHDF5IO(file=opened(amended), mode="r", load_namespaces=True) as io:
            before = messages(io.read())
            assert validate(io=io) == []
        add_series(amended, "added")
        with NWBHDF5IO(file=opened(amended), mode="r", load_namespaces=True) as io:
            nwb = io.read()
            series = nwb.acquisition["added"]
            assert "added <class 'pynwb.base.TimeSeries'>" in str(nwb)
            assert "float32" in str(series) or "LindiH5pyDataset" in str(series)
            assert series.unit == "volts" and series.resolution == -1.0
            np.testing.assert_array_equal(series.data[()], SAMPLES)
            np.testing.assert_array_equal(series.timestamps[()], TIMES)
            raw = nwb.acquisition["raw"].data  # still that of the base
            assert raw.shape == (1600, 4)
            assert validate(io=io) == []
            assert messages(nwb) == before
    wrong = engine.run("check", amended)
    assert wrong.returncode == 0, engine.stderr_of(wrong)


def test_a_series_of_pynwb(amended):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file = opened(amended, "r+")
        with NWBHDF5IO(file=file, mode="a", load_namespaces=True) as io:
            nwb = io.read()
            series = TimeSeries(
                name="theirs", data=SAMPLES, unit="V", timestamps=TIMES, description="by pynwb"
            )
            nwb.add_acquisition(series)
            io.write(nwb)
        file.close()
        add_series(amended, "ours")
        with NWBHDF5IO(file=opened(amended), mode="r", load_namespaces=True) as io:
            nwb = io.read()
            for name in ["theirs", "ours"]:
                np.testing.assert_array_equal(nwb.acquisition[name].data[()], SAMPLES)
            assert validate(io=io) == []
    for name, want in [("data", SAMPLES), ("timestamps", TIMES)]:
        read = engine.run("read", amended, f"/acquisition/theirs/{name}", "--format", "raw")
        assert read.returncode == 0, engine.stderr_of(read)
        got = np.frombuffer(read.stdout, want.dtype).reshape(want.shape)
        np.testing.assert_array_equal(got, want)


def test_with_the_program(amended, tmp_path):
    """The same from the command line."""
    np.save(tmp_path / "data.npy", SAMPLES)
    np.savetxt(tmp_path / "times.csv", TIMES, fmt="%.17g", header="seconds", comments="")
    group = "/acquisition/added"
    commands = [
        ["add", amended, group],
        ["add", amended, f"{group}/data", tmp_path / "data.npy", "--chunks", "100,3"],
        ["add", amended, f"{group}/timestamps", tmp_path / "times.csv"],
        ["set", amended, f"{group}@neurodata_type", "TimeSeries"],
        ["set", amended, f"{group}@namespace", "core"],
        ["set", amended, f"{group}@object_id", str(uuid.uuid4())],
        ["set", amended, f"{group}@description", "text"],
        ["set", amended, f"{group}/data@unit", "volts"],
        ["set", amended, f"{group}/data@conversion", "1.0"],
        ["set", amended, f"{group}/data@offset", "0.0"],
        ["set", amended, f"{group}/data@resolution", "-1.0"],
        ["set", amended, f"{group}/timestamps@unit", "seconds"],
        ["set", amended, f"{group}/timestamps@interval", "1"],
        ["set", amended, f"{group}@comments", "no comments"],
    ]
    for command in commands:
        dry = engine.run(*command, "--dry-run")
        assert dry.returncode == 0 and dry.stdout.startswith(b"would "), engine.stderr_of(dry)
        result = engine.run(*command)
        assert result.returncode == 0, engine.stderr_of(result)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with NWBHDF5IO(file=opened(amended), mode="r", load_namespaces=True) as io:
            series = io.read().acquisition["added"]
            np.testing.assert_array_equal(series.data[()], SAMPLES)
            np.testing.assert_array_equal(series.timestamps[()], TIMES)
            assert validate(io=io) == []
