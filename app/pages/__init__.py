"""One page function per URL; importing this registers them all."""

from app.pages import (
    account,
    board,
    breakdown,
    draw,
    home,
    importing,
    landing,
    lost,
    members,
    projects,
    renders,
    script,
    signin,
    signup,
)

PAGES = (
    account,
    board,
    breakdown,
    draw,
    home,
    importing,
    landing,
    lost,
    members,
    projects,
    renders,
    script,
    signin,
    signup,
)
