"""What a cold `lindi index` of a remote file may cost: round trips, requests and bytes.

The files are made by tools/bench/make_inputs.py, once, and served by the test server of
build/test/remote-index over a link of 50 ms and 100 Mbit/s. Counts are bounded, times are not.
"""
import json
import os
import subprocess
import sys
from functools import cache

import engine
import h5py
import pytest

REMOTE_INDEX = os.environ.get("LINDI_REMOTE_INDEX") or engine.ROOT / "build/test/remote-index"
MAKE_INPUTS = engine.ROOT / "tools/bench/make_inputs.py"
INPUTS = engine.ROOT / "build/bench"

# The reader sends at most 8,192 reads or 64 MiB at once, and walks list 32 MiB of nodes at a time.
WAVE_BYTES = 32 << 20

pytestmark = pytest.mark.skipif(
    not os.path.exists(REMOTE_INDEX), reason=f"{REMOTE_INDEX} is not built"
)


@cache
def made(name):
    subprocess.run([sys.executable, MAKE_INPUTS, "-o", INPUTS, name], check=True)
    return INPUTS / f"{name}.h5"


@cache
def remote_index(path, **settings):
    arguments = [f"{name}={value}" for name, value in settings.items()]
    done = subprocess.run(
        [REMOTE_INDEX, path, *arguments], capture_output=True, text=True, check=True, timeout=300
    )
    return json.loads(done.stdout)


@cache
def metadata_bytes(path):
    """What libhdf5 says that object headers, indexes and heaps take; each object counts once."""
    seen = set()

    def size_of(thing):
        about = h5py.h5o.get_info(thing.id)
        if about.addr in seen:
            return 0
        seen.add(about.addr)
        of_object, of_attributes = about.meta_size.obj, about.meta_size.attr
        own = about.hdr.space.total
        own += of_object.index_size + of_object.heap_size
        own += of_attributes.index_size + of_attributes.heap_size
        return own + sum(map(size_of, thing.values() if isinstance(thing, h5py.Group) else ()))

    with h5py.File(path) as file:
        return size_of(file)


# Name, round trips, requests, bytes fetched for one byte of metadata. Where metadata are few, the
# first request and whole pages around small headers weigh more.
RECORDINGS = [
    ("N300_old", 9, 1_950, 1.5),
    ("N300_latest", 10, 190, 2.2),
    ("N300_paged", 6, 20, 1.5),
    ("N5000_old", 15, 34_000, 1.5),
    ("N5000_latest", 12, 3_000, 1.5),
    ("N5000_paged", 11, 300, 1.5),
]


@pytest.mark.parametrize("name,round_trips,requests,ratio", RECORDINGS)
def test_recording(name, round_trips, requests, ratio):
    file = made(name)
    cost = remote_index(file)
    assert cost["same_as_local"]
    assert cost["round_trips"] <= round_trips
    assert cost["requests"] <= requests
    assert cost["bytes"] <= ratio * metadata_bytes(file)


@pytest.mark.parametrize("name", [row[0] for row in RECORDINGS])
def test_waves_are_at_most_the_longest_pointer_chain(name):
    """Apart from waves that are cut because there is so much to read."""
    cost = remote_index(made(name))
    waves = cost["round_trips"] - 1  # the first one asks who the file is
    assert waves <= cost["longest_chain"] + cost["bytes"] // WAVE_BYTES


@pytest.mark.parametrize("name", ["chunks1m", "chunks1m_fixed", "chunks1m_extensible"])
def test_index_of_a_million_chunks(name):
    file = made(name)
    assert remote_index(file, chunks="none")["same_as_local"]
    assert remote_index(file, chunks="none")["bytes"] <= 1.3 * metadata_bytes(file)


def test_index_of_a_million_tiny_chunks_between_its_nodes():
    """A chunk has 12 bytes here: skipping the 57 behind a node would cost more than reading them."""
    file = made("chunks1m_btree2")
    cost = remote_index(file, chunks="none")
    assert cost["same_as_local"]
    assert cost["bytes"] <= 1.02 * file.stat().st_size
    assert cost["requests"] <= 400


@pytest.mark.parametrize(
    "name", ["chunks1m", "chunks1m_fixed", "chunks1m_extensible", "chunks1m_btree2"]
)
def test_index_of_a_million_chunks_is_not_touched_without_need(name):
    cost = remote_index(made(name))
    assert cost["requests"] == 1
    assert cost["bytes"] <= 65_536


def test_small_files_come_whole():
    cost = remote_index(engine.SAMPLE, bandwidth=0)
    assert cost["same_as_local"]
    assert cost["requests"] <= 2
    assert cost["bytes"] == engine.SAMPLE.stat().st_size


def test_small_file_of_an_archive_needs_no_more_requests_than_python_lindi():
    name = "hdmf-zarr/sub_anm00239123_ses_20170627T093549_ecephys_and_ogen.nwb"
    file = engine.CORPUS / "files" / name
    if not file.exists():
        pytest.skip(f"no {file}")
    assert remote_index(file, bandwidth=0)["requests"] <= 4
