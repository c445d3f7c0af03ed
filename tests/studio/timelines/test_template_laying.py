"""Where a filled template lies in a cut: over all that is seen, on free tracks or new ones, and found again there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.engine.editing import batch, from_json, to_json
from studio.engine.templates import filled
from studio.engine.templates.kinds import OURS
from studio.engine.time import Rate
from studio.engine.timeline import PICTURE, Clip, Timeline, Track
from studio.timelines.templates import laying, piece_of, template_in, uses_in

BY_ID = {template.id: template for template in OURS}
RATE, SIZE = Rate(24), (1920, 1080)


def host(*more: Track) -> Timeline:
    picture = Track("v1", "video", "V1", "picture", (Clip("a", "A", "", 0, 240), Clip("b", "B", "", 240, 240)))
    return Timeline("Cut", RATE, *SIZE, (picture, *more, Track("a1", "audio", "A1", "sound")))


def laid(timeline: Timeline, template_id: str, use: str, at: int, **values: object) -> Timeline:
    piece = filled(BY_ID[template_id], values, RATE, SIZE)
    return batch(timeline, laying(timeline, piece, template_id, use, values, at)).timeline


@pytest.mark.parametrize("template", OURS, ids=lambda t: t.id)
def test_every_template_lies_where_it_was_put_in_one_act(template: object) -> None:
    of = BY_ID[template.id]
    after = laid(host(), of.id, "u1", 100)
    use = uses_in(after)["u1"]
    clips = [c for t in after.tracks for c in t.clips if c.id in use.clips]
    assert (use.template, use.at, max(c.end for c in clips)) == (of.id, 100, 100 + RATE.frames(of.seconds))
    assert {c.group for c in clips} == {f"template:{of.id}:u1"}
    pictures = [t.id for t in after.tracks if t.kind in PICTURE]
    assert pictures[0] == "v1" and after.tracks[-1].id == "a1"
    assert after.tracks[0] == host().tracks[0]


def test_its_order_of_layers_is_kept() -> None:
    piece = filled(BY_ID["product"], {}, RATE, SIZE)
    after = laid(host(), "product", "u1", 0)
    names = [c.name for t in after.tracks for c in t.clips if c.link.startswith("template:")]
    assert names == [c.name for t in piece.tracks for c in t.clips]


def test_a_second_one_takes_the_tracks_of_the_first_where_they_are_free() -> None:
    once = laid(host(), "lower-third", "u1", 0)
    later = laid(once, "lower-third", "u2", 200)
    at_once = laid(once, "lower-third", "u2", 60)
    assert len(later.tracks) == len(once.tracks) == len(host().tracks) + 2
    assert len(at_once.tracks) == len(once.tracks) + 2


def test_it_never_goes_below_what_is_seen_nor_onto_a_locked_track() -> None:
    title = Track("t9", "text", "T1", "picture", (Clip("x", "X", "", 50, 400),))
    free = Track("t8", "text", "T2", "picture")
    locked = Track("t7", "text", "T3", "picture", locked=True)
    after = laid(host(free, title, locked), "lower-third", "u1", 60)
    order = [t.id for t in after.tracks if t.kind in PICTURE]
    used = [t.id for t in after.tracks if any(c.link for c in t.clips)]
    assert order[:4] == ["v1", "t8", "t9", "t7"] and order[4:] == used


def test_its_values_are_kept_and_survive_the_document() -> None:
    values = {"name": "Ann “the boat” Lee: {1}", "length": 3.5}
    after = laid(host(), "lower-third", "u1", 0, **values)
    assert uses_in(after)["u1"].values == values
    broken = replace(
        after,
        tracks=tuple(
            replace(t, clips=tuple(replace(c, link=c.link.replace("{", "[", 1)) for c in t.clips)) for t in after.tracks
        ),
    )
    assert uses_in(broken)["u1"].values == {}
    assert uses_in(host()) == {}


def test_the_edits_have_a_stored_form() -> None:
    edits = laying(host(), filled(BY_ID["podcast"], {}, RATE, SIZE), "podcast", "u1", {}, 7)
    assert [from_json(to_json(edit)) for edit in edits] == edits


def test_chosen_clips_make_a_piece_with_their_groups_that_begins_at_0() -> None:
    after = laid(host(), "news-strap", "u1", 120)
    one = uses_in(after)["u1"].clips[0]
    piece = piece_of(after, [one])
    assert len([c for t in piece.tracks for c in t.clips]) == len(uses_in(after)["u1"].clips)
    assert min(c.start for t in piece.tracks for c in t.clips) == 0
    template = template_in(after, [one], "Mine")
    assert {"Breaking", "Last ferry of the season leaves Kell tonight"} <= {
        str(p.default).capitalize() if p.default == "BREAKING" else p.default for p in template.parameters
    }
    again = filled(template, {}, RATE, SIZE)
    assert again.frames == piece.frames
