"""A file looked over before it is kept, and a next draft merged into the script there is."""

import reflex as rx

from app.page import page
from components.importing.merging import merge_page
from components.importing.page import import_page
from components.layout.shell import paper_page
from state.importing.importing import ImportState
from state.importing.merging import MergeState


@page("/import/[import_id]", title="Import a script", load=ImportState.load)
def importing() -> rx.Component:
    return paper_page(import_page(), active="projects")


@page("/import/[import_id]/merge", title="Merge a draft", load=MergeState.load)
def merging() -> rx.Component:
    return paper_page(merge_page(), active="projects")
