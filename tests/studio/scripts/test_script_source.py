"""Bytes to text and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Invalid, LimitReached
from studio.scripts.source import MAX_BYTES, decoded


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
    st.sampled_from([0, 1, 2, 3]),
)
def test_the_same_bytes_come_back_in_every_encoding(words: str, choice: int) -> None:
    bom, codec = [(b"", "utf-8"), (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")][
        choice
    ]
    data = bom + b"".join(part.encode(codec) for part in ("INT. A\r\n\r", words))
    source = decoded(data)
    assert source.encoded() == data
    assert source.text == "INT. A\r\n\r" + words
    assert (source.bom, source.encoding) == (bom, codec)


def test_an_edited_text_is_written_in_the_encoding_it_came_in() -> None:
    source = decoded(b"\xff\xfe" + "Élodie".encode("utf-16-le"))
    assert source.encoded("Zoë") == b"\xff\xfe" + "Zoë".encode("utf-16-le")


def test_half_a_character_is_refused_when_writing() -> None:
    with pytest.raises(Invalid, match="Line 2"):
        decoded(b"Hello").encoded("a\n\ud800")


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", b"\xff\xfe \x00"])
def test_an_empty_script_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid, match="empty"):
        decoded(data)


def test_the_largest_script_is_read_and_one_byte_more_is_refused() -> None:
    assert len(decoded(b"a" * MAX_BYTES).text) == MAX_BYTES
    with pytest.raises(LimitReached, match="5 MB"):
        decoded(b"a" * (MAX_BYTES + 1))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04\x14\x00[Content_Types].xml word/document.xml", "a Word document"),
        (b"PK\x03\x04\x14\x00 other", "a compressed file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        (b"{\\rtf1\\ansi", "a Rich Text document"),
        (b"\x00\x00\x00\x18ftypmp42", "a film"),
        (b'<?xml version="1.0"?>\n<FinalDraft DocumentType="Script">', "a Final Draft document"),
    ],
)
def test_a_file_of_another_kind_is_named_whatever_it_is_called(data: bytes, name: str) -> None:
    with pytest.raises(Invalid, match=name) as caught:
        decoded(data, "script.fountain")
    assert "save it as Fountain" in caught.value.message


@pytest.mark.parametrize("name", ["a.rtf", "draft.celtx", "a.xyz", "C:\\scripts\\film.doc"])
def test_a_suffix_that_no_text_has_is_told_to_save_as_fountain(name: str) -> None:
    with pytest.raises(Invalid, match="save it as Fountain"):
        decoded(b"INT. HOUSE - DAY", name)


@pytest.mark.parametrize("name", ["a.fdx", "A.PDF", "a.docx", "C:\\scripts\\film.fadein"])
def test_a_text_under_the_name_of_another_format_is_told_to_take_its_own(name: str) -> None:
    with pytest.raises(Invalid, match=r"called \.\w+, but it is not an? .*give it the name \.fountain or \.txt"):
        decoded(b"INT. HOUSE - DAY", name)


@pytest.mark.parametrize("name", ["", "film", "a.fountain", "A.TXT", "a.spmd", "notes.md", "Draft 2.5", "Mr. Brown"])
def test_fountain_text_and_no_suffix_are_read(name: str) -> None:
    assert decoded(b"INT. HOUSE - DAY", name).text == "INT. HOUSE - DAY"


def test_zero_bytes_are_refused() -> None:
    with pytest.raises(Invalid, match="zero bytes"):
        decoded(b"INT. HOUSE\x00 - DAY")


def test_a_utf_32_file_is_refused() -> None:
    with pytest.raises(Invalid):
        decoded("INT. HOUSE".encode("utf-32"))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_bytes_that_are_not_utf_8_are_refused_with_their_line(end: bytes) -> None:
    with pytest.raises(Invalid, match=r"Line 3 .*UTF-8"):
        decoded(b"INT. CAF\xc3\x89" + end + end + b"The caf\xe9 is shut.")


def test_an_old_windows_encoding_is_read_with_a_warning_and_written_back() -> None:
    data = b"INT. CAF\xc9 - DAY\r\n\r\n\x93The caf\xe9 is shut.\x94\n"
    source = decoded(data)
    assert source.text == "INT. CAFÉ - DAY\r\n\r\n“The café is shut.”\n"
    assert "CP1252" in source.warnings[0]
    assert source.encoded() == data
    assert source.encoded("Ни души – é") == "Ни души – é".encode()


def test_bytes_that_windows_latin_lacks_come_back_too() -> None:
    data = b"Odd \x81 letter \xe9 in a line of some length.\n"
    assert decoded(data).encoded() == data


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read_with_a_warning_and_written_back(encoding: str) -> None:
    data = "INT. CAFÉ - DAY\r\n\r\nÉlodie waits — alone.\n".encode(encoding)
    source = decoded(data)
    assert (source.encoding, source.bom) == (encoding, b"")
    assert source.text.startswith("INT. CAFÉ")
    assert "UTF-16" in source.warnings[0]
    assert source.encoded() == data


def test_text_in_utf_8_has_no_warning_and_mixed_line_ends_stay() -> None:
    source = decoded("INT. CAFÉ\r\n\rA\n\nB\r".encode())
    assert source.warnings == ()
    assert source.text == "INT. CAFÉ\r\n\rA\n\nB\r"


def test_half_a_utf_16_character_is_refused() -> None:
    with pytest.raises(Invalid, match="UTF-16"):
        decoded(b"\xff\xfea\x00b")
