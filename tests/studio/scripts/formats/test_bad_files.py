"""Hostile and broken files: a sentence, little time, little memory."""

import io
import json
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable

import pytest

from studio.core.errors import Invalid, LimitReached, StudioError
from studio.scripts.formats.apart import LIMIT_S, read_apart
from studio.scripts.formats.fdx_out import fdx_of
from studio.scripts.fountain import parse

MEGABYTE = 1024 * 1024
ROOT = b"<FinalDraft><Content>%s</Content></FinalDraft>"
LINE = b'<Paragraph Type="Action"><Text>%s</Text></Paragraph>'


def zipped(name: str, data: bytes, extra: int = 0) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
        for number in range(extra):
            archive.writestr(str(number), b"")
    return file.getvalue()


def locked(name: str) -> bytes:
    """A zip whose flags say that its members are encrypted."""
    data = bytearray(zipped(name, b"<a/>"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def lying(name: str) -> bytes:
    """A zip that states a small size for a large member."""
    data = bytearray(zipped(name, b" " * 40 * MEGABYTE))
    for at in (data.index(b"PK\x03\x04") + 22, data.index(b"PK\x01\x02") + 24):
        data[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def laughs() -> bytes:
    names = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">{names}]>').encode() + ROOT % (LINE % b"&l9;")


def entity(what: str) -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x {what}>]>'.encode() + ROOT % (LINE % b"&x;")


BAD: dict[str, tuple[Callable[[], bytes], str, type[StudioError], str]] = {
    "entity bomb": (laughs, "a.fdx", Invalid, "defines XML entities"),
    "file entity": (lambda: entity('SYSTEM "file:///etc/passwd"'), "a.fdx", Invalid, "defines XML entities"),
    "web entity": (lambda: entity('SYSTEM "http://127.0.0.1:9/x"'), "a.fdx", Invalid, "defines XML entities"),
    "entity in a Word document": (
        lambda: zipped("word/document.xml", laughs()),
        "a.docx",
        Invalid,
        "defines XML entities",
    ),
    "nested XML": (lambda: b"<FinalDraft>" + b"<a>" * 2_000_000, "a.fdx", Invalid, "nested too deeply"),
    "wide XML": (lambda: b"<FinalDraft>" + b"<a/>" * 1_000_000, "a.fdx", Invalid, "too many"),
    "nested XML in a zip": (lambda: zipped("document.xml", b"<a>" * 200_000), "a.fadein", Invalid, "nested too deeply"),
    "large XML": (lambda: ROOT % (LINE % (b"a b " * 7 * MEGABYTE)), "a.fdx", LimitReached, "over 24 MB"),
    "long script": (lambda: ROOT % (LINE % (b"a b " * 2 * MEGABYTE)), "a.fdx", LimitReached, "far longer than a film"),
    "100 MB of text": (lambda: b"Words. " * 15 * MEGABYTE, "a.txt", LimitReached, "the most is 32 MB"),
    "20 MB of text": (lambda: b"Words. " * 3 * MEGABYTE, "a.txt", LimitReached, "the most is 5 MB"),
    "zip bomb": (
        lambda: zipped("word/document.xml", bytes(200 * MEGABYTE)),
        "a.docx",
        LimitReached,
        "unpacks to far more",
    ),
    "small zip bomb": (
        lambda: zipped("document.xml", b" " * 20 * MEGABYTE),
        "a.fadein",
        LimitReached,
        "unpacks to far more",
    ),
    "lying zip": (lambda: lying("document.xml"), "a.fadein", Invalid, "damaged"),
    "crowded zip": (lambda: zipped("document.xml", b"<a/>", 3_000), "a.fadein", Invalid, "holds 3001 files"),
    "locked zip": (lambda: locked("document.xml"), "a.fadein", Invalid, "locked with a password"),
    "cut zip": (lambda: zipped("word/document.xml", b"<a/>")[:60], "a.docx", Invalid, "damaged or not complete"),
    "other zip": (lambda: zipped("game.bin", b"x"), "a.fdx", Invalid, "This is a compressed file"),
    "cut document": (lambda: fdx_of(parse("INT. A\n\nWords.\n"))[:300], "a.fdx", Invalid, "cannot be read from line"),
    "other XML": (lambda: b'<?xml version="1.0"?><svg/>', "a.fdx", Invalid, "neither a Final Draft document"),
    "web page": (lambda: b"<!DOCTYPE html><html><p>INT. A - DAY</p></html>", "a.fountain", Invalid, "a web page"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "a.fdx", Invalid, "a picture"),
    "text called FDX": (
        lambda: b"INT. A - DAY\n\nWords.\n",
        "a.fdx",
        Invalid,
        "called .fdx, but it is not a Final Draft",
    ),
    "text called PDF": (lambda: b"not a pdf", "a.pdf", Invalid, "called .pdf, but it is not a PDF"),
    "program": (lambda: b"\x7fELF" + bytes(range(256)), "a.fountain", Invalid, "a program"),
    "zero bytes": (lambda: b"INT. A - DAY\x00\n\nWords.\n", "a.fountain", Invalid, "zero bytes"),
    "noise": (lambda: random.Random(4).randbytes(50_000), "a.fountain", Invalid, "not a text file"),
    "nothing": (lambda: b"", "a.fdx", Invalid, "called .fdx"),
    "nothing at all": (lambda: b"", "a.fountain", Invalid, "empty"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_a_sentence_soon(name: str) -> None:
    made, called, kind, words = BAD[name]
    data = made()
    started = time.monotonic()
    with pytest.raises(kind, match=words) as caught:
        read_apart(data, called)
    assert time.monotonic() - started < LIMIT_S
    message = getattr(caught.value, "message", "")
    assert message[0].isupper()
    assert message.endswith(".")


HEAVY = {
    "nested": 'b"<FinalDraft>" + b"<a>" * 5_000_000',
    "crowded": 'b"<FinalDraft><Content>" + b"<Paragraph><Text>ab</Text></Paragraph>" * 190_000 + b"</Content></FinalDraft>"',
    "cluttered": 'b"<FinalDraft " + b" ".join(b"a%d=\'1\'" % n for n in range(900_000)) + b"/>"',
}


@pytest.mark.parametrize("name", HEAVY)
def test_the_heaviest_files_take_less_than_half_a_gigabyte(name: str) -> None:
    program = f"""
import json, resource, time
from studio.core.errors import StudioError
from studio.engine.sandbox import warm
from studio.scripts.formats.apart import read_apart
data = {HEAVY[name]}
started = time.monotonic()
try:
    read_apart(data, "a.fdx", limit_s=5)
    said = ""
except StudioError as error:
    said = error.message
seconds = time.monotonic() - started
warm.end()
print(json.dumps([said, seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    said, seconds, megabytes = json.loads(done.stdout)
    assert said.endswith(".")
    assert seconds < 6
    assert 20 < megabytes < 500
