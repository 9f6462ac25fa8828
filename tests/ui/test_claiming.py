"""A reader's story: the key claims, lit, walked, explained, listed and skimmed."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from samples import OWN
from stories import WIDE, own, place, ready, rows, status, until

from reader.claims import Finder, explain
from reader.document import Heading, Range, Title
from reader.loading import Findings, Opened, load, loaded
from reader.session import SIGNS
from reader.settings import Claims, Settings
from reader.source import read
from reader.ui.app import ReaderApp
from reader.ui.style import THEMES
from reader.ui.widgets.dialogs import WhyDialog

REPORT = own("seagrass")


def reading(path: Path, settings: Settings | None = None) -> ReaderApp:
    """The app on an article whose claims are found in this process."""
    source = read(str(path))
    first, *rest = loaded(source)
    return ReaderApp(Opened(replace(source, text=""), settings or Settings(), (), first), iter(rest))


async def found(pilot) -> ReaderApp:
    app = await ready(pilot)
    await until(pilot, lambda: app.session.article.findings is not None and app.session.article.findings.complete)
    await pilot.pause()
    return app


def marked(app: ReaderApp, role: str) -> list[tuple[int, int]]:
    whole = len(app.session.article.document.text)
    return [(mark.start, mark.end) for mark in app.session.article.marks.over(0, whole) if mark.role == role]


def text_of(app: ReaderApp, at: int) -> str:
    return app.session.article.document.slice(app.session.claims.chosen[at].range)


async def test_claims_are_lit_and_signed():
    async with reading(REPORT).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        claims = app.session.claims.chosen
        assert len(claims) >= 3
        assert marked(app, "claim") == [(claim.range.start, claim.range.end) for claim in claims]
        signs = {sign for sign in SIGNS.values() if any(row.lstrip().startswith(sign) for row in rows(app.page))}
        assert SIGNS["author"] in signs
        assert any("tick-claim" in tick for tick in app.page.ticks.values())


async def test_signs_tell_the_kinds_apart_without_colour(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(REPORT).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        _, y = place(app, "The meadow has grown")
        row = rows(app.page)[y]
        assert SIGNS["author"] + SIGNS["figure"] in row
    assert len(set(SIGNS.values())) == len(SIGNS)


@pytest.mark.parametrize("theme", [*(house.name for house in THEMES), "textual-ansi"])
async def test_a_claim_is_legible_under_a_match(theme):
    """A match in a claim, even in the one walked to, looks like no claim, and a claim like no plain text."""
    async with reading(REPORT, Settings(theme=theme)).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        from reader.search import Query

        await pilot.press("c")
        claim = app.session.claims.chosen[app.session.claims.current].range
        app.session.search.ask(Query("moorings"))
        await until(pilot, lambda: app.session.search.done and app.session.search.matches)
        plain = app.theme_styles.style("")
        over = {
            mark.role: app.page._marked(plain, [mark], mark.start)
            for mark in app.session.article.marks.over(claim.start, claim.end)
        }
        assert {"claim", "claim-current", "match"} <= set(over)
        assert all(style != plain for style in over.values())
        match = next(match for match in app.session.search.matches if match.start in claim)
        seen = app.page._marked(plain, list(app.session.article.marks.over(claim.start, claim.end)), match.start)
        beside = app.page._marked(plain, list(app.session.article.marks.over(claim.start, claim.end)), match.end + 1)
        assert seen != beside
        assert seen.color != seen.bgcolor or seen.reverse


async def test_next_and_previous_go_round_and_say_so():
    async with reading(REPORT).run_test(size=(80, 14)) as pilot:
        app = await found(pilot)
        count = len(app.session.claims.chosen)
        for index in range(count):
            await pilot.press("c")
            assert app.session.claims.current == index
            where = app.session.claims.chosen[index].range
            assert where.start in app.page.shown
            assert marked(app, "claim-current") == [(where.start, where.end)]
            assert f"Claim {index + 1} of {count}" in status(app)
        await pilot.press("c")
        assert app.session.claims.current == 0
        assert "Claims continue at the top" in status(app)
        await pilot.press("C")
        assert app.session.claims.current == count - 1
        assert "Claims continue at the bottom" in status(app)
        await pilot.press("C")
        assert app.session.claims.current == count - 2


async def test_next_goes_on_from_where_the_reader_is():
    async with reading(REPORT).run_test(size=(80, 14)) as pilot:
        app = await found(pilot)
        await pilot.press("c", "c", "G", "C")
        assert app.session.claims.current == len(app.session.claims.chosen) - 1
        await pilot.press("g", "c")
        assert app.session.claims.current == 0
        assert "From" not in status(app)


async def test_the_highlight_off_and_on():
    async with reading(REPORT).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        await pilot.press("c", "h")
        assert not marked(app, "claim")
        assert not marked(app, "claim-current")
        assert not any(row.lstrip().startswith(SIGNS["author"]) for row in rows(app.page))
        assert not app.page.ticks
        assert "Claims hidden" in status(app)
        await pilot.press("h")
        assert len(marked(app, "claim")) == len(app.session.claims.chosen)


async def test_settings_say_whether_and_how_many():
    async with reading(REPORT, Settings(claims=Claims(density=20, shown=False))).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        assert not marked(app, "claim")
        many = len(app.session.claims.chosen)
        await pilot.press("minus", "minus")
        assert len(app.session.claims.chosen) < many


async def test_density():
    async with reading(own("days")).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        there = {}
        for key, density in (
            ("plus", 20),
            ("plus", 20),
            ("minus", 10),
            ("minus", 5),
            ("minus", 5),
            ("equals_sign", 10),
        ):
            await pilot.press(key)
            assert app.session.claims.density == density
            assert f"{density}% of the sentences" in status(app)
            there[density] = {claim.range for claim in app.session.claims.chosen}
        assert there[5] < there[10] < there[20]


async def test_the_claim_walked_to_stays_so_when_the_density_changes():
    async with reading(own("days")).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        await pilot.press("c", "c")
        here = app.session.claims.chosen[app.session.claims.current].range
        await pilot.press("plus")
        assert app.session.claims.chosen[app.session.claims.current].range == here
        assert marked(app, "claim-current") == [(here.start, here.end)]


async def test_one_kind_only():
    async with reading(REPORT).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        await pilot.press("4")
        kinds = [kind for kind in SIGNS if any(kind in claim.kinds for claim in app.session.claims.chosen)]
        for kind in kinds:
            await pilot.press("K")
            assert app.session.claims.kind == kind
            assert SIGNS[kind] in status(app)
            shown = [app.session.claims.chosen[at] for at in app.session.claims.listed]
            assert shown
            assert all(kind in claim.kinds for claim in shown)
            listed = [entry.range for entry in app.sidebar.list.entries if entry.range is not None]
            assert listed == [claim.range for claim in shown]
            assert SIGNS[kind] in app.sidebar.head.text
            await pilot.press("c")
            assert app.session.claims.current in app.session.claims.listed
        await pilot.press("K")
        assert app.session.claims.kind is None
        assert len(app.session.claims.listed) == len(app.session.claims.chosen)


def find_pieces(document):
    finder = Finder()
    for _ in finder.feed(document):
        pass
    return finder.pieces


async def test_why():
    async with reading(REPORT).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        await pilot.press("c", "c", "w")
        await until(pilot, lambda: isinstance(app.screen, WhyDialog))
        claim = app.session.claims.chosen[app.session.claims.current]
        reasons = explain(app.session.article.document, find_pieces(app.session.article.document), claim).split(" · ")
        box = app.screen.query_one("Lines")
        said = " ".join(text for row in box.rows for text, _ in row)
        assert reasons[0]
        assert all(reason in said for reason in reasons)
        assert SIGNS[claim.kind] in said
        assert app.session.article.document.slice(claim.range)[:30] in said
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, WhyDialog))


async def test_why_of_a_claim_clicked():
    async with reading(REPORT).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        x, y = place(app, "Four years after")
        await pilot.press("c")
        await pilot.click("#page", offset=(x, y))
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, WhyDialog))
        assert app.session.article.document.slice(app.screen.claim.range).startswith("Four years after")


async def test_no_claim_on_the_page_has_no_why(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# Nothing\n\n```\ncode\n```\n", encoding="utf-8")
    async with reading(path).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        await pilot.press("w")
        assert "No claim on this page" in status(app)
        await pilot.press("c")
        assert "No claims" in status(app)
        await pilot.press("4", "s")
        assert app.session.article.skimming


async def test_the_panel():
    async with reading(REPORT).run_test(size=(120, 16)) as pilot:
        app = await found(pilot)
        await pilot.press("4")
        await pilot.pause()
        listing = app.sidebar.list
        assert app.focused is listing
        assert f"Claims  {len(app.session.claims.chosen)}" in app.sidebar.head.text
        assert "Opening" in rows(listing)[0]
        await pilot.press("j")
        await pilot.pause()
        assert app.session.claims.current == 1
        assert app.session.claims.chosen[1].range.start in app.page.shown
        await pilot.press("enter")
        await pilot.pause()
        assert app.focused is app.page
        await pilot.press("c")
        assert listing.entries[listing.cursor].range == app.session.claims.chosen[2].range


async def test_a_jump_from_the_panel_can_be_walked_back():
    async with reading(REPORT).run_test(size=(120, 12)) as pilot:
        app = await found(pilot)
        before = rows(app.page)
        await pilot.press("4")
        await pilot.pause()
        await pilot.press("end", "enter")
        await pilot.pause()
        assert rows(app.page) != before


async def test_skim_shows_headings_images_and_claims_alone_and_returns_to_the_row():
    async with reading(own("sodium")).run_test(size=(100, 14)) as pilot:
        app = await found(pilot)
        await pilot.press("space", "j", "j")
        before = rows(app.page)
        document = app.session.article.document
        await pilot.press("s")
        assert app.session.article.skimming
        assert "Skim:" in status(app)
        shown = "".join(row.text for row in app.session.article.layout.walk())
        for claim in app.session.claims.chosen:
            assert document.slice(claim.range).split("\n")[0][:20] in shown.replace("\n", "")
        for block in document.blocks:
            if isinstance(block, Title | Heading):
                assert document.slice(block)[:10] in shown
        assert sum(row.text.startswith("🖼") for row in app.session.article.layout.walk()) == len(document.images)
        assert app.session.article.layout.height < app.session.article._page.height / 2
        await pilot.press("G", "g", "j", "s")
        assert not app.session.article.skimming
        assert rows(app.page) == before


async def test_enter_in_the_skim_goes_to_the_text():
    async with reading(own("days")).run_test(size=(100, 14)) as pilot:
        app = await found(pilot)
        await pilot.press("s", "c", "c")
        where = app.session.claims.chosen[app.session.claims.current].range
        await pilot.press("enter")
        assert not app.session.article.skimming
        assert where.start in app.page.shown
        await pilot.press("s", "G")
        eye = app.page.top_offset
        assert where.start not in app.page.shown
        await pilot.press("enter")
        assert eye in app.page.shown


async def test_the_skim_follows_the_density_and_the_width():
    async with reading(own("days")).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        await pilot.press("s")
        few = app.session.article.layout.height
        await pilot.press("plus")
        many = app.session.article.layout.height
        assert many > few
        await pilot.resize_terminal(50, 20)
        await pilot.pause()
        assert app.session.article.skimming
        assert app.session.article.layout.width < 50
        await pilot.press("minus", "s")
        assert not app.session.article.skimming


async def test_ticks_are_where_the_page_has_the_claims():
    async with reading(own("days")).run_test(size=(100, 20)) as pilot:
        app = await found(pilot)
        page = dict(app.page.ticks)
        assert page
        await pilot.press("s")
        assert app.page.ticks != page
        await pilot.press("s")
        assert app.page.ticks == page
        await pilot.resize_terminal(100, 40)
        await pilot.pause()
        assert max(app.page.ticks) > 20


async def test_a_resize_keeps_what_is_lit_and_walked():
    async with reading(REPORT).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        await pilot.press("c", "c")
        lit, walked = marked(app, "claim"), app.session.claims.current
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert (marked(app, "claim"), app.session.claims.current) == (lit, walked)
        await pilot.press("c")
        assert app.session.claims.chosen[app.session.claims.current].range.start in app.page.shown


async def test_an_authors_claim_that_is_not_there_is_noted_in_the_card(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        '---\ntitle: Ferries\nclaims:\n  - "Boats run twice a day"\n  - "Nobody said this"\n---\n'
        "Boats run twice a day。 The ==pier is too short== for both.\n",
        encoding="utf-8",
    )
    async with reading(path).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        assert [text_of(app, at) for at in range(2)] == ["Boats run twice a day", "pier is too short"]
        assert all(claim.author for claim in app.session.claims.chosen[:2])
        await pilot.press("M")
        await pilot.pause()
        assert any("Nobody said this" in row and "not found" in row for row in rows(app.page))
        await pilot.press("c", "minus", "minus")
        assert [text_of(app, at) for at in range(2)] == ["Boats run twice a day", "pier is too short"]


async def test_authors_claims_that_overlap_are_both_walked(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        '---\nclaims:\n  - "the pier is too short for both"\n---\nNow the ==pier is too short== for both boats.\n',
        encoding="utf-8",
    )
    async with reading(path).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        assert len(app.session.claims.chosen) == 2
        assert len(marked(app, "claim")) == 1, "marks of a layer do not overlap"
        await pilot.press("c")
        assert app.session.claims.current == 0
        await pilot.press("c")
        assert app.session.claims.current == 1


async def test_claims_of_the_first_piece_are_there_while_the_rest_loads(tmp_path, monkeypatch):
    monkeypatch.setattr("reader.parse._SECONDS", 60.0)  # by its size alone: on a busy machine it would be a sentence
    go = threading.Event()
    path = tmp_path / "long.md"
    sentences = "According to the survey, {0} boats rose by 12% in 2019. The tide turns. Nobody counts them any more. "
    path.write_text("".join(f"## {n}\n\n{sentences.format(n) * 4}\n\n" for n in range(400)), encoding="utf-8")
    source = read(str(path))
    first, *rest = loaded(source)
    early = next(item for item in rest if isinstance(item, Findings))
    assert not first.complete
    assert not early.complete

    def later():
        yield early
        assert go.wait(30)
        yield from rest

    app = ReaderApp(Opened(replace(source, text=""), Settings(), (), first), later())
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.session.claims.chosen)
        few = len(app.session.claims.chosen)
        await pilot.press("c", "j", "c")
        assert app.session.claims.current == 1
        go.set()
        await until(pilot, lambda: app.session.article.findings.complete and len(app.session.claims.chosen) > few)
        assert app.session.article.document.complete
        await pilot.press("4")
        await pilot.pause()
        assert app.sidebar.list.total > len(app.session.claims.chosen)


async def test_an_article_without_findings_waits_without_a_word(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# One\n\nText.\n", encoding="utf-8")
    source = read(str(path))
    first, *rest = load(source)
    async with ReaderApp(Opened(replace(source, text=""), Settings(), (), first), iter(rest)).run_test() as pilot:
        app = await ready(pilot)
        await pilot.press("c")
        assert "so far" in status(app)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
async def test_every_sample_can_be_walked_listed_and_skimmed(path):
    async with reading(path).run_test(size=(90, 24)) as pilot:
        app = await found(pilot)
        assert all(isinstance(claim.range, Range) for claim in app.session.claims.chosen)
        await pilot.press("c", "C", "plus", "4", "j", "K", "escape", "s", "c", "enter", "s", "G", "s", "h")
        assert app.is_running


async def test_the_panel_shows_claims_whole():
    async with reading(REPORT).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        await pilot.press("4")
        shown = app.sidebar.list
        await until(pilot, lambda: len(shown.entries) > 2)
        drawn = "".join(
            "".join(segment.text for segment in shown.segments(y, shown.size.width - 1)) for y in range(shown.total)
        )
        assert shown.total > len(shown.entries)
        for entry in shown.entries:
            assert "".join(entry.text.split()) in "".join(drawn.split())
        for position in range(len(shown.entries)):  # each row belongs to one entry, in order
            assert {shown._position_at(row) for row in shown._rows(position)} == {position}
        await pilot.press("j", "j")
        assert shown._rows(shown._position(shown.cursor)).start in range(shown.top, shown.top + shown.room)
        before = shown.total
        await pilot.resize_terminal(90, 30)
        await until(pilot, lambda: shown.size.width != 0 and shown._wrapped_at == shown.size.width)
        assert shown.total >= before


async def test_esc_goes_one_level_out_and_never_quits():
    async with reading(REPORT).run_test(size=WIDE) as pilot:
        app = await found(pilot)
        await pilot.press("s", "c", "4")
        await pilot.press("escape")
        assert app.session.pane == "page"
        assert app.session.claims.current is not None
        await pilot.press("escape")
        assert not app.session.article.holds
        assert app.session.article.skimming
        await pilot.press("escape")
        assert not app.session.article.skimming
        await pilot.press("escape", "escape")
        assert app.is_running
        assert "q quits" in status(app)
