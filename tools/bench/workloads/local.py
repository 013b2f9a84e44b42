"""L1 to L5: indexes of local files, written as LINDI JSON to the disk."""
from functools import cache

import measure
import peers_at_work as peers
import prepare
from race import FLOOR, OURS, Case, Contender

OUT = prepare.SCRATCH


def ours(file, *options):
    document = OUT / "ours.json"

    def run(timeout):
        sample = measure.run(
            [prepare.LINDI, "index", file, "--url", file, "-o", document, "--stats=json", *options],
            timeout,
        )
        sample.counts["document_bytes"] = document.stat().st_size
        return sample

    return run


def settle(sums_only=False):
    """Facts of our document take longer than the document: they are looked at once."""

    def facts(name, sample):
        return peers.document_facts(OUT / "ours.json", sums_only) if name == OURS else sample.facts

    return facts


@cache
def sizes(file):
    """What our program says that it used of the file, and wrote."""
    command = [prepare.LINDI, "index", file, "-o", OUT / "floor.json", "--stats=json", *ALL_CHUNKS]
    counts = measure.run([*command, "--url", file], 600).counts
    return counts["bytes_used"], counts["bytes_written"]


def floor(file):
    def run(timeout):
        used, written = sizes(file)
        return peers.read_and_write(file, used, written)(timeout)

    return run


ALL_CHUNKS = ["--num-chunks-threshold", "none"]
WHY = "reads as many bytes of the file as the index takes, writes as many as the document has"


def without_chunks(sample):
    """Contiguous data have none in the file, and pieces in the document."""
    sample.facts = {name: fact for name, fact in sample.facts.items() if not name.startswith("chunk")}
    return sample


def structure(workload, name, file, ratios):
    """Groups, attributes, datasets."""
    theirs = OUT / "theirs.json"
    return Case(
        workload,
        name,
        [
            Contender(OURS, ours(file)),
            Contender("Python lindi", lambda t: peers.python_lindi(t, "index", file, theirs, file), True),
            Contender("libhdf5, C visitor", lambda t: without_chunks(peers.visitor(t, file)), True),
            Contender("h5py, all attributes", lambda t: peers.h5py(t, "visit", file)),
            Contender("kerchunk", lambda t: without_chunks(peers.kerchunk(t, file, theirs))),
            Contender("VirtualiZarr", lambda t: peers.virtualizarr(t, file, theirs)),
            Contender("pyfive, all attributes", lambda t: peers.other(t, "pyfive_visit", file)),
            Contender("h5wasm, all attributes", lambda t: peers.h5wasm(t, "visit", file)),
            Contender("h5coro, all attributes", lambda t: peers.other(t, "h5coro_visit", file)),
            Contender("hidefix", lambda t: peers.other(t, "hidefix_visit", file)),
            Contender(FLOOR, floor(file)),
        ],
        floor=WHY,
        ratios=ratios,
        settle=settle(),
    )


def index_of_chunks(workload, name, file, everyone, ratios, bound):
    theirs = OUT / "theirs.json"

    def python(timeout):
        return peers.python_lindi(timeout, "index", file, theirs, file, "all")

    contenders = [
        Contender(OURS, ours(file, *ALL_CHUNKS)),
        Contender("h5py chunk_iter, no output", lambda t: peers.h5py(t, "chunk_iter", file, "data"), True),
    ]
    if everyone:
        contenders += [
            Contender("Python lindi", python, True),
            Contender("libhdf5, C visitor", lambda t: peers.visitor(t, file)),
            Contender("kerchunk", lambda t: peers.kerchunk(t, file, theirs, "0")),
            Contender("VirtualiZarr", lambda t: peers.virtualizarr(t, file, theirs, "dataset")),
            Contender("pyfive, no output", lambda t: peers.other(t, "pyfive_chunks", file, "data")),
            Contender("hidefix, no output", lambda t: peers.other(t, "hidefix_chunks", file, "data")),
        ]
    contenders.append(Contender(FLOOR, floor(file)))
    return Case(
        workload, name, contenders, floor=WHY, ratios=ratios, bound=bound, settle=settle()
    )


def memory_per_chunk(small, large, more_chunks):
    """What each further chunk takes, whatever the fixed cost is."""

    @cache
    def few(timeout):
        return ours(small, *ALL_CHUNKS)(timeout)

    def run(timeout):
        memory = few(timeout).memory
        sample = ours(large, *ALL_CHUNKS)(timeout)
        sample.counts["memory_per_chunk"] = (sample.memory - memory) / more_chunks
        return sample

    return run


def many_chunks(small, large):
    return Case(
        "L5",
        "chunks10m",
        [
            Contender(OURS, memory_per_chunk(small, large, 9_000_000)),
            Contender("h5py chunk_iter, no output", lambda t: peers.h5py(t, "chunk_iter", large, "data"), True),
            Contender(FLOOR, floor(large)),
        ],
        floor=WHY,
        most={"memory_per_chunk": 24},
        settle=settle(sums_only=True),
    )


INDEX = {"Python lindi": 100, "libhdf5, C visitor": 3}
CHUNKS = {"Python lindi": 30, "h5py chunk_iter, no output": 5}


def l1(make, quick):
    names = ["N300_old", "pynwb"] if quick else ["N300_old", "N5000_old", "pynwb"]
    files = make(names)
    return [lambda n=name: structure("L1", n, files[n], INDEX) for name in names]


def l2(make, quick):
    name = "L2_quarter" if quick else "L2"
    file = make([name])[name]
    return [lambda: structure("L2", name, file, INDEX)]


def l3(make, quick):
    file = make(["chunks1m"])["chunks1m"]
    return [lambda: index_of_chunks("L3", "chunks1m", file, True, CHUNKS, 3)]


def l4(make, quick):
    names = ["chunks1m_fixed", "chunks1m_extensible", "chunks1m_btree2"]
    files = make(names)
    return [
        lambda n=name: index_of_chunks("L4", n, files[n], not quick, CHUNKS, 3) for name in names
    ]


def l5(make, quick):
    files = make(["chunks1m", "chunks10m"])
    return [lambda: many_chunks(files["chunks1m"], files["chunks10m"])]
