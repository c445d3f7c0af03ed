"""Which scene became which, where words went, and two people's changes put together."""

from __future__ import annotations

import random
import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from studio.scripts.merging.matching import DOUBTFUL, SURE, Passage, likeness, matched
from studio.scripts.merging.offsets import Block, blocks, moved, shared_out, within
from studio.scripts.merging.pieces import closed, heading_line, line_end_of, opening_of, read_alone, with_line_ends_of
from studio.scripts.merging.three_way import merged

KITCHEN = (
    "INT. KITCHEN - NIGHT\n\nMara washes two cups. The tap drips. She counts the drops, loses count, begins again.\n\n"
    "MARA\nEvery night the same song.\n\n"
)
STREET = "EXT. STREET - DAY\n\nA bus passes. Ben runs behind it, one shoe in his hand, and waves at the driver.\n\n"
HALL = "INT. HALL - DAY\n\nNobody. A door bangs somewhere upstairs, twice, then the whole house is quiet again.\n\n"


def passage(text: str, *, number: str = "", cut: bool = False) -> Passage:
    return Passage(text.split("\n", 1)[0], number, text, cut)


def fates(olds: list[str], news: list[str]) -> list[tuple[int | None, str]]:
    return [(m.old, m.fate) for m in matched([passage(o) for o in olds], [passage(n) for n in news]).matches]


def test_the_same_scenes_are_kept() -> None:
    assert fates([KITCHEN, STREET, HALL], [KITCHEN, STREET, HALL]) == [(0, "kept"), (1, "kept"), (2, "kept")]


def test_a_scene_put_first_is_moved_and_the_others_are_not() -> None:
    assert fates([KITCHEN, STREET, HALL], [HALL, KITCHEN, STREET]) == [(2, "moved"), (0, "kept"), (1, "kept")]


def test_a_scene_with_other_words_is_edited() -> None:
    assert fates([KITCHEN, HALL], [KITCHEN.replace("two cups", "three plates"), HALL]) == [(0, "edited"), (1, "kept")]


def test_a_scene_cut_in_two_is_split_and_two_made_one_are_merged() -> None:
    half = KITCHEN.index("The tap")
    two = f"INT. KITCHEN - LATER\n\n{KITCHEN[half:]}"
    plan = matched([passage(KITCHEN), passage(HALL)], [passage(KITCHEN[:half] + "\n\n"), passage(two), passage(HALL)])
    assert [(m.sources, m.fate) for m in plan.matches] == [((0,), "split"), ((0,), "split"), ((1,), "kept")]
    assert (plan.cut, plan.gone) == ((), ())
    whole = passage(STREET + HALL.split("\n", 2)[2])
    plan = matched([passage(STREET), passage(HALL), passage(KITCHEN)], [whole, passage(KITCHEN)])
    assert [(set(m.sources), m.fate) for m in plan.matches] == [({0, 1}, "merged"), ({2}, "kept")]
    assert len(plan.gone) == 1


def test_new_and_cut_scenes_are_told_apart() -> None:
    plan = matched([passage(KITCHEN), passage(STREET)], [passage(KITCHEN), passage(HALL)])
    assert [(m.old, m.fate) for m in plan.matches] == [(0, "kept"), (None, "new")]
    assert plan.cut == (1,)


def test_a_doubtful_scene_is_asked_about_and_decided() -> None:
    other = (
        "INT. KITCHEN - NIGHT\n\nA kettle screams on the stove. Nobody comes. Rain on the window, a radio plays.\n\n"
    )
    score = likeness(passage(KITCHEN), passage(other))
    assert DOUBTFUL <= score < SURE
    plan = matched([passage(KITCHEN)], [passage(other)])
    assert [(d.old, d.new) for d in plan.doubts] == [(0, 0)]
    assert plan.matches[0].old == 0
    apart = matched([passage(KITCHEN)], [passage(other)], {(0, 0): "apart"})
    assert (apart.matches[0].old, apart.cut) == (None, (0,))


def test_a_number_of_its_own_holds_a_rewritten_scene() -> None:
    new = Passage(
        "INT. KITCHEN - NIGHT", "12", "INT. KITCHEN - NIGHT #12#\n\nAll is different here, word for word.\n\n"
    )
    assert matched([passage(KITCHEN, number="12")], [new]).doubts == ()


def test_a_cut_scene_comes_back_only_when_it_is_surely_the_one() -> None:
    assert matched([passage(KITCHEN, cut=True)], [passage(KITCHEN)]).matches[0].old == 0
    assert matched([passage(KITCHEN, cut=True)], [passage(HALL)]).matches[0].old is None


def test_two_hundred_scenes_are_matched_with_two_hundred_in_a_second() -> None:
    rnd = random.Random(4)
    words = [
        f"{a}{b}" for a in ("ba", "ke", "lo", "mi", "su", "ta", "ro", "vi") for b in ("n", "rt", "l", "sk", "mp", "")
    ]
    olds = [f"INT. ROOM {i % 40} - DAY\n\n{' '.join(rnd.choice(words) for _ in range(150))}.\n\n" for i in range(200)]
    news = [o.replace("ban", "other", 3) for o in olds]
    rnd.shuffle(news)
    took: list[float] = []
    for _ in range(3):  # the best of three: other work on the machine is not meant
        began = time.process_time()
        plan = matched([passage(o) for o in olds], [passage(n) for n in news])
        took.append(time.process_time() - began)
    assert min(took) < 1
    plan = matched([passage(o) for o in olds], [passage(n) for n in news])
    right = sum(
        m.old is not None and olds[m.old].replace("ban", "other", 3) == n
        for m, n in zip(plan.matches, news, strict=True)
    )
    assert right == 200


@given(st.permutations(range(6)))
def test_whatever_the_order_every_scene_is_found_again(order: list[int]) -> None:
    olds = [f"INT. ROOM {i} - DAY\n\nWord{i} stands here with other{i} and third{i} quietly.\n\n" for i in range(6)]
    plan = matched([passage(o) for o in olds], [passage(olds[i]) for i in order])
    assert [m.old for m in plan.matches] == list(order)
    assert sum(m.fate == "kept" for m in plan.matches) >= 1


TEXT = st.text(alphabet="ab cd.\n'", max_size=60)


@given(TEXT, TEXT)
def test_blocks_hold_equal_text_in_the_order_of_both(old: str, new: str) -> None:
    found = blocks(old, new)
    assert all(old[b.old_start : b.old_end] == new[b.new_start : b.new_end] for b in found)
    assert all(a.old_end <= b.old_start and a.new_end <= b.new_start for a, b in pairwise(found))
    assert old != new or not old or found == (Block(0, 0, len(old)),)


def test_an_offset_is_found_again_and_one_whose_words_are_gone_is_not() -> None:
    old, new = "Ben opens the door. Rain falls.", "Slowly Ben opens the door. Snow falls."
    found = blocks(old, new)
    assert moved(found, old.index("opens")) == new.index("opens")
    assert moved(found, old.index("falls")) == new.index("falls")
    assert moved(found, old.index("Rain") + 2) is None
    kept = "".join(new[b.new_start : b.new_end] for b in within(found, 0, old.index(" Rain")))
    assert kept == "Ben opens the door"  # a full stop before other words is no word


def test_no_word_is_shared_out_twice() -> None:
    out = shared_out([((0, 0), (Block(0, 0, 10),)), ((0, 1), (Block(5, 100, 8),)), ((1, 0), (Block(50, 8, 5),))])
    assert out == {(0, 0): (Block(0, 0, 10),), (0, 1): (Block(10, 105, 3),), (1, 0): (Block(52, 10, 3),)}


LINES = st.lists(st.sampled_from(["one\n", "two\n", "three\n", "four\n"]), max_size=6).map("".join)


@given(LINES, LINES)
def test_one_persons_change_alone_is_taken_whole(base: str, mine: str) -> None:
    assert merged(base, mine, base) == mine
    assert merged(base, base, mine) == mine
    assert merged(base, mine, mine) == mine


def test_changes_of_different_lines_are_both_there_and_of_the_same_line_neither() -> None:
    base = "one\ntwo\nthree\n"
    assert merged(base, "ONE\ntwo\nthree\n", "one\ntwo\nTHREE\nfour\n") == "ONE\ntwo\nTHREE\nfour\n"
    assert merged(base, "one\n2\nthree\n", "one\nzwei\nthree\n") is None
    assert merged(base, base + "mine\n", base + "theirs\n") is None


def test_line_ends_stay_as_the_file_has_them() -> None:
    assert with_line_ends_of("a\nb\n", "x\r\ny\r\n") == "a\r\nb\r\n"
    assert with_line_ends_of("a\r\nb", "x\ny") == "a\nb"
    assert with_line_ends_of("a\nb", "x\r\ny\n") == "a\nb"
    assert closed("a", "\r\n") == "a\r\n\r\n"
    assert closed("a\n\n", "\n") == "a\n\n"
    assert line_end_of("a\r\nb") == "\r\n"


def test_a_scene_is_read_alone_only_when_nothing_around_it_matters() -> None:
    assert read_alone(KITCHEN) is not None
    assert read_alone(KITCHEN + STREET) is None
    assert read_alone("Only words.\n\n") is None
    assert read_alone("Only words.\n\n", first=True) is not None
    assert read_alone(KITCHEN + "/* never closed\n") is None
    assert read_alone(KITCHEN + "# Act Two\n\n") is None
    assert read_alone("FADE IN:\n\n" + KITCHEN) is None
    assert read_alone("FADE IN:\n\n" + KITCHEN, first=True) is not None
    assert opening_of("FADE IN:\n\n" + KITCHEN) == len("FADE IN:\n\n")
    assert [heading_line(each) for each in ("INT. HALL - DAY", "engine room", ".CAR")] == [
        "INT. HALL - DAY",
        ".engine room",
        ".CAR",
    ]
