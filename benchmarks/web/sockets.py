"""One browser tab as the server sees it: a socket that opens a page, sends events and hears the answers."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from benchmarks.web.serving import COOKIE, Served

ROOT = "reflex___state____state"
HYDRATE = f"{ROOT}.hydrate"
HYDRATED = f'"{ROOT}":'
LOADED = '"is_hydrated_rx_state_":true'
ON_LOAD = f"{ROOT}.reflex___state____on_load_internal_state.on_load_internal"
_PATIENCE_S = 30.0
_EVENT = "42/_event,"
FAULTS = (OSError, WebSocketException, TimeoutError)


class Tab:
    """An open page. Whatever the server sends is read at once; an answer is known by a piece of its text."""

    def __init__(self, socket: ClientConnection, path: str, params: dict[str, str]) -> None:
        self._socket = socket
        self._where = {"pathname": path, "asPath": path, "query": params}
        self._awaited: dict[str, asyncio.Future[float]] = {}
        self._reading = asyncio.create_task(self._read())
        self.received = 0

    async def ask(self, event: str, payload: dict[str, Any], answer: str) -> float:
        """Send an event; the seconds until a message that holds `answer` comes back. Raises: one of FAULTS."""
        heard = self._expect(answer)
        begun = time.perf_counter()
        await self._socket.send(f"{_EVENT}{json.dumps(['event', self.event(event, payload)])}")
        return await asyncio.wait_for(heard, _PATIENCE_S) - begun

    async def hydrated(self) -> None:
        """Say hello as the frontend does: the first event rides in the packet that connects."""
        heard = self._expect(HYDRATED)
        await self._socket.send(f"40/_event,{json.dumps({'event': self.event(HYDRATE, {})})}")
        await asyncio.wait_for(heard, _PATIENCE_S)

    def event(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        return {"name": name, "payload": payload, "router_data": self._where}

    async def close(self) -> None:
        self._reading.cancel()
        await self._socket.close()

    def _expect(self, text: str) -> asyncio.Future[float]:
        heard = self._awaited[text] = asyncio.get_running_loop().create_future()
        return heard

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                at = time.perf_counter()
                assert isinstance(message, str)
                self.received += len(message)
                if message == "2":
                    await self._socket.send("3")
                elif message.startswith(_EVENT):
                    self._heard(message, at)
        except WebSocketException as e:
            for waiting in self._awaited.values():
                if not waiting.done():
                    waiting.set_exception(e)

    def _heard(self, message: str, at: float) -> None:
        for text in [text for text in self._awaited if text in message]:
            waiting = self._awaited.pop(text)
            if not waiting.done():
                waiting.set_result(at)


async def opened(served: Served, path: str, *, token: str = "", params: dict[str, str] | None = None) -> Tab:
    """Connect a tab. Raises: one of FAULTS."""
    headers = {"Origin": served.origin} | ({"Cookie": f"{COOKIE}={token}"} if token else {})
    url = f"ws://127.0.0.1:{served.port}/_event/?token={uuid.uuid4()}&EIO=4&transport=websocket"
    socket = await connect(
        url, additional_headers=headers, max_size=None, open_timeout=_PATIENCE_S, ping_interval=None, compression=None
    )
    await socket.recv()
    return Tab(socket, path, params or {})
