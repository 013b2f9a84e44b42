"""`lindi bulk` on build/test/dandi-server: what Python lindi reads of its outputs, outputs in moto's S3, shards, and
the manifest for Kubernetes against its schema."""
import gzip
import http.server
import json
import os
import re
import subprocess
import threading

import engine
import h5py
import kubernetes_validate
import lindi
import numpy as np
import pytest
import requests
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


class BetweenStore:
    """Stands between the program and moto. `before` may do something before a request is passed on, and answer
    itself: a status, or "lost", which passes it on and closes the connection."""

    def __init__(self, s3, before):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                own = before(self)
                if isinstance(own, int):
                    return self.answer(own, {}, b"")
                headers = {n: v for n, v in self.headers.items() if n.lower() != "host"}
                session = requests.Session()
                session.trust_env = False
                there = session.request(
                    self.command, s3.endpoint + self.path, headers=headers, data=body, stream=True
                )
                if own == "lost":
                    self.close_connection = True
                    return None
                content = there.raw.read(decode_content=False)
                return self.answer(there.status_code, there.headers, content)

            def answer(self, status, headers, body):
                self.send_response(status)
                for name in ("ETag", "Content-Type", "Content-Range"):
                    if name in headers:
                        self.send_header(name, headers[name])
                length = headers.get("Content-Length", 0) if self.command == "HEAD" else len(body)
                self.send_header("Content-Length", str(length))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = pass_on

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def is_write(request, path, is_large):
    """Whether this is the request that makes an object appear."""
    if path not in request.path:
        return False
    return request.command == ("POST" if is_large else "PUT") and "uploads" not in request.path


@pytest.fixture(params=["in one request", "in parts"])
def tree(request, tmp_path):
    """Two files: "mine.nwb", whose index is as large as the case says, and "other.nwb"."""
    folder = tmp_path / "tree"
    folder.mkdir()
    is_large = request.param == "in parts"
    for name in ("mine", "other"):
        with h5py.File(folder / f"{name}.nwb", "w") as file:
            plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            plist.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
            plist.set_chunk((1, 1))
            space = h5py.h5s.create_simple((500, 700) if is_large and name == "mine" else (2, 2))
            h5py.h5d.create(file.id, b"chunks", h5py.h5t.STD_I8LE, space, plist)
    args = ["--tree", folder, "--tree-url", "https://example.org/", "--num-chunks-threshold", "none"]
    return args, is_large


def run_between(s3, tree, tmp_path, before, *args, status=0):
    between = BetweenStore(s3, before)
    try:
        return bulk(
            "run", *tree[0], "-o", f"s3://{s3.bucket}/x", "--journal", tmp_path / "j", *args,
            status=status, **credentials(between),
        )  # fmt: skip
    finally:
        between.close()


# moto does not look at If-Match when it ends an upload in parts.
@pytest.mark.parametrize(
    "tree,was_there",
    [("in one request", False), ("in one request", True), ("in parts", False)],
    indirect=["tree"],
)
def test_what_somebody_else_wrote_meanwhile_is_left_alone(s3, tree, tmp_path, was_there):
    client = s3.client("s3", "admin", "admin")
    key = "x/mine.nwb.lindi.json"
    if was_there:
        client.put_object(Bucket=s3.bucket, Key=key, Body=b"before")

    def somebody_else(request):
        if is_write(request, "mine.nwb.lindi.json", tree[1]):
            client.put_object(Bucket=s3.bucket, Key=key, Body=b"of somebody else")

    done = run_between(s3, tree, tmp_path, somebody_else, status=3)
    assert f"conflict: s3://{s3.bucket}/{key}: output: " in done.stderr
    found = {name: item["Body"].read() for name, item in objects(s3, "x/").items()}
    assert found[key] == b"of somebody else"
    assert b"refs" in found["x/other.nwb.lindi.json"]
    assert not client.list_multipart_uploads(Bucket=s3.bucket).get("Uploads")
    # It is on record, and `retry` looks again.
    place = ["-o", f"s3://{s3.bucket}/x", "--journal", tmp_path / "j"]
    assert bulk("status", *place, "--failed").stdout.startswith("conflict\t")
    bulk("retry", *place, "--kind", "conflict", "--num-chunks-threshold", "none", **credentials(s3))
    assert b"refs" in client.get_object(Bucket=s3.bucket, Key=key)["Body"].read()


def test_a_write_whose_answer_was_lost_is_no_conflict(s3, tree, tmp_path):
    lost = []

    def lose_the_first(request):
        if is_write(request, "mine.nwb.lindi.json", tree[1]) and not lost:
            lost.append(request.path)
            return "lost"
        return None

    run_between(s3, tree, tmp_path, lose_the_first)
    assert len(lost) == 1
    body = objects(s3, "x/mine")["x/mine.nwb.lindi.json"]["Body"].read()
    assert json.loads(body)["refs"]


def test_a_store_without_conditional_writes(s3, tree, tmp_path):
    """One that says so, as some do: 501. The option does without."""

    def refuse(request):
        has_condition = "If-Match" in request.headers or "If-None-Match" in request.headers
        return 501 if has_condition else None

    done = run_between(s3, tree, tmp_path, refuse, status=3)
    assert "--no-conditional-writes" in done.stderr
    place = ["-o", f"s3://{s3.bucket}/x", "--journal", tmp_path / "j"]
    between = BetweenStore(s3, refuse)
    bulk(
        "retry", *place, "--num-chunks-threshold", "none", "--no-conditional-writes",
        **credentials(between),
    )  # fmt: skip
    between.close()
    assert {"x/mine.nwb.lindi.json", "x/other.nwb.lindi.json"} <= set(objects(s3, "x/"))


def kubernetes_manifest():
    return yaml.safe_load((engine.ROOT / "tools" / "cluster" / "kubernetes.yaml").read_text())


def test_the_manifest_for_kubernetes_is_one():
    kubernetes_validate.validate(kubernetes_manifest(), kubernetes_validate.latest_version())


@pytest.mark.parametrize("program, ends_with", [
    ("exit 0", 0),
    ("exit 3", 0),  # done, with failures on record
    ("exit 2", 2),
    ("kill -9 $$", 137),
    # Kubernetes ends the pod: the program ends what is in work first
    ("trap 'sleep 0.2; touch ended; exit 143' TERM; kill -TERM $PPID; while :; do sleep 0.1; done", 143),
])  # fmt: skip
def test_what_a_pod_of_kubernetes_runs(tmp_path, program, ends_with):
    container = kubernetes_manifest()["spec"]["template"]["spec"]["containers"][0]
    fake = tmp_path / "lindi"
    fake.write_text(f"#!/bin/sh\n{program}\n")
    fake.chmod(0o755)
    variables = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "OUTPUT": "out"}
    done = subprocess.run(
        container["command"] + container["args"], env=variables, cwd=tmp_path, timeout=60
    )
    assert done.returncode == ends_with
    assert (tmp_path / "ended").exists() == (ends_with == 143)
