"""What holds for every edit of every timeline: it can be taken back exactly, leaves nothing that cannot be, and is stored whole."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studio.core.errors import StudioError
from studio.engine.editing import Edit, Edited, apply, batch, from_json, ops, to_json
from studio.engine.time import Rate
from studio.engine.timeline import Timeline, Track
from studio.engine.timeline.checks import faults
from studio.engine.timeline.curves import at as value_at
from studio.engine.timeline.model import Clip
from studio.engine.timeline.reach import source_at
from tests.factories.timelines import AVAILABLE, edits, makers, timelines

LAWS = settings(max_examples=150, deadline=None)
FEWER = settings(max_examples=60, deadline=None)


def tried(timeline: Timeline, edit: Edit) -> Edited | None:
    """What an edit comes to; None where it is refused, which it may be in no other way."""
    try:
        return apply(timeline, edit, AVAILABLE)
    except StudioError:
        return None


def clips(timeline: Timeline) -> dict[str, Clip]:
    return {clip.id: clip for track in timeline.tracks for clip in track.clips}


def as_stored(edit: Edit) -> Edit:
    return from_json(json.loads(json.dumps(to_json(edit))))


@LAWS
@given(st.data())
def test_an_edit_and_its_inverse_give_exactly_the_start_even_when_they_were_stored(data: st.DataObject) -> None:
    film = data.draw(timelines())
    assert faults(film, AVAILABLE) == ()
    edit = data.draw(edits(film))
    assert as_stored(edit) == edit
    done = tried(film, edit)
    assume(done is not None)
    assert done is not None
    assert faults(done.timeline, AVAILABLE) == ()
    back = as_stored(done.inverse)
    assert back == done.inverse
    undone = back(done.timeline)
    assert undone.timeline == film
    assert as_stored(undone.inverse)(film).timeline == done.timeline


def test_these_laws_are_tried_on_every_edit_there_is() -> None:
    track = Track("t", "video", "T", "picture")
    drawn = makers(Timeline("Film", Rate(24), 64, 36, (track,)), Clip("c", "", "", 0, 9), track, 1, 1, 1)
    assert {*drawn, "batch", "patch"} == set(ops())


@FEWER
@given(st.data())
def test_several_edits_as_one_are_what_they_are_one_by_one_or_nothing(data: st.DataObject) -> None:
    film = data.draw(timelines())
    said: list[Edit] = []
    now, refused = film, False
    for _ in range(data.draw(st.integers(1, 4))):
        said.append(data.draw(edits(now)))
        done = tried(now, said[-1])
        if done is None:
            refused = True
            break
        now = done.timeline
    if refused:
        with pytest.raises(StudioError):
            batch(film, said, AVAILABLE)
        return
    made = batch(film, said, AVAILABLE)
    assert made.timeline == now
    assert made.inverse(now).timeline == film
    assert as_stored(Edit("batch", {"edits": tuple(said)})) == Edit("batch", {"edits": tuple(said)})


@FEWER
@given(st.data())
def test_nothing_on_a_locked_track_ever_changes(data: st.DataObject) -> None:
    film = data.draw(timelines())
    film = replace(film, tracks=(replace(film.tracks[0], locked=True), *film.tracks[1:]))
    edit = data.draw(edits(film))
    done = tried(film, edit)
    if done is not None:
        kept = next(track for track in done.timeline.tracks if track.id == film.tracks[0].id)
        was = film.tracks[0]
        assert (kept.clips, kept.captions, kept.transitions) == (was.clips, was.captions, was.transitions)


@LAWS
@given(st.data())
def test_a_ripple_moves_exactly_what_follows_on_tracks_that_are_not_locked(data: st.DataObject) -> None:
    film = data.draw(timelines())
    edit = data.draw(edits(film, only=("trim", "insert", "extract", "retime")))
    edit = Edit(edit.op, {**edit.fields, **({"ripple": True} if edit.op in ("trim", "retime") else {})})
    done = tried(film, edit)
    if done is None:
        return
    was, now = clips(film), clips(done.timeline)
    if edit.op == "extract":
        point, by = edit.fields["end"], edit.fields["start"] - edit.fields["end"]
    elif edit.op == "insert":
        point, by = edit.fields["at"], edit.fields["clips"][0].frames
    else:
        old = was[edit.fields["clip"]]
        point, by = old.end, now[old.id].frames - old.frames
    group = was[edit.fields["clip"]].group if "clip" in edit.fields else None
    for track in film.tracks:
        for clip in track.clips:
            if clip.id == edit.fields.get("clip") or (group and clip.group == group):
                continue
            follows = clip.start >= point and not track.locked
            if follows:
                assert now[clip.id] == replace(clip, start=clip.start + by)
            elif edit.op in ("trim", "retime") or clip.end <= edit.fields.get("at", edit.fields.get("start")):
                assert now[clip.id] == clip
    for before, after in zip(film.tracks, done.timeline.tracks, strict=True):
        late = [c.start + (0 if before.locked else by) for c in before.captions if c.start >= point]
        assert [c.start for c in after.captions][len(after.captions) - len(late) :] == late


@LAWS
@given(st.data())
def test_the_length_of_the_film_changes_as_each_edit_says(data: st.DataObject) -> None:
    film = data.draw(timelines())
    edit = data.draw(edits(film, only=("split", "slip", "lift", "insert", "overwrite", "roll", "extract")))
    done = tried(film, edit)
    if done is None:
        return
    now = done.timeline
    ends = [clip.end for track in film.tracks for clip in track.clips]
    last, after = max(ends, default=0), max((c.end for t in now.tracks for c in t.clips), default=0)
    match edit.op:
        case "split" | "slip" | "roll":
            assert after == last or edit.op == "roll"
            assert sum(c.frames for c in clips(now).values()) == sum(c.frames for c in clips(film).values())
        case "lift":
            was = clips(film)
            assert all(was[name] == clip for name, clip in clips(now).items())
            assert len(now.tracks) == len(film.tracks)
        case "insert" if not any(track.locked for track in film.tracks):
            at, length = edit.fields["at"], edit.fields["clips"][0].frames
            reaching = [clip.start for track in film.tracks for clip in track.clips if clip.start >= at]
            target = next(track for track in film.tracks if track.id == edit.fields["track"])
            if reaching or any(c.start < at < c.end == last for c in target.clips):
                assert after in (last + length, max(last, at + length))
            assert after >= at + length
        case "overwrite":
            assert after == max(last, edit.fields["at"] + edit.fields["clips"][0].frames)
        case "extract" if not any(track.locked for track in film.tracks) and edit.fields["end"] <= last:
            assert after == last - (edit.fields["end"] - edit.fields["start"])
        case _:
            pass


@FEWER
@given(st.data())
def test_a_cut_changes_no_frame_of_what_is_seen_and_heard(data: st.DataObject) -> None:
    film = data.draw(timelines())
    edit = data.draw(edits(film, only=("split",)))
    done = tried(film, edit)
    assume(done is not None)
    assert done is not None
    for before, after in zip(film.tracks, done.timeline.tracks, strict=True):
        assert [t.at for t in after.transitions] == [t.at for t in before.transitions]
        for clip in before.clips:
            for frame in range(clip.start, clip.end):
                shown = next(c for c in after.clips if c.start <= frame < c.end)
                assert value_at(shown.opacity, frame - shown.start) == value_at(clip.opacity, frame - clip.start)
                if clip.media and (clip.speed is None or clip.speed.factor.denominator == 1):
                    new, old = source_at(shown, frame - shown.start), source_at(clip, frame - clip.start)
                    assert clip.media == "c" * 64 or abs(new - old) < 0.001
