"""The keys a person uses: what they are, one changed, a whole table taken, and everything as it was."""

from __future__ import annotations

from studio.accounts import repository
from studio.accounts.keys.act import Act
from studio.accounts.keys.acts import BY_ID, meet
from studio.accounts.keys.names import checked, elsewhere, led, named
from studio.accounts.keys.presets import PRESETS, table_of
from studio.accounts.models import KeyChoice
from studio.accounts.views import Actor, KeyTable
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Invalid, NotFound

_MOST_KEYS = 4
TAKEN = "key_taken"


def get_keys(uow: UnitOfWork, actor: Actor) -> KeyTable:
    """The actor's keys."""
    return _view(repository.find_keys(uow, actor.user_id))


def set_key(
    uow: UnitOfWork, actor: Actor, act_id: str, key: str, *, also: bool = False, take: bool = False
) -> KeyTable:
    """Give an act a key instead of those it has (`also`: beside them); "" leaves it without one.

    `take` takes the key from whatever has it.

    Raises:
        NotFound: there is no such act.
        Invalid: it is no key, the browser keeps it, or the act's keys are fixed.
        Conflict: another act has it (code "key_taken"); the sentence names it.
    """
    act = _changeable(act_id)
    key = _key(act, key) if key else ""
    chosen = repository.keys_for_update(uow, actor.user_id)
    table = table_of(chosen.preset, _changes(chosen))
    holders = [BY_ID[other] for other, keys in table.items() if key and key in keys and meet(act, BY_ID[other])]
    _free(act, key, holders, take=take)
    changes = dict(chosen.changes)
    for other in holders:
        changes[other.id] = [held for held in table[other.id] if held != key]
    beside = [held for held in table[act.id] if held != key] if also else []
    changes[act.id] = [*beside, key][-_MOST_KEYS:] if key else []
    chosen.changes = changes
    uow.session.flush()
    return _view(chosen, elsewhere(key))


def use_preset(uow: UnitOfWork, actor: Actor, preset: str) -> KeyTable:
    """Take a whole table; what the actor changed before is given up. Raises: NotFound."""
    if preset not in PRESETS:
        raise NotFound("There are no keys of that name.")
    chosen = repository.keys_for_update(uow, actor.user_id)
    chosen.preset, chosen.changes = preset, {}
    uow.session.flush()
    return _view(chosen)


def reset_keys(uow: UnitOfWork, actor: Actor, act_id: str = "") -> KeyTable:
    """Give one act the keys of the table the actor began from, or all of them. What they gave to another act stays there.

    Raises:
        NotFound: there is no such act.
    """
    act = _changeable(act_id) if act_id else None
    chosen = repository.keys_for_update(uow, actor.user_id)
    chosen.changes = {other: keys for other, keys in chosen.changes.items() if act and other != act.id}
    uow.session.flush()
    return _view(chosen, _still_gone(act, chosen) if act else "")


def _still_gone(act: Act, chosen: KeyChoice) -> str:
    """A sentence on the keys an act does not get back, for another has been given them; "" where it has them all."""
    whole, now = table_of(chosen.preset, {})[act.id], table_of(chosen.preset, _changes(chosen))
    holders = {
        BY_ID[other].words
        for other, keys in now.items()
        if meet(act, BY_ID[other]) and set(keys) & (set(whole) - set(now[act.id]))
    }
    return f"You gave its key to “{'” and “'.join(sorted(holders))}”; set that back first." if holders else ""


def _changeable(act_id: str) -> Act:
    act = BY_ID.get(act_id)
    if act is None:
        raise NotFound("There is nothing of that name a key could do.")
    if act.fixed:
        raise Invalid(f"“{act.words}” is always {act.keys[0]}.", field="act", code="key_fixed")
    return act


def _key(act: Act, text: str) -> str:
    return led(text, act.lead) if act.lead else checked(named(text))


def _free(act: Act, key: str, holders: list[Act], *, take: bool) -> None:
    """Raises: Conflict (somebody has it), Invalid (and keeps it)."""
    for other in holders:
        if other.fixed:
            raise Invalid(
                f"{key} is always “{other.words}”. Press another key for “{act.words}”.", field="key", code="key_kept"
            )
    if holders and not take:
        others = " and ".join(f"“{other.words}”" for other in holders)
        raise Conflict(f"{key} is the key of {others}. Take it, and that has none.", code=TAKEN)


def _changes(chosen: KeyChoice | None) -> dict[str, tuple[str, ...]]:
    return {act_id: tuple(keys) for act_id, keys in (chosen.changes if chosen else {}).items()}


def _view(chosen: KeyChoice | None, told: str = "") -> KeyTable:
    preset = chosen.preset if chosen and chosen.preset in PRESETS else "inkreel"
    changes = _changes(chosen)
    return KeyTable(preset, table_of(preset, changes), tuple(act for act in changes if act in BY_ID), told)
