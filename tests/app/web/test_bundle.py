"""Rewriting the address that a build bakes in."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from app.web.bundle import made_portable, rewritten
from studio.core.errors import Unavailable

ENV = "var e={PING:`http://localhost:3200/ping`,EVENT:`ws://localhost:3200/_event`,TEST_MODE:!1};export{e as t};"


def test_every_address_becomes_that_of_the_page() -> None:
    assert rewritten(ENV) == (
        "var e={PING:`${location.origin}/ping`,EVENT:`${location.origin.replace(/^http/,'ws')}/_event`,"
        "TEST_MODE:!1};export{e as t};"
    )


def test_secure_addresses_too() -> None:
    assert "studio.example" not in rewritten(ENV.replace("://localhost:3200", "s://studio.example"))


@pytest.mark.parametrize("script", ["", "var e={}", ENV.replace("`", '"'), ENV.replace("ws:", "http:")])
def test_a_script_without_the_known_addresses_is_refused(script: str) -> None:
    with pytest.raises(ValueError, match="were found"):
        rewritten(script)


def test_the_compressed_twin_says_the_same_and_others_go(tmp_path: Path) -> None:
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "reflex-env-x.js").write_text(ENV)
    (assets / "reflex-env-x.js.gz").write_bytes(gzip.compress(ENV.encode()))
    (assets / "reflex-env-x.js.br").write_bytes(b"old")
    made_portable(tmp_path)
    assert (assets / "reflex-env-x.js").read_text() == rewritten(ENV)
    assert gzip.decompress((assets / "reflex-env-x.js.gz").read_bytes()).decode() == rewritten(ENV)
    assert sorted(p.name for p in assets.iterdir()) == ["reflex-env-x.js", "reflex-env-x.js.gz"]


def test_a_site_without_the_script_is_a_loud_failure(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="no reflex-env script"):
        made_portable(tmp_path)
