"""Who is in a project: the list with roles, adding somebody, and what each role may do."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.ui.icon import icon
from state.members import MembersState, Row
from state.project import ProjectState

_ROLES = (("owner", "Owner"), ("editor", "Editor"), ("viewer", "Viewer"))
_RIGHTS = (
    ("See the script, the board and the films", (True, True, True)),
    ("Download films", (True, True, True)),
    ("Draw panels, make films, stop jobs", (True, True, False)),
    ("Rename the project", (True, True, False)),
    ("Add and remove people, put the project away", (True, False, False)),
)


def people() -> rx.Component:
    """The members, and a form for owners."""
    return rx.el.section(
        rx.el.h2("People", id="people"),
        rx.cond(
            MembersState.loaded,
            rx.el.ul(
                rx.foreach(MembersState.rows, _row), class_name="box people", custom_attrs={"aria-labelledby": "people"}
            ),
            rx.el.div(class_name="box people sk", custom_attrs={"aria-busy": "true"}),
        ),
        rx.cond(ProjectState.may_manage, _add_form(), rx.cond(MembersState.loaded, _who_can())),
    )


def rights() -> rx.Component:
    """What each role may do."""
    return rx.el.section(
        rx.el.h2("What each may do"),
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th(rx.el.span("Act", class_name="sr")),
                        *[rx.el.th(label, custom_attrs={"scope": "col"}) for _, label in _ROLES],
                    )
                ),
                rx.el.tbody(
                    *[
                        rx.el.tr(rx.el.th(act, custom_attrs={"scope": "row"}), *[_right(may) for may in allowed])
                        for act, allowed in _RIGHTS
                    ]
                ),
            ),
            class_name="box rights",
        ),
    )


def _right(may: bool) -> rx.Component:
    return rx.el.td(
        rx.el.span(icon("check", "s"), rx.el.span("Yes", class_name="sr")) if may else rx.el.span("No", class_name="sr")
    )


def _row(row: Row) -> rx.Component:
    return rx.cond(row.gone, _gone(row), _member(row))


def _member(row: Row) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.initials, class_name="ava " + row.tint, custom_attrs={"aria-hidden": "true"}),
        rx.el.div(
            rx.el.p(row.name, rx.cond(row.me, ", you", ""), class_name="b"),
            rx.el.p(row.email, class_name="sm mute"),
            class_name="grow",
        ),
        rx.cond(ProjectState.may_manage & ~row.me, _managed(row), _fixed(row)),
        key=row.user_id,
    )


def _managed(row: Row) -> rx.Component:
    return rx.el.div(
        _role_choice(
            value=row.role,
            on_change=MembersState.change(row.user_id),
            label="Role of " + row.name,
            extra=rx.cond(row.role == "reviewer", rx.el.option("Reviewer", value="reviewer", disabled=True)),
        ),
        square("x", "Remove " + row.name, on_click=MembersState.remove(row.user_id)),
        class_name="row g3",
    )


def _fixed(row: Row) -> rx.Component:
    return rx.el.div(
        rx.el.span(row.role, class_name="tag role"),
        rx.cond(
            row.me, rx.el.button("Leave", type="button", class_name="btn s", custom_attrs={"popoverTarget": "leave"})
        ),
        class_name="row g3",
    )


def _gone(row: Row) -> rx.Component:
    return rx.el.li(
        rx.el.span(icon("user-minus", "s"), class_name="ava off", custom_attrs={"aria-hidden": "true"}),
        rx.el.p(row.name, " was removed.", class_name="grow mute"),
        button("Put back", kind="s", glyph="undo-2", on_click=MembersState.put_back(row.user_id)),
        class_name="gone",
        key="gone-" + row.user_id,
    )


def _role_choice(
    *, value: rx.Var[str] | str | None, label: rx.Var[str] | str, on_change=None, name: str = "", extra=None
):
    props = (
        {"value": value, "on_change": on_change} if on_change is not None else {"name": name, "default_value": value}
    )
    return rx.el.span(
        rx.el.select(
            *[rx.el.option(word, value=role) for role, word in _ROLES],
            *([extra] if extra is not None else []),
            class_name="in",
            custom_attrs={"aria-label": label},
            **props,
        ),
        icon("chevron-down", "s"),
        class_name="order",
    )


def _add_form() -> rx.Component:
    return rx.el.form(
        rx.el.label("Add somebody by their e-mail", html_for="add-email"),
        rx.el.div(
            rx.el.input(
                id="add-email",
                name="email",
                type="email",
                class_name="in",
                placeholder="name@example.com",
                default_value=MembersState.email,
                auto_complete="off",
                required=True,
                custom_attrs={"aria-describedby": "add-note", "aria-invalid": MembersState.problem != ""},
            ),
            _role_choice(value="editor", label="Role", name="role"),
            button("Add", type="submit", glyph="user-plus"),
            class_name="row g3 add",
        ),
        rx.cond(
            MembersState.problem != "",
            rx.el.p(
                icon("circle-alert", "s"), MembersState.problem, class_name="problem", custom_attrs={"role": "alert"}
            ),
        ),
        rx.el.p("They need an account in this studio first.", id="add-note", class_name="sm mute"),
        on_submit=MembersState.add,
        reset_on_submit=True,
    )


def _who_can() -> rx.Component:
    return rx.el.p("Only an owner of this project adds and removes people.", class_name="sm mute said")
