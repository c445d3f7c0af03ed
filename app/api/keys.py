"""The keys a signed-in person uses, act by act."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel

from app.api.deps import Signed
from app.api.http.answers import Answer, Words, problems
from studio.accounts import service as accounts
from studio.accounts.keys.presets import PresetName
from studio.accounts.views import KeyTable
from studio.core.db import reading, unit_of_work

router = APIRouter(prefix="/auth/me/keys", tags=["auth"])

ActId = Annotated[str, Path(pattern=r"^[a-z]{1,16}\.[a-z-]{1,32}$", description="A room and an act in it: cut.split")]


class PresetInput(BaseModel):
    preset: PresetName


class KeyInput(BaseModel):
    """A key by its name ("S", "Ctrl Shift Z"; "" for none), instead of those the act has or (`also`) beside them. `take` takes it
    from the act that has it, which is refused otherwise."""

    key: Words
    also: bool = False
    take: bool = False


@router.get("", responses=problems())
def get_keys(session: Signed) -> Answer[KeyTable]:
    """Every act with its keys."""
    with reading() as uow:
        return Answer(data=accounts.get_keys(uow, session.actor))


@router.put("", responses=problems(writes=True))
def use_preset(body: PresetInput, session: Signed) -> Answer[KeyTable]:
    """Take a whole table; what was changed before is given up."""
    with unit_of_work() as uow:
        return Answer(data=accounts.use_preset(uow, session.actor, body.preset))


@router.delete("", responses=problems(writes=True))
def reset_keys(session: Signed) -> Answer[KeyTable]:
    """All keys as they are in the table one began from."""
    with unit_of_work() as uow:
        return Answer(data=accounts.reset_keys(uow, session.actor))


@router.put("/{act_id}", responses=problems(writes=True))
def set_key(act_id: ActId, body: KeyInput, session: Signed) -> Answer[KeyTable]:
    """Give one act a key."""
    with unit_of_work() as uow:
        return Answer(
            data=accounts.set_key(uow, session.actor, act_id, body.key, also=body.also, take=body.take),
        )


@router.delete("/{act_id}", responses=problems(writes=True))
def reset_key(act_id: ActId, session: Signed) -> Answer[KeyTable]:
    """One act's keys as they are in the table one began from."""
    with unit_of_work() as uow:
        return Answer(data=accounts.reset_keys(uow, session.actor, act_id))
