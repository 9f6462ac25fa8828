"""Which sentences are chosen together."""

from __future__ import annotations

from collections import Counter

from reader.claims import find
from reader.claims.sentences import Statement, of_document
from reader.claims.shortlist import shortlist
from reader.document import Document, Metadata
from reader.parse import parse

FILLER = "\n\n".join(
    f"The {word} boat left the pier with {number} crates of fish. The crew of the {word} boat slept. "
    f"Nobody waited for the {word} boat at the far end of the bay."
    for number, word in enumerate(("red", "green", "blue", "white", "black", "old", "new", "tall", "small"), 11)
)


def chosen(document: Document, density: float = 0.2) -> list[str]:
    return [document.slice(claim.range) for claim in find(document, density=density)]


def test_what_says_the_same_is_chosen_once() -> None:
    said = "The harbour council will close the coal terminal by 2029."
    document = parse(f"{said}\n\n{FILLER}\n\nBy 2029 the harbour council will close its coal terminal.\n")
    assert sum("coal terminal" in text for text in chosen(document)) == 1


def test_figures_of_their_own_make_two_of_what_sounds_the_same() -> None:
    one = "The harbour council will spend 40 million euros on the coal terminal in the north."
    other = "The harbour council will spend 75 million euros on the coal terminal in the north."
    document = parse(f"{one}\n\n{FILLER}\n\n{other}\n", Metadata(title="Harbour council spends on coal terminal"))
    assert {one, other} <= set(chosen(document))


def test_a_paragraph_gives_two_at_most() -> None:
    dense = " ".join(f"Researchers found that tax {number} cuts smoking by {number * 3}%." for number in range(2, 12))
    document = parse(f"{dense}\n\n{FILLER}\n")
    paragraphs = Counter(document.block_index(claim.range.start) for claim in find(document, density=0.2))
    assert max(paragraphs.values()) <= 2


def test_what_carries_the_title_is_always_there() -> None:
    body = f"{FILLER}\n\nThe lighthouse keeper sold the lamp.\n\n{FILLER.replace('boat', 'cart')}\n"
    document = parse(body, Metadata(title="Lighthouse keeper sells lamp"))
    assert "The lighthouse keeper sold the lamp." in chosen(document, 0.05)


def test_the_news_under_its_heading_is_found() -> None:
    body = (
        "手机市场这几年不太好过，大家换机越来越慢。厂商们都在找新的卖点。\n\n"
        "## 各家都在忙什么\n\n有的做折叠屏，有的做影像。也有人什么都没做，只是降价。消费者并不买账。\n\n"
        "**蓝石与海燕签约，引入语音助手。**\n\n"
        "就在上周，蓝石被曝已与海燕签约，计划把对方的语音助手引入自家手机。消息传开以后，群里很热闹。"
        "有人说早该如此。\n\n## 接下来会怎样\n\n没有人说得准。天气倒是慢慢凉了下来，商场里的人不多。"
    )
    document = parse(body, Metadata(title="换机越来越慢，蓝石能否走出困境？"))
    assert any(text.startswith("就在上周，蓝石被曝") for text in chosen(document, 0.1))


def test_the_quick_look_keeps_what_says_more() -> None:
    texts = ["Short.", "The harbour toll rises by 12% from May on for all.", "Is that so, and who would ever know it?"]
    statements = [Statement(0, len(text), number, 0, 0.0) for number, text in enumerate(texts)]
    assert shortlist(statements, texts, ["harbour"], 1) == [1]
    assert shortlist(statements, texts, [], 3) == [0, 1, 2]


def test_a_very_long_article_has_its_share_of_claims_to_the_end() -> None:
    body = "\n\n".join(f"## Part {part}\n\n{FILLER.replace('crates', f'crates of kind {part}')}" for part in range(130))
    document = parse(body)
    sentences = len(list(of_document(document)))
    assert sentences > 3000
    claims = find(document, density=0.1)
    assert 0.05 * sentences < len(claims) <= 0.101 * sentences
    assert claims[-1].range.start > 0.95 * len(document.text)
