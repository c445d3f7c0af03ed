"""What a render can be asked to be: the kinds (kinds), an order (asked), how it is encoded (encoding), what is here (offer)."""

from studio.engine.presets.asked import CAPTIONS, Captions, Order, Part, burned_in
from studio.engine.presets.kinds import PRESETS, Fit, Group, Makes, Preset, preset

__all__ = [
    "CAPTIONS",
    "PRESETS",
    "Captions",
    "Fit",
    "Group",
    "Makes",
    "Order",
    "Part",
    "Preset",
    "burned_in",
    "preset",
]
