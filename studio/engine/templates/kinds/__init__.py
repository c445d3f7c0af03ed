"""The templates every studio has, in the order they are shown."""

from studio.engine.templates.kinds.numbers import COUNTDOWN, EXPLAINER
from studio.engine.templates.kinds.pictures import PODCAST, PRODUCT, SHORT, SLIDESHOW, SPLIT
from studio.engine.templates.kinds.straps import LOWER_THIRD, NEWS
from studio.engine.templates.kinds.titles import CREDITS, OPENING, QUOTE
from studio.engine.templates.model import Template

OURS: tuple[Template, ...] = (
    OPENING,
    LOWER_THIRD,
    QUOTE,
    COUNTDOWN,
    SPLIT,
    SLIDESHOW,
    PODCAST,
    SHORT,
    PRODUCT,
    NEWS,
    EXPLAINER,
    CREDITS,
)

__all__ = ["OURS"]
