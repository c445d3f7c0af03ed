"""What happened, told after it is committed. A durable event is kept in the outbox until somebody has acted on it.

What must never disagree with a change attends to its event instead: it acts in the same transaction, before the commit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, TypeVar


@dataclass(frozen=True, slots=True)
class Event:
    """A fact in the past tense. Fields are plain JSON values."""

    durable: ClassVar[bool] = False

    def payload(self) -> dict[str, Any]:
        return asdict(self)


E = TypeVar("E", bound=Event)
_subscribers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)
_attending: dict[type[Event], list[Callable[[Any, Any], None]]] = defaultdict(list)
_durable_by_name: dict[str, type[Event]] = {}


def durable(cls: type[E]) -> type[E]:
    """Mark an event class as one that must reach its subscribers even if this process dies after the commit."""
    cls.durable = True
    _durable_by_name[cls.__name__] = cls
    return cls


def rebuilt(name: str, payload: dict[str, Any]) -> Event:
    """A durable event from its outbox row."""
    return _durable_by_name[name](**payload)


def subscribe(kind: type[E], act: Callable[[E], None]) -> None:
    """Call `act` for every published event of this kind; subscribing the same function twice counts once."""
    if act not in _subscribers[kind]:
        _subscribers[kind].append(act)


def publish(event: Event) -> None:
    """Tell every subscriber now, in the order they came."""
    for act in tuple(_subscribers[type(event)]):
        act(event)


def attend(kind: type[E], act: Callable[[Any, E], None]) -> None:
    """Call `act` with the unit of work and the event in every transaction that records one; said where `act` is defined."""
    _attending[kind].append(act)


def attended(event: Event) -> bool:
    """Whether anything acts on this event in its transaction."""
    return bool(_attending.get(type(event)))


def settle(uow: Any, event: Event) -> None:
    """Let what attends to this event act now."""
    for act in _attending[type(event)]:
        act(uow, event)
