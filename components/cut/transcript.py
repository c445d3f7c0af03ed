"""Beside the player: what is spoken, word by word, and the captions."""

from __future__ import annotations

import reflex as rx

from components.cut.captions import captions_list
from components.ui.button import button, square
from components.ui.icon import icon
from components.ui.meter import meter
from components.wrapped.cut_desk import FIRST, SECOND, THIRD, asks, may_edit
from components.wrapped.cut_words import ink_words
from state.cut.animatic import AnimaticState
from state.cut.captions import CaptionsState
from state.cut.rewriting import RewritingState, Voicing
from state.cut.templates import TemplatesState
from state.cut.transcript import Said, SaidSentence, SaidWord, TranscriptState

_ENTER_SAYS = rx.Var(
    "(e) => { if (e.key === 'Enter' && !e.shiftKey) { e.preventDefault(); e.target.form.requestSubmit(); }"
    " else if (e.key === 'Escape') e.target.form.querySelector('[type=button]').click(); }"
)


def transcript_pane() -> rx.Component:
    """Two tabs: Transcript and Captions."""
    words = TranscriptState.tab == "words"
    return rx.el.section(
        ink_words(
            view=TranscriptState.tab + _there(TranscriptState.total) + _there(CaptionsState.total),
            editable=may_edit,
            on_cut=asks("take_words", ranges=FIRST, ripple=SECOND),
            on_split=asks("part_caption", track=CaptionsState.track, start=FIRST, letter=SECOND, text=THIRD),
            on_file=asks("bring_captions", track=CaptionsState.track, name=FIRST, text=SECOND),
            on_template=TemplatesState.bring,
        ),
        rx.el.div(
            rx.el.div(
                _tab("words", "Transcript", "text-quote"),
                _tab("captions", "Captions", "captions"),
                class_name="tabs",
                custom_attrs={"role": "tablist", "aria-label": "Words"},
            ),
            class_name="phead",
        ),
        rx.cond(words, _transcript(), captions_list()),
        class_name="pane tx",
        id="transcript",
        custom_attrs={"aria-label": "Words"},
    )


def _there(total: rx.Var[int]) -> rx.Var[str]:
    """Whether there is a list to read in: one that comes anew is listened to anew."""
    return (total > 0).to_string()


def _tab(code: str, words: str, glyph: str) -> rx.Component:
    on = TranscriptState.tab == code
    return rx.el.button(
        icon(glyph, "s14"),
        words,
        type="button",
        class_name=rx.cond(on, "on", ""),
        on_click=TranscriptState.show(code),
        custom_attrs={"role": "tab", "aria-selected": on},
    )


def search_words(label: str, value: rx.Var[str], find: rx.EventHandler) -> rx.Component:
    """A field that finds among words."""
    return rx.el.label(
        icon("search", "s14"),
        rx.el.span(label, class_name="sr"),
        rx.el.input(
            default_value=value,
            placeholder=label,
            on_change=find.debounce(300),
            custom_attrs={"maxLength": 100, "type": "search"},
        ),
        class_name="in t seek",
    )


def turning(first: rx.Var[int], page: int, total: rx.Var[int], turn: rx.EventHandler) -> rx.Component:
    """Earlier and later pages, where there are several."""
    return rx.cond(
        total > page,
        rx.el.div(
            button("Earlier", kind="s", on_click=turn(-1), disabled=first == 0),
            rx.el.span((first + 1).to_string(), " of ", total.to_string(), class_name="q num"),
            button("Later", kind="s", on_click=turn(1), disabled=first + page >= total),
            class_name="turns",
        ),
    )


def _transcript() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            search_words("Find in words", TranscriptState.find, TranscriptState.look_for),
            rx.cond(may_edit, _cleaning()),
            class_name="txh",
        ),
        rx.cond(
            TranscriptState.total > 0,
            rx.el.div(
                rx.foreach(TranscriptState.said, _said),
                turning(TranscriptState.first, 120, TranscriptState.total, TranscriptState.turn),
                id="words",
                class_name="txb",
                tab_index=0,
                custom_attrs={
                    "data-lit": "",
                    "role": "group",
                    "aria-label": "Words. Arrows go from word to word, with Shift they mark, Delete cuts out.",
                },
            ),
            rx.el.p(
                rx.cond(
                    TranscriptState.find != "",
                    "Nothing is said with these words.",
                    rx.cond(
                        AnimaticState.lacks != "",
                        "Nothing is spoken in this cut yet.",
                        "Nothing is spoken in this cut yet. Voices of the board and captions are read here.",
                    ),
                ),
                class_name="hint",
            ),
        ),
        rx.cond(AnimaticState.lacks != "", _recording()),
        _footer(),
    )


def _recording() -> rx.Component:
    """What the board lacks to be heard; the button that has it recorded; how far that is."""
    going = AnimaticState.run != ""
    return rx.el.section(
        rx.el.p(icon("mic"), AnimaticState.lacks),
        rx.cond(
            AnimaticState.problem != "",
            rx.el.p(icon("triangle-alert", "s12"), AnimaticState.problem, class_name="fault"),
        ),
        rx.cond(
            going,
            rx.fragment(
                meter(AnimaticState.percent, AnimaticState.stage, "bar"),
                rx.el.div(
                    rx.el.span(AnimaticState.stage, class_name="q"),
                    rx.cond(may_edit, button("Stop", kind="s", on_click=AnimaticState.stop)),
                    class_name="row",
                ),
            ),
            rx.fragment(
                rx.el.p(
                    AnimaticState.cost, ". Voices, captions and music come into this cut as one act.", class_name="q"
                ),
                rx.cond(
                    may_edit,
                    button("Record voices and music", kind="go", on_click=AnimaticState.record, id="record"),
                ),
            ),
        ),
        class_name="record",
        custom_attrs={"aria-label": "Voices and music of the board"},
    )


def _cleaning() -> rx.Component:
    """All pauses, all fillers."""
    return rx.fragment(
        rx.cond(
            TranscriptState.pauses > 0,
            rx.el.button(
                icon("timer-off", "s14"),
                rx.el.span(
                    TranscriptState.pauses.to_string(), rx.cond(TranscriptState.pauses == 1, " pause", " pauses")
                ),
                rx.el.span("−", TranscriptState.quiet, class_name="num q"),
                type="button",
                class_name="chip",
                on_click=asks("take_pauses"),
                id="take-pauses",
                custom_attrs={"title": "Take out all pauses over 0.7 s between words; a breath stays"},
            ),
        ),
        rx.cond(
            TranscriptState.fillers > 0,
            rx.el.button(
                icon("message-square-off", "s14"),
                rx.el.span(
                    TranscriptState.fillers.to_string(), rx.cond(TranscriptState.fillers == 1, " filler", " fillers")
                ),
                type="button",
                class_name="chip",
                on_click=asks("take_fillers"),
                id="take-fillers",
                custom_attrs={"title": "Take out every um, uh and ähm"},
            ),
        ),
    )


def _said(said: Said) -> rx.Component:
    return rx.el.div(
        rx.el.button(
            said.at, type="button", class_name="num at", custom_attrs={"data-seek": said.start, "title": "Go there"}
        ),
        rx.el.b(said.speaker),
        rx.el.div(rx.foreach(said.sentences, _sentence), class_name="ws"),
        class_name="para",
        key=said.start.to_string(),
    )


def _sentence(said: SaidSentence) -> rx.Component:
    """The words; the field to write others in; or those on their way."""
    written = RewritingState.open == said.key
    return rx.fragment(
        rx.cond(
            written & (said.clip != ""),
            _writing(said),
            rx.el.span(
                rx.foreach(said.words, _word),
                rx.cond(may_edit & (said.clip != ""), _pen(said)),
                class_name=rx.cond(RewritingState.going.contains(said.key), "sn waits", "sn"),
            ),
        ),
        rx.cond(RewritingState.going.contains(said.key), _going(RewritingState.going[said.key], said)),
        rx.cond(said.says != "", _script_says(said)),
    )


def _pen(said: SaidSentence) -> rx.Component:
    return rx.el.button(
        icon("pencil", "s12"),
        type="button",
        class_name="pen",
        on_click=RewritingState.write_on(said.key),
        custom_attrs={"title": "Say it otherwise", "aria-label": "Say otherwise: " + said.text},
    )


def _writing(said: SaidSentence) -> rx.Component:
    return rx.el.form(
        rx.el.textarea(
            default_value=said.text,
            name="text",
            rows=1,
            max_length=1000,
            auto_focus=True,
            custom_attrs={"aria-label": "What is said instead", "onKeyDown": _ENTER_SAYS},
        ),
        rx.el.input(type="hidden", name="clip", value=said.clip),
        rx.el.input(type="hidden", name="start", value=said.start.to_string()),
        rx.el.p(RewritingState.voice, class_name="q"),
        rx.el.div(
            button("Cancel", kind="s", on_click=RewritingState.write_on("")),
            button("Say it", kind="s go", type="submit", custom_attrs={"title": "Enter"}),
            class_name="row",
        ),
        class_name="say",
        key=said.key,
        on_submit=RewritingState.rewrite,  # of all sentences: Reflex makes one of it, so it says in the form which
    )


def _going(voicing: Voicing, said: SaidSentence) -> rx.Component:
    """The new words while they are voiced, or why they could not be."""
    failed = voicing.problem != ""
    return rx.el.div(
        rx.el.p(voicing.text),
        rx.cond(
            failed,
            rx.el.p(icon("triangle-alert", "s12"), voicing.problem, class_name="fault"),
            meter(voicing.percent, voicing.stage, "bar"),
        ),
        rx.el.div(
            rx.el.span(rx.cond(failed, "", voicing.stage), class_name="q"),
            rx.cond(failed, button("Write it again", kind="s", on_click=RewritingState.write_on(said.key))),
            button(rx.cond(failed, "Leave it", "Stop"), kind="s", on_click=RewritingState.stop(voicing.run)),
            class_name="row",
        ),
        class_name="voicing",
    )


def _script_says(said: SaidSentence) -> rx.Component:
    """The script has it otherwise by now."""
    return rx.el.div(
        rx.el.span(icon("file-text", "s12"), "The script: ", rx.el.q(said.says)),
        rx.cond(
            may_edit & said.offered,
            button(
                "Also in the script",
                kind="s",
                on_click=RewritingState.write_in_script(said.clip, said.start),
                custom_attrs={"title": "Write these words into the script; the board follows"},
            ),
        ),
        class_name="says",
    )


def _word(word: SaidWord) -> rx.Component:
    return rx.fragment(
        rx.cond(
            word.pause != "",
            rx.cond(
                word.stays | ~may_edit,
                rx.el.i(word.pause, class_name="num quiet"),
                rx.el.button(
                    word.pause,
                    type="button",
                    class_name="num quiet",
                    on_click=asks("take_pauses", before=word.start),
                    custom_attrs={"title": "Take this pause out; a breath stays"},
                ),
            ),
        ),
        rx.el.span(
            word.text,
            class_name=rx.cond(word.filler, "filler", ""),
            custom_attrs={"data-from": word.start, "data-to": word.end},
        ),
        " ",
    )


def _footer() -> rx.Component:
    """What is marked to be cut out."""
    return rx.el.div(
        rx.el.span(rx.el.b(""), rx.el.span("", class_name="q num"), class_name="col"),
        rx.el.span(class_name="grow"),
        square("x", "Mark nothing", kind="s", custom_attrs={"data-words": "undo"}),
        button("Lift", kind="s", custom_attrs={"data-words": "lift", "title": "Cut them out and leave a gap"}),
        button(
            "Ripple", kind="s light", custom_attrs={"data-words": "ripple", "title": "Cut them out and close up (Del)"}
        ),
        id="words-out",
        class_name="txf",
        hidden=True,
    )
