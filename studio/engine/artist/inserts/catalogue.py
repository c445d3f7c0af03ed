"""Which thing an INSERT shows, found in whatever words a shot carries. The things live beside this file."""

from __future__ import annotations

import re
from collections.abc import Callable

from studio.engine.artist.inserts.belongings import (
    button,
    camera,
    candle,
    hand,
    intercom,
    knife,
    medicine,
    money,
    plate,
)
from studio.engine.artist.inserts.devices import clock, phone, printer, screen, watch
from studio.engine.artist.inserts.hardware import box, cup, door_lock, gun, key, ring
from studio.engine.artist.inserts.papers import book, card, chart, note, photograph, ticket
from studio.engine.artist.people.look import Person
from studio.engine.artist.sheet import Sheet

Drawer = Callable[[Sheet, Person, str], None]

WORDS: tuple[tuple[str, Drawer], ...] = (
    (r"screen door", door_lock),
    (r"(?:photo )?album", book),
    (r"buttons?|switch|keypad|doorbell", button),
    (r"intercom|loudspeaker|speaker|answering machine|message machine|alarm panel", intercom),
    (r"printer|copier|photocopier|fax|copy machine", printer),
    (r"phone|mobile|cell|text message|handset|telephone", phone),
    (r"photo\w*|picture|portrait|snapshot|polaroid", photograph),
    (r"ticket|boarding pass|voucher", ticket),
    (r"map|chart|plan|blueprint", chart),
    (r"book|diary|journal|notebook|ledger|bible|novel", book),
    (
        r"letter|paper|papers|note|envelope|document|contract|telegram|newspaper|pages?|sheets?|tray|certificate|card|message|will",
        note,
    ),
    (r"keyhole|lock|padlock|door\s?handle|handle|doorknob|knob|latch", door_lock),
    (r"keys?", key),
    (r"pocket watch|wristwatch|watch|stopwatch", watch),
    (r"clock|alarm", clock),
    (r"camera|camcorder", camera),
    (r"kni(?:fe|ves)|dagger|blade|scalpel|razor", knife),
    (r"money|cash|banknotes?|bills?|dollars?|coins?|wallet", money),
    (r"pills?|medicine|tablets|drugs?|syringe|poison", medicine),
    (r"candle|match|flame|lighter|lantern|torch", candle),
    (r"gun|pistol|revolver|weapon|rifle", gun),
    (r"rings?|diamond", ring),
    (r"cup|mug|coffee|tea|glass|drink|whisk\w+|wine|beer|bottle", cup),
    (r"laptop|screen|computer|monitor|tablet|television|tv|display|viewfinder|gps|satnav", screen),
    (r"plate|food|meal|breakfast|dinner|lunch|soup|cake|bread", plate),
    (r"box|parcel|package|gift|present|crate|briefcase|suitcase", box),
    (r"doors?|gate", door_lock),
    (r"hands?|fingers?|fist|palm", hand),
)


def drawer_for(thing: str) -> Drawer:
    """How to draw a thing; one nobody knows is named on a card."""
    lowered = thing.lower()
    for pattern, draw in WORDS:
        if re.search(rf"\b(?:{pattern})\b", lowered):
            return draw
    return card
