"""The switches of the dialect, with a line for each: what `--print-config` prints and the settings file may set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DIALECT: Final[Mapping[str, str]] = {
    "tables": "tables with |",
    "strikethrough": "~~gone~~",
    "tasks": "- [x] is a box",
    "alerts": "> [!NOTE] is an alert",
    "links": "an address in the text is a link",
    "footnotes": "[^1]",
    "definitions": "definition lists",
    "math": "$x$ and $$x$$",
    "marks": "==mark==",
    "boxes": ":::note boxes",
    "attributes": "{#id} and {: .class} are not text",
    "templates": "{% highlight %} is code, {% note %} a box; other tags alone are dimmed",
    "emoji": ":tada: is its sign",
    "cjk_emphasis": "**标题：**内容 is bold",
    "cjk_breaks": "a line break between two Chinese or Japanese characters is no space",
    "html_repair": "a comment that is never closed hides nothing, and Map<String> is text",
    "empty_links": "a link without text shows its target",
    "image_links": "a link to an image file is an image",
    "unwrapped": "a code fence around the whole article is taken off",
    "books": "```{note}, ::: {.callout-tip}, !!! note, H~2~O and grid tables",
    "wiki": "[[A|b]], ![[p.png]], %%comments%% and > [!info] of vaults",
    "mdx": "<Tabs> and other components hold Markdown; imports and {/* */} are hidden",
    "unspaced_headings": "##标题 is a heading",
    "false_headings": "a sentence with --- below is a paragraph and a rule",
    "inferred_sections": "a bold or short line alone is a heading",
    "credits": "作者：… and By … lines are about the article",
    "footer": "promotion after the last rule is dimmed",
    "loose_headers": "Title: … lines without fences, % Title and [#]: subject: … are front matter",
    "article": "of a web page the article alone is shown",
}
"""The switches of `reader.parse.Dialect`, all on by default, and what each is; importing it would bring the parser."""
