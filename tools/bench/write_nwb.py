"""Writes an NWB file with pynwb: electrodes, units, trials and time series, alike in every run."""
import random
import uuid
from datetime import datetime, timezone

import hdmf.container
import numpy as np
from hdmf.backends.hdf5.h5_utils import H5DataIO
from pynwb import NWBHDF5IO, NWBFile, TimeSeries
from pynwb.ecephys import ElectricalSeries

SERIES = 60
CHANNELS = 96


def repeatable_ids():
    """Objects of NWB have random names otherwise."""
    source = random.Random(1)
    hdmf.container.uuid4 = lambda: uuid.UUID(int=source.getrandbits(128), version=4)


def add_recording(file, random_):
    device = file.create_device(name="probe", description="silicon probe")
    group = file.create_electrode_group(
        name="shank", description="one shank", location="CA1", device=device
    )
    for i in range(CHANNELS):
        file.add_electrode(location="CA1", group=group, x=float(i), y=0.0, z=0.0)
    region = file.create_electrode_table_region(
        region=list(range(CHANNELS)), description="all of them"
    )
    data = random_.integers(-500, 500, (60_000, CHANNELS), dtype="int16")
    stored = H5DataIO(data, compression="gzip", chunks=(2000, CHANNELS))
    file.add_acquisition(
        ElectricalSeries(
            name="raw", data=stored, electrodes=region, rate=30000.0, conversion=1.95e-7
        )
    )


def add_results(file, random_):
    file.add_unit_column("quality", "how well it is isolated")
    for i in range(300):
        times = np.sort(random_.uniform(0, 600, 400))
        file.add_unit(spike_times=times, quality="good" if i % 3 else "noise")
    for i in range(500):
        file.add_trial(start_time=float(i), stop_time=i + 0.5)
    behavior = file.create_processing_module("behavior", "what the animal did")
    for i in range(SERIES):
        data = H5DataIO(random_.normal(size=5000), compression="gzip", chunks=(500,))
        behavior.add(TimeSeries(name=f"signal{i:02d}", data=data, unit="V", rate=100.0))


def write_nwb(path):
    repeatable_ids()
    when = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
    random_ = np.random.default_rng(1)
    file = NWBFile("a session", "session-1", when, file_create_date=when)
    add_recording(file, random_)
    add_results(file, random_)
    with NWBHDF5IO(str(path), "w") as io:
        io.write(file)
