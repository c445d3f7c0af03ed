"""Which names are those of machines and mere voices: nobody stands there."""

from __future__ import annotations

import re

_THINGS = re.compile(
    r"\b(?:printer|copier|intercom|machine|radio|television|tv|computer|laptop|telephone|phone|loudspeaker|speaker|gps|satnav"
    r"|alarm|voices?|recording|narrator|doors?|window|gate|cars?|truck|bus|train)$",
    re.IGNORECASE,
)


def is_thing(name: str | None) -> bool:
    """Whether a cue's name is a machine or a mere voice: nobody stands there."""
    return name is not None and _THINGS.search(name) is not None
