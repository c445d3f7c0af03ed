"""A script that changes with its board: nothing drawn, voiced or edited is lost, on both databases."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, NotFound
from studio.projects.models import Member
from studio.scripts import service as scripts
from studio.scripts.fountain import parse
from studio.scripts.models import Scene, Script
from studio.scripts.outline import outlined
from studio.scripts.views import SceneEdit, SceneText
from studio.storyboards.models import Line, Panel, PanelVersion, Shot
from studio.thread import rewriting
from tests.factories.film import SAMPLE, Board, draw_all, make_board, voice_all
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services


@dataclass(frozen=True)
class Counts:
    shots: int
    drawings: int
    voices: int


def counts(script_id: str) -> Counts:
    """What hangs on a script and its drawer."""
    with reading() as uow:
        ids = [script_id, *(s.id for s in uow.session.query(Script).filter_by(drawer_of=script_id))]
        shots = uow.session.query(Shot).filter(Shot.script_id.in_(ids)).all()
        mine = {s.id for s in shots}
        panels = {p.id for p in uow.session.query(Panel) if p.shot_id in mine}
        versions = sum(v.panel_id in panels for v in uow.session.query(PanelVersion))
        voices = sum(x.shot_id in mine and x.voice_sha256 is not None for x in uow.session.query(Line))
        return Counts(len(shots), versions, voices)


def texts(board: Board) -> tuple[SceneText, ...]:
    with reading() as uow:
        return scripts.read_texts(uow, board.actor, board.script_id, 0)


def sound(script_id: str) -> None:
    """Scenes tile the source as the parser sees it; shots and lines are in place, in order, and hold the words they say."""
    with reading() as uow:
        script = uow.session.get(Script, script_id)
        assert script is not None
        rows = uow.session.query(Scene).filter_by(script_id=script_id).order_by(Scene.position).all()
        outline = outlined(parse(script.source))
        assert [(s.position, s.start_at, s.end_at, s.number, s.heading) for s in rows] == [
            (s.index, s.start, s.end, s.number, s.heading) for s in outline.scenes
        ]
        shots = uow.session.query(Shot).filter_by(script_id=script_id).order_by(Shot.position).all()
        assert [s.position for s in shots] == list(range(len(shots)))
        assert [s.scene_position for s in shots] == sorted(s.scene_position for s in shots)
        at = {s.id: s for s in rows}
        numbers = [s.number for s in shots]
        assert len(set(numbers)) == len(numbers)
        end = 0
        for shot in shots:
            scene = at[shot.scene_id]
            assert shot.scene_position == scene.position
            assert shot.number.startswith(scene.number)
            assert scene.start_at <= shot.start_at <= shot.end_at <= scene.end_at
            if shot.end_at > shot.start_at:
                assert shot.start_at >= end, (shot.number, shot.start_at, end)
                end = shot.end_at
            lines = uow.session.query(Line).filter_by(shot_id=shot.id).order_by(Line.position).all()
            assert [x.position for x in lines] == list(range(len(lines)))
            assert len(shot.holds) == len(lines) + 1
            for line in lines:
                said = script.source[line.start_at : line.end_at].replace("*", "").replace("_", "")
                assert " ".join(said.split()) == line.text
        spoken = [
            w
            for s in outline.scenes
            for x in s.elements
            if x.kind.value in ("dialogue", "lyrics")
            for w in x.text.split()
        ]
        lines = [x for s in shots for x in uow.session.query(Line).filter_by(shot_id=s.id).order_by(Line.position)]
        held = [w for x in lines for w in x.text.split()]
        assert held == spoken


@pytest.fixture
def board(database: str, tmp_path: Path) -> Board:
    """The sample, every panel drawn and every line voiced."""
    made = make_board()
    draw_all(made, tmp_path)
    voice_all(made, tmp_path, 1.5)
    sound(made.script_id)
    return made


def save(board: Board, at: SceneText, text: str, *, base: str | None = None) -> SceneEdit:
    with unit_of_work() as uow:
        return rewriting.save_scene(
            uow, board.actor, board.script_id, at.scene.id, text=text, revision=at.revision, base=base or at.text
        )


def test_a_scene_written_on_keeps_its_drawings_and_the_new_words_get_a_shot(board: Board) -> None:
    before, scene = counts(board.script_id), texts(board)[1]
    edit = save(
        board,
        scene,
        scene.text.replace(
            "MARA\nThe last step.", "MARA\nThe last step.\n\nA gull lands on the table. It looks at Ben."
        ),
    )
    assert (edit.restructured, edit.merged, edit.text.revision) == (False, False, 2)
    sound(board.script_id)
    after = counts(board.script_id)
    assert (after.drawings, after.voices) == (before.drawings, before.voices)
    assert after.shots > before.shots


def test_words_changed_in_a_line_lose_its_voice_and_no_other(board: Board) -> None:
    before, scene = counts(board.script_id), texts(board)[1]
    save(board, scene, scene.text.replace("I know. I waited for him.", "I know. I waited a year for him."))
    sound(board.script_id)
    after = counts(board.script_id)
    assert (after.shots, after.drawings, after.voices) == (before.shots, before.drawings, before.voices - 1)


def test_a_comma_costs_no_voice(board: Board) -> None:
    before, scene = counts(board.script_id), texts(board)[1]
    save(board, scene, scene.text.replace("I know. I waited for him.", "I know... I waited, for him."))
    sound(board.script_id)
    assert counts(board.script_id) == before


def test_scenes_change_places_with_all_that_hangs_on_them(board: Board) -> None:
    before, was = counts(board.script_id), texts(board)
    with unit_of_work() as uow:
        rewriting.move_scene(uow, board.actor, board.script_id, was[2].scene.id, to=0)
    sound(board.script_id)
    assert counts(board.script_id) == before
    assert [t.scene.id for t in texts(board)] == [was[i].scene.id for i in (2, 0, 1)]


def test_a_cut_scene_lies_in_the_drawer_and_comes_back_as_it_was(board: Board) -> None:
    before, was = counts(board.script_id), texts(board)
    with unit_of_work() as uow:
        rewriting.cut_scene(uow, board.actor, board.script_id, was[1].scene.id)
    sound(board.script_id)
    assert counts(board.script_id) == before
    with reading() as uow:
        (kept,) = scripts.list_drawer(uow, board.actor, board.script_id)
        assert kept.scene.id == was[1].scene.id
        latest = scripts.latest_script(uow, board.actor, board.project_id)
        assert latest is not None
        assert latest.id == board.script_id
    with unit_of_work() as uow:
        rewriting.restore_scene(uow, board.actor, board.script_id, was[1].scene.id, to=1)
    sound(board.script_id)
    assert counts(board.script_id) == before
    assert [(t.scene.id, t.text) for t in texts(board)] == [(t.scene.id, t.text) for t in was]


def test_a_draft_re_ordered_split_and_cut_keeps_every_drawing_and_voice(board: Board) -> None:
    before, was = counts(board.script_id), texts(board)
    one, two, three = (t.text.strip() for t in was)
    first, second = two.split("MARA\nI was Mara.")
    draft = "Title: The Last Ferry\n\n" + "\n\n".join(
        [three, first.strip(), f"INT. HARBOUR CAFE - LATER\n\nMARA\nI was Mara.{second}", ""]
    )
    with reading() as uow:
        plan = rewriting.plan_merge(uow, board.actor, board.script_id, draft)
    assert [(s.fate, s.position) for s in plan.scenes] == [("moved", 0), ("split", 1), ("split", 2), ("cut", None)]
    assert plan.conflicts == ()
    assert plan.scenes[-1].was == (was[0].scene.id,)
    assert plan.scenes[-1].drawn > 0
    with unit_of_work() as uow:
        rewriting.apply_merge(uow, board.actor, board.script_id, draft, {}, expected_revision=plan.revision)
    sound(board.script_id)
    assert counts(board.script_id) == before
    assert one.startswith("EXT. HARBOUR PIER")
    with reading() as uow:
        version = scripts.list_versions(uow, board.actor, board.script_id).items[0]
        assert version.origin == "merge"
    with unit_of_work() as uow:
        rewriting.restore_version(uow, board.actor, board.script_id, version.id)
    sound(board.script_id)
    after = counts(board.script_id)
    assert (after.drawings, after.voices) == (before.drawings, before.voices)
    assert [t.text for t in texts(board)] == [t.text for t in was]
    with reading() as uow:
        assert scripts.export_script(uow, board.actor, board.script_id).data == SAMPLE.read_bytes()
        assert scripts.list_drawer(uow, board.actor, board.script_id) == ()


def test_two_people_write_different_lines_of_one_scene_and_nothing_is_lost(board: Board) -> None:
    scene = texts(board)[1]
    save(board, scene, scene.text.replace("You're Mara.", "You are Mara."))
    edit = save(board, scene, scene.text.replace("The last step.", "The very last step."))
    assert edit.merged
    assert "You are Mara." in edit.text.text
    assert "The very last step." in edit.text.text
    assert edit.text.text == texts(board)[1].text
    sound(board.script_id)


def test_two_people_write_the_same_line_and_the_second_gets_both_texts(board: Board) -> None:
    scene = texts(board)[1]
    save(board, scene, scene.text.replace("You're Mara.", "You are Mara."))
    with pytest.raises(scripts.SceneChanged) as refused:
        save(board, scene, scene.text.replace("You're Mara.", "Are you Mara?"))
    assert refused.value.code == "scene_changed"
    assert "You are Mara." in refused.value.theirs
    assert refused.value.revision == 2
    assert texts(board)[1].text == refused.value.theirs


def test_two_people_write_two_scenes_and_both_are_kept(board: Board) -> None:
    one, two, _ = texts(board)
    save(board, two, two.text.replace("You're Mara.", "You are Mara."))
    save(board, one, one.text.replace("I'm closed.", "I am closed."))
    now = texts(board)
    assert ("You are Mara." in now[1].text, "I am closed." in now[0].text) == (True, True)
    sound(board.script_id)


def test_a_heading_written_into_a_scene_makes_two_and_taking_it_out_one_again(board: Board) -> None:
    before, was = counts(board.script_id), texts(board)
    split = was[1].text.replace("Ben stares at her.", "INT. BOILER ROOM - NIGHT\n\nBen stares at her.")
    edit = save(board, was[1], split)
    assert edit.restructured
    now = texts(board)
    assert [t.scene.heading for t in now] == [
        "EXT. HARBOUR PIER - DUSK",
        "INT. HARBOUR CAFE - NIGHT",
        "INT. BOILER ROOM - NIGHT",
        "EXT. HARBOUR PIER - NIGHT",
    ]
    assert [now[i].scene.id for i in (0, 1, 3)] == [t.scene.id for t in was]
    sound(board.script_id)
    after = counts(board.script_id)
    assert (after.drawings, after.voices) == (before.drawings, before.voices)
    edit = save(board, now[2], now[2].text.replace("INT. BOILER ROOM - NIGHT\n\n", ""))
    assert edit.text.scene.id == was[1].scene.id
    assert [(t.scene.id, t.text) for t in texts(board)] == [(t.scene.id, t.text) for t in was]
    with reading() as uow:
        assert scripts.list_drawer(uow, board.actor, board.script_id) == ()
        assert uow.session.query(Scene).count() == 3
    sound(board.script_id)
    after = counts(board.script_id)
    assert (after.drawings, after.voices) == (before.drawings, before.voices)


def test_a_scene_emptied_is_cut_with_all_that_hangs_on_it(board: Board) -> None:
    before, was = counts(board.script_id), texts(board)
    assert save(board, was[2], "").restructured
    assert [t.scene.id for t in texts(board)] == [t.scene.id for t in was[:2]]
    assert counts(board.script_id) == before
    with pytest.raises(Conflict, match="drawer"):
        save(board, was[2], "INT. NEW - DAY")


def test_the_last_scene_is_never_cut(board: Board) -> None:
    was = texts(board)
    with unit_of_work() as uow:
        for each in was[:2]:
            rewriting.cut_scene(uow, board.actor, board.script_id, each.scene.id)
    sound(board.script_id)
    with pytest.raises(Conflict, match="at least one scene"), unit_of_work() as uow:
        rewriting.cut_scene(uow, board.actor, board.script_id, was[2].scene.id)


def test_what_a_person_edited_or_chose_stays_when_its_words_are_gone(board: Board) -> None:
    was = texts(board)
    with unit_of_work() as uow:
        shots = uow.session.query(Shot).filter_by(scene_position=2).order_by(Shot.position).all()
        ids = [s.id for s in shots]
        shots[1].edited = True
        uow.session.add(shots[1])
    save(board, was[2], "EXT. HARBOUR PIER - NIGHT\n\nNothing but the sea.\n")
    with reading() as uow:
        found = uow.session.query(Shot).filter_by(scene_position=2).order_by(Shot.position)
        left = [s.id for s in found if s.id in ids]
    assert left[-1:] == [ids[1]]
    assert len(left) <= 2


def test_a_scene_is_added_and_its_words_are_covered_as_they_are_written(board: Board) -> None:
    before = counts(board.script_id)
    with unit_of_work() as uow:
        made = rewriting.add_scene(uow, board.actor, board.script_id, after=0, heading="engine room")
    assert (made.text.scene.position, made.text.scene.heading) == (1, "engine room")
    sound(board.script_id)
    edit = save(board, made.text, f"{made.text.text}Pipes hiss.\n\nOLD TOM\nShe never liked the cold.\n\n")
    assert not edit.restructured
    sound(board.script_id)
    after = counts(board.script_id)
    assert (after.drawings, after.voices) == (before.drawings, before.voices)
    assert after.shots > before.shots
    with reading() as uow:
        assert "OLD TOM" in {p.name for p in scripts.list_people(uow, board.actor, board.project_id)}


def test_a_name_half_typed_is_forgotten_when_it_is_whole(board: Board) -> None:
    scene = texts(board)[1]
    for typed in ("WILH", "WILHELM"):
        scene = save(
            board, scene, scene.text.rstrip().removesuffix("WILH\nNo.").rstrip() + f"\n\n{typed}\nNo.\n\n"
        ).text
    with reading() as uow:
        names = {p.name for p in scripts.list_people(uow, board.actor, board.project_id)}
    assert names == {"MARA", "BEN", "WILHELM"}


def test_a_merge_planned_before_somebody_wrote_is_refused_whole(board: Board) -> None:
    scene = texts(board)[0]
    with reading() as uow:
        plan = rewriting.plan_merge(uow, board.actor, board.script_id, "INT. HALL - DAY\n\nA bird.")
    save(board, scene, scene.text.replace("I'm closed.", "I am closed."))
    before = texts(board)
    with pytest.raises(Conflict) as refused, unit_of_work() as uow:
        rewriting.apply_merge(
            uow, board.actor, board.script_id, "INT. HALL - DAY\n\nA bird.", {}, expected_revision=plan.revision
        )
    assert refused.value.code == "script_changed"
    assert texts(board) == before


def test_viewers_write_nothing_and_strangers_see_nothing(board: Board) -> None:
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    scene = texts(board)[0]
    outside = Board(stranger, board.project_id, board.script_id, board.shots)
    with pytest.raises(NotFound):
        save(outside, scene, "INT. HALL - DAY")
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=board.project_id, user_id=stranger.user_id, role="viewer"))
    with pytest.raises(Forbidden):
        save(outside, scene, "INT. HALL - DAY")
    with pytest.raises(Forbidden), unit_of_work() as uow:
        rewriting.cut_scene(uow, stranger, board.script_id, scene.scene.id)
    assert texts(board)[0] == scene


def test_whatever_is_moved_cut_and_written_scenes_tile_and_keep_their_ids(board: Board) -> None:
    """Fifty random changes; after each the script and its board are sound, and no drawing of a kept word is lost."""
    rnd = random.Random(7)
    drawings = counts(board.script_id).drawings
    known = {t.scene.id for t in texts(board)}
    for step in range(50):
        now = texts(board)
        one = rnd.choice(now)
        with reading() as uow:
            drawer = scripts.list_drawer(uow, board.actor, board.script_id)
        what = rnd.choice(["move", "cut", "restore", "write", "add"])
        with unit_of_work() as uow:
            if what == "move":
                rewriting.move_scene(uow, board.actor, board.script_id, one.scene.id, to=rnd.randrange(len(now)))
            elif what == "cut" and len(now) > 1:
                rewriting.cut_scene(uow, board.actor, board.script_id, one.scene.id)
            elif what == "restore" and drawer:
                kept = rnd.choice(drawer)
                rewriting.restore_scene(
                    uow, board.actor, board.script_id, kept.scene.id, to=rnd.randrange(len(now) + 1)
                )
            elif what == "add" and len(now) < 8:
                made = rewriting.add_scene(
                    uow, board.actor, board.script_id, after=rnd.randrange(-1, len(now)), heading=f"INT. ROOM {step}"
                )
                known.add(made.text.scene.id)
        if what == "write":
            save(board, one, f"{one.text.rstrip()}\n\nA bell rings {step} times.\n\nBEN\nWas that number {step}?\n")
        sound(board.script_id)
        with reading() as uow:
            drawer = scripts.list_drawer(uow, board.actor, board.script_id)
        assert {t.scene.id for t in (*texts(board), *drawer)} == known
    assert counts(board.script_id).drawings == drawings


RICH = """Title: Mixed
Author: Nobody

FADE IN:

# Act One

INT. HALL - DAY #1#

A *bird* sings. [[ask for a real one]] Ben and MARA (30s) listen.

BEN
(softly)
Do you hear it? It was here _yesterday_ too.

MARA ^
I hear nothing.

/* a line
nobody reads */

CUT TO:

EXT. YARD - CONTINUOUS

They run. A gate bangs.

# Act Two

INT. HALL - NIGHT

Nobody.

BEN (V.O.)
That was all.

> THE END <
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_board_nobody_drew_is_sound_whatever_is_moved_cut_split_and_written(database: str, ends: str) -> None:
    board = make_board(RICH.replace("\n", ends).encode())
    rnd = random.Random(11)
    for step in range(25):
        now = texts(board)
        one = rnd.choice(now)
        with reading() as uow:
            drawer = scripts.list_drawer(uow, board.actor, board.script_id)
        what = rnd.choice(["move", "cut", "write", "write", "split"])
        with unit_of_work() as uow:
            if what == "move":
                rewriting.move_scene(uow, board.actor, board.script_id, one.scene.id, to=rnd.randrange(len(now)))
            elif what == "cut" and len(now) > 2:
                rewriting.cut_scene(uow, board.actor, board.script_id, one.scene.id)
            elif drawer:
                rewriting.restore_scene(uow, board.actor, board.script_id, drawer[0].scene.id, to=0)
        now = texts(board)
        one = rnd.choice(now)
        if what == "write":
            save(board, one, f"{one.text.rstrip()}\n\nA bell rings {step} times.\n\nMARA\nWas that number {step}?\n")
        elif what == "split" and len(now) < 9:
            save(board, one, f"{one.text.rstrip()}\n\nINT. ROOM {step} - DAY\n\nDust, and box {step}.\n")
        sound(board.script_id)
    with reading() as uow:
        source = scripts.export_script(uow, board.actor, board.script_id).data.decode()
    assert source.replace("\r\n", "").count("\n") == (source.count("\n") if ends == "\n" else 0)
    assert source.index("FADE IN:") < source.index("INT.")
