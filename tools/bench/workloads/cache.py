"""C1: keeping and finding ranges in the cache, against Python lindi's, which is an SQLite file."""
import random
import shutil
from concurrent.futures import ThreadPoolExecutor

import measure
import peers_at_work as peers
import prepare
from measure import Sample
from race import FLOOR, OURS, Case, Contender

OUT = prepare.SCRATCH


def value_file(size):
    """Not to be compressed, as chunks are."""
    path = OUT / f"value-{size}"
    path.write_bytes(random.Random(size).randbytes(size))
    return path


def at_once(processes, run):
    """Until the last of them is done; starting them is not counted."""

    def together(timeout):
        with ThreadPoolExecutor(processes) as pool:
            done = list(pool.map(lambda number: run(timeout, number), range(processes)))
        facts = {"values": sum(sample.facts["values"] for sample in done), "crc32": done[0].facts["crc32"]}
        return Sample(max(sample.seconds for sample in done), max(sample.memory for sample in done), facts)

    return together


def case(mode, size, count, processes, wave=1):
    value = value_file(size)

    def ours(timeout, number):
        return measure.run([prepare.CACHE, mode, OUT / "put-ours", value, count, number, wave], timeout)

    def python(timeout, number):
        return peers.python_lindi(timeout, "cache", mode, OUT / "put-python", value, count, number)

    def bytes_alone(timeout, number):
        file = OUT / f"put-plain-{number}"
        command = [prepare.CACHE, f"plain-{mode}", file, value, count, number]
        return measure.run(command, timeout)

    def ready(folder, run):
        """`put` begins with nothing; `get` finds what was put before."""

        def once(timeout):
            if mode == "put":
                shutil.rmtree(OUT / folder, ignore_errors=True)
            return at_once(processes, run)(timeout)

        return once

    name = f"{mode} {count} values of {size // 1024} KiB, {processes} process{'es' if processes > 1 else ''}"
    if wave > 1:
        name += f", {wave} at once as a wave of requests brings them (Python lindi: one by one)"
    return Case(
        "C1",
        name,
        [
            Contender(OURS, ready("put-ours", ours)),
            Contender("Python lindi's SQLite", ready("put-python", python), True),
            Contender(FLOOR, at_once(processes, bytes_alone)),
        ],
        floor="the bytes to and from a plain file, without syncing it",
        ratios={"Python lindi's SQLite": 3},
    )


def c1(make, quick):
    sizes = [(64 << 10, 100), (1 << 20, 25)] if quick else [(64 << 10, 2000), (1 << 20, 500)]
    modes = [("put", 1), ("get", 1)] if quick else [("put", 1), ("put", 16), ("get", 1)]
    return [
        lambda m=mode, w=wave, s=size, c=count, p=processes: case(m, s, c, p, w)
        for size, count in sizes
        for processes in (1, 4)
        for mode, wave in modes
    ]
