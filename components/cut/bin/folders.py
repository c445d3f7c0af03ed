"""The folders of the bin: looked into, filled by dragging, renamed; and whether only what is used is shown."""

from __future__ import annotations

import reflex as rx

from components.ui.button import square
from components.ui.field import ENTER_LEAVES
from components.ui.icon import icon
from components.wrapped.cut_desk import may_edit
from state.cut.bin import BinState

_TYPE = "application/x-inkreel"
_OVER = f"""(e) => {{
  const to = e.target.closest?.("[data-folder]");
  for (const each of e.currentTarget.children) each.classList.toggle("over", each === to);
  if (to && e.dataTransfer.types.includes("{_TYPE}")) e.preventDefault();
}}"""
_LEFT = """(e) => {
  if (!e.currentTarget.contains(e.relatedTarget)) for (const each of e.currentTarget.children) each.classList.remove("over");
}"""
_DROP = f"""(e) => {{
  const to = e.target.closest?.("[data-folder]"), said = e.dataTransfer.getData("{_TYPE}");
  for (const each of e.currentTarget.children) each.classList.remove("over");
  if (!to || !said) return;
  e.preventDefault();
  e.stopPropagation();
  const form = document.getElementById("bin-into");
  form.elements.sha256.value = JSON.parse(said).media;
  form.elements.folder.value = to.dataset.folder;
  form.requestSubmit();
}}"""


def folders() -> rx.Component:
    """A row of folders, each of which takes what is dropped on it; the last one is there while something is lifted."""
    return rx.fragment(
        rx.el.div(
            rx.cond(BinState.folders.length() > 0, _folder("All", "")),
            rx.foreach(BinState.folders, lambda name: _folder(name, name)),
            rx.cond(
                may_edit,
                rx.el.span(
                    icon("folder-plus", "s14"), "New folder", class_name="new", custom_attrs={"data-folder": "+"}
                ),
            ),
            class_name="bin-folders",
            custom_attrs={
                "role": "group",
                "aria-label": "Folders",
                "onDragOver": rx.Var(_OVER),
                "onDragLeave": rx.Var(_LEFT),
                "onDrop": rx.Var(_DROP),
            },
        ),
        rx.cond((BinState.folder != "") & may_edit, _open_one()),
        rx.el.form(
            rx.el.input(type="hidden", name="sha256"),
            rx.el.input(type="hidden", name="folder"),
            id="bin-into",
            hidden=True,
            on_submit=BinState.file_into,
        ),
    )


def used_filter() -> rx.Component:
    """All files, or only those cuts use, or those none does."""
    return rx.el.select(
        rx.el.option("All", value=""),
        rx.el.option("Used", value="used"),
        rx.el.option("Unused", value="unused"),
        value=BinState.only,
        on_change=BinState.filter,
        class_name="bin-only",
        custom_attrs={"aria-label": "Used in cuts or not", "title": "All, or only what cuts use or do not use"},
    )


def _folder(label: str | rx.Var[str], name: str | rx.Var[str]) -> rx.Component:
    on = BinState.folder == name
    return rx.el.button(
        icon("folder", "s14"),
        rx.el.span(label, class_name="cut1"),
        type="button",
        key=name,
        on_click=BinState.open_folder(name),
        class_name=rx.cond(on, "on", ""),
        custom_attrs={"data-folder": name, "aria-pressed": on},
    )


def _open_one() -> rx.Component:
    """The name of the folder that is open, to be changed."""
    return rx.el.div(
        rx.el.input(
            default_value=BinState.folder,
            key=BinState.folder,
            on_blur=BinState.rename_folder,
            max_length=200,
            auto_complete="off",
            class_name="in t grow",
            custom_attrs={"onKeyDown": ENTER_LEAVES, "aria-label": "Name of this folder"},
        ),
        square(
            "folder-minus",
            "Take this folder apart; its files stay",
            kind="flat",
            on_click=BinState.rename_folder(""),
        ),
        class_name="row",
    )
