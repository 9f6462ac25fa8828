"""The keys that front matter of the common generators uses."""

from __future__ import annotations

from typing import Final

KNOWN_KEYS: Final = frozenset(
    (
        *("title", "subtitle", "date", "author", "authors", "tags", "tag", "categories", "category", "keywords"),
        *("description", "summary", "excerpt", "draft", "slug", "url", "permalink", "published", "updated", "layout"),
        *("created", "modified", "image", "cover", "toc", "comments", "lang", "language", "weight", "aliases"),
        *("series", "lastmod", "标题", "標題", "タイトル", "제목", "日期", "日付", "날짜", "作者", "著者", "저자"),
        *("标签", "標籤", "タグ", "태그", "分类", "分類", "摘要", "描述"),
    )
)


def is_known(key: str) -> bool:
    """Whether front matter of the common generators uses this key."""
    return key.lower() in KNOWN_KEYS
