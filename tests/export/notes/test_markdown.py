"""Notes as Markdown: quotes are text, words are the person's, ids stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Quote
from reader.export.notes import ARTICLE_FIELDS, END, NOTE_FIELDS, as_markdown, template_problem
from reader.frontmatter import split
from reader.parse import parse
from reader.sanitize import clean
from reader.store import annotation
from tests.export.notes.making import HOSTILE, harbour, marked, notes


def test_the_file_of_an_article():
    document = harbour(url="https://example.org/h", tags="sea")
    pier = marked(document, "took nine years", words="So *long*! #time", colour="green")
    light = marked(document, "burned until four")
    whole = annotation(None, words="Read again.\n\nAnd again.")
    text = as_markdown(notes(document, light, pier, whole))
    assert text.split("\n") == [
        *("---", 'title: "The harbour"', 'author: "M. Lind"', 'source: "https://example.org/h"'),
        *('tags: ["sea", "time"]', "---", "", "# The harbour", ""),
        *("Read again.", "", "And again.", "", f"^{whole.id}", ""),
        *("## The pier", "", "> took nine years", "", "So *long*! #time", "", f"^{pier.id}", ""),
        *("## The light", "", "> burned until four", "", f"^{light.id}", ""),
        *(END, ""),
    ]


def test_a_quote_is_text_and_nothing_else():
    quotes = [
        "# no heading",
        "- no item",
        "1. no item",
        "[[no link]] and #no-tag and ^no-id",
        "<b>no tag</b> <!-- reader: end -->",
        "*no* _no_ `no` ~~no~~ ==no== $no$ | no %%no%%",
        "first line\nsecond line\n\nafter an empty one",
        "C:\\path\\*",
    ]
    for quote in quotes:
        document = harbour("start\n")
        document = type(document)(text=f"{quote}\n\nmore", blocks=document.blocks)
        text = as_markdown(notes(document, marked(document, quote)))
        assert text.split("\n").count(END) == 1
        _, body, _, _ = split(text)
        read = parse(body)
        said = " ".join(read.slice(block) for block in read.blocks)
        assert "".join(quote.split()) in "".join(said.split()), quote
        assert not read.links
        assert len(read.sections) == 1


_SIGNS = [*"\\`*_[]()<>#|~=$^%:{}!&@+-.?", " ", "\n", "\n\n", "**", "==", "%%", "```", "---", "](", "[["]
_WORDS = ["a", "word", "文字", "12", "1. ", "- ", "#tag", "x_y", "http://a.b/c", "^id", ":tada:", "!!! "]
_WRITTEN = st.lists(st.one_of(st.sampled_from(_SIGNS), st.sampled_from(_WORDS)), min_size=1, max_size=14).map("".join)


@given(_WRITTEN)
def test_whatever_was_marked_reads_as_the_same_text(written):
    quote = clean(written.strip())
    if not quote:
        return
    document = harbour("start\n")
    document = type(document)(text=f"{quote}\n\nmore", blocks=document.blocks)
    _, body, _, _ = split(as_markdown(notes(document, marked(document, quote))))
    read = parse(body, in_vault=True)
    quoted = [block for block in read.blocks if any(isinstance(one, Quote) for one in block.containers)]
    said = "".join(read.slice(block) for block in quoted)
    assert "".join(said.split()) == "".join(quote.split())


@pytest.mark.parametrize(
    "prose",
    [
        "100% of 50 %, 5 * 3, a_b, C#, no. #12, AT&T, [12] and a < b > c, 5~10, x = 1, $5 (i.e. 10:30).",
        "他说：“50% 的人”，见〔3〕。",
        "See https://example.org/a_b?c=d#e for {more}.",
    ],
)
def test_prose_comes_out_as_it_is_written(prose):
    document = harbour(f"start\n\n{prose}\n")
    assert f"\n> {prose}\n" in as_markdown(notes(document, marked(document, prose)))


def test_hostile_text_commands_nothing():
    document = harbour()
    made = annotation(marked(document, "nine years").selector, words=clean(HOSTILE), colour=HOSTILE)
    text = as_markdown(notes(document, made))
    assert clean(text) == text
    assert not re.search(r"(?<!\\)<(?=[A-Za-z/!?])(?!!-- reader: end)", text)
    words = "<!-- reader: end -->\n\nmine"
    assert as_markdown(notes(document, annotation(None, words=words))).count(f"\n{END}") == 1


def test_a_template_of_the_settings():
    document = harbour()
    made = marked(document, "nine years", words="w", colour="blue", time=0.0)
    text = as_markdown(
        notes(document, made),
        article_template="{notes}\n\n{unknown} {title}",
        note_template="- {quote} ({colour}, {status}, {created}) {words} {id}",
    )
    assert f"- > nine years (blue, exact, 1970-01-01 00:00) w ^{made.id}\n" in text
    assert "{unknown} The harbour" in text


@pytest.mark.parametrize("fields", [ARTICLE_FIELDS, NOTE_FIELDS])
def test_what_is_wrong_with_a_template_is_said(fields):
    assert template_problem(" ".join(f"{{{field}}}" for field in fields), fields) == ""
    assert "there is no field {qoute}; there are {" in template_problem("{qoute}", fields)
