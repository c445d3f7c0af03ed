"""The foot of the front page: four things worth knowing, the last line, and doors that open."""

from __future__ import annotations

import reflex as rx

from components.landing.sample import CHANGED, SEGMENTS
from components.ui.icon import mark
from components.ui.link import link


def proofs() -> rx.Component:
    """Four things worth knowing before trusting it with a film."""
    return rx.el.section(
        _proof(
            ("Pull the plug.", "Keep working."),
            "Panels, voices and music each have a maker built in that needs no network. No keys, no account anywhere "
            "else. What is a stand-in says so.",
            _plug(),
        ),
        _proof(
            ("Only what changed is made again.",),
            "A film is made in pieces, and every piece that still fits is used again. The sample film, one panel "
            "drawn anew:",
            _pieces(),
            ground="ye",
        ),
        _proof(
            ("Nothing is lost.", "Not a panel."),
            "Every drawing of a panel is kept, and any of them comes back. Cut the power in the middle of a film: the"
            " next start goes on after the last finished piece.",
            _outage(),
            ground="bl",
        ),
        _proof(
            ("Your server, your reels.",),
            "One command on one machine, or as many workers as you like with PostgreSQL, Redis and S3, by settings "
            "alone. Every button is also an API call.",
            _commands(),
            name="host",
        ),
        class_name="proof",
    )


def ending(action: rx.Component) -> rx.Component:
    """The last line of the page and the button once more."""
    return rx.el.section(
        rx.el.div(class_name="th", custom_attrs={"aria-hidden": "true"}),
        rx.el.div(
            rx.el.div(
                rx.el.p("FADE IN:", rx.el.i(class_name="caret"), class_name="scr fade"),
                rx.el.p("That is the hardest line. You are past it.", class_name="lede"),
            ),
            action,
            class_name="last",
        ),
        class_name="end",
    )


def footer() -> rx.Component:
    """Where else to go."""
    anchors = [rx.el.a(name, href=f"#{name.lower()}") for name in ("Write", "Board", "Cut", "Watch", "Keep")]
    keys = rx.el.button("Keyboard shortcuts", type="button", class_name="plain", custom_attrs={"popoverTarget": "keys"})
    return rx.el.footer(
        rx.el.div(
            rx.el.span(mark(36), rx.el.span("Inkreel"), class_name="logo"),
            rx.el.p(
                "Every panel on this page was drawn by Inkreel's own artist from one short script. No model, no key, no network."
            ),
        ),
        _column("What it does", *anchors),
        _column(
            "The studio",
            link("Open it", href="/projects"),
            link("Sign in", href="/signin"),
            link("Make an account", href="/signup"),
        ),
        _column(
            "Run it",
            rx.el.a("Host it yourself", href="#host"),
            rx.el.a("The API", href="/api/v1/openapi.json", custom_attrs={"reloadDocument": True}),
            keys,
        ),
        class_name="foot",
    )


def _proof(
    title: tuple[str, ...], words: str, picture: rx.Component, *, ground: str = "", name: str = ""
) -> rx.Component:
    lines = [part for line in title for part in (line, rx.el.br())][:-1]
    look = {"class_name": f"ground {ground}"} if ground else {}
    return rx.el.div(rx.el.h3(*lines), rx.el.p(words), picture, **look, **({"id": name} if name else {}))


def _column(title: str, *links: rx.Component) -> rx.Component:
    return rx.el.nav(rx.el.h4(title), rx.el.ul(*[rx.el.li(one) for one in links]), custom_attrs={"aria-label": title})


def _plug() -> rx.Component:
    def cord(d: str, width: str) -> rx.Component:
        return rx.el.svg.path(d=d, stroke="var(--ink)", stroke_width=width)

    return rx.el.svg(
        cord("M0 45H190M410 45H560", "20"),
        cord("M250 30h34M250 60h34", "10"),
        rx.el.svg.path(d="M190 15h60v60h-60z", fill="var(--yellow)", stroke="var(--ink)", stroke_width="4"),
        rx.el.svg.path(d="M350 15h60v60h-60z", fill="var(--paper)", stroke="var(--ink)", stroke_width="4"),
        view_box="0 0 560 90",
        class_name="draw",
        custom_attrs={"aria-hidden": "true"},
    )


def _pieces() -> rx.Component:
    """The pieces of the sample film, each as wide as it is long."""
    told = f"{len(SEGMENTS) - 1} pieces kept, 1 made again"
    return rx.el.div(
        rx.el.div(
            *[
                rx.el.i(style={"flexGrow": str(n)}, class_name="n" if i == CHANGED else "")
                for i, n in enumerate(SEGMENTS)
            ],
            class_name="seg",
            custom_attrs={"role": "img", "aria-label": told},
        ),
        rx.el.p(rx.el.b(f"{len(SEGMENTS) - 1} pieces kept"), rx.el.b("1 made again"), class_name="row between mono sm"),
    )


def _outage() -> rx.Component:
    """A film under way, the moment the lights went out, and on."""
    done = "".join(f"M{8 + 16 * i} 90V{90 - 22 - (i * 29) % 44}" for i in range(21))
    after = "".join(f"M{364 + 16 * i} 90V{90 - 22 - (i * 37) % 44}" for i in range(13))
    return rx.el.svg(
        rx.el.svg.path(d=done + after, stroke="var(--paper)", stroke_width="6"),
        rx.el.svg.path(d="M345 10V90", stroke="var(--yellow)", stroke_width="6"),
        rx.el.svg.path(d="M342 2h168v26H342z", fill="var(--yellow)"),
        rx.el.svg.text("on from piece 22", x="352", y="20", class_name="mono flag"),
        view_box="0 0 580 92",
        class_name="draw",
        custom_attrs={"aria-hidden": "true"},
    )


def _commands() -> rx.Component:
    return rx.el.pre(
        rx.el.b("$ "),
        "uv run inkreel up\n",
        rx.el.b("$ "),
        "uv run inkreel film my.fountain -o my.mp4",
        class_name="term mono",
        custom_attrs={"tabIndex": 0, "aria-label": "Two commands"},
    )
