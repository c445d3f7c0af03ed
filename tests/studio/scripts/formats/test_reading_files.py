"""What format a file has, whatever it is called; and reading it in a process of its own."""

import io
import zipfile

import pytest

from studio.core.errors import Invalid, LimitReached
from studio.engine.sandbox.run import CameToGrief, TookTooLong
from studio.scripts.elements import Emphasis, Kind, Side, Span
from studio.scripts.formats import apart
from studio.scripts.formats.apart import read_apart
from studio.scripts.formats.fdx import read_fdx
from studio.scripts.formats.fdx_out import fdx_of
from studio.scripts.formats.reading import format_of, read_file
from studio.scripts.fountain import parse

TEXT = b"INT. HOUSE - DAY\n\nMARA\nHello.\n"
FDX = fdx_of(parse(TEXT.decode()))
OSF = (
    b'<?xml version="1.0"?><document type="Open Screenplay Format document" version="40"><paragraphs>'
    b'<para><style basestyle="Action"/><text>Dark.</text></para></paragraphs></document>'
)


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return file.getvalue()


DOCX = zipped(
    word__document_xml=b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    b"<w:p><w:r><w:t>INT. HOUSE - DAY</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (TEXT, "a.fountain", "fountain"),
        (TEXT, "a.txt", "text"),
        (TEXT, "", "fountain"),
        (FDX, "a.fdx", "fdx"),
        (FDX, "a.fountain", "fdx"),
        (FDX.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "", "fdx"),
        (b"\n  " + OSF, "a.osf", "fadein"),
        (zipped(document_xml=OSF), "a.zip", "fadein"),
        (DOCX, "a.pages", "docx"),
        (b"%PDF-1.7\n", "a.fdx", "pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.7\n", "a.pdf", "pdf"),
    ],
)
def test_the_bytes_say_what_a_file_is(data: bytes, name: str, form: str) -> None:
    assert format_of(data, name) == form


@pytest.mark.parametrize("data", [FDX, zipped(document_xml=OSF), DOCX])
def test_a_file_under_a_wrong_name_is_read_as_what_it_is_and_said_so(data: bytes) -> None:
    draft = read_file(data, "a.pdf")
    assert draft.paragraphs
    assert draft.warnings[0].startswith("The file is called .pdf but is a")
    assert not read_file(data, "a").warnings or "called" not in read_file(data, "a").warnings[0]


@pytest.mark.parametrize("data", [TEXT, FDX, OSF, zipped(document_xml=OSF), DOCX])
def test_reading_apart_gives_the_same_as_reading_here(data: bytes) -> None:
    assert read_apart(data, "script") == read_file(data, "script")


def test_everything_a_draft_holds_comes_through_the_pipe() -> None:
    text = "Title: A\nAuthor: B\n\nINT. A #4#\n\nMARA\n(beat)\n*Yes* [[why]]\n\nJON ^\nNo.\n\n## Deep\n\n[[alone]]\n\n/* gone */\n"
    data = fdx_of(parse(text))
    draft = read_apart(data, "a.fdx")
    assert draft == read_fdx(data)
    cue = next(each for each in draft.paragraphs if each.text == "JON")
    assert (cue.kind, cue.side) == (Kind.CHARACTER, Side.RIGHT)
    dialogue = next(each for each in draft.paragraphs if each.text == "Yes")
    assert (dialogue.spans, dialogue.notes) == ((Span(Emphasis.ITALIC, 0, 3),), ("why",))


def test_a_refusal_of_the_child_is_the_refusal_of_the_parent() -> None:
    for data in (
        FDX[:-200],
        b"<?xml version='1.0'?><other/>",
        zipped(other=b"x"),
        zipped(content=b"opendocument.text"),
    ):
        with pytest.raises(Invalid) as here:
            read_file(data, "a.fdx")
        with pytest.raises(Invalid) as there:
            read_apart(data, "a.fdx")
        assert (there.value.message, there.value.field) == (here.value.message, "script")


def test_a_document_without_words_is_refused() -> None:
    with pytest.raises(Invalid, match="no words in this script"):
        read_file(b"<FinalDraft><Content><Paragraph><Text> </Text></Paragraph></Content></FinalDraft>")


def test_a_child_that_takes_too_long_is_ended_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LimitReached, match=r"longer than 0\.01 seconds"):
        read_apart(FDX, "a.fdx", limit_s=0.01)


@pytest.mark.parametrize(
    "out", [b"", b"nonsense", b"[]", b"{}", b'{"format": "fdx"}', b'{"error": 1}', b"\xff", b"null", b"[" * 100_000]
)
def test_nonsense_from_the_child_is_a_file_that_cannot_be_read(out: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_child", lambda data, name, limit_s: out)
    with pytest.raises(Invalid, match="could not be read"):
        read_apart(FDX, "a.fdx")


@pytest.mark.parametrize(
    ("ended", "kind", "words"),
    [
        (CameToGrief("-11"), Invalid, "damaged, or not built like a script"),
        (TookTooLong(), LimitReached, "took longer than"),
    ],
)
def test_every_way_a_child_can_end_has_a_sentence(
    ended: Exception, kind: type[Exception], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object, **__: object) -> bytes:
        raise ended

    monkeypatch.setattr(apart, "run", asked)
    with pytest.raises(kind, match=words):
        read_apart(FDX, "a.fdx")
