"""NWB files through pynwb: on our document, read by Python lindi, and on the file itself."""
import re
import warnings

import engine
import h5py
import lindi
import pytest
import values
from pynwb import NWBHDF5IO

GROUPS = ("hdmf-zarr", "nwb-explorer", "pynwb", "NWBShowcase")


def wanted(row):
    return row["class"] == "valid" and row["path"].split("/")[1] in GROUPS


def plain(text):
    """Without addresses in memory, and with data sets named alike whichever library shows them."""
    text = re.sub(r" at 0x\d+", "", text)
    text = re.sub(r"<LindiH5pyDataset: (?:[^<>]*/)?([^/<>]+)>", r"<dataset \1>", text)
    return re.sub(r'<(?:\w+ for )?HDF5 dataset "([^"]+)"[^<>]*(?:<[^<>]*>)?[^<>]*>', r"<dataset \1>", text)


def printed(file):
    """What pynwb prints, or how it fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with NWBHDF5IO(file=file, mode="r", load_namespaces=True) as io:
                return plain(str(io.read()))
        except Exception as error:
            return f"{type(error).__name__}: {error}"


def check(file, out):
    engine.index(file, out, url=str(file))
    want = printed(h5py.File(file, "r"))
    got = printed(lindi.LindiH5pyFile.from_lindi_file(str(out)))
    assert got == want
    wrong = values.differences(file, out)
    assert not wrong, f"{len(wrong)} differences: {wrong[0]}"


def test_corpus_file(corpus_file, tmp_path):
    check(engine.CORPUS / "files" / corpus_file, tmp_path / "ours.lindi.json")


def test_sample(tmp_path):
    check(engine.SAMPLE, tmp_path / "ours.lindi.json")


def test_sample_is_an_nwb_file():
    """Two equal failures would pass the test above."""
    assert printed(h5py.File(engine.SAMPLE, "r")).startswith("root pynwb.file.NWBFile")


@pytest.mark.parametrize("option", ["object", "string"])
def test_both_forms_of_metadata(option, tmp_path):
    out = tmp_path / "ours.lindi.json"
    engine.index(engine.SAMPLE, out, "--metadata-as", option, url=str(engine.SAMPLE))
    assert not values.differences(engine.SAMPLE, out)
