"""Routes of cuts: the one that follows its board (cut), cuts by hand (hand), their edits (editing), looking back (history),
exact frames, letters and scopes (looking), what is heavy to play
(previews), who is in them (people), templates for them (templates)."""

from app.api.timelines import cut, editing, hand, history, looking, people, previews, templates

ROUTERS = (
    cut.router,
    editing.router,
    hand.router,
    history.router,
    looking.router,
    previews.router,
    people.router,
    templates.router,
)
