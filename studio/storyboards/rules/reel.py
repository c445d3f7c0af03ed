"""The roll of shots one scene is covered with, while it is being made: adding, joining, and who is in the scene by now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from studio.engine.artist.cast.things import is_thing
from studio.engine.artist.spec import Angle, Move, ShotType, Size
from studio.scripts.outline import IntExt
from studio.storyboards.durations import action_seconds, estimated_seconds
from studio.storyboards.rules.beats import Beat, SceneBeats
from studio.storyboards.rules.reading import CameraCall, angle_of, is_vehicle
from studio.storyboards.shots import Line, Role, ShotPlan

LENSES = {
    Size.EWS: 18.0,
    Size.WS: 24.0,
    Size.FS: 28.0,
    Size.MLS: 35.0,
    Size.MWS: 35.0,
    Size.MS: 40.0,
    Size.MCU: 50.0,
    Size.CU: 75.0,
    Size.ECU: 100.0,
    Size.INSERT: 85.0,
}
"""Focal lengths in mm on Super 35. Source: offline.md 2.2."""
TWO_SHOT_LENS = 35.0
ESTABLISHING_AZIMUTH = -35.0
CUT_AFTER = 8.0
LONGEST_SHOT = 12.0
MOST_VISIBLE = 6

_FACES = (Size.MWS, Size.MS, Size.MCU, Size.CU, Size.ECU)
_TIGHTER = {Size.MWS: Size.MS, Size.MS: Size.MCU, Size.MCU: Size.CU}


class Reel:
    """A scene's shots so far, with what the rules need to remember between beats. `tension` is that of the present beat."""

    def __init__(self, reading: SceneBeats) -> None:
        self.reading = reading
        self.scene = reading.scene
        self.exterior = self.scene.int_ext in (IntExt.EXT, IntExt.INT_EXT)
        self.shots: list[ShotPlan] = []
        self.tension = 0.0
        self.absent: set[str] = set(reading.latecomers)
        self.elsewhere: set[str] = set()
        self.in_vehicle = self.scene.int_ext is not IntExt.EXT and is_vehicle(self.scene.set_name)
        self.master_done = False
        self.series = False
        self.intercut = False
        self.pending_start: int | None = None
        self.bare_call: CameraCall | None = None
        self.call_open = False
        self.last_speaker: str | None = None
        self.last_cue = -1
        self._order = {name: place for place, name in enumerate(reading.people)}

    def add(
        self,
        size: Size,
        kind: ShotType,
        rule: str,
        *,
        start: int,
        end: int,
        role: Role = Role.COVERAGE,
        cast: tuple[str, ...] = (),
        subject: str | None = None,
        foreground: str | None = None,
        action: str = "",
        hold: float = 0.0,
        angle: Angle = Angle.EYE,
        move: Move = Move.STATIC,
        insert: str | None = None,
        lens: float | None = None,
        line: Line | None = None,
        explicit: bool = False,
        towards: str | None = None,
    ) -> None:
        """Add a shot. `hold` is its action in seconds; `towards` names whom its subject speaks to or looks at."""
        if self.pending_start is not None:
            start, self.pending_start = min(start, self.pending_start), None
        if (
            is_thing(subject) and subject and size in _FACES and kind is ShotType.SINGLE
        ):  # it has no face: the thing itself
            size, role, insert, cast, subject, lens = Size.INSERT, Role.INSERT, subject.lower(), (), None, None
        if self.in_vehicle and cast and size in (Size.EWS, Size.WS, Size.FS) and kind is not ShotType.POV:
            size = Size.MS if len(cast) == 1 else Size.MWS
        shot = ShotPlan(
            scene=self.scene.index,
            order=0,
            number="",
            size=size,
            type=kind,
            angle=angle,
            move=move,
            role=role,
            lens_mm=lens or LENSES[size],
            rule=rule,
            description="",
            subject=subject,
            foreground=foreground,
            cast=cast,
            azimuth=self._azimuth(size, kind, role, subject, foreground or towards),
            side=1,
            start=start,
            end=end,
            lines=(line,) if line else (),
            action=action,
            insert=insert,
            tension=self.tension,
            seconds=0.0,
            frames=0,
            holds=(hold, 0.0) if line else (hold,),
            explicit=explicit,
        )
        self.shots.append(replace(shot, seconds=estimated_seconds(shot)))

    @property
    def current(self) -> ShotPlan | None:
        """The shot the last beat is in."""
        return self.shots[-1] if self.shots else None

    def hear(self, line: Line, cue: int) -> None:
        """Let a line be heard in the current shot; the next piece of one speech joins its line."""
        shot = self.shots[-1]
        joins = bool(shot.lines) and cue == self.last_cue and shot.holds[-1] == 0
        if joins:
            before = shot.lines[-1]
            whole = replace(before, text=f"{before.text} {line.text}", end=line.end)
            lines, holds = (*shot.lines[:-1], whole), shot.holds
        else:
            lines, holds = (*shot.lines, line), (*shot.holds, 0.0)
        self._put(replace(shot, lines=lines, holds=holds, end=line.end))

    def join_action(self, beat: Beat, seconds: float) -> None:
        """Let the current shot run on over an action beat."""
        shot = self.shots[-1]
        holds = (*shot.holds[:-1], shot.holds[-1] + seconds)
        action = f"{shot.action} {beat.text}".strip()
        self._put(replace(shot, action=action, holds=holds, end=beat.end))

    def _put(self, shot: ShotPlan) -> None:
        if self.pending_start is not None and self.pending_start < shot.end:
            self.pending_start = None  # the shot has grown over the words that waited for the next one
        self.shots[-1] = replace(shot, seconds=estimated_seconds(shot), tension=max(shot.tension, self.tension))

    def in_order(self, names: Iterable[str]) -> tuple[str, ...]:
        """People as they stand on the axis, from left to right, no more than can be seen at once."""
        unique = list(dict.fromkeys(names))[:MOST_VISIBLE]
        return tuple(sorted(unique, key=lambda name: self._order.get(name, len(self._order))))

    def present(self) -> tuple[str, ...]:
        """Everybody who is in the place by now, in order of appearance."""
        return tuple(name for name in self.reading.people if name not in self.absent and name not in self.elsewhere)

    def with_others(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The people of a wide shot: those named and as many of the others present as can be seen."""
        return self.in_order((*names, *self.present()))

    def leave_to_next(self, start: int) -> None:
        """Words that show nothing by themselves belong to the shot that follows."""
        if self.pending_start is None:
            self.pending_start = start

    def close(self, end: int) -> None:
        """The scene is over: what no later shot took belongs to the last one."""
        if self.pending_start is not None and self.shots:
            self.shots[-1] = replace(self.shots[-1], end=max(end, self.shots[-1].end))
        self.pending_start = None

    def person_called(self, words: str) -> str | None:
        """The person of the scene a few words name, or None."""
        wanted = words.upper().strip()
        return next((name for name in self.reading.people if wanted and (wanted in name or name in wanted)), None)

    def last_subject(self) -> str | None:
        """The last person a shot was about."""
        return next((shot.subject for shot in reversed(self.shots) if shot.subject), None)

    def welcome(self, beat: Beat) -> None:
        """Whoever acts or speaks is there."""
        self.absent.difference_update(beat.people)

    def partner_of(self, name: str | None) -> str | None:
        """Whom a person most likely faces: the last other speaker, else the next person present."""
        if self.last_speaker not in (None, name) and self.last_speaker not in self.absent:
            return self.last_speaker
        return next((other for other in self.present() if other != name), None)

    def _azimuth(self, size: Size, kind: ShotType, role: Role, subject: str | None, other: str | None) -> float:
        """Degrees from the axis normal by type and size; whoever stands left is seen from the right, so looks to the right.

        Source: offline.md 2.3, rule 8.
        """
        if role is Role.ESTABLISH:
            return ESTABLISHING_AZIMUTH
        if size is Size.INSERT or subject is None:
            return 0.0
        if kind is ShotType.OTS:
            angle = 40.0
        elif kind is ShotType.POV:
            angle = 60.0
        else:
            angle = 15.0 if size in (Size.CU, Size.ECU) else 25.0
        other = other or self.partner_of(subject)
        right = other is not None and self._order.get(subject, 0) > self._order.get(other, len(self._order))
        return -angle if right else angle

    def add_action(
        self,
        beat: Beat,
        size: Size,
        kind: ShotType,
        rule: str,
        *,
        cast: tuple[str, ...] = (),
        subject: str | None = None,
        move: Move = Move.STATIC,
        role: Role = Role.COVERAGE,
    ) -> None:
        """A shot of an action beat, or more of the current one when subject, size and type are equal and it stays under 8 s."""
        if self.tension > 0.6 and kind is ShotType.SINGLE and role is Role.COVERAGE:
            size = _TIGHTER.get(size, size)
        seconds = action_seconds(beat.text)
        shot = self.current
        if shot is not None and not self.series and not shot.lines and not shot.explicit:
            like = (shot.subject, shot.size, shot.type) == (subject, size, kind)
            same_work = (
                shot.role in (Role.MASTER, Role.COVERAGE) and role is Role.COVERAGE and move in (shot.move, Move.STATIC)
            )
            if like and same_work and sum(shot.holds) + seconds <= CUT_AFTER and set(cast) <= set(shot.cast):
                self.join_action(beat, seconds)
                return
        self.add(
            size,
            kind,
            rule,
            role=role,
            cast=cast,
            subject=subject,
            start=beat.start,
            end=beat.end,
            action=beat.text,
            hold=seconds,
            angle=angle_of(beat.text),
            move=move,
            explicit=self.series,
        )


def group_type(cast: tuple[str, ...]) -> ShotType:
    """The type of a shot of these people together."""
    return (ShotType.EMPTY, ShotType.SINGLE, ShotType.TWO)[len(cast)] if len(cast) < 3 else ShotType.GROUP
