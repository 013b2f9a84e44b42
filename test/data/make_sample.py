#!/usr/bin/env python3
"""Writes sample.nwb, a small file with what real NWB files are made of.

    make_sample.py [OUT]

Run it with the interpreter of build/venv (test/interop/requirements.txt). The data are drawn from
a fixed seed and every date is fixed; object ids and the time stamps in object headers are new in
each run, so the file is committed and this script says what is in it.
"""
import sys
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
from hdmf.backends.hdf5.h5_utils import H5DataIO
from pynwb import NWBHDF5IO, NWBFile, TimeSeries
from pynwb.base import TimeSeriesReference, TimeSeriesReferenceVectorData
from pynwb.behavior import Position, SpatialSeries
from pynwb.ecephys import LFP, ElectricalSeries
from pynwb.file import Subject
from pynwb.ophys import ImageSegmentation, OpticalChannel

START = datetime(2024, 3, 1, 9, 30, tzinfo=timezone.utc)
random = np.random.default_rng(20240301)


def new_file():
    return NWBFile(
        session_description="Sample session: a mouse on a linear track",
        identifier="lindi-sample",
        session_start_time=START,
        file_create_date=START,
        experimenter=["Ångström, Ada", "Müller, Ben"],  # text outside ASCII, in an array
        lab="Example lab",
        institution="Example institute",
        keywords=["sample", "small"],
        subject=Subject(
            subject_id="M001", species="Mus musculus", sex="F", age="P90D", genotype="wild type"
        ),
    )


def add_electrodes(nwb):
    probe = nwb.create_device(name="probe", description="four contacts")
    shank = nwb.create_electrode_group(
        name="shank0", description="the only shank", location="CA1", device=probe
    )
    nwb.add_electrode_column("label", "name of the contact")
    nwb.add_electrode_column("good", "contact works")  # bool column
    for i in range(4):
        nwb.add_electrode(
            x=0.0, y=20.0 * i, z=-1.5, imp=np.nan, location="CA1", filtering="none",
            group=shank, label=f"contact{i}", good=i != 2,
        )
    return nwb.create_electrode_table_region(list(range(4)), "all contacts")


def add_recordings(nwb, electrodes):
    # gzip chunks whose last row and column run over the edge
    chunked = H5DataIO(
        random.integers(-300, 300, (1600, 4)).astype("int16"),
        chunks=(768, 3), compression="gzip", compression_opts=4, shuffle=True,
    )
    nwb.add_acquisition(ElectricalSeries(
        name="raw", data=chunked, electrodes=electrodes, rate=30000.0, starting_time=0.0,
        conversion=1.95e-7, description="compressed chunks",
    ))
    # plain contiguous storage: one reference to the whole array
    filtered = np.cumsum(random.normal(size=(300, 4)), axis=0).astype("float32")
    lfp = ElectricalSeries(
        name="lfp", data=filtered, electrodes=electrodes, rate=500.0, starting_time=0.0
    )
    ecephys = nwb.create_processing_module("ecephys", "filtered recordings")
    ecephys.add(LFP(electrical_series=lfp))
    return lfp


def add_behavior(nwb):
    times = np.arange(1100) / 60.0
    positions = random.random((1100, 2)).astype("float32")
    track = SpatialSeries(
        name="track", data=H5DataIO(positions, fletcher32=True, chunks=(500, 2)),
        timestamps=times, reference_frame="start of the track", unit="meters",
    )
    speed = TimeSeries(
        name="speed", data=random.random(1100).astype("float32"), unit="m/s",
        timestamps=track,  # becomes a soft link to the timestamps of track
    )
    behavior = nwb.create_processing_module("behavior", "where the mouse was")
    behavior.add(Position(spatial_series=track))
    behavior.add(speed)
    return speed


def add_trials(nwb, lfp):
    nwb.add_trial_column("rewarded", "reward given")
    nwb.add_trial_column("stimulus", "what was shown")
    nwb.add_trial_column(  # a compound with object references
        "samples", "part of the LFP", col_cls=TimeSeriesReferenceVectorData
    )
    for i, stimulus in enumerate(["left", "right", "left", "both", "none"]):
        nwb.add_trial(
            start_time=4.0 * i, stop_time=4.0 * i + 3.5, rewarded=i % 2 == 0, stimulus=stimulus,
            samples=TimeSeriesReference(60 * i, 50, lfp),
        )


def add_units(nwb):
    nwb.add_unit_column("quality", "result of the sorting")
    for i, count in enumerate([40, 0, 75]):  # ragged, with an empty row
        spikes = np.sort(random.uniform(0.0, 20.0, count))
        nwb.add_unit(
            id=10 + i, spike_times=spikes, electrodes=[i], quality=["good", "noise", "good"][i],
            obs_intervals=[[0.0, 20.0]],
        )


def add_planes(nwb):
    microscope = nwb.create_device(name="microscope")
    plane = nwb.create_imaging_plane(
        name="plane", description="one depth", device=microscope, excitation_lambda=920.0,
        imaging_rate=30.0, indicator="GCaMP6f", location="V1",
        optical_channel=OpticalChannel(name="green", description="channel", emission_lambda=510.0),
    )
    segmentation = ImageSegmentation()
    rois = segmentation.create_plane_segmentation(
        name="rois", description="three cells", imaging_plane=plane
    )
    for size in (3, 5, 2):  # pixel masks: ragged compound (x, y, weight)
        xy = random.integers(0, 64, (size, 2))
        rois.add_roi(pixel_mask=[(int(x), int(y), 1.0 / size) for x, y in xy])
    nwb.create_processing_module("ophys", "segmented cells").add(segmentation)


def main():
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("sample.nwb")
    nwb = new_file()
    electrodes = add_electrodes(nwb)
    lfp = add_recordings(nwb, electrodes)
    add_behavior(nwb)
    add_trials(nwb, lfp)
    add_units(nwb)
    add_planes(nwb)
    nwb.add_scratch(np.arange(6).reshape(2, 3), name="counts", description="a small array")
    with NWBHDF5IO(out, "w") as io:
        io.write(nwb)
    print(f"{out}: {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
