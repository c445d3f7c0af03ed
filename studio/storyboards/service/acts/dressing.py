"""How people look: read off a board, changed in all of its panels as one act, drawn by itself, and measured for likeness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from hashlib import sha256
from itertools import combinations
from typing import Any

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.db import reading as reads
from studio.core.errors import Invalid, NotFound
from studio.engine.artist.people.look import person
from studio.engine.artist.spec import (
    Angle,
    Figure,
    Light,
    Look,
    Move,
    PanelSpec,
    SetKind,
    ShotType,
    Size,
)
from studio.scripts import service as scripts
from studio.storyboards import reading, repository
from studio.storyboards.documents import spec_from
from studio.storyboards.service.acts.acting import Acting
from studio.storyboards.service.acts.placing import one_at_a_time
from studio.storyboards.stage.views import LikenessView, LookFields, PersonLook, Preview, hexed
from studio.storyboards.views import BoardEdit

MOST_COMPARED = 40
SHORTEST, TALLEST = 0.6, 2.4
SLIMMEST, BROADEST = 0.75, 1.5
_PORTRAIT = (360, 480)


def list_looks(uow: UnitOfWork, actor: Actor, script_id: str) -> tuple[PersonLook, ...]:
    """Everybody in the panels of a board and how they look, in the order they come. Raises: NotFound."""
    scripts.project_of(uow, actor, script_id)
    looks: dict[str, Look] = {}
    panels: dict[str, int] = {}
    for _, _, spec, _ in reading.people_drawn(uow, script_id):
        for figure in spec["figures"]:
            name = str(figure["name"])
            looks.setdefault(name, Look(**figure["look"]))
            panels[name] = panels.get(name, 0) + 1
    return tuple(_view(name, look, panels[name]) for name, look in looks.items())


def change_look(uow: UnitOfWork, actor: Actor, script_id: str, name: str, fields: LookFields) -> BoardEdit:
    """Change how somebody looks, in every panel of a board; what a machine drew of them is drawn anew, as one job.

    Raises:
        Invalid: a value is out of bounds, or cannot be drawn.
        NotFound: nobody of that name is on the board.
        NotFound, Forbidden, Conflict: the actor may not change the project.
    """
    act = Acting(uow, actor, script_id)
    shots: list[str] = []
    for panel in repository.panels_of_script(uow, script_id):
        if not any(figure["name"] == name for figure in panel.spec["figures"]):
            continue
        spec = spec_from(panel.spec)
        figures = tuple(replace(f, look=_with(name, f.look, fields)) if f.name == name else f for f in spec.figures)
        act.respecify(panel, replace(spec, figures=figures))
        shots.append(panel.shot_id)
    if not shots:
        raise NotFound("Nobody of that name is on this board.")
    who = name.title() if name == name.upper() else name
    return act.finish("look", f"the look of {who}", list(dict.fromkeys(shots)), as_board=True)


def portrait(actor: Actor, script_id: str, name: str) -> Preview:
    """Somebody from head to foot as a board shows them; it holds no transaction while it is drawn. Raises: NotFound."""
    with reads() as uow:
        scripts.project_of(uow, actor, script_id)
        look = _found(reading.people_drawn(uow, script_id), name)
    spec = PanelSpec(
        size=Size.FS,
        type=ShotType.SINGLE,
        angle=Angle.EYE,
        move=Move.STATIC,
        lens_mm=60.0,
        set_kind=SetKind.ROOM,
        interior=True,
        light=Light.DAY,
        place="portrait",
        figures=(Figure(name, 0.0, 0.0, 160.0, look=look),),
        subject=name,
    )
    with one_at_a_time:
        return Preview(_portrait(spec), sha256(repr(spec).encode()).hexdigest()[:16])


def likeness_of(actor: Actor, script_id: str, name: str) -> LikenessView:
    """How alike somebody is in the drawn panels of a board, of at most 40 of them spread over it.

    It holds no transaction while it measures: about a twentieth of a second a panel. Raises: NotFound.
    """
    with reads() as uow:
        scripts.project_of(uow, actor, script_id)
        rows = reading.people_drawn(uow, script_id)
        _found(rows, name)
        drawn = [(number, spec_from(spec)) for _, number, spec, shown in rows if shown and _shows(spec, name)]
    step = max(1, -(-len(drawn) // MOST_COMPARED))
    return _compared(name, drawn[::step], len(drawn))


def _compared(name: str, drawn: Sequence[tuple[str, PanelSpec]], panels: int) -> LikenessView:
    from studio.engine.artist.measures.identity import BOUND, distance

    seen = [(number, found) for number, spec in drawn if (found := _likeness(replace(spec, seed=0), name)) is not None]
    apart = [(distance(a, b), one, other) for (one, a), (other, b) in combinations(seen, 2)]
    farthest, first, second = max(apart, default=(None, "", ""))
    rounded = None if farthest is None else round(farthest, 3)
    return LikenessView(name, panels, len(seen), rounded, BOUND, first, second)


@lru_cache(maxsize=2000)
def _likeness(spec: PanelSpec, name: str) -> Any:
    from studio.engine.artist.measures.identity import likeness

    with one_at_a_time:
        return likeness(spec, name)


@lru_cache(maxsize=32)
def _portrait(spec: PanelSpec) -> bytes:
    from studio.engine.artist.panel import drawn

    return drawn(spec, width=_PORTRAIT[0], height=_PORTRAIT[1]).png()


def _with(name: str, look: Look, fields: LookFields) -> Look:
    if fields.stature is not None and not SHORTEST <= fields.stature <= TALLEST:
        raise Invalid(f"People are {SHORTEST:g} to {TALLEST:g} m tall.", field="stature")
    if fields.build is not None and not SLIMMEST <= fields.build <= BROADEST:
        raise Invalid(f"Build goes from {SLIMMEST:g} (slim) to {BROADEST:g} (broad); 1 is average.", field="build")
    changed = {key: value for key, value in asdict(fields).items() if value is not None}
    if not changed:
        return look
    after = replace(look, **changed, chosen=True)
    person(name, after)  # says what cannot be drawn
    return after


def _shows(spec: Mapping[str, Any], name: str) -> bool:
    return any(figure["name"] == name for figure in spec["figures"])


def _found(rows: Sequence[Any], name: str) -> Look:
    for _, _, spec, _ in rows:
        for figure in spec["figures"]:
            if figure["name"] == name:
                return Look(**figure["look"])
    raise NotFound("Nobody of that name is on this board.")


def _view(name: str, look: Look, panels: int) -> PersonLook:
    who = person(name, look)
    return PersonLook(
        name=name,
        panels=panels,
        chosen=look.chosen,
        feminine=who.feminine,
        age=who.age,
        stature=round(who.stature, 2),
        build=round(who.build, 2),
        hair=hexed(who.hair),
        hair_style=who.hair_style,
        hat=who.hat,
        garment=who.garment,
        top=hexed(who.top),
        bottom=hexed(who.bottom),
        skin=hexed(who.skin),
    )
