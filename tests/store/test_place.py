"""Where a place lands after the article was edited."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Section
from reader.store.place import QUOTE, Place, locate, place_at

ONE = "The ferry leaves at six, and nobody on the pier remembers who built the ticket office or why its clock is slow. "
TWO = "Upstairs lives a woman who repairs accordions; she says the salt gets into everything except the songs. "
THREE = "By noon the fog lifts, the gulls return from the dump behind the cannery, and the market opens its shutters. "
FOUR = "In winter the island empties, and the last teacher rows the last pupil across before the ice comes. "
TEXT = "\n\n".join((ONE, TWO, THREE, FOUR))
HERE = TEXT.index("By noon") + 30
CHINESE = (
    "河边的图书馆每到周末就坐满了人，窗外的柳树一直垂到水面上。\n\n管理员记得每一本书的位置，也记得谁借走了它们。\n\n"
    "有一年发大水，街坊们把书一箱一箱搬到了学校的二楼，一本也没有丢。\n\n后来电脑来了，他还是用铅笔在卡片上写字。"
)


def sections(text: str, *titles: str) -> tuple[Section, ...]:
    starts = [text.index(title) for title in titles]
    ends = [*starts[1:], len(text)]
    return tuple(Section(s, e, title, 2) for s, e, title in zip(starts, ends, titles, strict=True))


def test_the_same_text_gives_the_same_offset() -> None:
    for offset in range(len(TEXT) + 1):
        assert locate(place_at(offset, TEXT, digest="a"), TEXT, digest="a") == offset


def test_while_the_text_grows_its_end_is_the_place_so_far() -> None:
    place = place_at(HERE, TEXT, digest="a")
    assert locate(place, TEXT[:100], digest="a") == 100


@pytest.mark.parametrize("text", [TEXT, CHINESE], ids=["English", "Chinese"])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.8, 1.0])
def test_text_inserted_above_or_below_moves_nothing(text: str, share: float) -> None:
    offset = int(len(text) * share)
    place = place_at(offset, text, digest="a")
    for above in ("", "New words. " * 3, "另外一段话。\n\n" * 4000, "Nothing like it. " * 500):
        assert locate(place, above + text + "\n\nAn afterthought.", digest="b") == len(above) + offset


def test_text_deleted_above() -> None:
    place = place_at(HERE, TEXT, digest="a")
    assert locate(place, TEXT[len(ONE) :], digest="b") == HERE - len(ONE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the gulls return", "the gulls and two lost pelicans return"),
        ("lifts, ", ""),
        ("the dump behind the cannery", "the cannery"),
        ("By noon the fog", "By one o'clock the fog"),
    ],
)
def test_an_edit_inside_the_quote_lands_beside_it(old: str, new: str) -> None:
    place = place_at(HERE, TEXT, digest="a")
    edited = "A new first paragraph.\n\n" + TEXT.replace(old, new)
    landed = locate(place, edited, digest="b")
    assert abs(landed - edited.index("the gulls")) < 40
    changed_chinese = CHINESE.replace("街坊们把书", "住在附近的街坊们把全部的书")
    before = place_at(CHINESE.index("搬到了"), CHINESE, digest="a")
    assert abs(locate(before, changed_chinese, digest="b") - changed_chinese.index("搬到了")) < 12


def test_of_two_equal_quotes_the_nearer_one() -> None:
    text = "x" * 500 + TEXT + "y" * 3000 + TEXT
    second = text.rindex("By noon")
    place = place_at(second, text, digest="a")
    assert locate(place, "Short.\n\n" + text, digest="b") == second + 8
    first = place_at(text.index("By noon"), text, digest="a")
    assert locate(first, "Short.\n\n" + text, digest="b") == first.offset + 8


def test_the_paragraph_deleted_lands_where_it_was() -> None:
    place = place_at(TEXT.index("By noon"), TEXT, digest="a")
    edited = ("Above. " * 30) + TEXT.replace(THREE, "")
    landed = locate(place, edited, digest="b")
    assert abs(landed - edited.index("In winter")) < QUOTE


def test_the_paragraph_rewritten_lands_in_its_section() -> None:
    text = f"Harbour\n\n{ONE}\n\nAttic\n\n{TWO}\n\nMarket\n\n{THREE}{THREE}{THREE}"
    parts = sections(text, "Harbour", "Attic", "Market")
    place = place_at(text.rindex("By noon"), text, parts, "a")
    new = f"{FOUR * 9}\n\nMarket\n\n" + "0123456789 " * 60
    there = sections(new, "Market")
    landed = locate(place, new, there, "b")
    assert landed == there[0].start + place.into
    short = "Attic\n\nq\n\nMarket\n\nAll gone now.\n\nHarbour\n\nz"
    there = sections(short, "Attic", "Market", "Harbour")
    assert there[1].start <= locate(place, short, there, "b") < there[1].end


def test_of_sections_of_one_title_the_nearer_one() -> None:
    text = "Notes\n\n" + "a" * 400 + "\n\nMore\n\n" + "b" * 400
    parts = (Section(0, 409, "Notes", 2), Section(409, len(text), "Notes", 2))
    place = place_at(500, text, parts, "a")
    new = "1" * 410 + "2" * 400
    assert locate(place, new, (Section(0, 410, "Notes", 2), Section(410, 810, "Notes", 2)), "b") == 501


def test_the_file_rewritten_stays_at_the_offset_or_the_end() -> None:
    place = place_at(HERE, TEXT, digest="a")
    assert locate(place, "7 8 9 " * 500, digest="b") == HERE
    assert locate(place, "7 8 9", digest="b") == 5
    assert locate(place, "", digest="b") == 0


def test_the_same_file_read_otherwise_finds_the_quote() -> None:
    place = place_at(HERE, TEXT, digest="a")
    assert locate(place, "Shown now. " + TEXT, digest="a") == HERE + 11


def test_a_place_without_words_is_its_offset() -> None:
    assert locate(place_at(5, "\n" * 20), "a" * 20) == 5
    assert locate(Place(9), "") == 0


def test_what_is_remembered() -> None:
    parts = sections(TEXT, "The ferry", "Upstairs")
    place = place_at(TEXT.index("Upstairs") + 9, TEXT, parts, "a", time=7.0)
    assert (place.section, place.into, place.after[:5], place.before[-9:], place.time) == (
        *("Upstairs", 9, "lives", "Upstairs ", 7.0),
    )
    assert 0 < place.progress < 1
    assert abs(place_at(10**9, TEXT).time - time.time()) < 60
    assert place_at(10**9, TEXT).offset == len(TEXT)


texts = st.text(st.sampled_from("abc 中文。\n"), max_size=400)


@given(texts, st.integers(-5, 450), texts)
def test_any_edit_lands_inside(text: str, offset: int, other: str) -> None:
    assert 0 <= locate(place_at(offset, text, digest="a"), other, digest="b") <= len(other)


@given(st.lists(st.sampled_from([ONE, TWO, THREE, FOUR, CHINESE]), unique=True, min_size=1), st.data())
def test_an_insertion_elsewhere_keeps_the_place(parts: list[str], data: st.DataObject) -> None:
    text = "\n\n".join(parts)
    offset = data.draw(st.integers(0, len(text)))
    at = data.draw(st.integers(0, len(text)).filter(lambda at: abs(at - offset) > QUOTE))
    new = data.draw(st.text(st.sampled_from("xyz 甲乙\n"), max_size=200))
    landed = locate(place_at(offset, text, digest="a"), text[:at] + new + text[at:], digest="b")
    assert landed == offset + (len(new) if at <= offset else 0)
