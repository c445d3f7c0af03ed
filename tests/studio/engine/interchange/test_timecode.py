"""Timecode: exact at every rate, as OpenTimelineIO has it, and back."""

from __future__ import annotations

import opentimelineio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import Invalid
from studio.engine.interchange.rates import rate_near
from studio.engine.interchange.timecode import counted, drops, frames_of, timecode
from studio.engine.time import Rate
from tests.studio.engine.interchange.timelines import RATES

_time = opentimelineio.opentime


@pytest.mark.parametrize("rate", RATES, ids=str)
@given(frame=st.integers(0, 24 * 3600 * 23))
@settings(max_examples=80, deadline=None)
def test_timecode_is_opentimelineios_and_comes_back(rate: Rate, frame: int) -> None:
    for drop in {False, drops(rate)}:
        code = timecode(frame, rate, drop=drop)
        theirs = _time.RationalTime(frame, rate.num / rate.den)
        assert code == _time.to_timecode(theirs, rate.num / rate.den, drop_frame=drop)
        assert frames_of(code, rate) == frame


@pytest.mark.parametrize(
    ("rate", "frame", "code"),
    [
        (Rate(30_000, 1001), 1799, "00:00:59;29"),
        (Rate(30_000, 1001), 1800, "00:01:00;02"),
        (Rate(30_000, 1001), 17_982, "00:10:00;00"),
        (Rate(60_000, 1001), 3600, "00:01:00;04"),
        (Rate(60_000, 1001), 35_964, "00:10:00;00"),
        (Rate(30_000, 1001), 2_589_408 + 1, "00:00:00;01"),
    ],
)
def test_drop_frame_leaves_out_numbers_at_the_minutes_but_every_tenth(rate: Rate, frame: int, code: str) -> None:
    assert timecode(frame, rate, drop=True) == code


def test_every_frame_of_two_minutes_of_drop_frame_has_a_code_of_its_own() -> None:
    for rate in (Rate(30_000, 1001), Rate(60_000, 1001)):
        first = 9 * 60 * counted(rate) - 9 * counted(rate) // 15
        codes = [timecode(first + frame, rate, drop=True) for frame in range(counted(rate) * 121)]
        assert len(set(codes)) == len(codes)
        assert [frames_of(code, rate) for code in codes] == list(range(first, first + len(codes)))


@pytest.mark.parametrize(
    "code", ["00:01:00;00", "01:61:00:00", "00:00:00:30", "1:2:3", "", "aa:bb:cc:dd", "00:00:00:00:00"]
)
def test_what_is_no_timecode_ends_in_a_sentence(code: str) -> None:
    with pytest.raises(Invalid, match="timecode"):
        frames_of(code, Rate(30_000, 1001))


@pytest.mark.parametrize(
    ("fps", "rate"),
    [
        (23.976, "24000/1001"),
        (23.98, "24000/1001"),
        (29.97, "30000/1001"),
        (59.94, "60000/1001"),
        (25.0, "25/1"),
        (12.5, "25/2"),
    ],
)
def test_decimals_mean_exact_rates(fps: float, rate: str) -> None:
    assert str(rate_near(fps)) == rate
    assert rate_near(Rate.parse(rate).num / Rate.parse(rate).den) == Rate.parse(rate)


@pytest.mark.parametrize("fps", [0.0, -24.0, float("nan"), float("inf"), 1e9])
def test_what_is_no_rate_is_refused(fps: float) -> None:
    with pytest.raises(Invalid):
        rate_near(fps)
