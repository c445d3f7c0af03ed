"""A pane that takes files: dropped on it or picked in it, they are sent to a project in pieces, each with a line of its own."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.event import no_args_event_spec

from components.wrapped import island


class Uploads(rx.NoSSRComponent):
    """What is chosen in any file field inside it, or dropped on it, goes to `project`; `on_came` says that a file is in.

    `begun` are files that were broken off (`BegunItem`): each is gone on with by choosing it again, or thrown away.
    """

    library = island("cut_uploads.jsx")
    tag = "InkUploads"

    project: rx.Var[str]
    begun: rx.Var[list[Any]]
    editable: rx.Var[bool]
    label: rx.Var[str]
    on_came: rx.EventHandler[no_args_event_spec]


uploads = Uploads.create
