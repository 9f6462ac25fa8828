"""Claims that a model of the reader's own chooses: the question it is given, and its answer checked.

Owns the JSON of both. Refuses to run anything: `reader.loading` does. Nothing of an answer is taken on trust: numbers
that no sentence has are left out and counted, kinds that are none of ours replaced, reasons made one clean line.

Invariant: what comes of an answer are sentences of the Document, each once, in the order of the answer.
"""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, get_args

from reader import sanitize
from reader.claims.choice import MOST, Claim, Piece, quota, title
from reader.claims.kinds import Kind
from reader.claims.sentences import Statement, of_document
from reader.document import Document, Range, record
from reader.locale import _, ngettext

VERSION: Final = 1
"""Of the question; a change asks every article anew."""
MOST_SENTENCES: Final = 3000
"""An article of more is not asked about."""
_REASON_LENGTH: Final = 200
"""Characters of a reason that are kept."""
_TASK: Final = (
    "Choose the key claims of this article. A key claim is an assertion of the article, or of someone it reports, that "
    "a reader should not miss: the news itself, the main thesis, a central finding or figure with its meaning, a "
    "decisive comparison, the cause that explains, the forecast or warning, the conclusion, the statement by a named "
    "person that carries the story. Not: scene-setting, transitions, questions, examples and lists, credits, calls to "
    "the reader, boilerplate about a company, thanks, instructions, code. Of two that say the same, the one that says "
    "it best on its own. Answer with a JSON list and nothing else, the most important first: the numbers of the "
    'sentences, or objects {"number": 7, "kind": "…", "reason": "a few words"}.'
)
_THOUGHTS_END: Final = ("</think>", "...done thinking.")
"""What models that think write before their answer ends with one of these, in raw output and by `ollama run`."""
_KINDS: Final = tuple(kind for kind in get_args(Kind) if kind != "author")


class AnswerError(ValueError):
    """The answer is no list of numbers; the message says what it is, in a line."""


@record
class Answer:
    """What a model chose."""

    piece: Piece
    """For `choose`, at any density: its claims in the model's order."""
    warning: str
    """What was wrong with the answer and left out, in a line; empty if nothing was."""


def question(document: Document) -> str:
    """The JSON object a model reads. Raises AnswerError for an article of more than `MOST_SENTENCES` sentences."""
    sentences = _sentences(document)
    return json.dumps(
        {
            "version": VERSION,
            "task": _TASK,
            "kinds": _KINDS,
            "pick": quota(len(sentences), MOST),
            "title": title(document),
            "sections": [section.title for section in document.sections],
            "sentences": [
                {
                    "number": number,
                    "section": document.sections[one.section].title if one.section >= 0 else "",
                    "text": " ".join(document.slice(one).split()),
                }
                for number, one in enumerate(sentences, 1)
            ],
        },
        ensure_ascii=False,
    )


def key(document: Document, command: Sequence[str]) -> str:
    """Under what an answer is kept: a digest of the article's text, the command and the version of the question."""
    said = json.dumps([VERSION, document.metadata.title, document.text, list(command)])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def answered(document: Document, text: str, command: Sequence[str]) -> Answer:
    """The claims of an answer. Raises AnswerError if there is no list in it.

    The list may stand in a fence or in a sentence, or be the only list of an object.
    """
    from reader.claims.features import measure
    from reader.claims.kinds import kinds_of

    sentences = _sentences(document)
    who = sanitize.clean_line(shlex.join(command))
    chosen: dict[int, Mapping[str, Any]] = {}
    unknown = 0
    for item in _listed(text):
        known: Mapping[str, Any] = item if isinstance(item, dict) else {"number": item}
        number = known.get("number")
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(sentences):
            unknown += 1
        else:
            chosen.setdefault(number, known)
    most = quota(len(sentences), MOST)
    claims: list[Claim] = []
    for place, (number, known) in enumerate(list(chosen.items())[:most]):
        one = sentences[number - 1]
        kind = known.get("kind")
        own = kinds_of(measure(document.slice(one)[:1500]))
        kinds: tuple[Kind, ...] = next(((known_kind,) for known_kind in _KINDS if known_kind == kind), own)
        reason = known.get("reason")
        why = sanitize.clean_line(reason)[:_REASON_LENGTH].strip() if isinstance(reason, str) else ""
        score = round(1 - place / (2 * most), 3)
        told = _("chosen by {who}: {why}") if why else _("chosen by {who}")
        claims.append(Claim(Range(one.start, one.end), kinds, score, told.format(who=who, why=why)))
    warning = ""
    if unknown:
        said = ngettext(
            "{who}: the answer has an entry that names no sentence; left out",
            "{who}: the answer has {count} entries that name no sentence; left out",
            unknown,
        )
        warning = said.format(who=who, count=unknown)
    return Answer(Piece(len(sentences), tuple(claims)), warning)


def _sentences(document: Document) -> list[Statement]:
    found = list(of_document(document))
    if len(found) > MOST_SENTENCES:
        said = _("the article has {count:,} sentences, and a model is asked about {most:,} at most")
        raise AnswerError(said.format(count=len(found), most=MOST_SENTENCES))
    return found


def _listed(text: str) -> list[Any]:
    """The first list of a text that is JSON, whole or in part; what a model thought before is left out."""
    for end in _THOUGHTS_END:
        text = text.rpartition(end)[2]
    for found in _values(text):
        if isinstance(found, dict):
            lists = [value for value in found.values() if isinstance(value, list)]
            if len(lists) == 1:
                return lists[0]
        elif isinstance(found, list):
            return found
    said = sanitize.clean_line(text.strip()[:60])
    what = _("the answer is no JSON list of numbers: {text!r}") if said else _("the answer is empty")
    raise AnswerError(what.format(text=said))


def _values(text: str) -> Iterator[Any]:
    """The JSON lists and objects that begin at the brackets of a text, the first few."""
    decoder = json.JSONDecoder()
    position, tries = 0, 0
    while tries < 20:
        starts = [at for sign in "[{" if (at := text.find(sign, position)) >= 0]
        if not starts:
            return
        position, tries = min(starts), tries + 1
        try:
            found, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            position += 1
            continue
        yield found
