"""The gate every event of a browser passes: who acts, with which arguments, and what a refusal looks like."""

from __future__ import annotations

import asyncio
import functools
import hashlib
import inspect
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from http.cookies import CookieError, SimpleCookie
from typing import Any, Literal, get_type_hints
from urllib.parse import quote

import reflex as rx
from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate

from studio.accounts import service as accounts
from studio.accounts.views import Actor, SessionView
from studio.core import log
from studio.core.db import reading
from studio.core.errors import Invalid, LimitReached, SignInRequired, StudioError
from studio.core.settings import settings

_log = log.logger("state.gate")
_current: ContextVar[SessionView | None] = ContextVar("session", default=None)

EVENTS_PER_S = 50
_BURST = 100
SIGN_IN = "Sign in to go on."

Access = Literal["anyone", "signed_in"]


def actor() -> Actor:
    """Who acts in the event being handled. Raises: SignInRequired."""
    return session().actor


def session() -> SessionView:
    """The session of the event being handled. Raises: SignInRequired."""
    found = _current.get()
    if found is None:
        raise SignInRequired(SIGN_IN)
    return found


def signed_in() -> bool:
    """Whether the event being handled came with a live session."""
    return _current.get() is not None


@contextmanager
def acting(view: SessionView | None) -> Generator[None]:
    """Handle something on behalf of a session that was checked just now."""
    token = _current.set(view)
    try:
        yield
    finally:
        _current.reset(token)


def secret_of(state: BaseState) -> str:
    """The session cookie the tab's socket came with; "" when there is none. Never kept in a state."""
    try:
        cookies = SimpleCookie(state.router.headers.cookie or "")
    except CookieError:
        return ""
    morsel = cookies.get(settings().session_cookie)
    return morsel.value if morsel else ""


async def checked_session(secret: str) -> SessionView | None:
    """The live session behind a cookie, read from the database now."""
    return await asyncio.to_thread(_found, secret) if secret else None


def _found(secret: str) -> SessionView | None:
    with reading() as uow:
        return accounts.find_session(uow, secret)


def handler(access: Access = "signed_in") -> Callable[[Callable[..., Awaitable[Any]]], Any]:
    """Make a method of a state callable from the browser: session checked, arguments checked, errors told as a notice.

    The method is a coroutine; what it returns goes to Reflex. `access="anyone"` is for pages without an account.
    """

    def gated(fn: Callable[..., Awaitable[Any]]) -> Any:
        accepted = functools.cache(lambda: _arguments(fn))

        @functools.wraps(fn)
        async def entered(self: rx.State, *args: Any, **given: Any) -> Any:
            try:
                arguments = accepted()(
                    **dict(zip(inspect.signature(fn).parameters, (self, *args), strict=False)), **given
                )
                values = {name: getattr(arguments, name) for name in type(arguments).model_fields if name != "self"}
                view = await checked_session(secret_of(self))
                if view is None and access == "signed_in":
                    raise SignInRequired(SIGN_IN)
                with acting(view):
                    return await fn(self, **values)
            except SignInRequired:
                return rx.redirect(f"/signin?next={quote(_path(self))}")
            except ValidationError:
                return await _told(self, Invalid("That did not look right, so nothing was changed. Try it again."))
            except StudioError as e:
                return await _told(self, e)
            except Exception:  # noqa: BLE001 - a person gets a sentence, the log the rest
                _log.error("handler broke", handler=fn.__qualname__, exc_info=True)
                return await _told(
                    self, StudioError("Something went wrong inside Inkreel. Nothing was lost; try again.")
                )

        entered.__gate__ = access  # type: ignore[attr-defined]
        return rx.event(entered)

    return gated


class Seal(Middleware):
    """Ties a tab's state to the session that filled it: whoever comes with another cookie finds it empty.

    The client token a tab names itself with is not a secret (security.md 2.1), so it opens nothing by itself.
    """

    async def preprocess(self, app: rx.App, state: BaseState, event: Any) -> StateUpdate | None:
        root = state._get_root_state()
        keeper = await root.get_state(SealState)
        seal = hashlib.sha256(secret_of(root).encode()).hexdigest()
        if keeper._seal and keeper._seal != seal:
            root.reset()
            keeper = await root.get_state(SealState)
        keeper._seal = seal
        if not keeper._may_pass(time.monotonic()):
            return StateUpdate()
        return None


class SealState(rx.State):
    """Backend only: the seal of this tab and how many events it may still send."""

    _seal: str = ""
    _tokens: float = float(_BURST)
    _at: float = 0.0

    def _may_pass(self, now: float) -> bool:
        """A token bucket: 50 events a second, 100 at once."""
        grown = self._tokens + (now - self._at) * EVENTS_PER_S if self._at else float(_BURST)
        self._tokens, self._at = min(float(_BURST), grown), now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


def _arguments(fn: Callable[..., Any]) -> type[BaseModel]:
    hints = get_type_hints(fn)
    fields: dict[str, Any] = {
        name: (hints.get(name, Any), ... if p.default is inspect.Parameter.empty else p.default)
        for name, p in inspect.signature(fn).parameters.items()
        if name != "self"
    }
    fields["self"] = (Any, None)
    return create_model(fn.__name__, __config__=ConfigDict(strict=True, extra="forbid"), **fields)


async def _told(state: rx.State, error: StudioError) -> None:
    from state.notices import NoticesState

    notices = await state.get_state(NoticesState)
    wait = getattr(error, "retry_after_s", None) if isinstance(error, LimitReached) else None
    notices._tell_error(error, wait)


def _path(state: rx.State) -> str:
    return state.router.url.path or "/projects"
