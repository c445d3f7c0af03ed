"""Arrow keys among the panels (with Alt they move one), Esc, the chosen panel brought into view: handlers in the browser."""

from __future__ import annotations

import reflex as rx

_WALK = """(e) => {
  if (e.key === "Escape") { if (!document.querySelector(":popover-open")) document.getElementById("shot-close")?.click(); return; }
  const here = e.target.closest("button.card");
  if (!here || e.ctrlKey || e.metaKey) return;
  const cards = [...e.currentTarget.querySelectorAll("button.card")], at = cards.indexOf(here);
  if (e.altKey) {
    const form = document.getElementById("board-drop"), by = { ArrowLeft: -1, ArrowRight: 1 }[e.key], near = cards[at + by];
    if (!by || !near || here.parentElement.draggable !== true) return;
    e.preventDefault();
    form.elements.shot.value = here.parentElement.dataset.shot;
    form.elements.near.value = near.parentElement.dataset.shot;
    form.elements.side.value = by < 0 ? "before" : "after";
    return form.requestSubmit();
  }
  const from = here.getBoundingClientRect();
  const row = (sign) => cards
    .map((card) => [card, card.getBoundingClientRect()])
    .filter(([, box]) => sign * (box.top - from.top) > from.height / 2)
    .sort(([, a], [, b]) => sign * (a.top - b.top) || Math.abs(a.left - from.left) - Math.abs(b.left - from.left))[0]?.[0];
  const next = { ArrowLeft: () => cards[at - 1], ArrowRight: () => cards[at + 1], ArrowUp: () => row(-1), ArrowDown: () => row(1) };
  const card = next[e.key]?.();
  if (!card) return;
  e.preventDefault();
  card.focus();
  card.click();
}"""

_BRING = """(card) => {
  if (!card) return;
  const chosen = card.getAttribute("aria-pressed") === "true";
  if (chosen && !card.dataset.shown) card.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (chosen) card.dataset.shown = "1";
  else delete card.dataset.shown;
}"""

bring_into_view: rx.Var[object] = rx.Var(_BRING)
"""The `ref` of a card: once it is chosen, from wherever, it is scrolled into view; only once, so that one can scroll on."""

walk_cards: rx.Var[object] = rx.Var(_WALK)
"""The `onKeyDown` of what holds the cards."""
