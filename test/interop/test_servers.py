"""Remote files behind servers that others wrote: nginx, and moto's S3.

`lindi index` of a URL has to write byte for byte what it writes of the same file on disk.
"""
import os
import shutil
import socket
import subprocess
import sys
import time

import boto3
import botocore.config
import engine
import pytest
import requests

NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
URL = "https://example.org/file.nwb"  # in every document, so that they can be compared

NGINX_CONFIG = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log {folder}/access.log;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  limit_conn_zone $server_name zone=connections:64k;
  gzip on;
  gzip_types *;
  default_type application/octet-stream;
  server {{
    listen 127.0.0.1:{port};
    location / {{ root /; }}
    location /moved/ {{ rewrite ^/moved(.*)$ http://127.0.0.1:{port}$1 redirect; }}
    location /no-ranges/ {{ alias /; max_ranges 0; }}
    location /few/ {{ alias /; limit_conn connections 2; }}
    location /page/ {{ default_type text/html; return 200 "<html>please log in</html>"; }}
  }}
}}
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(port, process):
    for _ in range(200):
        assert process.poll() is None, "the server ended"
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")


def lindi(*args, **variables):
    """One run without the environment's proxies, caches and secrets."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy") and not name.startswith(("AWS_", "LINDI_CACHE"))
    }
    clean |= {"XDG_CACHE_HOME": "/proc/nowhere", **variables}  # where nobody can make a folder
    return subprocess.run(
        [engine.BIN, *map(str, args)], capture_output=True, timeout=60, check=False, env=clean
    )


def index(source, **variables):
    done = lindi("index", source, "--url", URL, "-o", "-", **variables)
    assert done.returncode in engine.DONE, engine.stderr_of(done)
    return done.stdout


def some_files():
    """The sample and every 60th file of the corpus that can be read."""
    rows = [row for row in engine.manifest() if row["path"].startswith("files/")]
    files = [engine.SAMPLE, *(engine.CORPUS / row["path"] for row in rows[::60])]
    readable = [f for f in files if lindi("ls", f).returncode in engine.DONE]
    assert engine.SAMPLE in readable
    return readable


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    if not NGINX:
        pytest.skip("no nginx here: apt-get install nginx-light")
    folder = tmp_path_factory.mktemp("nginx")
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(NGINX_CONFIG.format(folder=folder, port=port))
    process = subprocess.Popen([NGINX, "-c", config, "-p", folder])
    wait_for(port, process)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


def test_nginx_serves_what_the_disk_has(nginx):
    files = some_files()
    for file in files:
        assert index(f"{nginx}{requests.utils.quote(str(file))}") == index(file), file


def test_nginx_redirects(nginx):
    assert index(f"{nginx}/moved{engine.SAMPLE}") == index(engine.SAMPLE)


def test_nginx_without_ranges_serves_small_files(nginx):
    assert index(f"{nginx}/no-ranges{engine.SAMPLE}") == index(engine.SAMPLE)


def test_nginx_that_limits_connections(nginx):
    """503 for all but two at a time: the reader waits and asks for less."""
    assert index(f"{nginx}/few{engine.SAMPLE}") == index(engine.SAMPLE)


@pytest.mark.parametrize("path,said", [("/page/x.nwb", "a web page"), ("/nowhere.nwb", "404")])
def test_nginx_answers_with_something_else(nginx, path, said):
    done = lindi("index", nginx + path, "-o", "-")
    assert done.returncode not in engine.DONE
    assert said.lower() in engine.stderr_of(done).lower()
    assert not done.stdout


class S3:
    """moto's server with one bucket, a public and a private object; `lock` makes it check who asks."""

    bucket, public, private = "a-bucket", "public/1.nwb", "some folder/séance+1.nwb"

    def __init__(self):
        port = free_port()
        self.endpoint = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(port, self.process)
        self.public_url = f"s3://{self.bucket}/{self.public}"
        self.private_url = f"s3://{self.bucket}/{self.private}"
        s3 = self.client("s3", "admin", "admin")
        s3.create_bucket(Bucket=self.bucket)
        s3.upload_file(str(engine.SAMPLE), self.bucket, self.private)
        s3.upload_file(
            str(engine.SAMPLE), self.bucket, self.public, ExtraArgs={"ACL": "public-read"}
        )

    def client(self, service, key, secret):
        return boto3.client(
            service,
            region_name="us-east-1",
            endpoint_url=self.endpoint,
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            config=botocore.config.Config(proxies={}, signature_version="s3v4")
            if service == "s3"
            else botocore.config.Config(proxies={}),
        )

    def lock(self):
        """Refuses everybody but a new user, whose key and secret are returned."""
        iam = self.client("iam", "admin", "admin")
        iam.create_user(UserName="reader")
        statement = '{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}'
        iam.put_user_policy(
            UserName="reader",
            PolicyName="read",
            PolicyDocument='{"Version": "2012-10-17", "Statement": [%s]}' % statement,
        )
        made = iam.create_access_key(UserName="reader")["AccessKey"]
        session = requests.Session()
        session.trust_env = False
        session.post(f"{self.endpoint}/moto-api/reset-auth", data=b"0").raise_for_status()
        return made["AccessKeyId"], made["SecretAccessKey"]

    def close(self):
        self.process.terminate()
        self.process.wait()


@pytest.fixture
def s3():
    server = S3()
    yield server
    server.close()


def keys(key, secret, region="us-east-1"):
    return {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret, "AWS_REGION": region}


def test_s3_anonymous(s3):
    assert index(s3.public_url, AWS_ENDPOINT_URL=s3.endpoint) == index(engine.SAMPLE)


def test_s3_signed(s3):
    key, secret = s3.lock()
    found = index(s3.private_url, AWS_ENDPOINT_URL=s3.endpoint, **keys(key, secret))
    assert found == index(engine.SAMPLE)


def test_s3_refuses_wrong_signatures_and_nobody(s3):
    key, secret = s3.lock()
    for secrets in ({}, keys(key, secret[:-1] + "x"), keys("AKIAIOSFODNN7EXAMPLE", secret)):
        done = lindi("index", s3.private_url, "-o", "-", AWS_ENDPOINT_URL=s3.endpoint, **secrets)
        assert done.returncode not in engine.DONE
        assert "403" in engine.stderr_of(done)
        assert secret not in done.stderr.decode()


def test_s3_presigned(s3):
    signed = s3.client("s3", "admin", "admin").generate_presigned_url(
        "get_object", Params={"Bucket": s3.bucket, "Key": s3.private}, ExpiresIn=600
    )
    assert index(signed) == index(engine.SAMPLE)


def test_s3_nothing_there(s3):
    done = lindi("index", s3.public_url + "x", "-o", "-", AWS_ENDPOINT_URL=s3.endpoint)
    assert done.returncode not in engine.DONE
    assert "404" in engine.stderr_of(done)
