"""The search across a library: exactly what a plain search of every article finds, ranked, in slices."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import OWN

from reader.document import Range
from reader.library import Answer, Entry, Hit, find, only, ordered, wanted
from reader.library import corpus as chunking
from reader.library.corpus import Corpus
from reader.library.describe import described, document_of
from reader.library.files import Found
from reader.library.index import Index, Kept, Outline
from reader.search import Query, SearchError, search
from reader.source import Source


@dataclass(frozen=True, slots=True)
class Marks:
    read: str = "unread"
    starred: bool = False
    archived: bool = False
    progress: float = 0.0
    opened: float = 0.0


class Shelf:
    """Articles in an index, without a folder of them."""

    def __init__(self, path: Path, sources: Mapping[str, str]) -> None:
        self.index = Index(str(path / "library.sqlite"), builds=True)
        self.corpus = Corpus(self.index)
        self.texts: dict[str, str] = {}
        self.entries: tuple[Entry, ...] = ()
        self.add(sources)

    def add(self, sources: Mapping[str, str]) -> None:
        kept = []
        for name, text in sources.items():
            source = Source(text, name, f"/x/{name}", None, "utf-8", str(hash(text)))
            document = document_of(source)
            entry = described(Found(f"/x/{name}", len(text), 1), source, document)
            sections = tuple((section.start, section.title) for section in document.sections)
            kept.append(Kept(entry, document.text, Outline(sections)))
            self.texts[entry.path] = document.text
        known = {entry.path: entry for entry in self.entries}
        known |= {entry.path: entry for entry in self.index.keep(kept, "r")}
        self.entries = ordered(known.values())

    def answers(self, typed: str, **options: object) -> list[Answer]:
        found = find(self.entries, wanted(typed), self.corpus, folders=("/x",), **options)  # type: ignore[arg-type]
        return [answer for answer in found if answer is not None]

    def found(self, typed: str, **options: object) -> str:
        """The names of the articles in the last answer."""
        answer = self.answers(typed, **options)[-1]
        assert answer.complete
        return " ".join(hit.entry.path[3:].removesuffix(".md") for hit in answer.hits)


BIRDS = {
    "sea/gulls.md": """---
title: Gulls
author: Jane Doe
tags: [birds, The Sea]
date: 2020-05-06
---

Gulls cry by the harbour, harbour, HARBOUR.
""",
    "sea/terns.md": """---
title: Terns of the harbour
authors: [王小波, John Roe]
categories: [Birds]
date: 2019-01-02
---

## Diving

They dive.
""",
    "港口.md": "---\ntitle: 港口的灯塔\ntags: [随笔]\ndate: 2021-03-04\n---\n\n灯塔整夜亮着。Harbour.\n",
    "灯塔.md": "---\ntitle: 燈塔\nauthor: 王小波\n---\n\n燈塔在海邊。發光。\n",
    "notes.md": "No header, but a harbour and gulls.\n",
}


@pytest.fixture(scope="module")
def birds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path_factory.mktemp("birds"), BIRDS)
    yield shelf
    shelf.index.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", "港口 sea/gulls sea/terns notes 灯塔"),
        ("harbour", "sea/terns sea/gulls 港口 notes"),
        ("Harbour", "港口"),
        ("HARBOUR", "sea/gulls"),
        ("harbour gulls", "sea/gulls notes"),
        ("gulls -cry", "notes"),
        ("-harbour", "灯塔"),
        ('"the harbour"', "sea/terns sea/gulls"),
        ("/harbou?r[.,]/", "sea/gulls 港口"),
        ("灯塔", "港口 灯塔"),
        ("發光", "灯塔"),
        ("发光", "灯塔"),
        ("灯塔 harbour", "港口"),
        ("dive", "sea/terns"),
        ("roe", "sea/terns"),
        ("随笔", "港口"),
        ("nothing", ""),
        ("tag:birds", "sea/gulls sea/terns"),
        ("tag:bird", ""),
        ('tag:"the sea"', "sea/gulls"),
        ("tag:隨筆", "港口"),
        ("-tag:birds harbour", "港口 notes"),
        ("author:doe", "sea/gulls"),
        ("author:小波", "sea/terns 灯塔"),
        ("in:sea", "sea/gulls sea/terns"),
        ("in:SEA dive", "sea/terns"),
        ("in:se", ""),
        ("after:2020", "港口 sea/gulls"),
        ("after:2020-05-06", "港口 sea/gulls"),
        ("after:2020-05-07", "港口"),
        ("before:2020-05-06", "sea/terns"),
        ("before:2020-06", "sea/gulls sea/terns"),
        ("-after:2020", "sea/terns notes 灯塔"),
        ("is:unread", "港口 notes 灯塔"),
        ("is:reading", "sea/terns"),
        ("is:finished", "sea/gulls"),
        ("is:starred", "sea/gulls notes"),
        ("is:archived", "notes"),
        ("-is:starred harbour", "sea/terns 港口"),
    ],
)
def test_what_is_found(birds, typed, found):
    states = {
        "/x/sea/gulls.md": Marks("finished", starred=True),
        "/x/sea/terns.md": Marks("reading"),
        "/x/notes.md": Marks(starred=True, archived=True),
    }
    assert birds.found(typed, states=states) == found


def test_a_hit_says_how_often_and_where_first(birds):
    hits = {hit.entry.path: hit for hit in birds.answers("harbour gulls")[-1].hits}
    text = birds.texts["/x/sea/gulls.md"]
    gulls = hits["/x/sea/gulls.md"]
    assert (gulls.titles, gulls.matches, gulls.first) == (1, 5, Range(0, 5))
    assert text[gulls.first.start : gulls.first.end] == "Gulls"
    notes = hits["/x/notes.md"]
    assert (notes.titles, notes.matches) == (0, 2)


def test_an_author_is_found_where_the_page_names_them(birds):
    (hit,) = birds.answers("doe")[-1].hits
    assert (hit.titles, hit.matches) == (0, 1)
    assert birds.texts[hit.entry.path][hit.first.start : hit.first.end] == "Doe"


def test_an_excerpt_has_the_section(birds):
    (hit,) = birds.answers("dive")[-1].hits
    found = birds.corpus.excerpt(hit.entry, hit.first)
    assert (found.section, found.line) == ("Diving", "They dive.")
    assert found.line[found.match.start : found.match.end] == "dive"


def test_an_excerpt_of_an_article_that_has_changed_is_empty(birds):
    (hit,) = birds.answers("dive")[-1].hits
    assert birds.corpus.excerpt(hit.entry, Range(5000, 5001)).line == ""
    assert birds.corpus.excerpt(hit.entry._replace(id=1), hit.first).line == ""


def test_a_wrong_expression_and_a_wrong_date(birds):
    with pytest.raises(SearchError, match="wrong pattern"):
        birds.answers("/(/")
    with pytest.raises(SearchError, match="no date"):
        birds.answers("after:x")


# ---- exactness -------------------------------------------------------------------------------------------------------


def plain(shelf: Shelf, queries: Sequence[Query]) -> dict[str, tuple[int, tuple[int, int] | None]]:
    """By searching every article by itself: number of matches and the first of them."""
    found = {}
    for entry in shelf.entries:
        fields = "\n\n".join(filter(None, (entry.title, entry.authors, entry.tags, entry.categories)))
        matches = [search(shelf.texts[entry.path], query) for query in queries]
        if all(len(one) or len(search(fields, query)) for one, query in zip(matches, queries, strict=True)):
            first = min(
                ((one[0].start, one[0].end) for one in matches if len(one)), default=None, key=lambda span: span[0]
            )
            found[entry.path] = (sum(map(len, matches)), first)
    return found


def answered(hits: Sequence[Hit]) -> dict[str, tuple[int, tuple[int, int] | None]]:
    return {hit.entry.path: (hit.matches, hit.first and (hit.first.start, hit.first.end)) for hit in hits}


SCRIPTS = {
    "Latin": "The harbour light, a “gull” and Café Öl. Don't stop; e-mail ﬁsh ＡＢＣ straße №5 2½ x² ",
    "Han": "港口的燈塔整夜亮著，灯塔发光，後来的船。苹果、蘋果“引号”……２０２４年 豈非① ",
    "kana": "カタカナとひらがな、ガス・がす ｶﾞｽ ー 港の灯り。ぱぴ は\u3099 ",
    "Hangul": "등대는 밤새 빛난다. 항구의 배, 한국어 \u1112\u1161\u11ab글 ",
}


def generated(chance: random.Random, articles: int) -> dict[str, str]:
    """Articles in four scripts, and mixed, of words that repeat, with what no search likes among them."""
    made = {}
    for number in range(articles):
        letters = SCRIPTS[chance.choice(tuple(SCRIPTS))] + chance.choice(("", "", "\u200b", "e\u0301", "😀", "й"))
        if chance.random() < 0.2:
            letters += SCRIPTS[chance.choice(tuple(SCRIPTS))]
        words = ["".join(chance.choices(letters, k=chance.randint(1, 5))) for _ in range(30)]
        parts = [" ".join(chance.choices(words, k=chance.randint(3, 25))) for _ in range(chance.randint(1, 6))]
        head = f"---\ntitle: {chance.choice(words)!r}\n---\n\n" if chance.random() < 0.5 else ""
        made[f"{number:03}.md"] = head + "\n\n".join(parts)
    return made


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    sources = generated(random.Random(11), 120)
    sources |= {path.name: path.read_text("utf-8", "replace") for path in OWN if path.stat().st_size < 60_000}
    shelf = Shelf(tmp_path_factory.mktemp("mixed"), sources)
    yield shelf
    shelf.index.close()


@pytest.mark.parametrize("script", SCRIPTS)
def test_fifty_queries_of_each_script_find_what_a_plain_search_finds(mixed, script, monkeypatch):
    monkeypatch.setattr(chunking, "CHUNK_CHARACTERS", 6000)
    mixed.corpus = Corpus(mixed.index)
    chance = random.Random(script)
    texts = [text for text in mixed.texts.values() if text]
    asked = 0
    while asked < 50:
        if chance.random() < 0.5:
            word = "".join(chance.choices(SCRIPTS[script], k=chance.randint(1, 6)))
        else:
            text = chance.choice(texts)
            at = chance.randrange(len(text))
            word = text[at : at + chance.randint(1, 6)]
        word = word.replace('"', "").replace("“", "").replace("”", "").replace("\n", " ").strip()
        if not word:
            continue
        asked += 1
        (answer,) = mixed.answers(f'"{word}"')[-1:]
        assert answered(answer.hits) == plain(mixed, [Query(word, variants=True)]), word


PIECES = st.lists(st.sampled_from("abAée 苹蘋果发發がカ한하.-“\n\u0301\u200b"), max_size=12).map("".join)


@given(
    st.lists(PIECES, min_size=1, max_size=6),
    st.lists(
        st.lists(st.sampled_from("abAée苹蘋果发發がカ한하.-"), min_size=1, max_size=3).map("".join),
        min_size=1,
        max_size=2,
    ),
    st.booleans(),
)
@settings(max_examples=30)
def test_any_words_in_any_texts(tmp_path_factory, texts, words, expressions):
    shelf = Shelf(tmp_path_factory.mktemp("any"), {f"{number}.md": text for number, text in enumerate(texts)})
    queries = tuple(dict.fromkeys(Query(word, variants=True, regex=expressions and word.isalnum()) for word in words))
    *_, answer = find(shelf.entries, type(only(queries[0]))(queries), shelf.corpus)
    assert answered(answer.hits) == plain(shelf, queries)
    shelf.index.close()


# ---- order and slices ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    sources = {
        f"20{10 + number % 15}-01-{1 + number % 28:02}-{number}.md": f"# Number {number}\n\n" + "tide " * (number % 7)
        for number in range(400)
    }
    shelf = Shelf(tmp_path_factory.mktemp("many"), sources)
    yield shelf
    shelf.index.close()


def test_answers_are_ranked_by_title_then_matches_then_date(many):
    answer = many.answers("tide")[-1]
    ranks = [(hit.titles, hit.matches, hit.entry.date) for hit in answer.hits]
    assert ranks == sorted(ranks, reverse=True)
    assert len(ranks) == len([text for text in many.texts.values() if "tide" in text])
    numbered = many.answers('"number 7"')[-1]
    assert all(hit.titles for hit in numbered.hits)


def test_the_first_screen_comes_before_all_is_searched(many, monkeypatch):
    monkeypatch.setattr(chunking, "CHUNK_CHARACTERS", 300)
    many.corpus = Corpus(many.index)
    answers = many.answers("tide")
    assert len(answers) > 1
    assert 20 <= len(answers[0].hits) < 60
    assert 0 < answers[0].searched < answers[0].total == 400
    assert [answer.complete for answer in answers] == [False] * (len(answers) - 1) + [True]
    assert {hit.entry for hit in answers[0].hits} <= {hit.entry for hit in answers[-1].hits}
    many.corpus = Corpus(many.index)


def test_a_search_may_be_dropped_and_another_begun(many, monkeypatch):
    monkeypatch.setattr(chunking, "CHUNK_CHARACTERS", 300)
    many.corpus = Corpus(many.index)
    for yields in (1, 2, 5):
        search_ = find(many.entries, wanted("tide"), many.corpus)
        for _ in range(yields):
            next(search_)
        search_.close()
    assert len(many.answers("tide")[-1].hits) == len([text for text in many.texts.values() if "tide" in text])
    many.corpus = Corpus(many.index)


def test_articles_that_are_not_read_yet_are_found_by_name_and_counted(many):
    some = (many.entries[0]._replace(id=0, title="A tide table"), *many.entries[1:])
    *_, answer = find(some, wanted("tide"), many.corpus)
    assert answer.waiting == 1
    assert answer.hits[0] == Hit(some[0], 1, 0, None)


def test_articles_that_another_process_took_out_are_counted_as_not_read(many):
    some = (many.entries[0]._replace(id=5), *many.entries[1:])
    *_, answer = find(some, wanted("number"), many.corpus)
    assert answer.waiting == 1
    assert len(answer.hits) == 400


def test_new_and_changed_articles_are_found(tmp_path, monkeypatch):
    monkeypatch.setattr(chunking, "CHUNK_CHARACTERS", 400)
    shelf = Shelf(tmp_path, {f"{number}.md": f"Words {number} of it." for number in range(50)})
    for number in range(40):
        shelf.add({f"new-{number}.md": f"Words {number} that are new.", f"{number}.md": f"Words {number} again."})
        hits = shelf.answers("words")[-1].hits
        assert len(hits) == 51 + number
        assert shelf.found(f'"words {number} that"') == f"new-{number}"
        assert shelf.found(f'"words {number} of"') == ""
    chunks = shelf.corpus.laid(shelf.entries).chunks
    assert sum(len(here) for *_, here in chunks) == 90
    assert len(chunks) < 25, "small chunks are put together"
    shelf.index.close()


def test_what_is_held_has_a_bound(many):
    corpus = Corpus(many.index, held_bytes=20_000)
    for _ in range(3):
        *_, answer = find(many.entries, wanted("tide"), corpus)
    assert len(corpus._parts) < len(corpus.laid(many.entries).chunks) or len(corpus._parts) == 1
    assert len(answer.hits) == len(many.answers("tide")[-1].hits)


def test_no_article_at_all(many):
    *_, answer = find((), wanted("tide"), many.corpus)
    assert answer == Answer((), 0, 0, 0, True)
