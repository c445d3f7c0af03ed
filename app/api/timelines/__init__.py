"""Routes of cuts: the one that follows its board (cut), cuts by hand (hand), their edits (editing), looking back (history),
exact frames, letters and scopes (looking), what is heavy to play (previews), who is in them (people), what is said in them
(spoken), templates for them (templates), files they lack (files)."""

from app.api.timelines import cut, editing, files, hand, history, looking, people, previews, spoken, templates

_CUTS = (cut.router, editing.router, files.router, hand.router, history.router)
ROUTERS = (*_CUTS, looking.router, previews.router, people.router, spoken.router, templates.router)
