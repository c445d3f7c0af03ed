"""The built-in picture provider: the panel artist, marked as a stand-in for a drawn panel."""

from __future__ import annotations

from studio.engine.artist.panel import drawn
from studio.engine.artist.spec import Move, PanelSpec
from studio.providers.port import Picture


class PanelArtist:
    """Draws panels from the shot's own numbers; no network, no model."""

    name = "panel artist"

    def draw(self, spec: PanelSpec, *, width: int, height: int) -> Picture:
        """Draw one panel of `width` x `height` pixels."""
        drawing = drawn(spec, width=width, height=height)
        still = spec.move is Move.STATIC
        plate = None if still else drawn(spec, width=width, height=height, camera_arrows=False).png()
        return Picture(drawing.png(), plate, drawing.svg(), width, height, self.name, "stand-in")
