"""What the next film is told in: the shape of its picture and its frames a second, as the browser remembers them."""

from __future__ import annotations

import reflex as rx

from state.gate import handler
from studio.projects import service as projects
from studio.projects.views import FilmFormat

SHAPES = {
    "16:9": "16:9 wide",
    "9:16": "9:16 upright",
    "1:1": "1:1 square",
    "4:5": "4:5 portrait",
    "4:3": "4:3 classic",
    "1.85:1": "1.85:1 cinema",
    "2.39:1": "2.39:1 scope",
}
RATES = {rate: f"{rate} fps" for rate in projects.RATES}


class FormatState(rx.State):
    """The last choice stays for the next film."""

    shape: str = rx.LocalStorage("16:9", name="film-shape")
    rate: str = rx.LocalStorage("24", name="film-rate")

    @handler()
    async def choose_shape(self, shape: str) -> None:
        projects.format_named(shape, "24")
        self.shape = shape

    @handler()
    async def choose_rate(self, rate: str) -> None:
        projects.format_named("16:9", rate)
        self.rate = rate

    def _film(self) -> FilmFormat:
        """Raises: Invalid."""
        return projects.format_named(self.shape, self.rate)
