"""The table of a run, as Markdown and JSON."""
import json
import os
import platform
import statistics
import subprocess
from pathlib import Path

from race import FLOOR, OURS

TITLES = {
    "L1": "Index of a local file",
    "L2": "Index of 20,000 datasets with 10 attributes each",
    "L3": "Index of one dataset of 1,000,000 gzip chunks, version 1 B-tree",
    "L4": "The same with the indexes of the latest format",
    "L5": "Index of 10,000,000 chunks",
    "R1": "Cold index of a remote file, 100 Mbit/s",
    "R2": "The same with a filled cache",
    "R3": "Random slices of 100 rows of a remote gzip dataset, one after the other",
    "R4": "Many remote assets at once",
    "D1": "Reading 128 MB of int16 in chunks of 1 MiB",
    "D2": "Reading rows of a contiguous dataset with strides",
    "D3": "One row of everything",
    "C1": "Cache of ranges",
    "J1": "Opening a large LINDI JSON",
}


def seconds(value):
    if value is None:
        return ""
    for unit, factor in (("s", 1), ("ms", 1e3)):
        if value * factor >= 1:
            return f"{value * factor:.3g} {unit}"
    return f"{value * 1e6:.3g} µs"


def megabytes(count):
    return f"{count / 1e6:.0f} MB" if count >= 10e6 else f"{count / 1e6:.1f} MB"


def spread(standing):
    """Of all runs, from the fastest to the slowest."""
    if len(standing.seconds) < 2:
        return "once" if standing.name != FLOOR else ""
    return f"{seconds(min(standing.seconds))} to {seconds(max(standing.seconds))}, {len(standing.seconds)}"


def remark(result, standing):
    counts = standing.counts
    parts = []
    if standing.name == FLOOR:
        parts.append(result.case.floor)
    if "body_bytes" in counts:
        waves = f"{counts['waves']} waves, " if "waves" in counts else ""
        parts.append(f"{waves}{counts['requests']:,} requests, {megabytes(counts['body_bytes'])}")
    if "memory_per_chunk" in counts:
        parts.append(f"{counts['memory_per_chunk']:.1f} bytes of memory a chunk")
    return "; ".join(parts)


def row(result, standing):
    if standing.reason:
        return f"| {standing.name} | – | | | | {escaped(standing.reason)} |"
    ratio = result.ratio(standing.name)
    relative = "" if standing.name == OURS or ratio is None else f"{ratio:.3g}"
    memory = megabytes(standing.memory) if standing.memory and standing.name != FLOOR else ""
    cells = [standing.name, seconds(standing.median), spread(standing), relative, memory, escaped(remark(result, standing))]
    return f"| {' | '.join(cells)} |"


def escaped(text):
    return text.replace("|", "\\|").replace("<", "&lt;")


def table(result):
    lines = [
        f"**{result.case.workload} {result.case.name}**",
        "",
        "| | median | spread, runs | ours = 1 | memory | |",
        "| --- | ---: | --- | ---: | ---: | --- |",
    ]
    if result.failure:
        return f"{lines[0]}: not timed. {result.failure}\n"
    return "\n".join(lines + [row(result, standing) for standing in result.standings]) + "\n"


def machine():
    model = platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if os.path.exists("/proc/cpuinfo") else []:
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    return f"{os.cpu_count()} processors ({model}), {platform.system()} {platform.release()}"


def commit():
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "unknown"


def head(about):
    return (
        f"{about['when']}, commit {about['commit']}, {about['machine']}, load {about['load']:.1f} at the start;"
        f" `{about['command']}` took {about['minutes']:.1f} minutes.\n"
    )


def markdown(results, about):
    parts, missed = [head(about)], []
    title = None
    for result in results:
        if title != TITLES[result.case.workload]:
            title = TITLES[result.case.workload]
            parts.append(f"### {result.case.workload}: {title}\n")
        parts.append(table(result))
        missed += [f"- {result.case.workload} {result.case.name}: {each}" for each in result.missed()]
    parts.append("### Targets missed\n\n" + ("\n".join(missed) or "None.") + "\n")
    return "\n".join(parts)


def as_json(results, about):
    return json.dumps(
        about
        | {
            "results": [
                {
                    "workload": result.case.workload,
                    "case": result.case.name,
                    "missed": result.missed(),
                    "contenders": [
                        {
                            "name": standing.name,
                            "reason": standing.reason,
                            "median": standing.median,
                            "seconds": standing.seconds,
                            "deviation": statistics.pstdev(standing.seconds) if standing.seconds else None,
                            "memory": standing.memory,
                            "counts": standing.counts,
                        }
                        for standing in result.standings
                    ],
                }
                for result in results
            ]
        },
        indent=1,
    )
