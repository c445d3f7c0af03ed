"""Links inside the studio: the page changes without being loaded anew."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink


def link(*children: Any, href: str | rx.Var[str], **props: Any) -> rx.Component:
    """A link to another page of the studio."""
    return ReactRouterLink.create(*children, to=href, **props)
