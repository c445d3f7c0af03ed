"""The settings page put together: name, people, roles, leaving and putting away."""

from __future__ import annotations

import reflex as rx

from components.members.people import people, rights
from components.ui.button import button
from components.ui.icon import icon
from state.members import MembersState
from state.project import ProjectState


def page() -> rx.Component:
    """Everything about the project that is not the film."""
    return rx.el.div(
        rx.el.h1("Settings", class_name="h44"),
        _name(),
        _format(),
        people(),
        rights(),
        _away(),
        _leave_dialog(),
        class_name="settings",
    )


def _name() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Name"),
        rx.cond(
            ProjectState.may_edit,
            rx.el.form(
                rx.el.label("What the project is called", html_for="project-name"),
                rx.el.div(
                    rx.el.input(
                        id="project-name",
                        name="name",
                        class_name="in",
                        default_value=ProjectState.name,
                        key=ProjectState.name,
                        auto_complete="off",
                        custom_attrs={"maxLength": 200},
                    ),
                    button("Save", type="submit"),
                    class_name="row g3",
                ),
                rx.cond(
                    MembersState.name_problem != "",
                    rx.el.p(
                        icon("circle-alert", "s"),
                        MembersState.name_problem,
                        class_name="problem",
                        custom_attrs={"role": "alert"},
                    ),
                ),
                on_submit=MembersState.rename,
            ),
            rx.el.div(
                rx.el.p(ProjectState.name, class_name="h20 b"),
                rx.cond(
                    MembersState.loaded,
                    rx.el.p(
                        rx.cond(
                            ProjectState.away,
                            "Bring the project back to rename it.",
                            "You look at this project without changing it. An owner or editor can rename it.",
                        ),
                        class_name="sm mute said",
                    ),
                ),
            ),
        ),
    )


def _format() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Format"),
        rx.el.div(
            rx.el.p(rx.el.b(ProjectState.aspect, " at ", ProjectState.rate, " fps"), class_name="h20"),
            rx.el.p(
                "Chosen when the film began: its shots are timed in these frames and drawn in this shape. "
                "A cut may have a size of its own, and a render any.",
                class_name="sm mute said",
            ),
        ),
    )


def _away() -> rx.Component:
    return rx.cond(
        ProjectState.may_manage,
        rx.el.section(
            rx.el.h2(rx.cond(ProjectState.away, "Put away", "Put it away")),
            rx.el.div(
                rx.el.p(
                    rx.cond(
                        ProjectState.away,
                        "Everybody in it can still look; nobody can change it until you bring it back.",
                        "It leaves the lists and can be read, not changed. Nothing is deleted; bring it back whenever you like.",
                    ),
                    class_name="grow",
                ),
                rx.cond(
                    ProjectState.away,
                    button("Bring it back", kind="go", glyph="archive-restore", on_click=MembersState.bring_back),
                    button("Put away", glyph="archive", on_click=MembersState.put_away),
                ),
                class_name="row g4 box pad putting",
            ),
        ),
    )


def _leave_dialog() -> rx.Component:
    return rx.el.div(
        rx.el.h2("Leave this project?"),
        rx.el.p("You will not see it any more. Only an owner can let you back in."),
        rx.el.div(
            button("Stay", custom_attrs={"popoverTarget": "leave", "popoverTargetAction": "hide"}),
            button("Leave", kind="ye", glyph="log-out", on_click=MembersState.leave, custom_attrs={"data-close": ""}),
            class_name="row g3",
        ),
        id="leave",
        class_name="sheet leave",
        custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "Leave this project"},
    )
