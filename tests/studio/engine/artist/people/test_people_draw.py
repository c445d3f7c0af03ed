import numpy as np
import pytest
import shapely

from studio.engine.artist.camera import Camera, framed, framing
from studio.engine.artist.people.draw import Table, bounds, draw_people, ground_shadow, hand_point, head_top
from studio.engine.artist.people.head import head_form, head_outline
from studio.engine.artist.people.look import GARMENTS, HAIR_STYLES, person
from studio.engine.artist.people.pose import Actor
from studio.engine.artist.people.poses.holding import HOLDS
from studio.engine.artist.people.skeleton import posed
from studio.engine.artist.sheet import Fill, Glow, Line, Op, Ribbon, Sheet, Stroke
from studio.engine.artist.spec import Angle, Expression, Look, Pose, Size

JACK = person("JACK", Look(feminine=False, garment="jacket", hair_style="side", hat=False, stature=1.76))
MARA = person("MARA", Look(feminine=True, garment="dress", hair_style="long", stature=1.68))


def camera(size: Size = Size.FS, stature: float = 1.76, azimuth: float = 0.0) -> Camera:
    view = framing(size)
    return framed(
        (0.0, 0.0),
        view.low * stature,
        view.high * stature,
        size=size,
        angle=Angle.EYE,
        focal_mm=40,
        azimuth=np.radians(azimuth),
        height=720,
        headroom=view.headroom,
    )


def arrays(op: Op) -> list[np.ndarray]:
    match op:
        case Fill() | Ribbon():
            return list(op.rings)
        case Stroke():
            return [op.points]
        case Line():
            return [op.segments.reshape(-1, 2)]
        case Glow():
            return [np.array([op.centre])]


def signature(op: Op) -> bytes:
    return type(op).__name__.encode() + repr(op.paint).encode() + b"".join(a.tobytes() for a in arrays(op))


def ops_of(*actors: Actor, view: Camera, seed: int = 3) -> list[Op]:
    sheet = Sheet(view, seed)
    draw_people(sheet, actors)
    return sheet.ops


def test_the_same_actor_gives_the_same_display_list() -> None:
    actor = Actor(JACK, 0, 0, 150, Pose.TALK, Expression.HAPPY)
    first, second = (ops_of(actor, view=camera()) for _ in range(2))
    assert [signature(op) for op in first] == [signature(op) for op in second]
    assert len(first) > 60


def test_two_names_are_drawn_in_different_colours() -> None:
    paints = []
    for name in ("JACK", "OTTO", "HUGO", "PAUL"):
        ops = ops_of(Actor(person(name, Look()), 0, 0, 180), view=camera())
        paints.append(frozenset(op.paint for op in ops if isinstance(op, Fill)))
    assert len(set(paints)) == 4


@pytest.mark.parametrize("expression", [e for e in Expression if e is not Expression.NEUTRAL])
def test_an_expression_changes_the_face_and_nothing_else(expression: Expression) -> None:
    view = camera(Size.MS)
    plain = ops_of(Actor(JACK, 0, 0, 160), view=view)
    moved = ops_of(Actor(JACK, 0, 0, 160, expression=expression), view=view)
    kept = {signature(op) for op in plain} & {signature(op) for op in moved}
    changed = [op for op in (*plain, *moved) if signature(op) not in kept and not isinstance(op, Line)]
    assert changed
    outline = head_outline(head_form(Sheet(view), posed(Actor(JACK, 0, 0, 160))))
    left, top, right, bottom = outline.buffer(6).bounds
    for op in changed:
        for ring in arrays(op):
            assert ring[:, 0].min() > left
            assert ring[:, 0].max() < right
            assert ring[:, 1].min() > top
            assert ring[:, 1].max() < bottom


@pytest.mark.parametrize("style", HAIR_STYLES)
def test_face_marks_are_hidden_from_behind(style: str) -> None:
    who = person("JACK", Look(hair_style=style))
    view = camera(Size.MCU)
    lists = [ops_of(Actor(who, 0, 0, 10, expression=e), view=view) for e in (Expression.HAPPY, Expression.SURPRISED)]
    assert [signature(op) for op in lists[0]] == [signature(op) for op in lists[1]]


def test_a_face_turned_to_the_camera_has_two_eyes_and_a_profile_one() -> None:
    def whites(facing: float) -> int:
        return sum(
            isinstance(op, Fill) and op.paint[:3] == (247, 244, 237)
            for op in ops_of(Actor(JACK, 0, 0, facing), view=camera(Size.CU))
        )

    assert whites(180) == 2
    assert whites(95) == 1


def test_no_number_is_lost_for_any_actor_and_camera() -> None:
    rng = np.random.default_rng(17)
    poses, faces, things = list(Pose), list(Expression), [None, *HOLDS, "anvil"]
    for index in range(200):
        look = Look(
            age=("child", "adult", "old")[index % 3],
            garment=GARMENTS[index % len(GARMENTS)],
            hair_style=HAIR_STYLES[index % len(HAIR_STYLES)],
            build=float(rng.uniform(0.8, 1.5)),
            hat=bool(index % 2),
        )
        actor = Actor(
            person(f"P{index}", look),
            float(rng.uniform(-1, 1)),
            float(rng.uniform(-1, 1)),
            float(rng.uniform(0, 360)),
            poses[index % len(poses)],
            faces[index % len(faces)],
            gaze_at=tuple(rng.uniform(-3, 3, 3)) if index % 3 else None,
            prop=things[index % len(things)],
            lean=float(rng.uniform(-15, 25)),
            mirrored=bool(index % 5 == 0),
            reach=(tuple(rng.uniform(-1, 1.5, 3)), None) if index % 7 == 0 else (None, None),
        )
        near = float(rng.uniform(0.05, 6))
        turn = float(rng.uniform(0, 2 * np.pi))
        place = np.array([actor.x + np.sin(turn) * near, rng.uniform(0.1, 4), actor.z - np.cos(turn) * near])
        view = Camera(place, -turn + rng.normal(0, 0.2), float(rng.uniform(-0.9, 0.5)), float(rng.uniform(18, 90)))
        sheet = Sheet(view, index)
        shape = draw_people(sheet, [actor])
        ground_shadow(sheet, actor)
        assert shape.is_valid
        assert all(np.isfinite(ring).all() for op in sheet.ops for ring in arrays(op))


def test_the_covered_area_holds_the_whole_figure() -> None:
    view = camera()
    actor = Actor(MARA, 0, 0, 180)
    shape = draw_people(Sheet(view), [actor])
    left, top, right, bottom = bounds(view, actor)
    covered = shapely.box(left, top, right, bottom).buffer(25)
    assert covered.contains(shape)
    assert shape.bounds[3] - shape.bounds[1] == pytest.approx(bottom - top, rel=0.06)


def test_people_apart_are_painted_far_to_near() -> None:
    far, near = Actor(MARA, 0.2, 2.0, 180), Actor(JACK, 0.0, 0.0, 180)
    view = camera()
    both = ops_of(near, far, view=view)
    alone = ops_of(near, view=view)
    assert both[-1].paint == alone[-1].paint
    assert signature(both[-1]) == signature(alone[-1])


def test_a_foreground_figure_is_darker() -> None:
    view = camera(Size.MS)

    def brightness(darken: float) -> float:
        sheet = Sheet(view)
        draw_people(sheet, [Actor(JACK, 0, 0, 0)], darken=darken)
        return float(np.mean([sum(op.paint[:3]) for op in sheet.ops if isinstance(op, Fill)]))

    assert brightness(0.42) < 0.75 * brightness(0.0)


def test_a_dimmed_sheet_is_bright_again_afterwards() -> None:
    sheet = Sheet(camera())
    before = sheet.gain.copy()
    draw_people(sheet, [Actor(JACK, 0, 0, 0)], darken=0.5)
    assert (sheet.gain == before).all()


def test_a_table_covers_the_body_and_lies_under_the_hands() -> None:
    view = camera(Size.MWS)
    sheet = Sheet(view)
    board = shapely.box(0, 560, 1280, 720)

    def draw() -> shapely.Polygon:
        sheet.fill(board, (1.0, 2.0, 3.0))
        return board

    shape = draw_people(sheet, [Actor(JACK, 0, 0, 180, Pose.STAND)], behind_table=Table(draw))
    places = [i for i, op in enumerate(sheet.ops) if op.paint[:3] == (1, 2, 3)]
    assert len(places) == 1
    assert 0 < places[0] < len(sheet.ops) - 1
    assert shape.intersection(board).area < 0.5 * board.area


def test_a_held_thing_is_where_the_hand_is() -> None:
    actor = Actor(JACK, 0, 0, 180, Pose.HOLD, prop="cup")
    assert float(np.linalg.norm(hand_point(actor) - posed(actor).palm(0))) < 0.09
    with_cup, without = (
        ops_of(actor, view=camera(Size.MS)),
        ops_of(Actor(JACK, 0, 0, 180, Pose.HOLD), view=camera(Size.MS)),
    )
    assert len(with_cup) > len(without)


def test_nobody_is_drawn_when_all_are_out_of_the_picture() -> None:
    sheet = Sheet(camera())
    assert draw_people(sheet, [Actor(JACK, 60, 0, 0)]).is_empty
    assert draw_people(sheet, []).is_empty
    assert sheet.ops == []


def test_the_shadow_lies_where_the_light_falls() -> None:
    sheet = Sheet(camera(Size.WS))
    ground_shadow(sheet, Actor(JACK, 0, 0, 180), (1.0, -1.0, 0.0))
    ring = sheet.ops[0].rings[0] if isinstance(sheet.ops[0], Fill) else np.zeros((1, 2))
    assert ring[:, 0].mean() > 640 + 20


def test_the_top_of_a_hat_is_higher_than_the_head() -> None:
    bare, hatted = (Actor(person("STEEL", Look(hat=hat, hair_style="short")), 0, 0, 0) for hat in (False, True))
    assert float(head_top(hatted)[1]) > float(head_top(bare)[1])


def test_hands_in_the_lap_stay_behind_a_table() -> None:
    board = shapely.box(0, 300, 1280, 720)
    shape = draw_people(
        Sheet(camera(Size.MWS)), [Actor(JACK, 0, 0, 180, Pose.SIT, seat=0.42)], behind_table=Table(lambda: board)
    )
    assert shape.intersection(board).area < 0.02 * board.area
