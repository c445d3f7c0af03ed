"""Routes of cuts: the one that follows its board (cut), cuts by hand (hand), their edits (editing), looking back (history),
exact frames, letters and scopes (looking), who is in them (people), what is said in them (spoken), templates
for them (templates)."""

from app.api.timelines import cut, editing, hand, history, looking, people, spoken, templates

_EDITED = (cut.router, editing.router, hand.router, history.router)
ROUTERS = (*_EDITED, looking.router, people.router, spoken.router, templates.router)
