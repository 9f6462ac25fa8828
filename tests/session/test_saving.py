"""Articles of the web saved into a folder: where, which, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from session_kit import session
from site_kit import site

from reader.document import Document
from reader.library import add_folder, folders_file
from reader.loading import load
from reader.session import Session
from reader.settings import LibraryFolders, Settings
from reader.source import read

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
WORDS = "<p>A sentence of some length, with a comma or two in it, so that it is read as prose, which it is.</p>"
PAGE = f"""<!doctype html><title>The lamp</title><main><h1>The lamp</h1>{WORDS}
<p><img src="a.png" alt="lamp"> and <a href="two">another page</a>, which has a few more words than this one has.</p>
{WORDS}</main>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The site</title>
<item><title>First of all</title><link>one</link></item>
<item><title>Gone</title><link>gone</link></item>
<item><title>Notes</title><link>notes.md</link></item></channel></rss>"""
NOTES = (
    "# Notes\n\n[rel](sub/b.md) [local](/tmp/a.md) [file](file:///tmp/a.md) [odd](x:/../../../../tmp/a.md) [in](#notes)"
)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def on(address: str, folder: Path | None, **more: Path) -> Session:
    """A session on the article of an address, which saves in a folder."""
    source = read(address)
    document = Document()
    for document in load(source):  # noqa: B007
        pass
    settings = Settings(library=LibraryFolders(save=str(folder) if folder else ""))
    made = session(document, settings=settings, **more)
    made.article.source, made.article.target = replace(source, text=""), source.url or ""
    return made


def saved(made: Session, *, images: bool = False, whole_list: bool = False) -> str:
    plan = made.saving.plan()
    assert plan is not None, made.message.text
    made.saving.save(plan, images=images, whole_list=whole_list)
    return made.message.text


def test_an_article_is_saved_with_its_address_and_absolute_links(tmp_path: Path) -> None:
    with site(one=PAGE) as server:
        made = on(f"{server.address}/one", tmp_path / "kept")
        assert saved(made) == f"Saved as {tmp_path}/kept/The-lamp.md"
        assert [path for path, _ in server.asked] == ["/one"], "no image was asked for"
        written = (tmp_path / "kept" / "The-lamp.md").read_text()
        assert f'url: "{server.address}/one"\n' in written
        assert f"[another page]({server.address}/two)" in written
        assert f"![lamp]({server.address}/a.png)" in written
        again = made.saving.plan()
        assert again is not None
        assert again.before == "The-lamp.md"


def test_images_are_saved_when_asked_for(tmp_path: Path) -> None:
    with site(one=PAGE, a_png=PNG) as server:
        made = on(f"{server.address}/one", tmp_path)
        plan = made.saving.plan()
        assert plan is not None
        assert plan.images == 1
        assert saved(made, images=True) == f"Saved as {tmp_path}/The-lamp.md, with 1 of its images"
        assert "![lamp](The-lamp/01-a.png)" in (tmp_path / "The-lamp.md").read_text()
        assert (tmp_path / "The-lamp" / "01-a.png").read_bytes() == PNG
        del server.bodies["/a.png"]
        assert "with 0 of its images. Image 1 was not saved" in saved(made, images=True)
        assert made.message.warning


def test_nothing_saved_leads_to_a_file_of_this_machine(tmp_path: Path) -> None:
    with site(notes_md=(200, "text/plain", NOTES.encode())) as server:
        saved(on(f"{server.address}/notes.md", tmp_path))
        base = server.address
    written = (tmp_path / "Notes.md").read_text()
    assert f"[rel]({base}/sub/b.md) [local]({base}/tmp/a.md) file odd [in](#notes)" in written
    assert f'url: "{base}/notes.md"' in written


def test_all_that_a_feed_lists_is_saved_once(tmp_path: Path) -> None:
    with site(feed=FEED, one=PAGE, notes_md=(200, "text/plain", NOTES.encode())) as server:
        made = on(f"{server.address}/feed", tmp_path)
        said = saved(made, whole_list=True)
        assert said.startswith(f"Saved 2 articles in {tmp_path}. {server.address}/gone: the server answered 404")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["Notes.md", "The-lamp.md"]
        assert saved(made, whole_list=True).startswith("Nothing was saved; 2 were there already.")


def test_of_a_feed_the_focused_entry_alone(tmp_path: Path) -> None:
    with site(feed=FEED, notes_md=(200, "text/plain", NOTES.encode())) as server:
        made = on(f"{server.address}/feed", tmp_path)
        made.article.set_focus(2)
        assert saved(made) == f"Saved as {tmp_path}/Notes.md"


def test_esc_ends_it_and_what_is_saved_stays(tmp_path: Path) -> None:
    with site(feed=FEED, one=PAGE, notes_md=(200, "text/plain", NOTES.encode())) as server:
        made = on(f"{server.address}/feed", tmp_path)
        seen: list[str] = []

        def stop_at_the_second(topic: str) -> None:
            if topic == "message" and made.message.text.startswith("Saving 2"):
                seen.append(made.message.text)
                assert made.saving.busy
                made.saving.give_up()

        made.changes.subscribe(stop_at_the_second)
        assert saved(made, whole_list=True) == f"Saved as {tmp_path}/The-lamp.md"
        assert seen == ["Saving 2 of 3, Gone …   Esc stops"]
        assert not made.saving.busy
        assert "/notes.md" not in [path for path, _ in server.asked]


def test_a_list_in_a_list_is_not_followed(tmp_path: Path) -> None:
    index = '<?xml version="1.0"?><sitemapindex><sitemap><loc>{}/feed</loc></sitemap></sitemapindex>'
    with site(feed=FEED) as server:
        server.bodies["/map"] = (200, "application/xml", index.format(server.address).encode())
        said = saved(on(f"{server.address}/map", tmp_path), whole_list=True)
        assert said == f"Nothing was saved. {server.address}/feed is a list itself: open it to save its articles"


def test_where_it_is_saved(tmp_path: Path) -> None:
    with site(one=PAGE) as server:
        address = f"{server.address}/one"
        nowhere = on(address, None)
        assert nowhere.saving.plan() is None
        assert nowhere.message.text == "No folder to save in yet: `reader library add FOLDER` names one"
        store = tmp_path / "state" / "reader.sqlite"
        (tmp_path / "mine").mkdir()
        add_folder(folders_file(str(store)), str(tmp_path / "mine"))
        plan = on(address, None, store=store).saving.plan()
        assert plan is not None
        assert plan.folder == str(tmp_path / "mine")
        Path(folders_file(str(store))).write_text("{")
        assert on(address, None, store=store).saving.plan() is None


@pytest.mark.parametrize("path", [None, "a.md"])
def test_only_articles_of_the_web_are_saved(path: str | None, tmp_path: Path) -> None:
    made = session("words", path=tmp_path / path if path else None)
    assert made.saving.plan() is None
    assert made.message.text.startswith("S saves articles of the web")


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with site(one=PAGE) as server:
        made = on(f"{server.address}/one", tmp_path / "file")
        assert saved(made) == f"Not saved: {tmp_path}/file: file exists"
        assert made.message.warning
