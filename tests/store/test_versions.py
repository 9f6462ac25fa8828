"""Passages carried from one version of an article to the next, by the whole of both."""

import time

import pytest

from reader.store import Article, Store, anchored, annotation, selector_at
from reader.store.anchor import is_more_of_another
from reader.store.versions import NOWHERE, Versions, same_words

LOG = (
    "The ferry leaves at six in the morning.\n\nnot satisfied\n\nUpstairs lives a woman who repairs accordions.\n\n"
    "not satisfied\n\nBy noon the fog lifts and the gulls return.\n\nnot satisfied\n\nIn winter the island empties."
)


def carried(old: str, new: str, words: str, number: int = 0) -> str | int | None:
    """Where the occurrence of that number is: its offset; None where it is not told, "lost" where two are meant."""
    at = -1
    for _ in range(number + 1):
        at = old.index(words, at + 1)
    place = Versions(old, new).place(at, at + len(words))
    return place and ("lost" if place is NOWHERE else place.start)


def occurrences(words: str, text: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(words, at)]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_of_equal_lines_is_known_by_the_lines_beside_it(number):
    new = f"Something new above it all.\n\n{LOG}"
    assert carried(LOG, new, "not satisfied", number) == occurrences("not satisfied", new)[number]
    gone = LOG.replace("By noon the fog lifts and the gulls return.\n\nnot satisfied", "Nothing was ever seen of them.")
    assert carried(LOG, gone, "not satisfied", number) == [*occurrences("not satisfied", gone), None][number]


def test_of_two_that_were_beside_each_other_none_is_taken_for_the_other():
    old = LOG.replace("Upstairs lives a woman who repairs accordions.\n\n", "")
    new = old.replace("not satisfied\n\n", "", 1)
    assert carried(old, new, "not satisfied", 0) in (None, "lost")
    assert carried(old, new, "not satisfied", 1) in (None, "lost")
    assert carried(old, new, "not satisfied", 2) == occurrences("not satisfied", new)[1]


def test_a_passage_moved_with_its_paragraphs_that_are_repeated():
    new = LOG.replace("Upstairs lives a woman who repairs accordions.\n\nnot satisfied\n\n", "")
    new += "\n\nUpstairs lives a woman who repairs accordions.\n\nnot satisfied"
    assert carried(LOG, new, "not satisfied", 1) == occurrences("not satisfied", new)[2]


def test_sentences_that_changed_places_are_one_passage():
    one, other = "A volunteer looks at tools on Tuesdays.", "The sander came back with a smile, and a loose plate."
    old, new = f"Before it all.\n\n{one} {other}\n\nAnd after.", f"Before it all.\n\n{other} {one}\n\nAnd after."
    start = old.index(one)
    place = Versions(old, new).place(start, start + len(one) + 1 + len(other))
    assert place is not None
    assert new[place.start : place.end] == f"{other} {one}"


def test_words_that_a_paragraph_written_anew_has_too_are_not_those_that_were_meant():
    old = "First of all.\n\nIt uses a named volume to keep PostgreSQL data between restarts.\n\nThe web container runs."
    new = "First of all.\n\nThe runner of the day has an installation of PostgreSQL 13.\n\nThe web container runs."
    selector = selector_at(old.index("PostgreSQL"), old.index(" data"), old, (), "old")
    (place,) = anchored([selector], new, (), "new", before={"old": old})
    assert place.status == "lost"
    assert same_words("by", "bus") == 0.0


def test_a_short_heading_that_was_deleted_is_not_a_part_of_a_new_sentence():
    rest = "\n\n古い辞書を開くと、四百を超える雨の呼び名が並んでいる。\n\n傘立てには四本の傘がある。"
    old, new = f"雨の名前{rest}", f"港の人は風の名前を三つ知っている。{rest}"
    assert anchored([selector_at(0, 4, old, (), "old")], new, (), "new", before={"old": old})[0].status == "lost"


def test_what_was_written_in_the_place_of_a_whole_paragraph_is_not_the_passage():
    one, other, third = "It stood there for years.", "Nobody had seen one.", "The carp are older than the house is."
    old, new = (
        f"Birds\n\n{one}\n\n{other}\n\n{third}",
        f"Birds\n\nA quite different matter of words.\n\n{other}\n\n{third}",
    )
    place = Versions(old, new).place(old.index(one), len(old))
    assert place is not None
    assert new[place.start : place.end] == f"{other}\n\n{third}"


def test_text_that_a_selector_does_not_count_in_is_not_compared():
    selector = selector_at(LOG.index("repairs"), LOG.index(" accordions"), LOG, (), "old")
    new = "Above.\n\n" + LOG
    with_it = anchored([selector], new, (), "new", before={"old": "nothing of the kind " * 20})
    assert with_it == anchored([selector], new, (), "new")
    assert with_it[0].status == "moved"


def test_the_time_is_linear():
    def steps(paragraphs: int) -> float:
        old = "\n\n".join(
            f"{n} stands in {n * 37 % 101} places, and {n % 7} of them are {n % 3}." for n in range(paragraphs)
        )
        new = "Above.\n\n" + old.replace(" stands ", " stood ")
        began = time.process_time()
        versions = Versions(old, new)
        for start in range(0, len(old) - 50, len(old) // 20):
            versions.place(start, start + 40)
        return time.process_time() - began

    small, large = (min(steps(size) for _ in range(2)) for size in (2_000, 16_000))
    assert large < 24 * small + 0.3


# ---- kept ------------------------------------------------------------------------------------------------------------


def test_the_text_of_an_annotated_article_is_kept_until_nothing_counts_in_it(tmp_path):
    first, second, third = (Article("/a.md", digest, "A") for digest in ("d1", "d2", "d3"))
    new = LOG.replace("ferry", "boat")
    at = LOG.index("not satisfied")
    with Store(str(tmp_path / "reader.sqlite")) as store:
        one = annotation(selector_at(at, at + 13, LOG, (), "d1"), words="why")
        lost = annotation(selector_at(4, 9, LOG, (), "d1"), words="gone")
        assert store.save_annotations(first, (one, lost))
        assert store.keep_version(first, LOG)
        assert store.versions(first) == {}, "it is at hand"
        assert store.versions(second) == {"d1": LOG}
        store.save_selectors({one.id: selector_at(at - 1, at + 12, new, (), "d2")})
        assert store.keep_version(second, new)
        assert store.versions(third) == {"d1": LOG, "d2": new}, "the lost one counts in the first still"
        store.save_selectors({lost.id: selector_at(4, 8, new, (), "d2")})
        assert store.keep_version(third, new + ".")
        assert store.versions(first) == {"d2": new}
        assert store.warnings == ()


def test_a_repeated_line_of_code_that_was_moved_is_not_the_next_one_that_reads_the_same():
    code = "swap [x] = [x]\nswap (x:y:zs)\n    | x < y     = y : swap (x:zs)\n"
    code += "    | otherwise = x : swap ({}:zs)\n\nmain = do\n"
    outward = "Outward, to the right\n\n{} the function that swaps two of them.\n\n"
    least = "The list is read from the left, so the {} goes to the right end{}.\n\n"
    prints = "    print $ swap [4, {}, 1, 5, 2]\n\nFrom here on there are two ways, {}.\n\n"
    last = "    let a = swap [4, 3, 1, 5, 2]\n    print (last a, init a)\n"
    old = (
        f"Sorting by bubbles.\n\n{outward.format('First')}{least.format('smallest', '')}"
        f"{code.format('y')}{prints.format(3, 'as follows')}{code.format('y')}{last}"
    )
    new = (
        f"Sorting by bubbles.\n\n{least.format('least one', ' of it')}{code.format('y')}"
        f"{prints.format(7, 'as follows')}"
        f"{outward.format('Now')}{code.format('b')}{last.replace('3', 'three')}"
    )
    assert carried(old, new, "swap (x:y:zs)") in ("lost", new.index("swap (x:y:zs)"))


@pytest.mark.parametrize("line", ["File: main.rs", "File: main.rs\n\nas before"])
def test_of_two_lines_with_all_between_deleted_none_is_taken_for_the_other(line):
    between = "".join(f"Paragraph {number}, which says something of its own.\n\n" for number in range(30))
    old = f"A block is one expression, for example:\n\n{line}\n\nThe first listing is short.\n\n{between}"
    old += f"{line}\n\nThe last listing is a long one."
    one, two = old.index("File"), old.rindex("File")
    new = old[:one] + old[two:]
    assert new == old[: one + len(line)] + old[two + len(line) :], "either of the two may have been deleted"
    marked = [selector_at(at, at + 13, old, (), "d1") for at in (one, two)]
    assert [place.status for place in anchored(marked, new, (), "d2", before={"d1": old})] == ["lost", "lost"]
    for kept in (old.replace("The first listing is short.", "Another."), old.replace(between, ""), old + "\n\nx"):
        places = anchored(marked, kept, (), "d2", before={"d1": old})
        assert [place.range and place.range.start for place in places] == occurrences("File", kept)


def test_what_repeats_another_part_is_not_that_part():
    line = ">>> [int(x) for x in s.split('{}')] for s in a.split(',')]\n[[1], [2, 3], [4, {}]]"
    one, two = line.format("+", "++++"), line.format("-", "----")
    nested = "The list is nested because the result is nested too, one level for each separator that is split at."
    head = f"# Splitting\n\n{one}\n\n{nested}\n\n{two}\n\nAll together:\n\n"
    old = f"{head}{one}\n{two}\n\nThe end of it."
    marked = selector_at(len(head), old.index("\n\nThe end"), old, (), "d1")
    assert is_more_of_another(marked, old, f"{one}\n\n{nested}\n\n{two}".replace("nested too", "nested as well"))
    assert not is_more_of_another(marked, old, f"{one}\n\nas before\n\n{two}")
    assert not is_more_of_another(marked, old, marked.exact.replace("int(x)", "float(x)"))


def test_a_deleted_line_is_not_the_same_words_in_another_part_that_was_reworded():
    first = "Yesterday a Harbour Ferry task that counts the passengers came back"
    by_name = "To list a task by name:\n\n"
    late = "The ferry is late as often as not, says the office.\n\n"
    command = "harbour alpha ferry tasks update http"
    old = f"{first}.\n\n{late}{by_name}{command} \\\n  counting-passengers \\\n  --deadline=540\n\nSo the office says."
    new = f"{by_name}{first.replace('came back', 'failed')}, on its own.\n\n{late}So the office says."
    start = old.index(command)
    marked = selector_at(start, start + len(command), old, (), "d1")
    assert anchored([marked], new, (), "d2", before={"d1": old})[0].status == "lost"
    kept = new.replace(late, f"{late}{command.replace('update', 'change')} \\\n  counting-passengers\n\n")
    (place,) = anchored([marked], kept, (), "d2", before={"d1": old})
    assert place.range is not None
    assert kept[place.range.start : place.range.end] == command.replace("update", "change")
