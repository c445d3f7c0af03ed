"""Writing a script: one scene's text at a time, scenes added and moved; two people's changes of one scene put together."""

from __future__ import annotations

from dataclasses import replace

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Invalid, NotFound
from studio.projects import service as projects
from studio.scripts import repository
from studio.scripts.merging import three_way
from studio.scripts.merging.change import Part, Rewritten, Run, ScriptChange
from studio.scripts.merging.offsets import blocks
from studio.scripts.merging.pieces import (
    closed,
    heading_line,
    line_end_of,
    number_given,
    opening_of,
    put_together,
    read_alone,
    with_line_ends_of,
)
from studio.scripts.models import Scene, Script
from studio.scripts.outline import IntExt, Outline, SceneOutline
from studio.scripts.service import versions
from studio.scripts.service.names import follow_scene
from studio.scripts.service.reading import MOST_SCENES, project_of, scene_view
from studio.scripts.service.rewriting import (
    editable_script,
    names_time,
    put_source,
    rewrite,
    scene_before,
    scene_fields,
)
from studio.scripts.views import SceneEdit, SceneText

_GONE = "This scene is not in the script any more. Look at the script again; what you wrote is still in your window."
_CUT = "Somebody cut this scene. It is in the drawer; bring it back to write on."
_LONGEST_HEADING = 500


class SceneChanged(Conflict):
    """Somebody else changed the same words; `theirs` is the scene as it is kept, at `revision`."""

    def __init__(self, theirs: str, revision: int) -> None:
        super().__init__(
            "Somebody else changed the same words of this scene. Both texts are kept: choose, or keep both.",
            code="scene_changed",
        )
        self.theirs = theirs
        self.revision = revision


def read_texts(
    uow: UnitOfWork, actor: Actor, script_id: str, first: int, count: int = MOST_SCENES
) -> tuple[SceneText, ...]:
    """At most `count` (and 20) scenes from position `first` on, as raw Fountain to write on. Raises: NotFound."""
    project_of(uow, actor, script_id)
    source = repository.get_script(uow, script_id).source
    rows = repository.list_scenes(uow, script_id, first=max(0, first), count=max(0, min(count, MOST_SCENES)))
    return tuple(scene_text(row, source) for row in rows)


def edit_scene(
    uow: UnitOfWork,
    actor: Actor,
    script_id: str,
    scene_id: str,
    *,
    text: str,
    revision: int,
    base: str | None = None,
) -> SceneEdit:
    """Replace the text of a scene. `revision` is the scene's as the writer saw it, `base` its text then.

    What somebody else changed meanwhile stays, where both did not change the same lines. A text with more headings makes
    more scenes; one without joins the scene before it; an empty one is cut. The caller lets the board follow.

    Raises:
        SceneChanged: somebody else changed the same lines.
        Conflict: the scene was cut, or no scene would be left in the script.
        Invalid, LimitReached: the text holds broken characters, or the script would be too large.
        NotFound, Forbidden: there is no such scene, or the actor may not change the project.
    """
    script = editable_script(uow, actor, script_id)
    scene = _scene_in(uow, script, scene_id)
    if "\0" in text:
        raise Invalid("This text holds zero bytes. Paste it as plain text.", field="text")
    held = script.source[scene.start_at : scene.end_at]
    text = with_line_ends_of(text, script.source)
    mine = text
    if scene.revision != revision and held != text:
        known = with_line_ends_of(base, script.source) if base is not None else None
        both = three_way.merged(known, text, held) if known is not None else None
        if both is None:
            raise SceneChanged(held, scene.revision)
        text = both
    if scene.end_at < len(script.source):
        text = closed(text, line_end_of(script.source))
    merged = text.rstrip() != mine.rstrip()
    if text == held:
        return SceneEdit(scene_text(scene, script.source), merged, False, None)
    version_id = versions.keep_if_due(uow, script, actor)
    change = _edited_alone(uow, actor, script, scene, held, text)
    if change is not None:
        return SceneEdit(scene_text(scene, script.source), merged, False, change, version_id)
    start = scene.start_at
    source = script.source[:start] + text + script.source[scene.end_at :]
    change = rewrite(uow, actor, script, source, writing=scene.id, version_id=version_id)
    return SceneEdit(_text_at(uow, script, scene_id, start), merged, True, change, version_id)


def add_scene(uow: UnitOfWork, actor: Actor, script_id: str, *, after: int, heading: str) -> SceneEdit:
    """Put a new scene behind the one at position `after` (-1: before all). The caller lets the board follow.

    Raises:
        Invalid: the heading is missing or too long.
        NotFound, Forbidden, Conflict: the actor may not change the project.
    """
    words = " ".join(heading.split())
    if not any(letter.isalnum() for letter in words) or len(words) > _LONGEST_HEADING:
        raise Invalid(
            f"A scene needs a heading of 1 to {_LONGEST_HEADING} characters: INT. KITCHEN - DAY.", field="heading"
        )
    script = editable_script(uow, actor, script_id)
    pieces = Pieces(uow, script)
    end = line_end_of(script.source)
    place = max(0, min(after + 1, len(pieces.texts)))
    version_id = versions.keep_if_due(uow, script, actor)
    change = pieces.with_new(place, heading_line(words) + end + end).rewritten(actor, version_id)
    row = repository.list_scenes(uow, script.id, first=place, count=1)[0]
    return SceneEdit(scene_text(row, script.source), False, True, change, version_id)


def move_scene(uow: UnitOfWork, actor: Actor, script_id: str, scene_id: str, *, to: int) -> ScriptChange | None:
    """Put a scene at another position; None when it is there already. The caller lets the board follow.

    Raises:
        NotFound, Forbidden, Conflict: there is no such scene, or the actor may not change the project.
    """
    script = editable_script(uow, actor, script_id)
    scene = _scene_in(uow, script, scene_id)
    pieces = Pieces(uow, script)
    to = max(0, min(to, len(pieces.texts) - 1))
    if to == scene.position:
        return None
    version_id = versions.keep_if_due(uow, script, actor)
    return pieces.moved(scene.position, to).rewritten(actor, version_id)


class Pieces:
    """A script as the texts of its scenes, to be put together in another order.

    What stands before the first heading ("FADE IN:") opens the film, whichever scene comes first.
    """

    def __init__(self, uow: UnitOfWork, script: Script) -> None:
        self._uow, self._script = uow, script
        rows = repository.list_scenes(uow, script.id)
        source = script.source
        self.scene_ids: list[str | None] = [row.id for row in rows]
        self.texts = [source[row.start_at : row.end_at] for row in rows]
        opening = opening_of(self.texts[0]) if rows else 0
        self._head = source[: (rows[0].start_at if rows else len(source)) + opening]
        if rows:
            self.texts[0] = self.texts[0][opening:]

    def with_new(self, place: int, text: str, scene_id: str | None = None) -> Pieces:
        """These and one more."""
        self.texts.insert(place, text)
        self.scene_ids.insert(place, scene_id)
        return self

    def without(self, place: int) -> Pieces:
        """These but one."""
        del self.texts[place], self.scene_ids[place]
        return self

    def moved(self, place: int, to: int) -> Pieces:
        """These with one at another place."""
        self.texts.insert(to, self.texts.pop(place))
        self.scene_ids.insert(to, self.scene_ids.pop(place))
        return self

    def rewritten(self, actor: Actor, version_id: str | None) -> ScriptChange:
        """Give the script this text. Raises: as `rewrite`."""
        source = put_together(self._head, self.texts, line_end_of(self._script.source))
        return rewrite(self._uow, actor, self._script, source, known=self.scene_ids, version_id=version_id)


def scene_text(row: Scene, source: str) -> SceneText:
    """The raw text of a scene's row."""
    return SceneText(scene_view(row), source[row.start_at : row.end_at], row.start_at, row.revision)


def _scene_in(uow: UnitOfWork, script: Script, scene_id: str) -> Scene:
    scene = uow.session.get(Scene, scene_id, populate_existing=True)
    if scene is not None and scene.script_id != script.id:
        home = repository.get_script(uow, scene.script_id)
        if home.drawer_of == script.id:
            raise Conflict(_CUT, code="scene_cut")
    if scene is None or scene.script_id != script.id:
        raise NotFound(_GONE)
    return scene


def _edited_alone(
    uow: UnitOfWork, actor: Actor, script: Script, scene: Scene, held: str, text: str
) -> ScriptChange | None:
    """Put a scene's new text in its place without reading the rest of the script; None when the rest is touched by it."""
    was, now = (read_alone(each, first=scene.position == 0) for each in (held, text))
    if was is None or now is None or _own_number(was) != _own_number(now) or _has_heading(was) != _has_heading(now):
        return None
    start, by = scene.start_at, len(text) - len(held)
    last = scene.end_at == len(script.source)
    put_source(script, script.source[:start] + text + script.source[scene.end_at :])
    uow.session.add(script)
    kept_number = scene.number
    for name, value in scene_fields(now.scenes[0]).items():
        setattr(scene, name, value)
    scene.number, scene.end_at, scene.revision = kept_number, start + len(text), scene.revision + 1
    uow.session.add(scene)
    uow.session.flush()
    if by:
        repository.shift_scenes(uow, script.id, after=scene.position, characters=by)
    people = follow_scene(uow, script.project_id, was, now)
    outline = replace(
        now, characters=people, scenes=(*_before(uow, scene), replace(now.scenes[0], number=scene.number))
    )
    last_scene = len(outline.scenes) - 1
    outline = scene_before(_indexed(outline), last_scene)
    part = Part(scene.id, blocks(held, text, old_at=start, new_at=start))
    run = Run(script.id, scene.position + 1, None, script.id, 0, by)
    projects.mark_changed(uow, actor, script.project_id, "script")
    return ScriptChange(
        script.id,
        script.project_id,
        script.revision,
        runs=(run,) if by and not last else (),
        rewritten=(Rewritten(scene.id, scene.position, scene.number, outline, start, start, text, (part,)),),
    )


def _before(uow: UnitOfWork, scene: Scene) -> tuple[SceneOutline, ...]:
    """Stand-ins for the scenes before one: back to that whose time of day still holds."""
    found: list[SceneOutline] = []
    for row in repository.times_before(uow, scene.script_id, scene.position):
        found.insert(0, _stand_in(row))
        if names_time(row.time_of_day):
            break
    return tuple(found)


def _stand_in(row: Scene) -> SceneOutline:
    place = (row.heading, IntExt(row.int_ext), row.set_name, row.time_of_day)
    return SceneOutline(0, row.number, *place, 0, 0, row.eighths, row.seconds, "", "", (), ())


def _indexed(outline: Outline) -> Outline:
    return replace(outline, scenes=tuple(replace(scene, index=i) for i, scene in enumerate(outline.scenes)))


def _own_number(outline: Outline) -> str:
    return number_given(outline.scenes[0].elements)


def _has_heading(outline: Outline) -> bool:
    return bool(outline.scenes[0].heading)


def _text_at(uow: UnitOfWork, script: Script, scene_id: str, offset: int) -> SceneText:
    """A scene as it is now, or, when it is no more, the one its words would be in."""
    rows = repository.list_scenes(uow, script.id)
    own = next((row for row in rows if row.id == scene_id), None)
    return scene_text(own or next((r for r in reversed(rows) if r.start_at <= offset), rows[0]), script.source)
