"""The summary at the end: how many files were equal, and why others are rightly not."""
import collections
import importlib

import deliberate
import engine
import pytest


def files_or_skip(names, what):
    """Parameters for a test; one that skips and says why if there are none."""
    if names:
        return names
    return [pytest.param(None, marks=pytest.mark.skip(reason=f"no {what} here"), id="none")]


def pytest_generate_tests(metafunc):
    kinds = {
        "oracle_case": lambda name: True,
        "converted_case": lambda name: name not in deliberate.REFUSED,
        "better_case": lambda name: name in deliberate.REFUSED or name in deliberate.CONVERTED,
    }
    for fixture in kinds.keys() & set(metafunc.fixturenames):
        names = [case for case in engine.oracle_cases() if kinds[fixture](case.split("/")[1])]
        metafunc.parametrize(fixture, files_or_skip(names, f"oracle at {engine.ORACLE}"))
    if "oracle_document" in metafunc.fixturenames:
        names = engine.documents(engine.ORACLE / "expected")
        metafunc.parametrize("oracle_document", files_or_skip(names, "oracle documents"))
    if "corpus_document" in metafunc.fixturenames:
        names = engine.documents(engine.CORPUS / "lindi")
        metafunc.parametrize("corpus_document", files_or_skip(names, "corpus documents"))
    if "corpus_file" in metafunc.fixturenames:
        wanted = metafunc.module.wanted
        names = [row["path"].removeprefix("files/") for row in engine.manifest() if wanted(row)]
        metafunc.parametrize("corpus_file", files_or_skip(names, f"corpus at {engine.CORPUS}"))


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Python lindi retries for seconds when a document has another url than it should."""

    def refuse(*args, **kwargs):
        pytest.fail("reached for the network")  # passes every `except Exception`

    # by module name, as the package has classes of the same names
    dataset = importlib.import_module("lindi.LindiH5pyFile.LindiH5pyDataset")
    store = importlib.import_module("lindi.LindiH5pyFile.LindiReferenceFileSystemStore")
    monkeypatch.setattr(dataset, "LindiRemfile", refuse)
    read = store._read_bytes_from_url_or_path
    monkeypatch.setattr(
        store,
        "_read_bytes_from_url_or_path",
        lambda url, *range: refuse() if "://" in url else read(url, *range),
    )


def pytest_terminal_summary(terminalreporter):
    counts = collections.Counter()
    for report in terminalreporter.stats.get("passed", []):
        for outcome in {value for key, value in report.user_properties if key == "outcome"}:
            counts[report.nodeid.split("::")[0].rsplit("/", 1)[-1], outcome] += 1
    for (module, outcome), count in sorted(counts.items()):
        terminalreporter.write_line(f"{module}: {count} {outcome}")
