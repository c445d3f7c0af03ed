"""The player of the Cut room: its island."""

from __future__ import annotations

import reflex as rx

from components.wrapped import island


class InkPlayer(rx.NoSSRComponent):
    """Brings #cut-view to life: #cut-frame with #cut-layers, #cut-exact, #cut-caption and #cut-two in it.

    Buttons anywhere play by their `data-play`; #cut-timecode, #cut-volume and #cut-quality are its fields. It fills
    #cut-facts, #cut-scale, #cut-sign, #cut-said, #cut-speed, #cut-length and #cut-peak, and sets `--level` and `--top` of every
    [data-meter]: a track's id, master-left or master-right.
    """

    library = island("cut_player.jsx", "cut_layers.jsx", "cut_sound.jsx", "cut_transport.jsx")
    tag = "InkPlayer"

    project: rx.Var[str]


cut_player = InkPlayer.create
