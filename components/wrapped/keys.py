"""The keyboard of the shell, filtered in the browser; no key reaches the server."""

from __future__ import annotations

import reflex as rx

_jsx = rx.asset("keys.jsx", shared=True)


class ShellKeys(rx.Component):
    """Ctrl+K opens #palette, ? opens #keys, g and a letter follow the link with that data-key, arrows walk [data-list]."""

    library = _jsx.importable_path
    tag = "InkKeys"


shell_keys = ShellKeys.create
