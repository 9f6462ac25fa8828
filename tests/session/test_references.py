"""References as articles print them: what counts as one, and which entry it means."""

from __future__ import annotations

import pytest
from session_kit import documents

from reader.document import Range
from reader.session.references import References

LIST = "\n\n## References\n\n[1] A. Gull, *On Piers*, 1871.\n[2] B. Tern, Rain, 1899.\n[3] 王小明：《港口》。\n"


def cited(text: str) -> list[tuple[str, list[str]]]:
    """Each place that cites something, and the entries it means."""
    document = documents(text)[-1]
    found = References(document)
    return [
        (document.text[one.start : one.end], [document.slice(found.entries[number]) for number in one.numbers])
        for one in found.cited(Range(0, len(document.text)))
    ]


ONE, TWO, THREE = "[1] A. Gull, On Piers, 1871.", "[2] B. Tern, Rain, 1899.", "[3] 王小明：《港口》。"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It rained [1].", [("[1]", [ONE])]),
        ("It rained [1][3].", [("[1]", [ONE]), ("[3]", [THREE])]),
        ("It rained [1, 2].", [("[1, 2]", [ONE, TWO])]),
        ("It rained [1-3].", [("[1-3]", [ONE, TWO, THREE])]),
        ("It rained [2–3], [1].", [("[2–3]", [TWO, THREE]), ("[1]", [ONE])]),
        ("下雨了［2］，【1、3】。", [("［2］", [TWO]), ("【1、3】", [ONE, THREE])]),
        ("It rained[^x] [7] and [2024].", []),
        ("An array `a[1]` and $x[2]$ and [a link [1]](b.md).", []),
        ("```\na[1]\n```", []),
        ("[1] shows that it rained.", [("[1]", [ONE])]),
    ],
)
def test_which_entries_are_meant(text: str, found: list[tuple[str, list[str]]]) -> None:
    assert cited(text + LIST) == found


@pytest.mark.parametrize(
    "heading", ["References", "Works Cited", "参考文献", "参考资料：", "參考文獻", "出典", "참고문헌"]
)
def test_numbered_items_of_a_section_of_references(heading: str) -> None:
    assert cited(f"It rained [2].\n\n## {heading}\n\n1. Gull\n2. Tern\n") == [("[2]", ["Tern"])]
    assert cited("It rained [2].\n\n## Steps\n\n1. Gull\n2. Tern\n") == []


def test_entries_each_in_a_paragraph_of_its_own() -> None:
    assert cited("It rained [2].\n\n[1] Gull.\n\n[2] Tern.\n") == [("[2]", ["[2] Tern."])]


def test_a_number_within_an_entry_is_no_entry_unless_it_is_the_next() -> None:
    assert cited("So [1].\n\n[1] Gull, as [7] says.\n[2] Tern.\n")[0] == ("[1]", ["[1] Gull, as [7] says."])


def test_a_range_names_a_few_entries_at_most() -> None:
    many = "\n\n".join(f"[{number}] Entry." for number in range(1, 101))
    assert len(cited(f"All of it [1-999].\n\n{many}")[0][1]) == 20
