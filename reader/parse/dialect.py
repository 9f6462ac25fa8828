"""The dialect of real articles: what people write that means something else by CommonMark's letter.

Owns the switches and the judgments behind them: is this underlined "heading" a paragraph with a rule below, is this
bold or short line a section's title, who is credited here, is this tail a promotion. Judgments are pure functions of
text. Refuses to know tokens, offsets or blocks. Invariant: a judgment that is not clear answers no.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Final

from reader.document import AlertKind, Credit, Shown, record
from reader.language import script
from reader.parse.script import language
from reader.sanitize import clean_line, pattern


@record
class Dialect:
    """Which of the readings beyond CommonMark are used; each can be switched off."""

    tables: bool = True
    """GFM tables."""
    strikethrough: bool = True
    """`~~gone~~`."""
    tasks: bool = True
    """`- [x]` items."""
    alerts: bool = True
    """`> [!NOTE]`."""
    links: bool = True
    """Bare URLs are links."""
    footnotes: bool = True
    """`[^1]` and `^[on the spot]`."""
    definitions: bool = True
    """Definition lists."""
    math: bool = True
    """`$x$` and `$$`."""
    marks: bool = True
    """`==mark==`."""
    boxes: bool = True
    """`:::note` boxes."""
    attributes: bool = True
    """`{#id}`, `{: .class}` and `{:toc}` are not text."""
    templates: bool = True
    """`{% highlight %}` is code, `{{< figure >}}` an image, `{% note %}` a box; any other tag alone is dimmed."""
    emoji: bool = True
    """`:tada:` is 🎉."""
    cjk_emphasis: bool = True
    """`**标题：**内容` is bold."""
    cjk_breaks: bool = True
    """A soft break between two Chinese or Japanese characters is nothing, not a space."""
    html_repair: bool = True
    """A comment or `<script>` that is never closed does not swallow the rest, and `Map<String>` is text."""
    empty_links: bool = True
    """A link without a text shows its target."""
    image_links: bool = True
    """A link to an image file is an image."""
    unwrapped: bool = True
    """A code fence around the whole article is taken off."""
    books: bool = True
    """MyST's directives and roles, pandoc's and Quarto's divs, spans, `x^2^`, tables and lines, MkDocs' `!!! note`."""
    wiki: bool = True
    """`[[A|b]]`, `![[p.png]]`, `%%comments%%`, `^ids` and `key:: value` in notes of a vault; callouts of any kind."""
    mdx: bool = True
    """Components of MDX, whose inside is Markdown; comments in braces and imports are not shown."""
    unspaced_headings: bool = True
    """`##标题` is a heading."""
    false_headings: bool = True
    """A sentence with `---` on the next line is a paragraph and a rule."""
    inferred_sections: bool = True
    """A bold or a short line alone is a heading."""
    credits: bool = True
    """作者：… and By … lines join the metadata."""
    footer: bool = True
    """Promotion after the last rule is dimmed."""
    loose_headers: bool = True
    """`Title: …` lines without fences, `% Title` and `[#]: subject: …` are front matter; for whoever splits it off."""
    article: bool = True
    """Of a web page its article is shown, and not all of its text."""

    @classmethod
    def off(cls) -> Dialect:
        """Plain CommonMark structure: every switch off."""
        return cls(*(False for _ in fields(cls)))


PLAIN: Final = Dialect.off()

# Patterns are strings here: `re` compiles them at their first use and keeps them. Compiled at import, these lists of
# words would cost every start 10 ms, also where there is nothing to judge.

_CLOSING: Final = "”’」』）)》〉】]\"'*_ \u3000"
_ENDS: Final = r"[。！？；]|[.!?;](?=[\s\"”’)]|$)"
_LETTER: Final = r"[^\W\d_]"


def weight(text: str) -> int:
    """The length of a text as the eye measures it: a Chinese, Japanese or Korean character counts for two."""
    return len(text) + sum(char > "\u2e7f" for char in text)


_ABBREVIATED: Final = r"\b(?:vs|Mrs?|Ms|Dr|St|Nos?|Jr|Sr|cf|Fig|Vol|Ch|pp?|ca|[A-Z]|e\.g|i\.e|etc|Inc|Ltd|Co)\.(?=\s)"


def sentences(text: str) -> int:
    """How many sentences end in the text, roughly; the full stop of `vs.` ends none."""
    return len(re.findall(_ENDS, text)) - len(re.findall(_ABBREVIATED, text))


_LINK_ALONE: Final = r"\[[^\[\]]*+\](?:\([^()\n]*+\)|\[[^\[\]]*+\])|<?https?://[^\s<>]++>?"


def is_false_heading(text: str, mark: str) -> bool:
    """Whether what stands over an underline of `mark` ("-" or "=") is a paragraph, and the underline a rule.

    A question or an exclamation may well be a title; a full stop, a comma or a second sentence never is. `===` is
    hardly ever meant as a rule, so only what no title can be counts there.
    """
    if len(text) > 400:
        return True
    bare = text.rstrip(_CLOSING)
    if mark == "=":
        return weight(text) > 240 or sentences(bare) > 2
    if text.startswith(("![", "[![", "<img")) or weight(text) > 110 or credits_of(text):
        return True
    if re.fullmatch(_LINK_ALONE, text.strip()):
        return True
    if bare.endswith(("。", "；", "，", "、", ";", ",", "……", "...", "…")):
        return True
    if bare.endswith(".") and not re.search(r"(?:\d|\b[A-Za-z]{1,3}|\.)\.$", bare):
        return True
    return sentences(bare) > (1 if bare.endswith(("?", "？", "!", "！")) else 0) or ("\n" in text and weight(text) > 80)


_NUMBERED: Final = (
    r"(?i)[（(]?(?:[一二三四五六七八九十]{1,3}[、.．)）]|第[一二三四五六七八九十百\d]{1,4}[章节節部篇回话話]|\d{1,2}[、.．)）]|"
    r"(?:Part|Chapter|Step)\s+(?:\d+|[IVX]+)\b)"
)


def is_numbered(text: str) -> bool:
    """Whether it begins as numbered titles do: 一、, 1. or Chapter 2."""
    return re.match(_NUMBERED, text) is not None


_CAPTION: Final = r"(?i)(?:[图圖表図]\s*[\d一二三四五六七八九十:：]|(?:figure|fig\.|table|photo|image)\s*\d|[▲△↑↓▼◀▶])"
_ENDING: Final = r"(?i)[-—–\s]*(?:THE END|END|完|全文完|未完待续|未完待續|終|끝|EOF)[-—–\s]*$"
_DATE: Final = r"\d{2,4}[-/.年]\s*\d{1,2}|\d{1,2}[:：]\d{2}|\b(?:19|20)\d\d$"
_SMALL_TALK: Final = (
    r"(?i)(?:thanks?|thank you|hi|hello|hey|dear|cheers|谢谢|感谢|大家好|你好|各位|皆さん|こんにちは|안녕)"
)


def is_bold_title(text: str, *, headed: bool) -> bool:
    """Whether a paragraph's only, bold phrase is a section's title: short, and one sentence at most.

    In an article that has headings of its own (`headed`), one that ends in a colon is a label of what follows.
    """
    bare = text.strip().rstrip(_CLOSING)
    if not bare or len(bare) > 100 or weight(bare) > 90 or "\n" in text.strip() or "://" in bare:
        return False
    if not re.search(_LETTER, bare) or re.match(_CAPTION, bare) or re.match(_ENDING, bare):
        return False
    if bare.endswith((",", "，", "、", ";", "；")) or (headed and bare.endswith((":", "："))):
        return False
    number = re.match(_NUMBERED, bare)
    if bare.endswith((".", "。")) and not number and _is_statement(bare):
        return False
    return sentences(bare[number.end() :] if number else bare) <= 1 and not credits_of(text)


_SAID: Final = "[这這那我你您他她它是不]|必[须須]|[应應][该該]|可以|就|都|也|很|です|ます|だ。|다。"


def _is_statement(text: str) -> bool:
    """Whether a phrase that ends in a full stop says something, and is no title.

    Titles in Chinese are seen with a full stop, short and without the words of which statements are made; English ones
    are not, but for abbreviations.
    """
    if text.endswith("."):
        return re.search(r"(?:\b[A-Z]|\b(?:Inc|Ltd|Co|etc|vs|Jr|Sr|No)|\.)\.$", text) is None
    return weight(text) > 44 or re.search(_SAID, text) is not None


def is_short_title(text: str, before: str, after: str, *, headed: bool) -> bool:
    """Whether a short line alone, without markup, is a section's title.

    `before` and `after` are the paragraphs around it; `headed` says that the article has headings of its own, and then
    only a numbered line is one. Dates, addresses, captions, labels, greetings and speech are none.
    """
    text = text.strip()
    if len(text) > 60 or "\n" in text or not 4 <= weight(text) <= 60 or not re.search(_LETTER, text):
        return False
    numbered = re.match(_NUMBERED, text) is not None
    if not numbered and (headed or weight(text) > 44):
        return False
    if text[-1] in "。．.;；,，、…:：？?！!~～|—-" + _CLOSING or text[0] in "“‘「『\"'（([<>-—–…#@*•·→=|{$&%":
        return numbered and text[-1] in "？?！!" + _CLOSING and text[0] in "（("
    if "://" in text or "www." in text or "@" in text or credits_of(text):
        return False
    if any(re.match(pattern, text) for pattern in (_CAPTION, _ENDING, _SMALL_TALK)) or re.search(_DATE, text):
        return False
    inside = text[re.match(_NUMBERED, text).end() :] if numbered else text  # type: ignore[union-attr]
    if sentences(inside) or len(re.findall("[，,]", inside)) > 1 or re.search("[。！？；;]", inside):
        return False
    if language(text) == "en" and not (numbered or _title_case(text)):
        return False
    if weight(after[:200]) < max(80, 3 * weight(text)):
        return False
    return numbered or (
        weight(before[:200]) >= 60 and before.rstrip(_CLOSING).endswith(("。", ".", "！", "？", "!", "?", "…"))
    )


def _title_case(text: str) -> bool:
    words = re.findall(r"[A-Za-z][\w'’-]*", text)
    if not words or len(words) > 9 or not words[0][0].isupper():
        return False
    long = [word for word in words[1:] if len(word) > 3]
    return all(word[0].isupper() for word in long)


_LABELS: Final = (
    "责任编辑|執行編輯|执行编辑|文字编辑|视觉编辑|视频编辑|美术编辑|责编|责任校对|编辑|編輯|編集|原作者|作者|撰文|撰稿|采写|采访|採訪|"
    "取材・文|取材|文字|文案|图片来源|题图来源|头图来源|封面来源|图片|题图|头图|封面图|封面|配图|图源|来源|來源|出处|原文链接|原文|"
    "首发|转载自|转自|编译|編譯|翻译|翻譯|翻訳|译者|譯者|校对|校對|校阅|审校|审核|监制|監製|监修|監修|策划|策劃|出品人|出品|制作|"
    "排版|设计|摄影|攝影|撮影|写真|记者|記者|实习生|实习记者|整理|记录|口述|主笔|主编|总编|编者|運営|構成|執筆|著者|筆者|イラスト|"
    "文・写真|文と写真|提供|글·사진|글쓴이|글|사진|작성자|작성|기자|번역|편집|출처|文|图|编|译|审|校"
)
_CREDIT: Final = (
    rf"(?:^|(?<=[\s\u3000|｜丨，,;；、]))(?:本文)?((?:{_LABELS})(?:\s?[&＆+、・·/／]\s?(?:{_LABELS})){{0,7}})"
    r"\s*[:：/／|｜丨＝=]\s*(?=\S)"
)
_KOREAN: Final = r"^(글·사진|글|사진|취재|번역)\s+(\w{2,4}(?:\s?(?:기자|작가))?)$"
_BY: Final = (
    r"(?i)^((?:(?:Story|Written|Words|Text|Photos?|Photography|Photographs|Illustrations?|Edited|Translated|Posted|"
    r"Reported|Interview)(?: and [A-Za-z]+)? )?by:?)\s+(.+)$"
)
_LABELLED: Final = (
    r"(?i)^((?:Author|Editor|Translator|Writer|Photographer|Photo|Illustrator|Contributor|Reporter|Source|Credit)s?)"
    r"\s*:\s+(.+)$"
)
_NAME: Final = r"^[A-Z@][\w'’.@-]*(?:[ ,&/]+(?:and|de|van|von|der|la|le|bin|al|of|the|[A-Z@][\w'’.@-]*)){0,11}$"


def credits_of(text: str) -> tuple[Credit, ...]:
    """The credits a paragraph consists of, as in 作者：小岩 or "By Jane Doe"; empty if a line is something else."""
    if len(text) > 400:
        return ()
    found: list[Credit] = []
    for line in text.split("\n"):
        line = line.strip(" \t*_（）()【】[]\u3000")
        credits = _credits_of_line(line) if line else []
        if line and not credits:
            return ()
        found += credits
    return tuple(found)


def _credit(label: str, names: str) -> Credit:
    return Credit(clean_line(label), clean_line(names))


_CREDIT_MARKS: Final = frozenset(":：/／|｜丨＝=")


def _credits_of_line(line: str) -> list[Credit]:
    if len(line) > 160:
        return []
    if line.isascii():
        if by := re.match(_BY, line):
            names = by[2].rstrip(" .|")
            return [_credit(by[1].rstrip(":"), names)] if re.match(_NAME, names) and len(names) <= 60 else []
        labelled = re.match(_LABELLED, line)
        return [_credit(labelled[1], labelled[2])] if labelled and not sentences(labelled[2]) else []
    if korean := re.match(_KOREAN, line):
        return [_credit(korean[1], korean[2])]
    if _CREDIT_MARKS.isdisjoint(line[:24]):
        return []
    starts = list(re.finditer(_CREDIT, line))
    if not starts or starts[0].start():
        return []
    ends = [*(found.start() for found in starts[1:]), len(line)]
    credits = []
    for found, end in zip(starts, ends, strict=True):
        names = line[found.end() : end].strip(" \u3000|｜丨，,;；、")
        if not names or weight(names) > 64 or re.search("[。！？；，]", names):
            return []
        credits.append(_credit(found[1], names))
    return credits


_PROMOTION: Final = (
    r"(?i)(?:感谢|谢谢|感謝|多谢).{0,8}(?:阅读|观看|收听|收看|支持|关注|閱讀)|公众号|公眾號|订阅|訂閱|扫码|掃碼|二维码|"
    r"关注(?:我|微信|下方|一下|「|“|@)|点赞|點讚|点个?在看|转发|一键三连|收藏本|加群|交流群|入群|加微信|商务合作|投稿|"
    r"版权(?:所有|声明|归)|转载请|未经授权|更多.{0,12}(?:文章|资讯|内容|报道|精彩)|"
    r"thanks? (?:you )?(?:so much )?for reading|subscribe|newsletter|sign up|follow (?:me|us|along)|share this|"
    r"join (?:us|our|my|the)|like this (?:post|article)|buy me a coffee|support (?:me|us|my)|patreon|"
    r"all rights reserved|(?:最後|最后)まで.{0,8}(?:お読み|読んで|ご覧)|フォロー|チャンネル登録|メルマガ|シェア|"
    r"구독|좋아요|읽어\s?주셔서|팔로우"
)


def is_promotion(text: str) -> bool:
    """Whether a short text at an article's end thanks, advertises or asks to follow."""
    return len(text) <= 400 and re.search(_PROMOTION, text) is not None


_ALERTS: Final[dict[str, AlertKind]] = {
    **dict.fromkeys(("tip", "hint", "success", "check", "example"), "tip"),
    "important": "important",
    **dict.fromkeys(("warning", "warn", "attention"), "warning"),
    **dict.fromkeys(("caution", "danger", "alert", "error", "bug", "failure"), "caution"),
    **dict.fromkeys(("note", "info"), "note"),
}


_PLAIN_BOXES: Final = frozenset(
    """
    alert admonition aside block box callout container default message notice primary secondary light dark muted quote
    code-group
    """.split()  # noqa: SIM905
)
"""Names of boxes, and of their colours, that say nothing of what is in them."""
_TITLE_MARKS: Final = pattern(
    r"\*\*|`|(?<![\w*])\*(?=[^\s*])([^*\n]++)\*(?![\w*])|\[\[(?:[^\[\]\n|]*+\|)?([^\[\]\n|]++)\]\]"
    r"|\[([^\[\]\n]++)\]\([^()\s]*+\)"
)


def without_marks(title: str) -> str:
    """A box's title without the marks of bold, emphasis, code and links: titles have no spans."""
    return _TITLE_MARKS.sub(lambda mark: mark[1] or mark[2] or mark[3] or "", title)


def alert_kind(name: str, title: str = "") -> tuple[AlertKind, str]:
    """What a box of this name is, and its title; a kind of the author's own is its title where there is none. Qiita
    writes `:::note warn`, Zenn `:::message alert`: there the first word of the title is the kind."""
    title = without_marks(title)
    word, _, rest = title.partition(" ")
    if name.lower() in ("note", "message") and word in _ALERTS:
        return _ALERTS[word], rest.strip()
    known = _ALERTS.get(name.lower())
    if not title and known is None and name.lower() not in _PLAIN_BOXES:
        title = name.replace("-", " ").replace("_", " ").capitalize()
    return known or "note", title


def opening_title(start: str) -> Shown:
    """What the text before the first heading is called, in the language of the article's start."""
    spoken = language(start)
    if spoken == "zh" and script(start) == "zh-Hant":
        return clean_line("開篇")
    return clean_line({"zh": "开篇", "ja": "冒頭", "ko": "머리말", "en": "Opening"}[spoken])
