"""The floor plan of a panel: read, placed by hand as an act on the board, drawn from above, and previewed at once."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.db import reading as reads
from studio.core.errors import Invalid, NotFound
from studio.engine.artist.spec import Angle, Light, Move, PanelSpec, ShotType, Size
from studio.projects import service as projects
from studio.storyboards import repository
from studio.storyboards.documents import spec_from
from studio.storyboards.models import Panel, Shot
from studio.storyboards.service.acts.acting import Acting
from studio.storyboards.service.board import visible_shot
from studio.storyboards.stage.placing import with_placing
from studio.storyboards.stage.views import CameraPlacing, FigurePlacing, FloorPlan, Preview
from studio.storyboards.views import BoardEdit

PREVIEW_WIDTH = 640
_FLOOR_PIXELS = 640
_MOST_PLACED = 16
one_at_a_time = threading.Lock()
"""Held while something is drawn in the web process, so that pages go on being served; who waits finds what was drawn meanwhile."""


def get_floor_plan(uow: UnitOfWork, actor: Actor, shot_id: str, panel_id: str | None = None) -> FloorPlan:
    """The stage of a shot's panel (its first without `panel_id`) from above. Raises: NotFound."""
    from studio.storyboards.stage.floor import floor_of

    shot, panel = _panel(uow, actor, shot_id, panel_id)
    project = projects.get_project(uow, actor, shot.project_id)
    spec = spec_from(panel.spec)
    figures, camera, notes, reach = floor_of(spec, 1280 * project.height / project.width)
    shown = repository.shown_versions(uow, [panel.id]).get(panel.id)
    redraws = shown is None or shown.origin in repository.MACHINE_MADE
    return FloorPlan(
        shot_id=shot.id,
        panel_id=panel.id,
        project_id=shot.project_id,
        number=shot.number,
        place=spec.place,
        reach=reach,
        figures=figures,
        camera=camera,
        notes=notes if redraws else (*notes, "This picture was made by hand and stays. Redraw it to see the plan."),
        redraws=redraws,
        digest=_digest(spec),
    )


def place_on_floor(
    uow: UnitOfWork,
    actor: Actor,
    shot_id: str,
    figures: Sequence[FigurePlacing] = (),
    camera: CameraPlacing | None = None,
    *,
    panel_id: str | None = None,
) -> BoardEdit:
    """Put figures and camera elsewhere, or change what they do; the panel follows, and keeps it when it is staged anew.

    Raises:
        Invalid: a value is out of bounds, or somebody is not in the shot.
        NotFound, Forbidden, Conflict: the actor may not change the project.
    """
    shot, panel = _panel(uow, actor, shot_id, panel_id)
    act = Acting(uow, actor, shot.script_id)
    shot = act.chosen([shot_id])[0]
    uow.session.refresh(panel)
    if len(figures) > _MOST_PLACED:
        raise Invalid(f"At most {_MOST_PLACED} people are placed at once.", field="figures")
    before = spec_from(panel.spec)
    after = with_placing(before, figures, camera or CameraPlacing())
    if after != before:
        act.set("shot", shot, edited=True)
        if panel.position == 0:
            act.set("shot", shot, azimuth=after.azimuth, lens_mm=after.lens_mm, angle=after.angle.value)
        act.respecify(panel, after)
    return act.finish("place", f"{_what(figures, camera)} {shot.number}", [shot_id])


def preview_panel(actor: Actor, shot_id: str, panel_id: str | None = None) -> Preview:
    """A small picture of what a panel is to show now, drawn at once; it holds no transaction while it is. Raises: NotFound."""
    with reads() as uow:
        shot, panel = _panel(uow, actor, shot_id, panel_id)
        project = projects.get_project(uow, actor, shot.project_id)
        spec = spec_from(panel.spec)
    height = max(16, round(PREVIEW_WIDTH * project.height / project.width))
    with one_at_a_time:
        return Preview(_previewed(spec, height), f"{_digest(spec)}-{height}")


def preview_tag(uow: UnitOfWork, actor: Actor, shot_id: str) -> str:
    """What names the content of a shot's preview as it is now. Raises: NotFound."""
    return _digest(spec_from(_panel(uow, actor, shot_id, None)[1].spec))


def floor_picture(actor: Actor, shot_id: str, reach: int) -> Preview:
    """The place of a shot from above, `reach` metres to each side of its middle (4 to 12). Raises: NotFound, Invalid."""
    if not 4 <= reach <= 12:
        raise Invalid("A plan reaches from 4 to 12 metres.", field="reach")
    with reads() as uow:
        _, panel = _panel(uow, actor, shot_id, None)
        spec = spec_from(panel.spec)
    place = _place_alone(spec)
    with one_at_a_time:
        return Preview(_floor(place, reach), f"{_digest(place)}-{reach}")


@lru_cache(maxsize=24)
def _previewed(spec: PanelSpec, height: int) -> bytes:
    from studio.engine.artist.panel import drawn

    return drawn(spec, width=PREVIEW_WIDTH, height=height).png()


@lru_cache(maxsize=24)
def _floor(spec: PanelSpec, reach: int) -> bytes:
    from studio.engine.artist.sets.above import floor_drawn

    return floor_drawn(spec, reach, _FLOOR_PIXELS).png()


def _place_alone(spec: PanelSpec) -> PanelSpec:
    """The same for all panels of one place."""
    kind, interior, place = spec.set_kind, spec.interior, spec.place
    return PanelSpec(Size.WS, ShotType.EMPTY, Angle.EYE, Move.STATIC, 35.0, kind, interior, Light.DAY, place)


def _panel(uow: UnitOfWork, actor: Actor, shot_id: str, panel_id: str | None) -> tuple[Shot, Panel]:
    shot, panel, _ = visible_shot(uow, actor, shot_id)
    if panel_id is None or panel_id == panel.id:
        return shot, panel
    found, owner = repository.get_panel(uow, panel_id)
    if owner.id != shot.id:
        raise NotFound("There is no such panel in this shot.")
    return shot, found


def _digest(spec: PanelSpec) -> str:
    return sha256(repr(spec).encode()).hexdigest()[:16]


def _what(figures: Sequence[FigurePlacing], camera: CameraPlacing | None) -> str:
    """The act in words: "Mara's place in", "camera of"."""
    if not figures:
        return "lens of" if camera is not None and camera == CameraPlacing(lens_mm=camera.lens_mm) else "camera of"
    if len(figures) > 1 or (camera is not None and camera != CameraPlacing()):
        return "the stage of"
    one = figures[0]
    who = one.name.title() if one.name == one.name.upper() else one.name
    named = {"pose": one.pose, "face": one.expression, "hands": one.prop, "eyes": one.looks_at, "seat": one.seated}
    changed = [word for word, value in named.items() if value is not None]
    placed = [value for value in (one.x, one.z, one.facing) if value is not None]
    return f"{who}'s {changed[0] if len(changed) == 1 and not placed else 'place'} in"
