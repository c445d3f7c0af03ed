"""Where everything of a timeline stands, found by its name; and captions and markers, which have none, found by what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from studio.core.errors import Conflict
from studio.engine.editing.merging.within import Apart, together
from studio.engine.editing.patch import WHEN, Item, Run, moved
from studio.engine.timeline.model import Caption, Clip, Timeline


class Standing:
    """The clips of a timeline by their ids, with the track of each and its neighbours there."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.clips = {clip.id: clip for track in timeline.tracks for clip in track.clips}
        self.track = {clip.id: track.id for track in timeline.tracks for clip in track.clips}
        self._order = {track.id: track.clips for track in timeline.tracks}
        self._place = {clip.id: place for track in timeline.tracks for place, clip in enumerate(track.clips)}

    def beside(self, clip: str) -> tuple[Clip | None, Clip | None]:
        """The clips in front of one and behind it on its track."""
        clips, place = self._order[self.track[clip]], self._place[clip]
        return (clips[place - 1] if place else None), (clips[place + 1] if place + 1 < len(clips) else None)

    def named(self, clip: str) -> str:
        """What a person calls it."""
        return self.clips[clip].name or "A clip"


def relaid(
    base: tuple[Item, ...], run: Run[Item] | None, onto: tuple[Item, ...], *, last: bool = False
) -> tuple[Item, ...]:
    """`onto` with a run made for `base` done to it: what goes is found by what it says, nearest to where it stood.

    What says something else by now is found by its words or its place, and what only one side has changed of it is taken.

    Raises:
        Conflict: something that is to go is not there as it was, or the same of it has changed (code "changed_since"); with
            `last` what the run says of it holds then.
    """
    if run is None:
        return onto
    if onto == base:
        onto = base
    behind = run.at + len(run.gone)
    gone, put = _apart(base[run.at : behind], run.put)
    left, drift = list(onto), 0
    for each in gone:
        found = _nearest(left, each)
        if found is None:
            found, new = _changed(each, put, _news(base, left))
            put.remove(new)
            left.append(_woven(each, new, found, last))
        drift = _at(found) - _at(each)
        left.remove(found)
    if run.shift and behind < len(base):
        first = _nearest(left, base[behind])
        start = _at(first) if first is not None else _at(base[behind]) + drift
        left = [moved(each, run.shift) if _at(each) >= start else each for each in left]
    if not gone and run.at:
        before = _nearest(list(onto), base[run.at - 1])
        drift = _at(before) - _at(base[run.at - 1]) if before is not None else 0
    return tuple(sorted((*left, *(moved(each, drift) for each in put)), key=_at))


def _apart(gone: tuple[Item, ...], put: tuple[Item, ...]) -> tuple[list[Item], list[Item]]:
    """Both without what is the same in them."""
    same = Counter(gone) & Counter(put)
    out: list[list[Item]] = []
    for items in (gone, put):
        left, found = Counter(same), list[Item]()
        for each in items:
            if left[each]:
                left[each] -= 1
            else:
                found.append(each)
        out.append(found)
    return out[0], out[1]


def _changed(was: Item, put: Sequence[Item], news: Sequence[Item]) -> tuple[Item, Item]:
    """What has become of something since, and what it is to become. Raises: Conflict where either cannot be told."""
    now, new = _same(was, news), _same(was, put)
    if now is None or new is None:
        raise _since(was)
    return now, new


def _same(was: Item, among: Sequence[Item]) -> Item | None:
    """What something has become: what has its words, or else stands where it stood."""
    alike = [each for each in among if _words(each) == _words(was)] or [each for each in among if _at(each) == _at(was)]
    return min(alike, key=lambda each: abs(_at(each) - _at(was)), default=None)


def _news(base: Sequence[Item], onto: Sequence[Item]) -> list[Item]:
    """What does not say what something of `base` said."""
    known = {moved(each, -_at(each)) for each in base}
    return [each for each in onto if moved(each, -_at(each)) not in known]


def _woven(was: Item, new: Item, now: Item, last: bool) -> Item:
    """What both sides have made of something; as far as it was moved, it moves. Raises: Conflict."""
    try:
        made = together(*(moved(each, -_at(each)) for each in (was, new, now)), last=last)
    except Apart as e:
        raise _since(was) from e
    return moved(made, _at(now) + _at(new) - _at(was))


def _since(was: Item) -> Conflict:
    what = "caption" if isinstance(was, Caption) else "marker"
    return Conflict(
        f"The {what} “{_words(was)}” has been changed since, so this cannot be done alone.", code="changed_since"
    )


def _nearest(items: list[Item], wanted: Item) -> Item | None:
    alike = [each for each in items if moved(each, _at(wanted) - _at(each)) == wanted]
    return min(alike, key=lambda each: abs(_at(each) - _at(wanted)), default=None)


def _at(item: Item) -> int:
    return getattr(item, WHEN[type(item)])


def _words(item: Item) -> str:
    said: str = getattr(item, "text", "") or getattr(item, "name", "")
    return said[:60]
