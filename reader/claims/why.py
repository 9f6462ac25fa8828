"""Why a sentence was chosen: what raised its score and is of use to know, in words.

Owns the words. Refuses to invent: a reason is a family of features that raised the score, or a favour of its context,
and it is named only if it can be shown in the sentence or in the article.

Invariant: what follows a colon or stands in round brackets stands in the sentence.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Final

from reader.claims import cues, relations
from reader.claims.context import Context
from reader.claims.features import SHAPES, flags
from reader.claims.kinds import EFFECT, Kind
from reader.claims.model import Article, names, pair_place, tokens, weights, word_place
from reader.claims.quantities import figure
from reader.locale import N_, _, ngettext
from reader.sanitize import pattern

REASONS: Final = 3
"""So many at most."""
_ENOUGH: Final = 2
"""Where so many reasons are told, the weaker ones are not looked for."""
_TITLE: Final = 0.5
"""A sentence says what the title says that repeats so much of it."""
_TITLE_WORDS: Final = 3
"""Or, if these are fewer words, it names what the title names, as one does that repeats so much of it:"""
_NAMES: Final = 0.3
_RECURRING: Final = 3
"""In fewer other sentences a sentence's words do not come back."""
_SHOWN: Final = 28
"""Characters of a source or a figure that are shown."""
_SOURCE: Final = pattern(
    r"据(?![点此])(?:悉|称|了解|报道|介绍|统计|[^,，。；;:：“”]{1,20}(?=[,，:：]))"
    r"|[^,，。；;:：!?“”「」\s]{2,14}(?=(?:近日|今[日天]|昨[日天])?(?:在.{2,14})?(?:表示|指出|透露|宣布|认为|坦言|强调|披露|称[,:“]))"
    r"|(?:[Aa]ccording to|[Cc]iting) (?:the |a |an )?[^,.;:]{3,40}"
    r"|(?<![\w.&'-])[A-Z][\w.&'-]*+(?: (?:(?:of|the|and|for) )?[A-Z][\w.&'-]*+){0,4}"
    r"(?=\s?(?:said|says|told|announced|warned|argues|argued|noted|added)\b)"
)
_FIGURE_SHAPES: Final = ("percent", "currency", "unit", "number", "numbers")
_KIND_CUES: Final[dict[Kind, tuple[str, tuple[str, ...]]]] = {
    "study": (N_("a study ({words})"), ("study", "finding")),
    "forecast": (N_("looks ahead ({words})"), ("future",)),
    "comparison": (N_("compares ({words})"), ("compare", "superlative")),
    "cause": (N_("cause and effect ({words})"), ("cause", "conclude")),
}
"""How the kinds that are not told otherwise are told, and which groups of cues they raise the score by."""
_EMPTY_WORDS: Final = frozenset(
    re.findall(
        "[a-z]+",
        "the a an of to in and or is are was were be been it its this that with for on as at by from we you they i he "
        "she has have had will can not but if so do does did which who what there their our your",
    )
)


def why(article: Article, number: int, where: Context, text: str, kinds: Sequence[Kind]) -> str:
    """The reasons of sentence `number`, whose text is `text`, the most useful first, joined with " · "."""
    told: list[str] = []
    for reason in _reasons(article, number, where, text, kinds):
        if reason not in told:
            told.append(reason)
        if len(told) == REASONS:
            break
    if len(told) < _ENOUGH:
        told += islice(_further(article, number, text), _ENOUGH - len(told))
    return (
        " · ".join(told) or _by_words(article, number, text) or _("the strongest sentence of its part of the article")
    )


def _reasons(article: Article, number: int, where: Context, text: str, kinds: Sequence[Kind]) -> Iterator[str]:
    """What can be said, in the order of use."""
    raised = _raised(article, number)
    folded = article.sentences[number].reading.text
    if where.bold > 0.6 and article.context[number] > 0:
        yield _("the author's bold")
    if where.summary and article.context[number] > 0:
        yield _("from the summary")
    share, common = _of_title(article, number)
    if share >= _TITLE and common >= _TITLE_WORDS:
        yield _("says what the title says")
    elif share >= _NAMES:
        yield _("names what the title names")
    if where.named >= _TITLE:
        yield _("says what its heading says")
    elif where.answers:
        yield _("answers its heading")
    if "quote" in kinds:
        match = _SOURCE.search(folded)
        if match:
            yield _("reported: {source}").format(source=_short(text[match.start() : match.end()]))
    if "figure" in kinds and raised(_FIGURE_SHAPES) > 0:
        shown = _figure(folded, text)
        if shown:
            of_title = article.columns[_at("figure_of_title")][number]
            told = _("the figure of the title: {figure}") if of_title else _("the figure: {figure}")
            yield told.format(figure=_short(shown))
    if "conclusion" in kinds:
        yield _("the article's conclusion") if where.closes else _("the conclusion of this part")
    for kind in kinds:
        if kind in _KIND_CUES:
            words, groups = _KIND_CUES[kind]
            shown = _named(kind, text) or _shown(article, number, text, groups)
            if shown and raised(groups) > 0:
                yield _(words).format(words=shown)
    if article.leads[number] > 0.3 and article.gates.report > article.gates.argument:
        yield _("opens the report")
    if where.closes:
        yield _("in the closing paragraph")


def _further(article: Article, number: int, text: str) -> Iterator[str]:
    """What is said where little else speaks."""
    raised = _raised(article, number)
    if raised(("central", "central_rank", "repeated")) > 0:
        count = _recurs(article, number)
        if count >= _RECURRING:
            told = ngettext("comes back in {count} sentence", "comes back in {count} sentences", count)
            yield told.format(count=count)
    if raised(("announce", "starts:announce", "decision", "event")) > 0.3:
        shown = _shown(article, number, text, ("decision", "event"))
        if shown:
            yield _("news ({words})").format(words=shown)
    if raised(("size", "length_rank", "fresh")) > 0.4:
        yield _("says much that is new")


def _of_title(article: Article, number: int) -> tuple[float, int]:
    """The share of the title a sentence repeats, and how many terms that is."""
    cover = article.columns[_at("title_cover")][number]
    return article.columns[_at("title")][number], round(cover * math.sqrt(len(article.sentences[number].terms)))


@cache
def _at(name: str) -> int:
    return relations.NAMES.index(name)


@cache
def _place() -> dict[str, int]:
    return {name: number for number, name in enumerate(names())}


def _raised(article: Article, number: int) -> Callable[[Iterable[str]], float]:
    """Tells by how much features raised the score of a sentence, against the mean of the article."""
    sentence = article.sentences[number]
    first, second = len(flags()), len(flags()) + len(SHAPES)

    def raised(named: Iterable[str]) -> float:
        total = 0.0
        for name in named:
            at = _place()[name]
            if at < first:
                value = float(at in sentence.flags)
            else:
                value = sentence.shape[at - first] if at < second else article.columns[at - second][number]
            total += article.pulls[at] * (value - article.means[at])
        return total

    return raised


def _short(text: str) -> str:
    """A passage in a line, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"


def _figure(folded: str, text: str) -> str:
    """The figure as the author wrote it; "" where there is none by the rules of kinds."""
    where = figure(folded)
    return text[where[0] : where[1]].strip() if where else ""


def _named(kind: Kind, text: str) -> str:
    """The first cue that gives a sentence its kind, as it stands there."""
    lists = cues.kinds()
    places = cues.spans(text, lists.groups.index(kind), lists)
    if kind == "cause" and not places:
        places = cues.spans(text, lists.groups.index("enable"), lists)
        if not places and (match := EFFECT.search(cues.fold(text))):
            places = [match.span()]
    return text[places[0][0] : places[0][1]].strip() if places else ""


def _shown(article: Article, number: int, text: str, groups: Sequence[str]) -> str:
    """The first cue of the groups as it stands in the sentence."""
    own = article.sentences[number].reading.hits
    found = [at for group in groups if (at := cues.cues().groups.index(group)) in own]
    places = [where for group in found for where in cues.spans(text, group)]
    return text[min(places)[0] : min(places)[1]].strip() if places else ""


def _recurs(article: Article, number: int) -> int:
    """In how many other sentences at least two of the sentence's terms stand."""
    seen: Counter[int] = Counter()
    for term in article.sentences[number].terms:
        seen.update(article.postings.get(term, ()))
    return sum(times >= 2 for times in seen.values()) - (seen[number] >= 2)


def _by_words(article: Article, number: int, text: str) -> str:
    """The two words or runs that weigh most for a claim and fit, where nothing else speaks; "" where none does."""
    folded = article.sentences[number].reading.text
    table = weights().article.wording
    found: Counter[str] = Counter()
    words = tokens(folded)
    for before, word in zip(["", *words], words, strict=False):
        han = word[0] >= "\u2e80"
        value = table[pair_place(before, word)] if before else 0
        shown = before + word if han else f"{before} {word}"
        if value > 0 and (han == (before[:1] >= "\u2e80")) and shown in folded.lower() and before not in _EMPTY_WORDS:
            found[shown] = max(found[shown], value)
        if not han and len(word) > 3 and word not in _EMPTY_WORDS and table[word_place(word)] > 0:
            found[word] = max(found[word], table[word_place(word)])
    best = [word for word, _ in sorted(found.items(), key=lambda one: (-one[1], one[0]))[:2]]
    return _("worded as claims are ({words})").format(words=", ".join(best)) if best else ""
