"""Lists and XML as other programs write them, and damaged and hostile ones."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from studio.core.errors import Invalid, LimitReached, StudioError
from studio.engine.interchange.apart import read, read_apart, written
from studio.engine.interchange.formats import SUFFIXES, Format
from studio.engine.interchange.screening import MAX_BYTES
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Timeline, Track
from studio.engine.timeline.checks import faults
from studio.engine.timeline.looks import Nested, Solid, Text
from tests.studio.engine.interchange.timelines import MEDIA

AVID = b"""TITLE:   Reel 1
FCM: NON-DROP FRAME
001  A001C001 V     C        01:00:04:05 01:00:05:12 01:00:00:00 01:00:01:07
* FROM CLIP NAME:  OPENING
* SOURCE FILE: A001C001.mov
* LOC: 01:00:01:00 GREEN   Look here
002  A001C001 V     C        01:00:05:12 01:00:05:12 01:00:01:07 01:00:01:07
002  B002C003 V     D    012 00:00:10:00 00:00:12:00 01:00:01:07 01:00:03:07
* FROM CLIP NAME:  OPENING
* TO CLIP NAME:  DOOR
003  BL       V     C        00:00:00:00 00:00:00:00 01:00:03:07 01:00:03:07
003  C003     AA/V  C        00:00:00:00 00:00:02:00 01:00:04:07 01:00:05:07
M2   C003     048.0                      00:00:00:00
004  D004     V     W001 010 00:00:00:00 00:00:01:00 01:00:05:07 01:00:06:07
"""

PREMIERE = b"""<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE xmeml><xmeml version="4"><sequence id="s1"><name>Cut 3</name>
<rate><timebase>30</timebase><ntsc>TRUE</ntsc></rate>
<timecode><rate><timebase>30</timebase><ntsc>TRUE</ntsc></rate><string>01;00;00;00</string><frame>107892</frame>
<displayformat>DF</displayformat></timecode><media><video><format>
<samplecharacteristics><width>1280</width>
<height>720</height></samplecharacteristics></format><track>
<clipitem id="c1"><name>One</name><start>0</start><end>-1</end><in>10</in><out>75</out><file id="f1"><name>One.mov</name>
<pathurl>file://localhost/D%3a/Shoot%20%231/One.mov</pathurl><duration>900</duration></file>
<link><linkclipref>c1</linkclipref></link><link><linkclipref>c3</linkclipref></link></clipitem>
<transitionitem>
<start>55</start><end>65</end><alignment>center</alignment><effect><name>Cross Dissolve</name></effect></transitionitem>
<clipitem id="c2"><name>Two</name><start>-1</start><end>160</end><in>20</in><out>125</out><file id="f1"/>
<filter><effect><name>Gaussian Blur</name><effectid>blur</effectid></effect></filter></clipitem>
</track></video><audio><track><clipitem id="c3"><name>One</name><start>0</start>
<end>60</end><in>10</in><out>70</out>
<file id="f1"/>
<link><linkclipref>c1</linkclipref></link><link><linkclipref>c3</linkclipref></link></clipitem></track></audio></media>
</sequence></xmeml>"""

FINAL_CUT = b"""<?xml version="1.0"?><!DOCTYPE fcpxml><fcpxml version="1.10"><resources>
<format id="r1" frameDuration="1001/24000s" width="1920" height="1080"/>
<asset id="r2" name="Night" start="3600s" duration="48048/24000s" hasVideo="1" format="r1">
<media-rep kind="original-media" src="file:///x/Night%20.mov"/></asset>
</resources><library><event><project name="Trailer"><sequence format="r1" tcStart="0s" tcFormat="NDF"><spine>
<asset-clip ref="r2" offset="0s" name="Night" start="3601s" duration="24024/24000s">
  <title ref="r9" lane="2" offset="3601s" name="T" duration="12012/24000s">
  <text><text-style ref="t">The end</text-style></text></title>
  <marker start="3601s" duration="1001/24000s" value="here"/>
  <chapter-marker start="3601s" duration="1001/24000s" value="Act 1"/>
</asset-clip></spine></sequence></project></event></library></fcpxml>"""


def test_a_list_of_avids_is_read_to_the_frame() -> None:
    found = read(AVID, "reel.edl", rate=Rate(24))
    video, one, two = found.timeline.tracks
    assert [(c.name, c.start, c.frames, c.source_in) for c in video.clips] == [
        ("OPENING", 0, 31, 86_501),
        ("DOOR", 31, 48, 240),
        ("C003", 103, 24, 0),
        ("D004", 127, 24, 0),
    ]
    assert [(t.kind, t.at, t.before, t.after) for t in video.transitions] == [
        ("dissolve", 31, 0, 12),
        ("wipe_right", 127, 0, 10),
    ]
    assert video.clips[2].speed is not None and video.clips[2].speed.factor == Fraction(2)
    assert (one.clips[0].start, two.name, found.timeline.first_frame) == (103, "A2", 86_400)
    assert [(m.frame, m.name, m.colour) for m in found.timeline.markers] == [(24, "Look here", "#3fa34d")]
    assert found.media[0].name == "A001C001.mov"


def test_a_sequence_of_premieres_is_read_with_its_handles_links_and_losses() -> None:
    found = read(PREMIERE, "cut.xml")
    timeline = found.timeline
    assert (timeline.rate, timeline.drop_frame, timeline.first_frame, timeline.width) == (
        Rate(30_000, 1001),
        True,
        107_892,
        1280,
    )
    one, two = timeline.tracks[0].clips
    assert [(c.start, c.frames, c.source_in) for c in (one, two)] == [(0, 60, 10), (60, 100, 25)]
    assert [(t.at, t.before, t.after) for t in timeline.tracks[0].transitions] == [(60, 5, 5)]
    assert one.group == timeline.tracks[1].clips[0].group != ""
    assert found.media[0].path == "/D:/Shoot #1/One.mov"
    assert [str(loss) for loss in found.losses] == ["Clip 'Two': the filter Gaussian Blur was not brought in."]


def test_a_project_of_final_cuts_is_read_with_what_hangs_on_its_spine() -> None:
    found = read(FINAL_CUT, "trailer.fcpxml")
    night, title = (track.clips[0] for track in found.timeline.tracks)
    assert (found.timeline.name, found.timeline.rate, night.frames, night.source_in) == (
        "Trailer",
        Rate(24_000, 1001),
        24,
        24,
    )
    assert isinstance(title.made, Text) and (title.made.text, title.start, title.frames) == ("The end", 0, 12)
    assert [m.name for m in night.markers] == ["here"]
    assert [(m.frame, m.name) for m in found.timeline.markers] == [(0, "Act 1")]
    assert found.media[0].path == "/x/Night .mov"


def _film(frames: int = 48, **more: object) -> Timeline:
    clip = Clip("c", "Opening", "a" * 64, 0, frames, 5)
    return Timeline("Film", Rate(25), 1920, 1080, (Track("v1", "video", "V1", "picture", (clip,)),), **more)  # pyright: ignore[reportArgumentType]


def test_an_edl_has_numbered_events_short_reels_and_crlf() -> None:
    lines = written(_film(first_frame=90_000), "edl", MEDIA).data.decode().split("\r\n")
    assert lines[:2] == ["TITLE: Film", "FCM: NON-DROP FRAME"]
    assert "001  A001     V     C        01:00:00:05 01:00:02:03 01:00:00:00 01:00:01:23" in lines


def test_xml_tells_length_and_place_of_every_file_once() -> None:
    text = written(_film(), "fcp7", MEDIA).data.decode()
    assert text.count("<pathurl>file:///Volumes/Shoot%201/A001_C001.mov</pathurl>") == 1
    assert "<duration>48</duration>" in text and "<duration>5000</duration>" in text
    text = written(_film(), "fcpxml", MEDIA).data.decode()
    assert 'frameDuration="1/25s"' in text and 'duration="200s"' in text and text.startswith("<?xml")
    assert text.count('src="file:///Volumes/Shoot%201/A001_C001.mov"') == 1


def test_rates_a_format_does_not_have_are_refused_by_name() -> None:
    odd = Timeline("Film", Rate(25, 2), 100, 100, (Track("v1", "video", "V1", "picture"),))
    with pytest.raises(Invalid, match="25/2"):
        written(odd, "fcp7", {})
    assert read(written(odd, "fcpxml", {}).data, "x.fcpxml").timeline.rate == Rate(25, 2)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<xmeml><sequence>&b;</sequence></xmeml>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<fcpxml version="1.9"><resources>&a;</resources></fcpxml>"""
_DEEP = b"<xmeml>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</xmeml>"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.edl", b""),
        ("a.edl", b"hello"),
        ("a.edl", b"001  X V C 00:00:09:00 00:00:01:00 00:00:00:00 00:00:01:00"),
        ("a.edl", b"001  X V C 00:00:00:99 00:00:01:00 00:00:00:00 00:00:01:00\n" * 3),
        ("a.edl", b"001  X V Q 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00"),
        ("a.edl", bytes(range(256)) * 9),
        ("a.xml", BOMB),
        ("a.fcpxml", OUTSIDE),
        ("a.xml", _DEEP),
        ("a.xml", b"<html/>"),
        ("a.xml", b"<xmeml"),
        ("a.xml", PREMIERE[:700]),
        ("a.xml", b"<xmeml><bin/></xmeml>"),
        ("a.fcpxml", FINAL_CUT.replace(b"24024/24000s", b"1/0s")),
        ("a.fcpxml", FINAL_CUT.replace(b"24024/24000s", b"99999999999999s")),
        ("a.fcpxml", FINAL_CUT.replace(b"1001/24000s", b"1/99999999s")),
        ("a.fcpxml", b"<fcpxml version='1.9'/>"),
        ("a.otio", b"{}"),
        ("a.otio", b'{"OTIO_SCHEMA": "Timeline.1", "tracks": 7}'),
        ("a.otio", b'{"OTIO_SCHEMA": "Clip.99"}'),
        ("a.otio", b"[" * 500),
        ("a.srt", b"nothing"),
        ("a.vtt", b"WEBVTT\n\n"),
        ("a.docx", b"PK"),
    ],
)
def test_damaged_and_hostile_files_end_in_a_sentence(name: str, data: bytes) -> None:
    with pytest.raises((Invalid, LimitReached)) as told:
        read(data, name)
    assert told.value.message.endswith(".") and "Traceback" not in told.value.message


def test_a_file_too_large_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(LimitReached, match="24 MB"):
        read_apart(b" " * (MAX_BYTES + 1) + b"x", "a.xml")


@pytest.mark.parametrize(("form", "data"), [("edl", AVID), ("fcp7", PREMIERE), ("fcpxml", FINAL_CUT)])
def test_files_cut_off_anywhere_are_read_or_told(form: Format, data: bytes) -> None:
    for end in range(0, len(data), 97):
        try:
            read(data[:end], f"a{SUFFIXES[form]}")
        except StudioError as e:
            assert e.message


@pytest.mark.programs
def test_in_the_sandbox_a_file_is_read_as_it_is_here_and_what_it_breaks_is_told() -> None:
    assert read_apart(PREMIERE, "cut.xml") == read(PREMIERE, "cut.xml")
    with pytest.raises(Invalid):
        read_apart(b'{"OTIO_SCHEMA":"Timeline.1","tracks":' + b"[" * 2_000_000, "deep.otio")


def test_a_timeline_of_ours_that_was_edited_elsewhere_keeps_the_rest() -> None:
    clip = Clip("c", "Opening", "a" * 64, 0, 48, 5, blend="screen", fade_in=3)
    film = Timeline("Film", Rate(25), 1920, 1080, (Track("v1", "video", "V1", "picture", (clip,)),))
    otio = json.loads(written(film, "otio", MEDIA).data)
    item = otio["tracks"]["children"][0]["children"][0]
    item["source_range"]["duration"]["value"], item["name"] = 20, "Renamed"
    back = read(json.dumps(otio).encode(), "x.otio").timeline.tracks[0].clips[0]
    assert back == replace(clip, name="Renamed", frames=20)


def test_nested_timelines_are_brought_in_and_too_deep_ones_are_told() -> None:
    inner = Nested(_film())
    timeline = _film()
    for _ in range(9):
        clip = Clip("n", "Nest", "", 0, 20, made=inner)
        timeline = Timeline("Film", Rate(25), 1920, 1080, (Track("v1", "video", "V1", "picture", (clip,)),))
        inner = Nested(timeline)
    forms: tuple[Format, ...] = ("otio", "fcp7", "fcpxml")
    for form in forms:
        with pytest.raises(Invalid, match="nested too deep"):
            read(written(timeline, form, MEDIA).data, f"a{SUFFIXES[form]}")


@pytest.mark.parametrize(
    ("ours", "other", "said"),
    [
        ('"#102030"', '"red"', "A colour is written"),
        ('"opacity": 0.5', '"opacity": 5', "Opacity is 0 to 1"),
        ('"width": 640', '"width": 0', "A side is"),
        ('"role": "picture"', '"role": "picture", "pan": 7', "Pan is -1 to 1"),
    ],
)
def test_what_our_own_words_in_a_file_of_others_say_must_be_sound(ours: str, other: str, said: str) -> None:
    clip = Clip("c", "Red", "", 0, 24, made=Solid("#102030"), opacity=0.5)
    film = Timeline("Film", Rate(24), 640, 360, (Track("v", "video", "V", "picture", (clip,)),))
    data = json.dumps(json.loads(written(film, "otio", MEDIA).data)).encode()
    assert read(data, "film.otio").timeline == film
    with pytest.raises(Invalid, match=said):
        read(data.replace(ours.encode(), other.encode()), "film.otio")


def test_captions_of_final_cut_get_an_id_that_no_clip_has() -> None:
    seen = Track("v", "video", "V", "picture", (Clip("c", "One", next(iter(MEDIA)), 0, 24),))
    told = Track("cc", "captions", "Captions", "captions", captions=(Caption(0, 20, "One"),))
    film = Timeline("Film", Rate(24), 640, 360, (seen, told))
    back = read(written(film, "fcpxml", MEDIA).data, "film.fcpxml").timeline
    assert [track.kind for track in back.tracks] == ["video", "captions"]
    assert faults(back) == ()
