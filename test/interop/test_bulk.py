"""`lindi bulk` on build/test/dandi-server: what Python lindi reads of its outputs, outputs in moto's S3, shards, and
the manifest for Kubernetes against its schema."""
import gzip
import json
import os
import re
import subprocess

import engine
import h5py
import kubernetes_validate
import lindi
import numpy as np
import pytest
import yaml
from test_servers import S3

SERVER = engine.ROOT / "build" / "test" / "dandi-server"


class Archive:
    def __init__(self, file=engine.SAMPLE, **settings):
        self.process = subprocess.Popen(
            [SERVER, file, *(f"{name}={value}" for name, value in settings.items())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.api, self.bucket = self.process.stdout.readline().split()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


@pytest.fixture
def archive():
    server = Archive(assets=10, dandisets=2, shares=1)
    yield server
    server.close()


def bulk(action, *args, status=0, **environment):
    """Runs it without the caller's proxies and secrets."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy") and not name.startswith(("AWS", "DANDI", "SLURM"))
    }
    done = subprocess.run(
        [engine.BIN, "bulk", action, *map(str, args)],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == status, done.stderr
    return done


def run(archive, out, *args, **options):
    return bulk(
        "run", "--all", "--version", "draft", "--instance", archive.api, "--bucket", archive.bucket,
        "-o", out, *args, **options,
    )  # fmt: skip


def outputs(folder):
    """Documents by their names, without times."""
    return {
        str(path.relative_to(folder)): re.sub(
            r'"generation(Timestamp|Duration)":"[^"]*"', '"at":0', path.read_text()
        )
        for path in folder.rglob("*.json")
        if ".bulk" not in path.parts
    }


def test_python_lindi_reads_the_outputs(archive, tmp_path):
    run(archive, tmp_path)
    documents = sorted((tmp_path / "dandi" / "dandisets").rglob("nwb.lindi.json"))
    assert len(documents) == 10
    with h5py.File(engine.SAMPLE) as file:
        for path in documents:
            read = lindi.LindiH5pyFile.from_lindi_file(str(path))
            assert read.attrs["object_id"] == file.attrs["object_id"]
            assert set(read.keys()) == set(file.keys())
            assert np.array_equal(read["units/id"][:], file["units/id"][:])
            info = json.loads((path.parent / "info.json").read_text())
            metadata = json.loads(path.read_text())["generationMetadata"]
            assert info == {"generationMetadata": metadata}
            assert metadata["assetId"] == path.parent.name
            assert metadata["dandisetId"] == path.parent.parent.parent.name
    lines = [json.loads(line) for line in (tmp_path / "index.ndjson").read_text().splitlines()]
    assert {line["document"] for line in lines} == {str(p.relative_to(tmp_path)) for p in documents}
    with h5py.File(engine.SAMPLE) as file:
        types = []
        types.append(file.attrs["neurodata_type"])
        file.visititems(lambda _, item: types.append(item.attrs.get("neurodata_type")))
    expected = {name: types.count(name) for name in set(types) - {None}}
    assert all(line["neurodata_types"] == expected for line in lines)


def test_shards_merged_are_one_run(archive, tmp_path):
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    run(archive, whole)
    run(archive, parts, "--shard", "1/2")
    run(archive, parts, SLURM_ARRAY_TASK_ID="7", SLURM_ARRAY_TASK_MIN="6", SLURM_ARRAY_TASK_COUNT="2")
    assert outputs(parts) == outputs(whole)
    bulk("merge", "-o", parts)
    assert (parts / "index.ndjson").read_text() == (whole / "index.ndjson").read_text()
    status = bulk("status", "-o", parts).stdout
    assert "assets    10, 10 done, 0 gone" in status
    assert "to do: 0 assets" in run(archive, parts).stdout


def credentials(s3):
    return {
        "AWS_ENDPOINT_URL": s3.endpoint,
        "AWS_ACCESS_KEY_ID": "admin",
        "AWS_SECRET_ACCESS_KEY": "admin",
        "AWS_REGION": "us-east-1",
    }


@pytest.fixture
def s3():
    server = S3()
    yield server
    server.close()


def objects(s3, prefix):
    client = s3.client("s3", "admin", "admin")
    names = [o["Key"] for o in client.list_objects_v2(Bucket=s3.bucket, Prefix=prefix)["Contents"]]
    return {name: client.get_object(Bucket=s3.bucket, Key=name) for name in names}


@pytest.mark.parametrize("packed", [False, True])
def test_outputs_in_s3_are_those_in_a_folder(archive, s3, tmp_path, packed):
    run(archive, tmp_path / "folder")
    run(
        archive, f"s3://{s3.bucket}/some where", "--journal", tmp_path / "journal",
        *(["--gzip"] if packed else []), **credentials(s3),
    )  # fmt: skip
    expected = outputs(tmp_path / "folder")
    found = {}
    for name, item in objects(s3, "some where/").items():
        body = item["Body"].read()
        if packed:
            assert item["ContentEncoding"] == "gzip"
            body = gzip.decompress(body)
        if name.endswith(".ndjson"):
            continue
        assert item["ContentType"] == "application/json"
        found[name.removeprefix("some where/")] = re.sub(
            r'"generation(Timestamp|Duration)":"[^"]*"', '"at":0', body.decode()
        )
    assert found == expected
    if not packed:
        assert "10 outputs, 0 of them" in bulk(
            "verify", "-o", f"s3://{s3.bucket}/some where", "--journal", tmp_path / "journal",
            **credentials(s3),
        ).stdout  # fmt: skip


def test_large_outputs_go_to_s3_in_parts(s3, tmp_path):
    with h5py.File(tmp_path / "many.nwb", "w") as file:
        plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        plist.set_chunk((1, 1))
        space = h5py.h5s.create_simple((500, 700))
        h5py.h5d.create(file.id, b"chunks", h5py.h5t.STD_I8LE, space, plist)
    args = ["--tree", tmp_path, "--tree-url", "https://example.org/", "--num-chunks-threshold", "none"]
    bulk("run", *args, "-o", f"s3://{s3.bucket}/x", "--journal", tmp_path / "j", **credentials(s3))
    bulk("run", *args, "-o", tmp_path / "folder")
    (item,) = (o for name, o in objects(s3, "x/").items() if name.endswith(".json"))
    assert item["ETag"].strip('"').endswith("-2")  # parts
    body = item["Body"].read().decode()
    assert len(body) > 8 << 20
    assert json.loads(body)["refs"] == json.loads(
        (tmp_path / "folder" / "many.nwb.lindi.json").read_text()
    )["refs"]


def test_a_bucket_that_is_not_there_is_a_failure_of_the_output(archive, s3, tmp_path):
    done = bulk(
        "run", "--dandiset", "000001", "--version", "draft", "--instance", archive.api,
        "-o", "s3://no-such-bucket/x", "--journal", tmp_path / "journal",
        status=2, **credentials(s3),
    )  # fmt: skip
    assert "output: " in done.stderr


def test_the_manifest_for_kubernetes_is_one():
    text = (engine.ROOT / "tools" / "cluster" / "kubernetes.yaml").read_text()
    kubernetes_validate.validate(yaml.safe_load(text), kubernetes_validate.latest_version())
