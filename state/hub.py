"""One listener per web process: what workers and people change reaches every open page of the project that shows it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import reflex as rx
from redis.asyncio import Redis
from redis.exceptions import RedisError
from reflex.istate.manager.token import BaseStateToken

from jobs import presence, queues
from jobs.presence import together
from jobs.wiring import LIVE, PROGRESS, SESSIONS
from state import gate
from studio.core import log
from studio.core.errors import StudioError

_log = log.logger("state.hub")
_GATHER_S = 0.05  # what arrives within this long goes to a page together
_BEAT_S = 10.0
_DROP_S = 1.0
_ROUND_S = 30
_SINGLE = frozenset({"panel", "voice"})


class Room(Protocol):
    """A state class that wants to hear of changes while its page is open."""

    async def _hear(self, news: News) -> None: ...


@dataclass(slots=True)
class News:
    """What happened in a page's projects since it was last told: newest view of each run, and what else changed.

    `strokes` is the newest op of the panel the page draws on, if there are new ones; `beside` says that somebody in the cut
    it edits has moved.
    """

    runs: dict[str, dict[str, Any]] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    strokes: int = 0
    here: bool = False
    beside: bool = False
    all: bool = False

    @property
    def settled(self) -> bool:
        """Whether something began or ended, not just one more panel or voice: pages read themselves anew at once."""
        turned = any(r["parent_id"] is None and r["state"] != "processing" for r in self.runs.values())
        return self.all or turned or bool(self.changed - _SINGLE)


@dataclass(slots=True)
class Watch:
    """One open page: its client token, the socket and the session cookie it came with, the projects it shows, the states
    that listen, the panel it draws on, the cut it edits. Whoever comes later with the same token on another socket is not
    this page."""

    token: str
    sid: str
    secret: str
    projects: frozenset[str]
    room: str
    states: tuple[type[rx.State], ...]
    panel: str = ""
    cut: str = ""
    news: News = field(default_factory=News)
    told: bool = True
    turn: int = field(default_factory=lambda: secrets.randbelow(_ROUND_S))


class Hub:
    """All open pages of this process and the one subscription that feeds them."""

    def __init__(self) -> None:
        self._app: rx.App | None = None
        self._watches: dict[str, Watch] = {}
        self._redis: Redis | None = None

    async def watch(self, watch: Watch, person: presence.Person) -> None:
        """A page was opened: tell it everything new from now on, and tell the others that somebody is here."""
        left = self._watches.get(watch.token)
        self._watches[watch.token] = watch
        with contextlib.suppress(RedisError, OSError):
            if left is not None:
                await presence.leave(self._client(), left.projects - watch.projects, left.token)
                await self._leave_cut(left)
            if watch.room:
                await presence.enter(self._client(), watch.projects, watch.token, person)

    def tell_all_of(self, token: str) -> None:
        """Let one page read itself anew."""
        if (watch := self._watches.get(token)) is not None:
            self._tell(watch, everything=True)

    async def here(self, project_id: str) -> list[presence.Person]:
        """Who has the project open now, in any process."""
        try:
            return await presence.people(self._client(), project_id)
        except (RedisError, OSError):
            return []

    async def stand(self, token: str, timeline_id: str, place: together.Place) -> None:
        """A page stands somewhere in a cut; the one it was in before it has left."""
        watch = self._watches.get(token)
        if watch is None:
            return
        with contextlib.suppress(RedisError, OSError):
            if watch.cut != timeline_id:
                await self._leave_cut(watch)
            watch.cut = timeline_id
            if timeline_id:
                await together.stand(self._client(), next(iter(watch.projects)), timeline_id, token, place)

    async def hold(self, token: str, timeline_id: str, clips: Sequence[str], user_id: str) -> tuple[str, ...]:
        """Hold clips of a cut. Returns: those that nobody else holds; all of them while that cannot be known."""
        try:
            return await together.hold(self._client(), timeline_id, clips, token, user_id)
        except (RedisError, OSError):
            return tuple(clips)

    async def release(self, token: str, timeline_id: str, clips: Sequence[str]) -> None:
        """Let go of clips of a cut."""
        with contextlib.suppress(RedisError, OSError):
            await together.release(self._client(), timeline_id, clips, token)

    async def beside(self, timeline_id: str) -> list[together.Place]:
        """Who is in a cut now, in any process."""
        try:
            return await together.places(self._client(), timeline_id)
        except (RedisError, OSError):
            return []

    async def run(self, app: rx.App) -> None:
        """Listen for ever; a lost Redis is waited for, and every page is brought up to date when it is back."""
        self._app = app
        beat = asyncio.create_task(self._beat())
        delay = 0.2
        try:
            while True:
                try:
                    await self._listen()
                except (RedisError, OSError) as e:
                    _log.warning("live channel lost", error=repr(e))
                await asyncio.sleep(delay)
                delay = min(delay * 2, 2.0)
        finally:
            beat.cancel()

    async def _listen(self) -> None:
        channel = self._client().pubsub(ignore_subscribe_messages=True)
        try:
            await channel.psubscribe(PROGRESS.format(project_id="*"), LIVE.format(project_id="*"))
            await channel.subscribe(SESSIONS)
            for watch in self._watches.values():
                self._tell(watch, everything=True)
            async for message in channel.listen():
                self._received(message["channel"], json.loads(message["data"]))
        finally:
            await channel.aclose()

    def _received(self, channel: str, data: dict[str, Any]) -> None:
        if channel == SESSIONS:
            asyncio.create_task(self._sessions_ended())  # noqa: RUF006 - short, and harmless if it is lost at the end
            return
        project_id = channel.rpartition(":")[2]
        for watch in self._watches.values():
            if project_id not in watch.projects:
                continue
            if "serial" in data:
                known = watch.news.runs.get(data["id"])
                if known is None or data["serial"] > known["serial"]:
                    watch.news.runs[data["id"]] = data
            elif "strokes" in data:
                if data["panel"] != watch.panel:
                    continue
                watch.news.strokes = max(watch.news.strokes, data["strokes"])
            elif "cut" in data:
                if data["cut"] != watch.cut:
                    continue
                watch.news.beside = True
            elif "changed" in data:
                watch.news.changed.add(data["changed"])
            else:
                watch.news.here = True
            self._tell(watch)

    def _tell(self, watch: Watch, *, everything: bool = False) -> None:
        watch.news.all |= everything
        if watch.told:
            watch.told = False
            asyncio.create_task(self._flush(watch))  # noqa: RUF006 - held by the loop until its short end

    async def _flush(self, watch: Watch) -> None:
        await asyncio.sleep(_GATHER_S)
        news, watch.news, watch.told = watch.news, News(), True
        if self._watches.get(watch.token) is not watch or self._app is None:
            return
        view = await gate.checked_session(watch.secret)
        if view is None:
            await self._shut(watch)
            return
        try:
            token = BaseStateToken(ident=watch.token, cls=watch.states[0])
            async with self._app.modify_state(token) as root:
                with gate.acting(view):
                    for room in watch.states if self._open(watch) else ():
                        await (await root.get_state(room))._hear(news)  # type: ignore[attr-defined]
        except StudioError as e:
            _log.info("page no longer followed", code=e.code)
            self._watches.pop(watch.token, None)

    async def _beat(self) -> None:
        """Forget closed pages each second; each ten seconds say that the open ones are still here.

        Pages look round for who is here once in half a minute, each in its own second; all else they are told.
        """
        renewed = time.monotonic()
        while True:
            await asyncio.sleep(_DROP_S)
            try:
                await self._drop_closed()
                second = int(time.monotonic())
                for watch in self._watches.values():
                    if watch.room and (second + watch.turn) % _ROUND_S == 0:
                        watch.news.here = True
                        self._tell(watch)
                if time.monotonic() - renewed >= _BEAT_S:
                    renewed = time.monotonic()
                    await presence.still_here(
                        self._client(), [(w.projects, w.token) for w in self._watches.values() if w.room]
                    )
                    in_cuts = [(w.cut, w.token) for w in self._watches.values() if w.cut]
                    await together.still_here(self._client(), in_cuts)
            except (RedisError, OSError) as e:
                _log.debug("beat missed", error=repr(e))

    async def _drop_closed(self) -> None:
        if self._app is None:
            return
        for watch in [w for w in self._watches.values() if not self._open(w)]:
            del self._watches[watch.token]
            await presence.leave(self._client(), watch.projects, watch.token)
            await self._leave_cut(watch)

    def _open(self, watch: Watch) -> bool:
        """Whether the page still holds the socket it began to watch with."""
        namespace = self._app.event_namespace if self._app else None
        return namespace is not None and namespace.token_to_sid.get(watch.token) == watch.sid

    async def _sessions_ended(self) -> None:
        for watch in list(self._watches.values()):
            if await gate.checked_session(watch.secret) is None:
                await self._shut(watch)

    async def _shut(self, watch: Watch) -> None:
        """The session is over: forget the page and close its socket; coming back it has to sign in."""
        self._watches.pop(watch.token, None)
        namespace = self._app.event_namespace if self._app else None
        sid = namespace.token_to_sid.get(watch.token) if namespace else None
        if namespace is not None and sid is not None:
            await namespace.disconnect(sid)
        with contextlib.suppress(RedisError, OSError):
            await presence.leave(self._client(), watch.projects, watch.token)
            await self._leave_cut(watch)

    async def _leave_cut(self, watch: Watch) -> None:
        cut, watch.cut = watch.cut, ""
        if cut:
            await together.leave(self._client(), next(iter(watch.projects)), cut, watch.token)

    def _client(self) -> Redis:
        if self._redis is None:
            self._redis = queues.live_client()
        return self._redis


hub = Hub()
