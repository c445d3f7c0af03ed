"""The drawer of a script: scenes that were cut, kept with everything that hangs on them until somebody brings them back."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.scripts import repository
from studio.scripts.merging.change import ScriptChange
from studio.scripts.models import Scene
from studio.scripts.service import versions
from studio.scripts.service.editing import Pieces, scene_text
from studio.scripts.service.reading import project_of
from studio.scripts.service.rewriting import editable_script
from studio.scripts.views import SceneText

_NO_SCENE = "There is no such scene in this script."
_NOT_CUT = "There is no such scene in the drawer of this script. Somebody may have brought it back."


def list_drawer(uow: UnitOfWork, actor: Actor, script_id: str) -> tuple[SceneText, ...]:
    """The scenes cut from a script, in the order they were cut, with their texts. Raises: NotFound."""
    project_of(uow, actor, script_id)
    drawer = repository.find_drawer(uow, script_id)
    if drawer is None:
        return ()
    return tuple(scene_text(row, drawer.source) for row in repository.list_scenes(uow, drawer.id))


def cut_scene(uow: UnitOfWork, actor: Actor, script_id: str, scene_id: str) -> ScriptChange:
    """Move a scene to the drawer. The caller lets the board follow.

    Raises:
        Conflict: it is the only scene.
        NotFound, Forbidden: there is no such scene, or the actor may not change the project.
    """
    script = editable_script(uow, actor, script_id)
    scene = uow.session.get(Scene, scene_id, populate_existing=True)
    if scene is None or scene.script_id != script.id:
        raise NotFound(_NO_SCENE)
    version_id = versions.keep_if_due(uow, script, actor)
    return Pieces(uow, script).without(scene.position).rewritten(actor, version_id)


def restore_scene(uow: UnitOfWork, actor: Actor, script_id: str, scene_id: str, *, to: int) -> ScriptChange:
    """Bring a scene back from the drawer to a position. The caller lets the board follow.

    Raises:
        NotFound, Forbidden, Conflict: it is not in the drawer, or the actor may not change the project.
    """
    script = editable_script(uow, actor, script_id)
    drawer = repository.find_drawer(uow, script.id)
    scene = uow.session.get(Scene, scene_id, populate_existing=True)
    if drawer is None or scene is None or scene.script_id != drawer.id:
        raise NotFound(_NOT_CUT)
    version_id = versions.keep_if_due(uow, script, actor)
    pieces = Pieces(uow, script)
    text = drawer.source[scene.start_at : scene.end_at]
    return pieces.with_new(max(0, min(to, len(pieces.texts))), text, scene.id).rewritten(actor, version_id)
