"""What is asked of a cut by hand as the engine's edits: edits as they are, a wish granted on the cut as it was seen."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.errors import Invalid
from studio.engine.editing import Edit
from studio.engine.timeline import Timeline
from studio.media import service as media
from studio.timelines.asked import fit
from studio.timelines.service.hand.acting import Acting
from studio.timelines.service.hand.spoken import words_in
from studio.timelines.service.templates.filling import laid, refilled
from studio.timelines.wishes import Seen, Wish, granted


def meant(act: Acting, seen: Timeline, asked: Sequence[Edit | Wish]) -> tuple[Sequence[Edit], str]:
    """The edits, and what a wish is called in the history ("" of edits). Raises: as `granted` and `fit`."""
    if not any(isinstance(each, Wish) for each in asked):
        edits = [each for each in asked if isinstance(each, Edit)]
        fit(edits)
        return edits, ""
    if len(asked) > 1 or not isinstance(asked[0], Wish):
        raise Invalid("This is asked for alone, not together with other edits.", field="edits")
    edits, label = granted(asked[0], _seen(act, seen))
    if edits:
        fit(edits)
    return edits, label


def _seen(act: Acting, seen: Timeline) -> Seen:
    uow, actor, project_id = act.uow, act.actor, act.row.project_id
    return Seen(
        seen,
        words=lambda: words_in(uow, actor, project_id, seen),
        holds=lambda sha256: sha256 in media.files_of(uow, project_id, [sha256]),
        laid=lambda template, values, at: laid(uow, actor, project_id, seen, template, values, at),
        refilled=lambda use, values: refilled(uow, actor, project_id, seen, use, values),
    )
