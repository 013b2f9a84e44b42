"""D1 to D3: reading data into memory; J1: opening a large LINDI document."""
import measure
import peers_at_work as peers
import prepare
from race import FLOOR, OURS, Case, Contender

CODECS = {
    "gzip": "libdeflate",
    "gzip_shuffle": "libdeflate and numcodecs' shuffle",
    "blosc_lz4": "numcodecs",
    "zstd": "numcodecs",
}


def ours(*args):
    return lambda timeout: measure.run([prepare.READ, *args], timeout)


def decode(name, file, document):
    return Case(
        "D1",
        name,
        [
            Contender(OURS, ours("read", file, "data")),
            Contender("h5py", lambda t: peers.h5py(t, "read", file, "data"), True),
            Contender("Python lindi", lambda t: peers.python_lindi(t, "read", document, "data"), True),
            Contender("hidefix", lambda t: peers.other(t, "hidefix_read", file, "data")),
            Contender("pyfive", lambda t: peers.other(t, "pyfive_read", file, "data")),
            Contender("h5coro", lambda t: peers.other(t, "h5coro_read", file, "data")),
            Contender("h5wasm", lambda t: peers.h5wasm(t, "read", file, "data")),
            Contender("tensorstore", lambda t: peers.other(t, "tensorstore_read", file, "data")),
            Contender(FLOOR, lambda t: peers.other(t, "codec_alone", file, "data", name)),
        ],
        floor=f"{CODECS[name]} alone over the chunks, in memory, divided by the processors",
    )


def document_of(file, name):
    out = prepare.SCRATCH / f"{name}.lindi.json"
    measure.run([prepare.LINDI, "index", file, "--url", file, "-o", out], 60)
    return out


def d1(make, quick):
    names = ["gzip_shuffle", "blosc_lz4"] if quick else list(CODECS)
    files = make(names)
    return [lambda n=name: decode(n, files[n], document_of(files[n], n)) for name in names]


def strided(file, step):
    return Case(
        "D2",
        f"every {step}th of 4,000,000 rows of 64 bytes",
        [
            Contender(OURS, ours("read", file, "data", step)),
            Contender("h5py", lambda t: peers.h5py(t, "read", file, "data", step), True),
            Contender("hidefix", lambda t: peers.other(t, "hidefix_read", file, "data", step)),
            Contender("pyfive", lambda t: peers.other(t, "pyfive_read", file, "data", step)),
            Contender(FLOOR, lambda t: peers.other(t, "mapped_rows", file, "data", step)),
        ],
        floor="copying the rows out of the mapped file with numpy",
    )


def d2(make, quick):
    file = make(["contiguous"])["contiguous"]
    return [lambda s=step: strided(file, s) for step in (10, 1000)]


def d3(make, quick):
    name = "N300_old" if quick else "N5000_old"
    file = make([name])[name]
    return [
        lambda: Case(
            "D3",
            f"first row of all datasets of {name}",
            [
                Contender(OURS, ours("rows", file)),
                Contender("h5py", lambda t: peers.h5py(t, "first_rows", file), True),
                Contender("pyfive", lambda t: peers.other(t, "pyfive_first_rows", file)),
            ],
        )
    ]


def j1(make, quick):
    """Python lindi wrote it, from 5,000 datasets with 1,500,000 chunks."""
    file = make(["N5000_old"])["N5000_old"]
    document = prepare.BENCH / "J1.lindi.json"
    if not document.exists():
        partial = document.with_suffix(".partial")
        url = "https://example.org/a/url/as/long/as/they/are/sub-1_ses-1.nwb"
        peers.python_lindi(600, "index", file, partial, url)
        partial.rename(document)
    size = document.stat().st_size
    copy = prepare.SCRATCH / "floor"
    return [
        lambda: Case(
            "J1",
            f"LINDI JSON of {size / 1e6:.0f} MB",
            [
                Contender(OURS, ours("open", document)),
                Contender("Python lindi", lambda t: peers.python_lindi(t, "open", document), True),
                Contender("Python json.load alone", lambda t: peers.other(t, "load_json", document)),
                Contender(FLOOR, ours("copy", document, size, copy, 0)),
            ],
            floor="reading the bytes",
        )
    ]
