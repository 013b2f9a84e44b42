"""The oracle: one small file for each thing that HDF5 can say, and what Python lindi makes of it."""
import re

import deliberate
import engine
import values

URL = "https://example.org/{}.h5"  # the one in the expected documents


def index(case, out, url):
    name = case.split("/")[1]
    arguments = engine.oracle_arguments()[name]
    return engine.index(engine.oracle_file(case), out, *arguments, url=url)


def test_means_the_same(converted_case, tmp_path, record_property):
    name = converted_case.split("/")[1]
    ours = tmp_path / "ours.lindi.json"
    index(converted_case, ours, URL.format(name))
    expected = engine.ORACLE / "expected" / f"{converted_case}.json"
    found = engine.reference_differences(expected, ours)
    better = deliberate.CONVERTED.get(name)
    wrong = [line for line in found if not (better and better.allows(line))]
    assert not wrong, f"{len(wrong)} differences: {wrong[0]}"
    record_property("outcome", f"better ({name}: {better.reason})" if found else "equal")


def test_reads_back_right(better_case, tmp_path, record_property):
    """What Python lindi gets wrong or refuses is held against h5py instead."""
    better = {**deliberate.CONVERTED, **deliberate.REFUSED}[better_case.split("/")[1]]
    file, ours = engine.oracle_file(better_case), tmp_path / "ours.lindi.json"
    result = index(better_case, ours, str(file))
    found = values.differences(file, ours)
    wrong = [line for line in found if not better.accepts(line)]
    assert not wrong, f"{len(wrong)} differences: {wrong[0]}"
    # nothing is dropped silently
    for line in found:
        if "left out" in line:
            lost = re.split(r"[@/]", line.split(": left out")[0])[-1]
            assert result.returncode == 3, f"exit 0, but {line}"
            assert lost in result.stderr.decode(), f"not on stderr: {line}"
    record_property("outcome", "read back right")


def test_every_refused_case_is_listed():
    refused = {case.split("/")[1] for case in engine.oracle_cases() if "/err_" in case}
    assert refused <= set(deliberate.REFUSED)
