"""The sentences of a cut: what is said where, one of them said otherwise, and the script told of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import Answer, Id, Several, Words, problems, several
from app.api.http.once import IdempotencyKey, made_once
from studio.core.db import reading, unit_of_work
from studio.runs.views import RunView
from studio.thread import saying
from studio.timelines import service as timelines

router = APIRouter(prefix="/timelines/{timeline_id}/sentences", tags=["timelines"])
_LAST = 2_000_000_000
Clip = Annotated[Words, Field(min_length=1, max_length=100)]
Frame = Annotated[int, Field(ge=0, le=_LAST)]


class SentencePlace(BaseModel):
    """A sentence by the clip it is heard in and the frame its first word begins at."""

    clip: Clip
    start: Frame


class SentenceInput(SentencePlace):
    """What it is to say instead."""

    text: Annotated[Words, Field(max_length=2_000)]


class Sentence(SentencePlace):
    """What a clip lets hear of a sentence, to before frame `end`; `script` is the line as the script has it otherwise."""

    end: int
    speaker: str
    text: str
    script: str | None = None


class WrittenScene(BaseModel):
    """The scene the words stand in now."""

    scene_id: str
    number: str
    text: str


@router.get("", responses=problems())
def list_sentences(timeline_id: Id, session: Signed) -> Several[Sentence]:
    """The sentences voices say in a cut, in order of time."""
    with reading() as uow:
        found = timelines.list_sentences(uow, session.actor, timeline_id)
        other = {
            (each.clip, each.start): each.says for each in saying.otherwise_in_script(uow, session.actor, timeline_id)
        }
        return several(
            Sentence(
                clip=each.clip,
                start=each.start,
                end=each.end,
                speaker=each.speaker,
                text=each.text,
                script=other.get((each.clip, each.start)),
            )
            for each in found
        )


@router.post("", status_code=202, responses=problems(writes=True))
def rewrite_sentence(
    timeline_id: Id, body: SentenceInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[RunView]:
    """Let a sentence of a cut by hand be said otherwise by the same voice; the cut follows when it is voiced."""

    def make() -> RunView:
        with unit_of_work() as uow:
            return timelines.rewrite_sentence(uow, session.actor, timeline_id, body.clip, body.start, body.text)

    return Answer(data=made_once(idempotency_key, session.actor, f"sentence {timeline_id}", RunView, make))


@router.post("/script", responses=problems(writes=True))
def say_in_script(timeline_id: Id, body: SentencePlace, session: Signed) -> Answer[WrittenScene]:
    """Let the script say what a sentence says that was said anew; its board follows."""
    with unit_of_work() as uow:
        edit = saying.say_in_script(uow, session.actor, timeline_id, body.clip, body.start)
        scene = edit.text.scene
        return Answer(data=WrittenScene(scene_id=scene.id, number=scene.number, text=edit.text.text))
