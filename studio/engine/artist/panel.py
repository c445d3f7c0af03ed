"""The one entry point of the panel artist: a PanelSpec in, a Drawing out (PNG, SVG or its display list)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import shapely

from studio.core.errors import Invalid
from studio.engine.artist.arrows import camera_arrow, travel_arrow
from studio.engine.artist.camera import FRAMINGS, WIDTH, Camera
from studio.engine.artist.cast.casting import as_shot
from studio.engine.artist.cast.crowd import crowd
from studio.engine.artist.compose import Composition, Placed, composed, screen_way
from studio.engine.artist.geometry import polygon
from studio.engine.artist.inserts.catalogue import drawer_for
from studio.engine.artist.light import grade
from studio.engine.artist.people.draw import draw_people, embraced, ground_shadow
from studio.engine.artist.people.look import person
from studio.engine.artist.people.pose import sits
from studio.engine.artist.sets.catalogue import built
from studio.engine.artist.sets.kit.foreground import near_edge
from studio.engine.artist.sets.kit.stage import Piece, Scene
from studio.engine.artist.sets.kit.weather import before, behind, weather_kind
from studio.engine.artist.sheet import Op, Sheet
from studio.engine.artist.spec import Look, PanelSpec, ShotType, Size
from studio.engine.artist.stagecraft import actor_of, contact_shadow, seats, standing_clear, table_for, things
from studio.engine.artist.strokes import inked
from studio.engine.artist.styles import restyled

LARGEST = 8192
FADES = {Size.EWS: 0.10, Size.WS: 0.16, Size.FS: 0.18, Size.MLS: 0.20, Size.MWS: 0.22, Size.MS: 0.24}
TIGHT_FADE = 0.36
WIDE = (Size.EWS, Size.WS, Size.FS)
TOUCHING = 0.62
AT_A_TABLE = 2.4


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished panel: its display list in drawing units (`page` wide and high) and its size in pixels."""

    ops: tuple[Op, ...]
    page: tuple[float, float]
    pixels: tuple[int, int]
    camera: Camera

    def png(self) -> bytes:
        """The panel as PNG bytes on paper; the same spec gives the same bytes."""
        from studio.engine.artist.backends.raster import encoded, raster

        return encoded(raster(self.ops, self.page, self.pixels))

    def svg(self) -> str:
        """The panel as an editable SVG document."""
        from studio.engine.artist.backends.svg import written

        return written(self.ops, self.page, self.pixels)


def drawn(spec: PanelSpec, *, width: int = 1280, height: int = 720, camera_arrows: bool = True) -> Drawing:
    """Draw one panel at `width` x `height` pixels, any aspect ratio; without `camera_arrows` it is a plate for the cut.

    Raises: Invalid when the size is no picture's size.
    """
    if not (16 <= width <= LARGEST and 16 <= height <= LARGEST and 0.2 <= width / height <= 5):
        raise Invalid(
            f"A panel of {width} x {height} pixels cannot be drawn. Choose between 16 and {LARGEST} pixels a side.",
            field="width",
        )
    page_height = WIDTH * height / width
    spec = as_shot(spec)
    composition = composed(spec, page_height)
    light = grade(spec.light, spec.interior)
    sheet = Sheet(composition.camera, spec.seed % 2**31, light=light.shadow, gain=light.gain)
    if spec.size is Size.INSERT:
        _draw_insert(spec, sheet)
    else:
        _draw_place(spec, sheet, composition)
        if camera_arrows:
            with sheet.layer("arrows"):
                _camera_arrow(spec, sheet, composition)
    restyled(sheet, spec.style)
    return Drawing(inked(sheet), (WIDTH, page_height), (width, height), composition.camera)


def _draw_insert(spec: PanelSpec, sheet: Sheet) -> None:
    """The thing of an INSERT, in the hand of the subject when there is one."""
    thing = (spec.insert or "").strip()
    owner = next((one for one in spec.figures if one.name == spec.subject), spec.figures[0] if spec.figures else None)
    who = person(owner.name, owner.look) if owner else person(spec.place, Look())
    drawer_for(thing)(sheet, who, thing)


def _draw_place(spec: PanelSpec, sheet: Sheet, composition: Composition) -> None:
    kind = weather_kind(spec.weather)
    scene = Scene(sheet, spec.place, spec.set_kind.value, spec.light, spec.interior, kind)
    fade, light = FADES.get(spec.size, TIGHT_FADE), grade(spec.light, spec.interior)
    with sheet.faded(fade):
        standing = [*built(spec.set_kind, scene), *crowd(scene, composition, spec.crowd)]
        pieces = standing_clear(standing, sheet.camera, composition)
        pieces += seats(scene, composition)
        pieces += things(scene, composition)
    outdoors = not spec.interior
    layers = sorted(_layers(scene, composition, pieces, fade), key=lambda layer: -layer[0])
    far = [draw for depth, draw in layers if depth > _farthest(composition)]
    rest = [draw for depth, draw in layers if depth <= _farthest(composition)]
    with sheet.layer("light"):
        for piece in pieces:
            contact_shadow(sheet, piece, light.sun)
    for draw in far:
        draw()
    if outdoors:
        with sheet.layer("weather"):
            behind(sheet, kind)
    actors = [actor_of(one, composition) for one in composition.cast if not (one.foreground or one.in_car or one.thing)]
    with sheet.layer("light"):
        for actor in embraced(actors):
            ground_shadow(sheet, actor, light.sun)
    with sheet.layer("arrows"):
        _travel_arrows(spec, sheet, composition)
    for draw in rest:
        draw()
    wide = spec.size is Size.EWS or (spec.size is Size.WS and not composition.cast)
    if wide and spec.type is not ShotType.POV:
        near_edge(scene, -1 if screen_way(composition) > 0 else 1)
    if outdoors:
        with sheet.layer("weather"):
            before(sheet, kind)
    if spec.type is ShotType.POV:
        with sheet.layer("light"):
            _point_of_view(sheet)


def _camera_arrow(spec: PanelSpec, sheet: Sheet, composition: Composition) -> None:
    travelling = any(one.figure.travels is not None for one in composition.cast)
    camera_arrow(sheet, spec.move, screen_way(composition), top=travelling and spec.size in WIDE)


Layer = tuple[float, Callable[[], None]]


def _farthest(composition: Composition) -> float:
    """The depth in metres behind which only the place lies; without people, everything does."""
    depths = [_depth(composition.camera, one) for one in composition.cast]
    return max(depths) + 0.6 if depths else -1.0


def _layers(scene: Scene, composition: Composition, pieces: Sequence[Piece], fade: float) -> Iterator[Layer]:
    """Everything that stands on the stage with its depth in metres, people in groups that touch."""
    for piece in pieces:
        yield _depth(scene.sheet.camera, piece), partial(_draw_piece, scene.sheet, piece, fade)
    for group in _groups(composition):
        if group[0].thing:
            continue
        depth = min(_depth(scene.sheet.camera, one) for one in group)
        yield depth, partial(_draw_group, scene, group, composition)


def _draw_piece(sheet: Sheet, piece: Piece, fade: float) -> None:
    with sheet.faded(fade * (0.4 if piece.always else 1.0)):
        piece.draw()


def _draw_group(scene: Scene, group: Sequence[Placed], composition: Composition) -> None:
    actors = [actor_of(one, composition) for one in group]
    dark = group[0].foreground
    with scene.sheet.layer("people", ", ".join(one.figure.name for one in group)):
        draw_people(
            scene.sheet, actors, darken=0.30 if dark else 0.0, behind_table=None if dark else table_for(scene, group)
        )


def _groups(composition: Composition) -> list[list[Placed]]:
    """People near enough to touch are drawn together; a foreground figure alone."""
    groups: list[list[Placed]] = []
    for one in composition.cast:
        home = next(
            (
                group
                for group in groups
                if not one.foreground and not group[0].foreground and any(_touching(one, other) for other in group)
            ),
            None,
        )
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return groups


def _touching(one: Placed, other: Placed) -> bool:
    seated = all(sits(each.figure.pose, each.figure.seated) for each in (one, other))
    return math.dist((one.x, one.z), (other.x, other.z)) < (AT_A_TABLE if seated else TOUCHING)


def _travel_arrows(spec: PanelSpec, sheet: Sheet, composition: Composition) -> None:
    """Arrows for people who travel: on the floor when it shows, else across the lower part of the picture."""
    for one in composition.cast:
        if one.figure.travels is None or one.foreground or not math.isfinite(one.figure.travels):
            continue
        size = min(max(_depth(sheet.camera, one) / 5.0, 0.75), 3.0)
        height = 0.02 if spec.size in WIDE else one.top * max(FRAMINGS[spec.size].low, 0.3) + 0.11
        travel_arrow(
            sheet, one.x, one.z, one.figure.travels, height=height, size=size if spec.size in WIDE else size * 0.45
        )


def _point_of_view(sheet: Sheet) -> None:
    """The dark soft edge of someone's own sight."""
    width, height = sheet.camera.width, sheet.camera.height
    turn = np.linspace(0, 2 * math.pi, 60, endpoint=False)
    page = shapely.box(-20, -20, width + 20, height + 20)
    for reach in np.linspace(0.66, 0.53, 12):
        x = np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.7 * width * reach
        y = np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.7 * height * reach
        sheet.fill(page.difference(polygon(np.stack([width / 2 + x, height / 2 + y], 1))), (24, 22, 30), 17, raw=True)


def _depth(camera: Camera, thing: Piece | Placed) -> float:
    return float(camera.seen([thing.x, 0.8, thing.z])[0, 2])
