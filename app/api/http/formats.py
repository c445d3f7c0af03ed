"""The format of a film as routes take it: frames a second as a number or a ratio, the size in pixels."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from studio.core.errors import Invalid
from studio.engine.time import Rate
from studio.projects.views import FilmFormat

RATE = r"[0-9]{1,6}(/[0-9]{1,6})?"
RateText = Annotated[str, Field(pattern=f"^{RATE}$", description='"25", "30000/1001"')]


class FormatInput(BaseModel):
    """What the film is told in; 24 frames a second, 1920 by 1080, where nothing is said. A size is given by both sides, even."""

    rate: RateText | None = None
    width: int | None = None
    height: int | None = None

    def film(self) -> FilmFormat:
        """Raises: Invalid."""
        if (self.width is None) != (self.height is None):
            raise Invalid("Give both the width and the height.", field="size")
        usual = FilmFormat()
        width, height = (
            (usual.width, usual.height) if self.width is None or self.height is None else (self.width, self.height)
        )
        return FilmFormat(rate_of(self.rate) or usual.rate, width, height)


def rate_of(text: str | None) -> Rate | None:
    """The rate somebody wrote. Raises: Invalid."""
    if not text:
        return None
    try:
        return Rate.parse(text)
    except ValueError as e:
        raise Invalid("Give the rate as 25 or 30000/1001.", field="rate") from e
