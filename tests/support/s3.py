"""An S3 server on loopback for tests."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import boto3

from studio.core import storage
from studio.core.settings import settings


@contextmanager
def running_server() -> Generator[str]:
    """A real HTTP server that speaks S3; yields its URL."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def make_bucket() -> None:
    """Make the bucket the settings name."""
    storage._s3_client.cache_clear()  # pyright: ignore[reportPrivateUsage]
    s = settings()
    client = boto3.client("s3", endpoint_url=s.s3_endpoint_url, region_name="us-east-1")
    client.create_bucket(Bucket=s.s3_bucket)
    client.close()
