"""Action beats to shots: the master, the rules by verb and thing, and camera directions, which win over all of them.

Source: offline.md 2.3, rules 1, 3 and 4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from studio.engine.artist.spec import Move, ShotType, Size
from studio.storyboards.durations import POINT_OF_VIEW, action_seconds, insert_seconds
from studio.storyboards.rules.beats import Beat
from studio.storyboards.rules.reading import (
    FACE_PARTS,
    HUMAN_PARTS,
    ActionRule,
    CameraCall,
    action_rule,
    angle_of,
    camera_call,
    detail_in,
    first_phrase,
    is_following,
    is_of_both,
    is_of_many,
    is_writing,
    look_split,
    thing_in,
    thing_named,
)
from studio.storyboards.rules.reel import CUT_AFTER, LENSES, Reel, group_type
from studio.storyboards.shots import Role

_WIDE_VIOLENCE = "Violence: wide enough to see what happens."
_SPLIT_WORDS = 8


def show_action(reel: Reel, beat: Beat) -> None:
    """Cover one action beat: with shots of its own, or by letting the current one run on."""
    call = camera_call(beat.text)
    if call is None and reel.bare_call is not None:
        call = replace(reel.bare_call, target=beat.text)
        reel.bare_call = None
    if call is not None:
        _called(reel, beat, call)
        return
    if _goes_with_call(reel, beat):
        return
    _RULES[_rule(reel, beat)](reel, beat)


def _rule(reel: Reel, beat: Beat) -> ActionRule | None:
    """The rule of a beat; None is the master's."""
    rule = action_rule(beat.text, peopled=bool(beat.people))
    if beat.people and not reel.master_done and rule not in (ActionRule.INSERT, ActionRule.LOOK):
        return None
    return rule


def _goes_with_call(reel: Reel, beat: Beat) -> bool:
    """The sentence after a camera direction still belongs to its shot, unless it is about somebody else."""
    shot = reel.current
    was_open, reel.call_open = reel.call_open, False
    if shot is None or not was_open or reel.series:
        return False
    stranger = bool(set(beat.people) - set(shot.cast))
    rule = action_rule(beat.text, peopled=bool(beat.people))
    calm = rule in (ActionRule.PLAIN, ActionRule.GESTURE, ActionRule.FACE)
    if rule is ActionRule.INSERT and shot.insert:
        calm = (thing_in(beat.text) or "") in shot.insert
    if stranger or not calm or shot.seconds + action_seconds(beat.text) > CUT_AFTER:
        return False
    reel.join_action(beat, action_seconds(beat.text))
    return True


def _rides_along(reel: Reel, beat: Beat) -> bool:
    """A small business of somebody already in a talking shot needs no shot of its own."""
    shot = reel.current
    seconds = action_seconds(beat.text)
    if shot is None or reel.series or shot.explicit or shot.seconds + seconds > CUT_AFTER:
        return False
    talking = bool(shot.lines) and seconds <= 2.5 and shot.role is not Role.REACTION
    if talking and beat.people and set(beat.people) <= set(shot.cast):
        reel.join_action(beat, seconds)
        return True
    return False


def _master(reel: Reel, beat: Beat) -> None:
    rule = action_rule(beat.text, peopled=True)
    reel.master_done = True
    cast = reel.with_others(beat.people)
    move = {ActionRule.FAST: Move.TRACK, ActionRule.WALK: Move.PAN}.get(rule, Move.STATIC)
    if len(cast) == 1:
        size = Size.WS if rule in (ActionRule.FAST, ActionRule.VIOLENCE) else Size.FS
        why = "The first time we see them: head to toe, in the place."
        reel.add_action(beat, size, ShotType.SINGLE, why, cast=cast, subject=cast[0], move=move, role=Role.MASTER)
        return
    why = "The master: everybody and where they stand."
    reel.add_action(beat, Size.WS, group_type(cast), why, cast=cast, move=move, role=Role.MASTER)


def _plain(reel: Reel, beat: Beat) -> None:
    if _rides_along(reel, beat):
        return
    shot = reel.current
    to_read = insert_seconds(beat.text)
    on_thing = (
        shot is not None and shot.role is Role.INSERT and not shot.lines and sum(shot.holds) + to_read <= CUT_AFTER
    )
    if on_thing and not beat.people and is_writing(beat.text):
        reel.join_action(beat, to_read)
        return
    gesture = action_rule(beat.text, peopled=bool(beat.people)) is ActionRule.GESTURE
    cast = reel.in_order(beat.people)
    if not cast and (is_of_both(beat.text) or (is_of_many(beat.text) and len(reel.present()) > 2)):
        cast = reel.in_order(reel.present())
    if len(cast) > 1:
        size = Size.MWS if gesture and len(cast) == 2 else Size.WS
        reel.add_action(beat, size, group_type(cast), "They act together: hold them in one frame.", cast=cast)
    elif cast:
        why = "A gesture reads from the waist up." if gesture else "One person acts: stay with them."
        reel.add_action(beat, Size.MS, ShotType.SINGLE, why, cast=cast, subject=cast[0])
    else:
        _nobody(reel, beat)


def _nobody(reel: Reel, beat: Beat) -> None:
    """What happens with nobody there: the place once, then the thing it happens to; a sound runs over the shot before it."""
    thing, shot = detail_in(beat.text), reel.current
    if thing is not None:
        _insert(reel, beat, thing)
        return
    seconds = action_seconds(beat.text)
    place_shown = any(each.type is ShotType.EMPTY and each.size is not Size.INSERT for each in reel.shots)
    if (
        shot is not None
        and place_shown
        and not reel.series
        and sum(shot.holds) + seconds <= CUT_AFTER
        and not shot.lines
    ):
        reel.join_action(beat, seconds)
        return
    reel.add_action(beat, Size.WS, ShotType.EMPTY, "Nobody acts: show the place itself.")


def _insert(reel: Reel, beat: Beat, named: str | None = None) -> None:
    thing = named or thing_in(beat.text) or "detail"
    shot = reel.current
    if shot is not None and shot.role is Role.INSERT and shot.insert == thing and not shot.explicit and not reel.series:
        seconds = insert_seconds(beat.text)
        if sum(shot.holds) + seconds <= CUT_AFTER and not shot.lines:
            reel.join_action(beat, seconds)
            return
    reel.add(
        Size.INSERT,
        ShotType.SINGLE if beat.people else ShotType.EMPTY,
        "A small thing matters now: fill the frame with it.",
        role=Role.INSERT,
        start=beat.start,
        end=beat.end,
        cast=beat.people[:1],
        action=beat.text,
        hold=max(insert_seconds(beat.text), min(action_seconds(beat.text), 3.0)),
        insert=thing,
        explicit=reel.series,
    )


def _face(reel: Reel, beat: Beat) -> None:
    who = next(iter(beat.people), None)
    if who is None or (len(beat.people) > 1 and not beat.named):
        _plain(reel, beat)
        return
    reel.add_action(beat, Size.CU, ShotType.SINGLE, "The face tells it: go close.", cast=(who,), subject=who)


def _look(reel: Reel, beat: Beat) -> None:
    who = beat.people[0]
    split = look_split(beat.text)
    assert split is not None
    seen = beat.text[split:]
    cut = _source_cut(beat, split)
    looked = replace(beat, text=f"{beat.text[:split].strip()}…", end=cut)
    why = "Somebody looks: their face first, then what they see."
    reel.add_action(looked, Size.CU, ShotType.SINGLE, why, cast=(who,), subject=who)
    target = next((name for name in beat.people[1:] if name != who), None)
    thing = thing_in(seen) if target is None else None
    reel.add(
        Size.INSERT if thing else (Size.MS if target else Size.WS),
        ShotType.POV,
        "What they see, from where they stand.",
        role=Role.POV,
        start=cut,
        end=beat.end,
        cast=(target,) if target else (),
        subject=target,
        foreground=who,
        action=seen[:1].upper() + seen[1:],
        hold=POINT_OF_VIEW,
        insert=thing,
        lens=LENSES[Size.MCU] if target else None,
        angle=angle_of(beat.text),
    )


def _fast(reel: Reel, beat: Beat) -> None:
    cast = reel.in_order(beat.people)
    why = "Fast movement: wide, and travel along."
    subject = cast[0] if len(cast) == 1 else None
    reel.add_action(beat, Size.WS, group_type(cast), why, cast=cast, subject=subject, move=Move.TRACK)


def _walk(reel: Reel, beat: Beat) -> None:
    cast = reel.in_order(beat.people)
    shot = reel.current
    again = shot is not None and shot.move in (Move.PAN, Move.FOLLOW) and shot.subject == cast[0]
    move = Move.FOLLOW if again or is_following(beat.text) else Move.PAN
    why = "Somebody moves: head to toe, and go with them."
    if len(cast) == 1:
        reel.add_action(beat, Size.FS, ShotType.SINGLE, why, cast=cast, subject=cast[0], move=move)
    else:
        reel.add_action(beat, Size.FS, group_type(cast), why, cast=cast, move=move)


def _violence(reel: Reel, beat: Beat) -> None:
    """Wide for what happens, then in among it with a handheld camera: the next blow, or the rest of a long sentence."""
    cast = reel.in_order(beat.people)
    shot = reel.current
    wide_before = shot is not None and shot.rule == _WIDE_VIOLENCE and bool(cast)
    if wide_before:
        _in_close(reel, beat, beat.people[0])
        return
    middle = _halfway(beat.text) if cast else 0
    wide = replace(beat, text=beat.text[:middle].strip(), end=_source_cut(beat, middle)) if middle else beat
    subject = cast[0] if len(cast) == 1 else None
    reel.add_action(wide, Size.WS, group_type(cast), _WIDE_VIOLENCE, cast=cast, subject=subject)
    if middle:
        _in_close(reel, replace(beat, text=beat.text[middle:].strip(), start=wide.end), beat.people[-1])


def _in_close(reel: Reel, beat: Beat, who: str) -> None:
    why = "Then in close, handheld, to feel it."
    reel.add_action(beat, Size.MCU, ShotType.SINGLE, why, cast=(who,), subject=who, move=Move.HANDHELD)


def _vista(reel: Reel, beat: Beat) -> None:
    cast = reel.in_order(beat.people)
    subject = cast[0] if len(cast) == 1 else None
    why = "A crowd or a landscape: as wide as it goes."
    reel.add_action(beat, Size.EWS, group_type(cast), why, cast=cast, subject=subject)


def _called(reel: Reel, beat: Beat, call: CameraCall) -> None:
    """The script says what the camera does: do that."""
    reel.call_open = False
    if call.reset or call.series or call.intercut:
        reel.series = call.series or (reel.series and not call.reset)
        reel.intercut = call.intercut or (reel.intercut and not call.reset)
        reel.leave_to_next(beat.start)
        return
    if not call.target and not beat.people and call.viewer == "":
        reel.bare_call = call
        reel.leave_to_next(beat.start)
        return
    if call.type is ShotType.POV:
        _called_view(reel, beat, call)
    elif _is_of_thing(beat, call):
        _called_insert(reel, beat, call)
    else:
        _called_people(reel, beat, call)
    reel.call_open = True


def _is_of_thing(beat: Beat, call: CameraCall) -> bool:
    """Whether a close call is for a thing or a hand, not for somebody's face."""
    if call.insert:
        return True
    if call.size not in (Size.CU, Size.ECU, Size.MS):
        return False
    phrase = first_phrase(call.target)
    if FACE_PARTS.search(phrase) and beat.people:
        return False
    if HUMAN_PARTS.search(phrase) or thing_in(phrase) is not None:
        return True
    return call.size is not Size.MS and not beat.people and bool(phrase)


def _called_insert(reel: Reel, beat: Beat, call: CameraCall) -> None:
    reel.add(
        Size.INSERT,
        ShotType.EMPTY,
        f"The script asks for it: {call.called.lower()}.",
        role=Role.INSERT,
        start=beat.start,
        end=beat.end,
        cast=beat.people[:1],
        action=beat.text,
        hold=max(insert_seconds(beat.text), 1.5),
        insert=thing_named(call.target),
        move=call.move or Move.STATIC,
        explicit=True,
    )


def _called_view(reel: Reel, beat: Beat, call: CameraCall) -> None:
    viewer = reel.person_called(call.viewer) or next(iter(beat.people), None) or reel.last_subject()
    target = next((name for name in beat.people if name != viewer), None)
    thing = thing_in(call.target) if target is None else None
    reel.add(
        Size.INSERT if thing else (call.size or (Size.MS if target else Size.WS)),
        ShotType.POV,
        f"The script asks for it: {call.called.lower()}.",
        role=Role.POV,
        start=beat.start,
        end=beat.end,
        cast=(target,) if target else (),
        subject=target,
        foreground=viewer,
        action=beat.text,
        hold=max(POINT_OF_VIEW, action_seconds(beat.text)),
        insert=thing,
        move=call.move or Move.STATIC,
        angle=call.angle or angle_of(beat.text),
        explicit=True,
    )


def _called_people(reel: Reel, beat: Beat, call: CameraCall) -> None:
    size = call.size or _size_of_move(call, len(beat.people))
    wide = size in (Size.EWS, Size.WS)
    named = beat.people if beat.people or not wide or size is Size.EWS else reel.present()
    cast = reel.in_order(named)
    kind = group_type(cast)
    subject: str | None = None
    foreground: str | None = None
    if call.type in (ShotType.OTS, ShotType.TWO) and len(cast) < 2:
        cast = reel.in_order((*cast, *reel.present())[:2])
        kind = group_type(cast)
    if call.type is ShotType.OTS and len(cast) >= 2:
        foreground = next((name for name in cast if name in call.called.upper()), None) or _over_whom(beat, cast)
        subject = next(name for name in (*beat.people, *cast) if name != foreground)
        kind, cast = ShotType.OTS, reel.in_order((subject, foreground))
    elif call.type is ShotType.SINGLE and len(cast) > 1:
        subject, kind = beat.people[0], ShotType.SINGLE
        cast = (subject,)
    elif len(cast) == 1:
        subject = cast[0]
    if not cast and size not in (Size.EWS, Size.WS):
        size = Size.WS
    if cast and size in (Size.EWS, Size.WS, Size.FS):
        reel.master_done = True
    reel.add(
        size,
        kind,
        f"The script asks for it: {call.called.lower()}.",
        role=Role.COVERAGE,
        start=beat.start,
        end=beat.end,
        cast=cast,
        subject=subject,
        foreground=foreground,
        action=beat.text,
        hold=max(action_seconds(beat.text), 1.5),
        move=call.move or Move.STATIC,
        angle=call.angle or angle_of(beat.text),
        explicit=True,
    )


def _over_whom(beat: Beat, cast: tuple[str, ...]) -> str:
    """Whose shoulder "OTS" means: the first named is the one we look at when two are named, else the other one."""
    looked_at = beat.people[0] if beat.people else cast[0]
    return next(name for name in cast if name != looked_at)


def _size_of_move(call: CameraCall, people: int) -> Size:
    if not people:
        return Size.WS
    if call.move is Move.PUSH_IN:
        return Size.CU
    return Size.FS if call.move in (Move.TRACK, Move.PAN, Move.CRANE, Move.PULL_OUT) else Size.MS


def _source_cut(beat: Beat, index: int) -> int:
    """The source offset of a cut inside a beat's text, held within the beat."""
    return min(beat.start + index, beat.end)


def _halfway(text: str) -> int:
    """Where to cut a sentence in two: the comma or "and" nearest to its middle; 0 when it is short or has none near."""
    middle = len(text) // 2
    if len(text.split()) < _SPLIT_WORDS:
        return 0
    cuts = [at + len(mark) for mark in (", ", "; ", " and ", " as ") for at in _finds(text, mark)]
    near = [cut for cut in cuts if abs(cut - middle) <= len(text) // 4]
    return min(near, key=lambda cut: abs(cut - middle)) if near else 0


def _finds(text: str, mark: str) -> list[int]:
    found: list[int] = []
    at = text.find(mark)
    while at >= 0:
        found.append(at)
        at = text.find(mark, at + len(mark))
    return found


_RULES: dict[ActionRule | None, Callable[[Reel, Beat], None]] = {
    None: _master,
    ActionRule.INSERT: _insert,
    ActionRule.LOOK: _look,
    ActionRule.FACE: _face,
    ActionRule.FAST: _fast,
    ActionRule.WALK: _walk,
    ActionRule.VIOLENCE: _violence,
    ActionRule.VISTA: _vista,
    ActionRule.GESTURE: _plain,
    ActionRule.PLAIN: _plain,
}
