"""The floor plan of the chosen shot as the page prints it: where everybody stands, where the camera does, and the quick picture."""

from __future__ import annotations

import math
from dataclasses import dataclass

import reflex as rx

from state.board.panels import person
from state.bridge import read
from studio.engine.artist.people.poses.holding import HOLDS
from studio.storyboards import service as storyboards
from studio.storyboards.stage.views import FloorCamera, FloorFigure, FloorPlan

POSES = {
    "stand": "Stands",
    "walk": "Walks",
    "run": "Runs",
    "sit": "Sits",
    "sit_floor": "Sits on the floor",
    "kneel": "Kneels",
    "crouch": "Crouches",
    "lie": "Lies",
    "lean": "Leans",
    "talk": "Talks",
    "listen": "Listens",
    "think": "Thinks",
    "point": "Points",
    "wave": "Waves",
    "reach": "Reaches",
    "give": "Gives",
    "hold": "Holds",
    "carry": "Carries",
    "lift": "Lifts",
    "push": "Pushes",
    "pull": "Pulls",
    "open": "Opens",
    "phone": "Telephones",
    "drink": "Drinks",
    "eat": "Eats",
    "smoke": "Smokes",
    "read": "Reads",
    "write": "Writes",
    "type": "Types",
    "drive": "Drives",
    "peer": "Peers",
    "salute": "Salutes",
    "hands_up": "Hands up",
    "cheer": "Cheers",
    "shrug": "Shrugs",
    "cross_arms": "Arms crossed",
    "akimbo": "Hands on hips",
    "cover_face": "Covers the face",
    "embrace": "Embraces",
    "cower": "Cowers",
    "pray": "Prays",
    "bow": "Bows",
    "aim": "Aims",
    "fight": "Fights",
    "kick": "Kicks",
    "fall": "Falls",
    "jump": "Jumps",
    "dance": "Dances",
    "climb": "Climbs",
    "crawl": "Crawls",
    "sneak": "Sneaks",
}
FACES = {
    "neutral": "Calm",
    "happy": "Happy",
    "sad": "Sad",
    "angry": "Angry",
    "afraid": "Afraid",
    "surprised": "Surprised",
    "worried": "Worried",
    "disgusted": "Disgusted",
    "asleep": "Asleep",
}
THINGS = tuple(HOLDS)
"""What can be held."""
CAMERA = "#camera"
"""What the camera is called among the figures of a plan: no name in a script begins so."""
_EDGE = 0.35


@dataclass(frozen=True, slots=True)
class Disc:
    """Somebody on the plan; `at` moves and turns the disc, x and z are metres, `label` keeps the name upright."""

    name: str = ""
    spoken: str = ""
    at: str = ""
    x: float = 0.0
    z: float = 0.0
    facing: float = 0.0
    label: str = ""
    seen: bool = True
    pose: str = ""
    face: str = ""
    prop: str = ""
    looks_at: str = ""
    turned: str = ""


@dataclass(frozen=True, slots=True)
class Lens:
    """The camera on the plan: `at` moves and turns it, `cone` is what it sees; fields as its controls hold them."""

    at: str = ""
    cone: str = ""
    centre_x: float = 0.0
    centre_z: float = 0.0
    azimuth: str = ""
    height: str = ""
    stands: str = ""


@dataclass(frozen=True, slots=True)
class Floor:
    """The plan of a shot; `box` and `edge` place the drawing of its floor, an empty `shot_id` means there is none."""

    shot_id: str = ""
    reach: int = 6
    box: str = ""
    picture: str = ""
    discs: tuple[Disc, ...] = ()
    lens: Lens = Lens()
    notes: tuple[str, ...] = ()
    redraws: bool = True


class StageState(rx.State):
    """The plan of one tab: shown or not, who is chosen on it, and the quick picture of what was placed last."""

    shown: bool = False
    floor: Floor = Floor()
    discs: list[Disc] = []
    notes: list[str] = []
    chosen: Disc = Disc()
    quick: str = ""  # the picture of what the shot is to show now, for as long as that is not drawn

    async def _look(self, shot_id: str) -> None:
        """Read the plan of a shot, while one is shown at all."""
        if not self.shown or not shot_id:
            self.quick = ""
            return
        plan = await read(storyboards.get_floor_plan, shot_id)
        floor = floor_of(plan)
        if floor != self.floor:
            self.floor, self.discs, self.notes = floor, list(floor.discs), list(floor.notes)
        name = self.chosen.name if self.chosen.name == CAMERA else ""
        kept = next((disc for disc in self.discs if disc.name == self.chosen.name), None)
        self.chosen = kept or (Disc(name=CAMERA) if name else self.discs[0] if self.discs else Disc(name=CAMERA))
        self.quick = quick_of(shot_id, plan.digest) if plan.redraws else ""


def quick_of(shot_id: str, tag: str) -> str:
    """The address of a shot's preview; `tag` makes it another one when the shot is to show something else."""
    return f"/api/v1/shots/{shot_id}/preview?v={tag}"


def floor_of(plan: FloorPlan) -> Floor:
    """A plan as it is printed: z points up on the page."""
    reach = plan.reach
    told = [figure.told for figure in plan.figures if figure.told]
    return Floor(
        shot_id=plan.shot_id,
        reach=round(reach),
        box=f"{-reach:g} {-reach:g} {2 * reach:g} {2 * reach:g}",
        picture=f"/api/v1/shots/{plan.shot_id}/plan/floor?reach={reach:g}",
        discs=tuple(_disc(figure, reach) for figure in plan.figures),
        lens=_lens(plan.camera, reach),
        notes=(*plan.notes, *told),
        redraws=plan.redraws,
    )


def _disc(figure: FloorFigure, reach: float) -> Disc:
    x, y = _within(figure.x, reach), -_within(figure.z, reach)
    return Disc(
        name=figure.name,
        spoken=person(figure.name),
        at=f"translate({x:g} {y:g}) rotate({figure.facing:g})",
        x=figure.x,
        z=figure.z,
        facing=figure.facing,
        label=f"rotate({-figure.facing:g})",
        seen=figure.told == "",
        pose=figure.pose.value,
        face=figure.expression.value,
        prop=figure.prop or "",
        looks_at=figure.looks_at or "",
        turned=f"{figure.facing:g}",
    )


def _lens(camera: FloorCamera, reach: float) -> Lens:
    """A camera beyond the plan is shown at its edge, on its way to the middle of the picture."""
    away_x, away_z = camera.x - camera.centre_x, camera.z - camera.centre_z
    limit = reach - _EDGE
    share = min(
        [1.0]
        + [
            (math.copysign(limit, away) - centre) / away
            for away, centre in ((away_x, camera.centre_x), (away_z, camera.centre_z))
            if abs(away + centre) > limit and abs(away) > 1e-6
        ]
    )
    share = max(share, 0.0)
    x, y = _within(camera.centre_x + away_x * share, reach), -_within(camera.centre_z + away_z * share, reach)
    half = math.tan(math.radians(camera.view / 2)) * 3 * reach
    return Lens(
        at=f"translate({x:.2f} {y:.2f}) rotate({camera.facing:g})",
        cone=f"0,0 {-half:.2f},{-3 * reach:g} {half:.2f},{-3 * reach:g}",
        centre_x=camera.centre_x,
        centre_z=camera.centre_z,
        azimuth=f"{camera.azimuth:g}",
        height="" if camera.height is None else f"{camera.height:g}",
        stands=f"{camera.y:.1f}",
    )


def _within(value: float, reach: float) -> float:
    return min(max(value, _EDGE - reach), reach - _EDGE)
