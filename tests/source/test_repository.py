"""The text behind the pages of code hosts."""

from __future__ import annotations

import pytest

from reader.source import markdown_addresses

RAW = "https://raw.githubusercontent.com"


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("https://github.com/ann/kettle", f"{RAW}/ann/kettle/HEAD/README.md"),
        ("https://www.github.com/ann/kettle.git/", f"{RAW}/ann/kettle/HEAD/README.md"),
        ("https://github.com/ann/kettle/blob/main/docs/a%20b.md?plain=1#L3", f"{RAW}/ann/kettle/main/docs/a%20b.md"),
        ("https://github.com/ann/kettle/tree/main/docs", f"{RAW}/ann/kettle/main/docs/README.md"),
        ("https://gitlab.com/g/sub/kettle", "https://gitlab.com/g/sub/kettle/-/raw/HEAD/README.md"),
        ("https://gitlab.com/g/kettle/-/blob/main/a.md", "https://gitlab.com/g/kettle/-/raw/main/a.md"),
        ("https://codeberg.org/ann/kettle", "https://codeberg.org/ann/kettle/raw/HEAD/README.md"),
        (
            "https://codeberg.org/ann/kettle/src/branch/main/a.md",
            "https://codeberg.org/ann/kettle/raw/branch/main/a.md",
        ),
        ("https://gitee.com/ann/kettle/blob/master/a.md", "https://gitee.com/ann/kettle/raw/master/a.md"),
        ("https://bitbucket.org/ann/kettle/src/main/a.md", "https://bitbucket.org/ann/kettle/raw/main/a.md"),
    ],
)
def test_the_likeliest_text(address, first):
    assert markdown_addresses(address)[0] == first


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/ann",
        "https://github.com/topics/python",
        "https://github.com/ann/kettle/issues/5",
        "https://github.com/ann/kettle/blob/main/kettle.py",
        "https://gitlab.com/g/kettle/-/issues",
        "https://example.org/ann/kettle",
        "https://github.com.example.org/ann/kettle",
        "file:///ann/kettle",
        "http://[",
        "",
    ],
)
def test_what_has_none(address):
    assert markdown_addresses(address) == ()
