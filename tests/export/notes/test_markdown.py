"""Notes as Markdown: quotes are text, words are the person's, ids stay."""

from __future__ import annotations

import re

import pytest

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
        assert text.count(END) == 1
        _, body, _, _ = split(text)
        read = parse(body)
        said = " ".join(read.slice(block) for block in read.blocks)
        assert "".join(quote.split()) in "".join(said.split()), quote
        assert not read.links
        assert len(read.sections) == 1


def test_hostile_text_commands_nothing():
    document = harbour()
    made = annotation(marked(document, "nine years").selector, words=clean(HOSTILE), colour=HOSTILE)
    text = as_markdown(notes(document, made))
    assert clean(text) == text
    assert not re.search(r"(?<!\\)<(?!!-- reader: end)", text)
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
