"""R1 to R4: files behind HTTP, at 100 Mbit/s and several latencies."""
import random
import shutil
import time
from concurrent.futures import ThreadPoolExecutor

import measure
import peers_at_work as peers
import prepare
from measure import Failed, Sample
from race import OURS, Case, Contender
from served import Server

OUT = prepare.SCRATCH
COMPUTED = "round trips times latency, and bytes over bandwidth, of what ours had to fetch"


def cache_of(who):
    return OUT / f"cache-{who}"


def cleared(folder):
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def ours(url, *options):
    """The document names what Python lindi's does."""

    def run(timeout):
        command = [prepare.LINDI, "index", url, "--url", url, "-o", OUT / "ours.json", "--stats=json"]
        return measure.run([*command, *options], timeout)

    return run


def cold(who, run):
    def once(timeout):
        cleared(cache_of(who))
        return run(timeout)

    return once


def warm(who, run):
    """The first run only fills the cache."""
    filled = []

    def once(timeout):
        if not filled:
            cleared(cache_of(who))
            run(timeout)
            filled.append(who)
        return run(timeout)

    return once


def settle(name, sample):
    return peers.document_facts(OUT / "ours.json") if name == OURS else sample.facts


def cold_index(name, file, latency, ratios, few):
    server = Server(file, latency)
    url, theirs = server.url, OUT / "theirs.json"
    contenders = {
        "Python lindi": lambda t: peers.python_lindi(t, "index", url, theirs, url),
        "h5py over remfile, all attributes": lambda t: peers.h5py(t, "visit", url, "remfile"),
    }
    more_contenders = {
        "h5py over fsspec, all attributes": lambda t: peers.h5py(t, "visit", url, "fsspec"),
        "kerchunk over fsspec": lambda t: peers.kerchunk(t, url, theirs),
        "VirtualiZarr over obstore": lambda t: peers.virtualizarr(t, url, theirs),
        "h5coro over HTTP, all attributes": lambda t: peers.other(t, "h5coro_visit", url),
        "pyfive over fsspec, all attributes": lambda t: peers.other(t, "pyfive_visit", url),
        "hidefix": lambda t: peers.other(t, "hidefix_visit", url),
    }
    if not few:
        contenders |= more_contenders
    return Case(
        "R1",
        f"{name}, {latency} ms",
        [Contender(OURS, cold("ours", server.counted(ours(url, "--cache", cache_of("ours")))))]
        + [
            Contender(who, server.counted(run), who == "Python lindi")
            for who, run in contenders.items()
        ],
        floor=COMPUTED,
        ratios=ratios,
        model=server.least_seconds,
        settle=settle,
        end=server.close,
    )


def warm_index(name, file, latency):
    server = Server(file, latency)
    url, theirs = server.url, OUT / "theirs.json"
    def python(timeout):
        return peers.python_lindi(timeout, "index", url, theirs, url, "", cache_of("python"))

    return Case(
        "R2",
        f"{name}, {latency} ms, cache filled",
        [
            Contender(OURS, warm("ours", server.counted(ours(url, "--cache", cache_of("ours"))))),
            Contender("Python lindi", warm("python", server.counted(python)), True),
        ],
        floor=COMPUTED,
        model=server.least_seconds,
        settle=settle,
        end=server.close,
    )


def random_slices(count):
    source = random.Random(1)
    starts = [source.randrange(0, 1_999_000) for _ in range(count)]
    return "".join(f"{start} {start + 100}\n" for start in starts)


def slices(file, latency, count, is_warm):
    """Of a gzip dataset, through LINDI JSON that names a URL."""
    server = Server(file, latency)
    document, wanted = OUT / "slices.lindi.json", random_slices(count)
    command = [prepare.LINDI, "index", file, "--url", server.url, "-o", document]
    measure.run(command, 60)
    state = warm if is_warm else cold

    def with_ours(timeout):
        return measure.run(
            [prepare.READ, "slices", document, "data", cache_of("ours")], timeout, wanted
        )

    def with_python(timeout):
        return peers.python_lindi(
            timeout, "slices", document, "data", cache_of("python"), stdin=wanted
        )

    def with_remfile(timeout):
        if is_warm:
            raise Failed("keeps nothing from one process to the next")
        return peers.h5py(timeout, "slices", server.url, "data", "remfile", stdin=wanted)

    return Case(
        "R3",
        f"{count:,} slices, {latency} ms, {'warm' if is_warm else 'cold'}",
        [
            Contender(OURS, state("ours", server.counted(with_ours))),
            Contender("Python lindi", state("python", server.counted(with_python)), True),
            Contender("h5py over remfile", server.counted(with_remfile), True),
        ],
        end=server.close,
    )


def many_assets(file, latency, count):
    """Every asset has a URL of its own. Python lindi works as its bulk script does, in six processes."""
    server = Server(file, latency)

    def with_ours(timeout):
        folder = cleared(OUT / "assets")
        folder.mkdir()

        def one(i):
            url = f"{server.url}?asset={i}"
            command = [prepare.LINDI, "index", url, "--url", url, "-o", folder / f"{i}.json"]
            return measure.run([*command, "--cache", cache_of("ours")], timeout)

        cleared(cache_of("ours"))
        begin = time.perf_counter()
        with ThreadPoolExecutor(count) as pool:
            done = list(pool.map(one, range(count)))
        seconds = time.perf_counter() - begin
        facts = {"assets": len(list(folder.iterdir()))}
        return Sample(seconds, sum(sample.memory for sample in done), facts)

    def with_python(timeout):
        folder = cleared(OUT / "assets")
        folder.mkdir()
        return peers.python_lindi(timeout, "index_many", server.url, folder, count)

    return Case(
        "R4",
        f"{count} assets at once, {latency} ms",
        [
            Contender(OURS, server.counted(with_ours)),
            Contender("Python lindi", server.counted(with_python), True),
        ],
        end=server.close,
    )


def r1(make, quick):
    cases = [("N30_old", 20)] if quick else [
        (name, latency) for name in ("N300_old", "N5000_old", "L2") for latency in (0, 20, 100)
    ]
    files = make(sorted({name for name, _ in cases}))
    wanted = {"Python lindi": 30}
    return [
        lambda n=name, l=latency: cold_index(n, files[n], l, wanted if l else {}, quick or n != "N300_old")
        for name, latency in cases
    ]


def r2(make, quick):
    names = ["N30_old"] if quick else ["N300_old", "L2"]
    files = make(names)
    return [lambda n=n: warm_index(n, files[n], 20) for n in names]


def r3(make, quick):
    file = make(["gzip"])["gzip"]
    count = 12 if quick else 1000
    return [lambda w=w: slices(file, 20, count, w) for w in (False, True)]


def r4(make, quick):
    file = make(["N30_old"])["N30_old"]
    return [lambda: many_assets(file, 20, 6 if quick else 64)]
