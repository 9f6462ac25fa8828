"""Which part of a web page is the article.

Owns the choice: what is measured of each element, which elements are never part of an article, the smallest element
that holds most of the prose, and what is trimmed from it. A block of text counts as prose when it is long enough for a
sentence and little of it is links: the idea of boilerplate removal by text density (Kohlschütter, Fankhauser and
Nejdl, WSDM 2010). Refuses to know what an article looks like when it is written: `write` does.

Invariant: the page's tree is not changed; what is left out is named in `Choice.cut`, by the identity of its elements
and texts.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from reader.document import record
from reader.parse.dialect import is_promotion
from reader.parse.web.tree import BLOCKS, RAW, Node
from reader.sanitize import pattern

MIN_PROSE: Final = 50
"""Weight of a block that may be a sentence; see `weight`."""
_MAX_LINKS: Final = 0.4
"""Share of a block's weight that may be links in prose."""
_CORE: Final = 0.6
"""The core of the article holds at least this share of the prose around it."""

SKIPPED: Final = RAW | frozenset((
    "applet", "audio", "base", "button", "canvas", "datalist", "dialog", "embed", "fieldset", "frame", "frameset",
    "head", "input", "link", "map", "menu", "meta", "nav", "noscript", "object", "option", "rp", "search", "select",
    "svg", "template"
))  # fmt: skip
"""Elements that are never text of an article."""
AROUND: Final = frozenset(("dialog", "fieldset", "menu", "nav", "search"))
"""Those of them that are text of a page."""
_LOOSE: Final = ""
"""The tag of what stands for loose text beside blocks."""
_FIGURES: Final = frozenset(("figure", "figcaption", "img", "pre", "code", "td", "th", "caption", "math"))
_CAPTIONED: Final = frozenset(
    ("img", "picture", "iframe", "video", "audio", "svg", "table", "pre", "blockquote", "math")
)
_ROLES: Final = frozenset((
    "alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation", "search",
    "tablist", "toolbar", "tooltip"
))  # fmt: skip
_NEVER: Final = pattern(
    r"(?:^|[\s_-])(?:comments?|commentlist|disqus|respond|replies|sidebar|side-bar|related\w*|recirc\w*|recommend\w*|"
    r"share|sharing|shares|sharedaddy|social\w*|newsletters?|subscri\w*|sign-?up|cookies?|consent|gdpr|pop-?up|modal|overlay|"
    r"breadcrumbs?|outbrain|taboola|sponsor\w*|promo\w*|adverts?|advertis\w*|ads?|adslot|footer|foot|nav|navbar|"
    r"navigation|menu|pagination|pager|paging|trending|popular|most-?read|more-stories|read-?more|you-?may\w*|also-?like|"
    r"up-?next|next-?up|next-?prev\w*|prev\w{0,40}-?next|post-?navigation|nav-?links|widgets?|login|masthead|skip\w*|sr-only|off-?screen|screen-reader\w*|visually-?hidden|paywall|upsell|donat\w*|feedback|"
    r"rating|survey|poll|copyright|toc|table-of-contents|noprint|no-print)(?:$|[\s_-])"
)
_SELDOM: Final = pattern(
    r"(?:^|[\s_-])(?:tags?|tag-?list|taglist|categor\w*|author-?(?:bio|box|info|card)?|authors|bio|about-?author|by-?line|"
    r"date-?line|published|pub-?date|timestamp|time|print|tools|toolbar|header|banner|meta|entry-meta|post-meta|"
    r"article-meta|info|follow\w*|hidden|credits?|more|cta|callout-promo|correction|disclaimer|legal|buttons?|icons?)"
    r"(?:$|[\s_-])"
)
_CAPTION: Final = pattern(r"(?:^|[\s_-])caption(?:$|[\s_-])")
_CAMEL: Final = pattern(r"(?<=[a-z])(?=[A-Z])")
_LABEL: Final = pattern(
    r"(?i)\W*(?:related|recommended|see also|see more|read more|read also|read next|also read|don.?t miss|"
    r"more (?:from|on|stories|news|about)|you (?:may|might) (?:also )?like|trending|(?:most )?popular|most read|"
    r"up next|top (?:stories|news)|tags?|topics?|filed under|categories|share|comments?|leave a (?:comment|reply)|"
    r"advertisement|latest (?:news|posts|articles|stories)|"
    r"相关(?:阅读|文章|新闻|推荐|报道)|延伸阅读|推荐阅读|更多|标签|上一篇|下一篇|分享到?|评论|"
    r"相關(?:閱讀|文章|新聞|報導)|延伸閱讀|推薦閱讀|標籤|分享|留言|"
    r"関連(?:記事|リンク|ニュース)|あわせて読みたい|おすすめ(?:記事)?|タグ|シェア|コメント|"
    r"관련\s?(?:기사|글|뉴스)|추천|태그|공유|댓글|"
    r"lesen sie auch|mehr zum thema|schlagwörter|kommentare|lire aussi|à lire|commentaires|sur le même|"
    r"leia (?:também|mais)|veja também|comentários|artigos relacionados|lee también|lea también|te puede interesar|"
    r"etiquetas|comentarios|artículos relacionados|leggi anche|potrebbe|commenti|articoli correlati|"
    r"читайте также|по теме|отзывы|комментарии|похожие|самые популярные|теги|поделиться)\b"
)
"""What stands over, or before, what leads away from an article."""
_ADVERT: Final = pattern(
    r"(?i)\W*(?:advertisements?|advertising|advert|sponsored(?: content)?|story continues below(?: advertisement)?|"
    r"click to tweet|tweet this|(?:show |hide )?captions?|close|previous|next|play|pause|enlarge(?: image)?|"
    r"anzeige|werbung|publicité|publicidade|publicidad|pubblicità|реклама|"
    r"广告|廣告|広告|スポンサー(?:ド)?リンク|광고)\W*"
)
"""A block that says no more than that an advertisement, or a button, stands here."""
_MODERATED: Final = pattern(
    r"(?i)(?:\bcomm?ent(?:s|aires?|ários?|arios?|i)?\b|\bkommentare?\b|评论|評論|留言|コメント|댓글).{1,200}?"
    r"(?:\bmodera\w*|\boff-topic\b|审核|審核|承認|관리자)"
)
"""What is said of the comments that readers may write."""
_CONTACTS: Final = pattern(
    r"(?i)[\s,;|·•/:–—-]*+(?:(?:e-?mail|twitter|facebook|instagram|linkedin|weibo|follow(?: \w++)?(?: on)?)?[\s:]*+"
    r"(?:[\w.+-]++@[\w.-]++|@\w++|(?:https?://)?(?:www\.)?(?:twitter|x|facebook|instagram|linkedin|weibo)\.com/[\w./?=-]*+)"
    r"[\s,;|·•/–—-]*+)++"
)
"""A line of addresses and names at other sites, as of an author."""
_ADDRESS: Final = pattern(r"\s*+(?:https?://|www\.)\S++\s*+")
_POSTS: Final = frozenset((
    "twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "mastodon-embed", "bluesky-embed",
    "reddit-embed-bq", "text-post-media"
))  # fmt: skip
"""Classes of quotes that are posts of other sites, as those sites' scripts want them."""
_EMBED_ELEMENTS: Final = 40
"""Elements of one box that are looked at."""
_END: Final = 0.85
"""Share of the prose after which such a label ends the article."""
_SLIDE: Final = pattern(
    r"(?i)\W*+(?:(?:image|photo|slide|picture|图|圖|画像|写真)\s*+)?\d++\s*+(?:of|/|／|von|de)\s*+\d++\W*+"
)
_DATELINE: Final = pattern(
    r"(?i)(?:^\W*(?:by|von|par|por|di|作者|文|来源|來源|記者|记者|published|posted|updated|last updated|publicado)\b|"
    r"\b\d{1,2}:\d\d\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}|\b(?:19|20)\d\d$|"
    r"\d\s*(?:min(?:ute|uto|uti)?s?\b|分(?:钟|鐘)?))"
)
"""A line of authors, dates or reading time."""


def weight(text: str) -> int:
    """How much is written in a text: characters without blanks; a Chinese, Japanese or Korean one counts for two."""
    return sum(map(len, text.split())) + (0 if text.isascii() else sum(char > "\u2e7f" for char in text))


def words(text: str) -> list[str]:
    """The words of a text in lower case, for comparing headlines."""
    return re.findall(r"\w+", text.casefold())


def same_title(one: list[str], other: list[str]) -> bool:
    """Whether two headlines are the same but for the name of the site that stands before or after one of them."""
    short, long = sorted((one, other), key=len)
    if not short or (len(short) < 3 and short != long and len("".join(short)) < 8):
        return False
    return long[: len(short)] == short or long[-len(short) :] == short


class Measure:
    """What is written in an element."""

    __slots__ = ("linked", "prose", "runs", "weight")

    def __init__(self) -> None:
        self.weight = 0
        self.linked = 0
        """Weight within links."""
        self.prose = 0
        """Weight of the blocks that read as prose."""
        self.runs = 0
        """Number of those blocks."""

    def add(self, other: Measure) -> None:
        self.weight += other.weight
        self.linked += other.linked
        self.prose += other.prose
        self.runs += other.runs

    @property
    def links(self) -> float:
        """Share of the weight that is links."""
        return self.linked / self.weight if self.weight else 0.0


@record
class Choice:
    """What `choose` found."""

    root: Node
    """The article is in this element."""
    cut: frozenset[int]
    """The `id` of each element and each text that does not belong to it."""
    prose: int
    """Weight of its prose."""
    everything: bool = False
    """What stands around an article is shown too."""


def choose(page: Node, title: str) -> Choice:
    """The article of a page whose headline is `title`."""
    chooser = _Chooser(page, title)
    root = chooser.choose()
    return Choice(root, frozenset(chooser.cut), chooser.of(root).prose)


def whole(page: Node, *, everything: bool = False) -> Choice:
    """All of a page that is text; its menus too where it is to be `everything`."""
    return Choice(page, frozenset(), 0, everything)


class _Chooser:
    def __init__(self, page: Node, title: str) -> None:
        self.page = page
        self.title = words(title)
        self.cut: set[int] = set()
        self.measures: dict[int, Measure] = {}

    def choose(self) -> Node:
        self._measure()
        self._prune()
        self._measure()
        root = self._expanded(self._core(self._start()))
        self._measure()
        self._trim(root)
        self._measure()
        return root

    def of(self, node: Node) -> Measure:
        return self.measures.get(id(node)) or Measure()

    def shown(self, node: Node | str) -> bool:
        return isinstance(node, Node) and id(node) not in self.cut and node.tag not in SKIPPED

    # Measuring

    def _measure(self) -> None:
        self.measures.clear()
        self._measure_block(self.page, False)

    def _measure_block(self, node: Node, linked: bool) -> Measure:
        total = self.measures[id(node)] = Measure()
        run = Measure()
        self._measure_inline(node, linked or node.tag == "a", total, run)
        _end_run(run, total)
        if is_caption(node):
            total.prose = total.runs = 0
        return total

    def _measure_inline(self, node: Node, linked: bool, total: Measure, run: Measure) -> None:
        for child in node.children:
            if isinstance(child, str):
                more = weight(child) if id(child) not in self.cut else 0
                run.weight += more
                run.linked += more if linked or (more >= MIN_PROSE and _ADDRESS.fullmatch(child)) else 0
            elif id(child) in self.cut or child.tag in SKIPPED:
                continue
            elif child.tag in BLOCKS:
                _end_run(run, total)
                total.add(self._measure_block(child, linked))
            else:
                before = (total.weight + run.weight, total.linked + run.linked, total.prose, total.runs)
                self._measure_inline(child, linked or child.tag == "a", total, run)
                inner = self.measures[id(child)] = Measure()
                inner.weight = total.weight + run.weight - before[0]
                inner.linked = total.linked + run.linked - before[1]
                inner.prose, inner.runs = total.prose - before[2], total.runs - before[3]

    # Pruning

    def _prune(self) -> None:
        whole = self.of(self.page).prose or 1
        for node in self.page.elements():
            measure = self.measures.get(id(node))
            if measure is None or node.tag in ("html", "body", "main"):
                continue
            share = measure.prose / whole
            if self._is_never(node, share) or self._is_seldom(node, share):
                self.cut.add(id(node))

    def _is_never(self, node: Node, share: float) -> bool:
        if share > 0.8:
            return False
        if node.tag in ("footer", "aside") and share < 0.4:
            return node.tag == "aside" or node.parent is None or node.parent.tag != "blockquote"
        style = node.get("style").replace(" ", "").lower()
        if "display:none" in style or "visibility:hidden" in style or "hidden" in node.attrs:
            return True
        if share > 0.4 and node.tag in ("article", "section"):
            return False
        if node.get("role").lower() in _ROLES:
            return True
        if node.tag == "blockquote" or any(one.tag == "blockquote" for one in node.children if isinstance(one, Node)):
            return False
        if any(not _POSTS.isdisjoint(one.get("class").split()) for one in islice(node.elements(), _EMBED_ELEMENTS)):
            return False
        name = _names(node)
        found = _NEVER.search(name) if name else None
        return found is not None and (share < 0.4 or found[0].strip(" -_").startswith(("comment", "disqus")))

    def _is_seldom(self, node: Node, share: float) -> bool:
        if share > 0.1 or node.tag in (
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "a",
            "em",
            "strong",
            "code",
            "pre",
            "figure",
            "table",
            "img",
            "time",
        ):
            return False
        return node.tag in BLOCKS and _SELDOM.search(_names(node)) is not None

    # The core

    def _start(self) -> Node:
        """The page, or of several articles on it the one with the headline."""
        headline = self._headline()
        node = headline.parent if headline else None
        while node is not None and node.tag != "article":
            node = node.parent
        if node is not None and self.of(node).prose >= 2 * MIN_PROSE:
            return node
        return self.page

    def _headline(self) -> Node | None:
        if not self.title:
            return None
        found = [node for node in self.page.elements() if node.tag in ("h1", "h2") and id(node) in self.measures]
        for node in found:
            if same_title(words(node.text()), self.title):
                return node
        return None

    def _core(self, node: Node) -> Node:
        while True:
            inner = [child for child in node.children if isinstance(child, Node) and id(child) in self.measures]
            best = max(inner, key=lambda child: self.of(child).prose, default=None)
            if best is None or id(best) in self.cut or best.tag in ("p", "ul", "ol", "table", "blockquote", "pre"):
                return node
            measure = self.of(best)
            if measure.prose < _CORE * self.of(node).prose or measure.runs < 2:
                return node
            node = best

    def _expanded(self, node: Node) -> Node:
        """The element around the core and what belongs to it: what stands between the headline and the core, and what
        goes on after it in elements like it. Its other neighbours are cut."""
        headline = self._headline()
        while node.parent is not None and node.tag not in ("article", "main", "body"):
            parent = node.parent
            if self.of(node).prose < _CORE * self.of(parent).prose or node.get("itemprop") == "articleBody":
                break
            inner = [child for child in parent.children if isinstance(child, Node) and id(child) in self.measures]
            at = inner.index(node)
            wanted = [self._leads(child, headline) for child in inner[:at]] + [True]
            wanted += [self._goes_on(child, node) for child in inner[at + 1 :]]
            if sum(wanted) == 1:
                break
            self.cut.update(id(child) for child, kept in zip(inner, wanted, strict=True) if not kept)
            node = parent
        return node

    def _leads(self, node: Node, headline: Node | None) -> bool:
        measure = self.of(node)
        return measure.prose > 0.6 * measure.weight and not (headline is not None and _within(headline, node))

    def _goes_on(self, node: Node, core: Node) -> bool:
        measure = self.of(node)
        alike = node.tag == core.tag and node.get("class") == core.get("class")
        return (alike or node.tag == "p") and measure.prose > 0.6 * measure.weight

    # Trimming

    def _trim(self, root: Node) -> None:
        for node in root.elements():
            measure = self.measures.get(id(node))
            if measure is None or self._within_cut(node, root):
                continue
            if node.tag not in BLOCKS:
                if node.tag == "span" and _is_popup(node, measure):
                    self.cut.add(id(node))
                continue
            if self._is_extra(node, measure):
                self.cut.add(id(node))
        self._trim_ends(root)

    def _within_cut(self, node: Node, root: Node) -> bool:
        at: Node | None = node
        while at is not None and at is not root:
            if id(at) in self.cut:
                return True
            at = at.parent
        return False

    def _is_extra(self, node: Node, measure: Measure) -> bool:
        """Whether a block within the article leads away from it."""
        text = node.text() if measure.weight < 300 else ""
        if measure.weight < 40 and (_SLIDE.fullmatch(text) or (node.tag in ("div", "p") and _ADVERT.fullmatch(text))):
            return True
        if is_caption(node):
            return not _has_figure(node)
        if node.tag in ("tr", "td", "th", "tbody", "thead", "tfoot", "pre", "figure", "caption"):
            return False
        if text and measure.linked and _LABEL.match(text.strip()) and measure.links > 0.4:
            return True
        if node.tag in ("ul", "ol", "div", "section", "dl"):
            return measure.links > 0.6 and measure.prose < 0.3 * measure.weight
        return False

    def _trim_ends(self, root: Node) -> None:
        leaves: list[Node] = []
        self._leaves(root, leaves)
        first = next((at for at, node in enumerate(leaves) if self.of(node).prose), len(leaves))
        for node in leaves[:first]:
            text = " ".join(node.text().split())
            if node.tag in _FIGURES:
                continue
            measure = self.of(node)
            linked = measure.links > 0.5 and measure.weight - measure.linked < MIN_PROSE
            if linked or same_title(words(text), self.title) or _is_dateline(text) or _ADDRESS.fullmatch(text):
                self._cut_leaf(node)
        self._cut_links_after_labels(leaves)
        self._end_at_label(leaves)
        while leaves:
            node = leaves.pop()
            measure = self.of(node)
            text = node.text().strip()
            if id(node) not in self.cut and measure.weight:
                if node.tag in _FIGURES or not self._is_after(node, measure, text):
                    break
                self._cut_leaf(node)

    def _is_after(self, node: Node, measure: Measure, text: str) -> bool:
        """Whether the last block of the article does not belong to it."""
        if measure.links > 0.4 or node.tag[:1] == "h" or is_promotion(text):
            return True
        if measure.weight < 40 and _LABEL.match(text):
            return True
        return measure.weight < 300 and bool(_MODERATED.search(text) or _CONTACTS.fullmatch(text))

    def _cut_leaf(self, node: Node) -> None:
        """Cut a block, or what loose text consists of; a text of one character is shared, and stays."""
        if node.tag != _LOOSE:
            self.cut.add(id(node))
        else:
            self.cut.update(id(child) for child in node.children if isinstance(child, Node) or len(child) > 1)

    def _cut_links_after_labels(self, leaves: list[Node]) -> None:
        """Cut a line such as "Read also" within the article and the blocks after it that are links."""
        label: Node | None = None
        for node in leaves:
            measure = self.of(node)
            if not measure.weight or id(node) in self.cut:
                continue
            text = node.text().strip() if measure.weight < 60 else ""
            if text and (found := _LABEL.match(text)) and weight(text[found.end() :]) < 12:
                label = node
            elif label is not None and measure.links > 0.5 and not measure.prose:
                self._cut_leaf(label)
                self._cut_leaf(node)
            else:
                label = None

    def _end_at_label(self, leaves: list[Node]) -> None:
        """Cut what follows a line such as "Related articles" near the end."""
        whole = sum(self.of(node).prose for node in leaves)
        read = 0
        for at, node in enumerate(leaves):
            measure = self.of(node)
            read += measure.prose
            if read >= _END * whole and 0 < measure.weight < 60 and (found := _LABEL.match(node.text().strip())):
                rest = node.text().strip()[found.end() :]
                if node.tag[:1] == "h" or weight(rest) < 12:
                    for after in leaves[at:]:
                        self._cut_leaf(after)
                    return

    def _leaves(self, node: Node, found: list[Node]) -> None:
        """Blocks without blocks in them, in order, and the loose text beside blocks, each as an element `_LOOSE`."""
        inner = [child for child in node.children if not isinstance(child, Node) or self._is_shown(child)]
        blocks = {id(child) for child in inner if isinstance(child, Node) and self._holds_block(child)}
        if not blocks:
            found.append(node)
            return
        loose = Node(_LOOSE, {}, node)
        for child in (*inner, None):
            if child is not None and id(child) not in blocks:
                loose.children.append(child)
                continue
            if loose.children:
                measure = self._measure_block(loose, node.tag == "a")
                if measure.weight:
                    found.append(loose)
                loose = Node(_LOOSE, {}, node)
            if isinstance(child, Node):
                self._leaves(child, found)

    def _is_shown(self, node: Node) -> bool:
        return id(node) in self.measures and id(node) not in self.cut

    def _holds_block(self, node: Node) -> bool:
        return node.tag in BLOCKS or any(inner.tag in BLOCKS for inner in node.elements())


def is_caption(node: Node) -> bool:
    """Whether an element is the caption of a figure."""
    return node.tag == "figcaption" or (node.tag in ("div", "p", "span") and _CAPTION.search(_names(node)) is not None)


def _is_popup(node: Node, measure: Measure) -> bool:
    """Whether an element within a sentence, after a link, holds nothing but three links or more: what is shown over a
    name when it is pointed at."""
    if node.parent is None or measure.weight < MIN_PROSE or measure.linked < measure.weight:
        return False
    before: Node | str = ""
    for child in node.parent.children:
        if child is node:
            break
        before = child
    if not isinstance(before, Node) or before.tag != "a":
        return False
    return sum(inner.tag == "a" for inner in islice(node.elements(), _EMBED_ELEMENTS)) > 2


def _has_figure(caption: Node) -> bool:
    """Whether there is something of which it is the caption, in one of the three elements around it."""
    node: Node | None = caption
    for _ in range(3):
        node = node.parent if node is not None else None
        if node is None or node.tag in ("body", "main", "article", "html"):
            return False
        if any(inner.tag in _CAPTIONED for inner in islice(node.elements(), 100)):
            return True
        if node.tag == "figure":
            return False
    return False


def _within(node: Node, outer: Node) -> bool:
    at: Node | None = node
    while at is not None and at is not outer:
        at = at.parent
    return at is outer


def _end_run(run: Measure, total: Measure) -> None:
    total.weight += run.weight
    total.linked += run.linked
    if run.weight >= MIN_PROSE and run.linked < _MAX_LINKS * run.weight:
        total.prose += run.weight
        total.runs += 1
    run.weight = run.linked = 0


def _names(node: Node) -> str:
    """Class and id of an element, in lower case, `camelCase` as `camel-case`."""
    name = f"{node.attrs.get('class', '')} {node.attrs.get('id', '')}"
    return _CAMEL.sub("-", name).lower() if name != " " else ""


def _is_dateline(text: str) -> bool:
    return weight(text) < 100 and text[-1:] not in ".。!?！？" and _DATELINE.search(text) is not None
