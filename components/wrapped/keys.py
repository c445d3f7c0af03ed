"""The keyboard of the shell, filtered in the browser; no key reaches the server but one that is recorded to be used."""

from __future__ import annotations

import reflex as rx

from components.wrapped import island


class ShellKeys(rx.Component):
    """Does what `keys` say, acts by their ids ("cut.split") with the names of their keys.

    Those of the shell open #palette, #keys and #jobs, and follow the link whose `data-go` is the room; arrows walk [data-list].
    Those of a room press the button whose `data-hit` is the act's id; the islands of the room ask for theirs (`actOf`). A button
    with `data-record` waits for a key once it is pressed, and sends it with its `data-act` in the form of that id.
    """

    library = island("keys.jsx")
    tag = "InkKeys"

    keys: rx.Var[dict[str, list[str]]]


shell_keys = ShellKeys.create
