"""One page function per URL; importing this registers them all."""

from app.pages import account, board, breakdown, cut, draw, home, importing, keys, members, projects, renders, script
from app.pages.door import landing, lost, signin, signup

PAGES = (
    account,
    board,
    breakdown,
    cut,
    draw,
    home,
    importing,
    keys,
    landing,
    lost,
    members,
    projects,
    renders,
    script,
    signin,
    signup,
)
