"""The cue words of the key claims: the lists of `cues.txt`, folded and ready to be looked up.

Owns the folding of characters (traditional and Japanese forms, full-width forms), the light English stemmer and the one
walk over a sentence that finds its cues. Refuses to weigh anything: what a cue is worth is the model's business.

Invariant: folding is one character for one character, so a position in the folded text is the same in the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import compress, count
from typing import Final

from reader.document import record
from reader.sanitize import pattern

_TRADITIONAL: Final = (
    "稱称說说認认為为張张強强調调聲声覺觉來来評评論论質质視视據据報报導导聞闻統统計计紹绍專专學学經经濟济師师員员發发業业"
    "負负責责創创執执醫医歷历構构實实驗验試试樣样問问現现顯显證证關关聯联繫系係系與与較较於于過过優优勝胜領领對对當当環环"
    "無无續续應应該该須须務务義义將将會会預预測测劃划擬拟勢势趨趋終终遲迟許许幾几約约傾倾確确絕绝極极別别題题損损價价讓让"
    "進进權权機机護护風风險险敗败錯错誤误點点壞坏脅胁擔担憂忧難难壓压礙碍頸颈戰战惡恶隱隐慮虑貧贫爭争議议嚴严鍵键礎础決决"
    "變变轉转長长漲涨擴扩縮缩減减從从這这條条給给個个們们麼么嗎吗裡里開开體体國国兒儿類类歲岁億亿萬万總总綜综結结見见換换"
    "簡简雖虽儘尽盡尽卻却還还謂谓舉举諸诸處处圖图擊击裝装運运輸输鈕钮載载選选擇择啟启動动鏈链連连買买賣卖協协簽签購购資资"
    "訴诉辭辞職职獲获傷伤達达節节產产備备層层態态夢梦愛爱樂乐獻献際际區区塊块歐欧東东電电腦脑網网雲云車车維维數数觀观檢检"
    "顧顾擁拥齊齐盤盘紀纪錄录階阶級级錢钱銀银財财貨货幣币獎奖稅税徵征遺遗寫写寧宁讀读謝谢請请繼继屬属標标準准誰谁習习慣惯"
    "勞劳勵励圍围廣广廠厂庫库憲宪戲戏術术規规競竞築筑範范織织緊紧緣缘練练線线羅罗興兴舊旧葉叶藝艺號号補补複复訊讯記记訂订"
    "訪访設设診诊詞词話话誠诚誌志語语課课談谈譯译豐丰貫贯貴贵費费賽赛贊赞跡迹軍军軟软輕轻輛辆農农適适邊边郵邮鄉乡釋释針针"
    "鐘钟鐵铁門门閉闭間间陸陆雙双雜杂離离靜静順顺頭头額额顆颗願愿飛飞館馆馬马驚惊麗丽龍龙団团図图拡扩検检権权営营売卖読读"
    "転转歩步毎每気气広广応应戦战労劳覚觉観观査查様样両两悪恶収收単单厳严県县説说訳译証证択择挙举楽乐歴历満满穏稳継继縁缘"
    "緑绿芸艺薬药衛卫覧览譲让豊丰賛赞軽轻辺边遅迟釈释鉄铁銭钱録录陥陷隠隐雑杂頼赖顕显黒黑齢龄発发経经済济対对関关実实験验"
    "増增価价値值変变続续総总帰归徴征響响屆届賴赖滿满穩稳歲岁產产親亲視视觸触豬猪潛潜遙遥髮发時时種种處处號号後后員员團团術术"
)
"""Pairs: a traditional or Japanese form and the simplified one."""

_FOLD: Final = (
    {ord(a): b for a, b in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)}
    | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {ord("’"): "'", ord("\u3000"): " ", ord("\u00a0"): " ", ord("\n"): " ", ord("\t"): " "}
)
_USUAL: Final = tuple(zip("，：；？！（）’\n", ",:;?!()' ", strict=True))
"""The most frequent of them, which `str.replace` finds in far less time than `str.translate` takes."""
_FOLDED: Final = pattern(f"[{''.join(re.escape(chr(code)) for code in sorted(_FOLD))}]")

_WORD: Final = pattern(
    r"[^\W\d_\u0f00-\u0fff\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+(?:['-][a-z]+)*"
)
_PLAIN_WORD: Final = pattern(r"[a-z]+(?:['-][a-z]+)*")
"""What `_WORD` finds in a lower-case text of ASCII characters alone, in a third of the time."""
_NO_WORDS: Final = pattern("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""A character of a script whose cues are no words."""
_KNOWN_STEMS: Final = 60_000
"""So many stems are kept."""
_ENDINGS: Final = frozenset("bdgmnprt")


def fold(text: str) -> str:
    """The text with traditional, Japanese and full-width forms replaced, one character for one character."""
    if text.isascii():
        return text.replace("\n", " ").replace("\t", " ")
    for wide, usual in _USUAL:
        text = text.replace(wide, usual)
    return text.translate(_FOLD) if _FOLDED.search(text) else text


def stem(word: str) -> str:
    """A light stem of a lower-case English word: plural, -ed, -ing, final e and y; at least three letters stay."""
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) <= 3:
        return word
    if word.endswith("ies"):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith("sses") else word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and re.search("[aeiouy]", word[: -len(ending)]):
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] in _ENDINGS:
                word = word[:-1]
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    if word.endswith("y"):
        word = word[:-1] + "i"
    return word


@record
class Cues:
    """The lists, ready for looking up."""

    groups: tuple[str, ...]
    """Names in the order of the file, without "none"."""
    words: dict[str, tuple[tuple[list[str], tuple[int, ...]], ...]]
    """By the first stem of a phrase: the further stems, longest first, and the numbers of the groups."""
    runs: dict[str, tuple[tuple[str, tuple[int, ...]], ...]]
    """By the first two characters of an entry: the entry, longest first, and the numbers of the groups."""
    single: dict[str, tuple[int, ...]]
    """The groups of entries of one character."""
    begins: re.Pattern[str]
    """Matches the first character of most of what begins an entry of `runs` or `single`, and of all that does."""


@cache
def cues() -> Cues:
    """The lists that rank, read once."""
    return parse(_file("cues.txt"))


@cache
def kinds() -> Cues:
    """The lists that name kinds, read once. What keeps a cue from firing keeps it from naming, too."""
    source = _file("cues.txt")
    return parse(_file("kinds.txt") + source[source.index("\n[none]") :])


def _file(name: str) -> str:
    return (files("reader.claims") / name).read_text(encoding="utf-8")


def parse(source: str) -> Cues:
    """Lists in the format that `cues.txt` explains in its head."""
    groups: list[str] = []
    words: dict[tuple[str, ...], set[int]] = {}
    runs: dict[str, set[int]] = {}
    group = -1
    for line in source.splitlines():
        if line.startswith("["):
            name = line.strip("[] ")
            if name == "none":
                group = -1
                continue
            if name not in groups:
                groups.append(name)
            group = groups.index(name)
        elif line and not line.startswith("#"):
            for entry in filter(None, (fold(part.strip()) for part in line.split(","))):
                found = (
                    words.setdefault(tuple(stem(word) for word in entry.split()), set())
                    if entry[0] <= "z"
                    else runs.setdefault(entry, set())
                )
                if group >= 0:
                    found.add(group)
    by_stem: dict[str, list[tuple[list[str], tuple[int, ...]]]] = {}
    for phrase, numbers in sorted(words.items(), key=lambda item: (-len(item[0]), item[0])):
        by_stem.setdefault(phrase[0], []).append((list(phrase[1:]), tuple(sorted(numbers))))
    by_pair: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for run, numbers in sorted(runs.items(), key=lambda item: (-len(item[0]), item[0])):
        if len(run) > 1:
            by_pair.setdefault(run[:2], []).append((run, tuple(sorted(numbers))))
    single = {run: tuple(sorted(numbers)) for run, numbers in runs.items() if len(run) == 1}
    firsts, seconds = {pair[0] for pair in by_pair}, {pair[1] for pair in by_pair}
    return Cues(
        tuple(groups),
        {first: tuple(entries) for first, entries in by_stem.items()},
        {pair: tuple(entries) for pair, entries in by_pair.items()},
        single,
        re.compile(f"[{_set(firsts | single.keys())}](?:(?<=[{_set(single)}])|(?=[{_set(seconds)}]))"),
    )


def _set(characters: Iterable[str]) -> str:
    """The inside of a pattern's set of characters; of none, one that no text has."""
    return "".join(map(re.escape, sorted(characters))) or "\0"


@dataclass(slots=True)
class Reading:
    """What one walk over a sentence found."""

    text: str
    """The sentence, folded."""
    words: list[str]
    """The words written in letters with spaces between, lower case."""
    stems: list[str]
    """Their stems."""
    hits: dict[int, float]
    """By group: how much of the sentence stands before its first cue, 0 to 1, in words or in characters."""


class _Stems(dict[str, str]):
    """The stems of words, each found once."""

    def __missing__(self, word: str) -> str:
        if len(self) > _KNOWN_STEMS:
            self.clear()
        found = self[word] = stem(word)
        return found


_stems: Final = _Stems()


def read(text: str, lists: Cues | None = None) -> Reading:
    """Find the words of one sentence, and the cues of `lists` (None: those that rank)."""
    text = fold(text)
    low = text.lower()
    words = (_PLAIN_WORD if low.isascii() else _WORD).findall(low)
    reading = Reading(text, words, list(map(_stems.__getitem__, words)), {})
    reading.hits = found(reading, lists or cues())
    return reading


def found(reading: Reading, lists: Cues) -> dict[int, float]:
    """The `hits` of a sentence that has been read, by other lists."""
    text, stems = reading.text, reading.stems
    hits: dict[int, float] = {}
    known = lists.words
    skip = 0
    last = len(stems) - 1
    for index in compress(count(), map(known.__contains__, stems)):
        if index >= skip:
            after = stems[index + 1] if index < last else None
            for rest, groups in known[stems[index]]:
                if not rest or (rest[0] == after and stems[index + 1 : index + 1 + len(rest)] == rest):
                    skip = index + 1 + len(rest)
                    for group in groups:
                        if group not in hits:
                            hits[group] = index / len(stems)
                    break
    if not text.isascii() and _NO_WORDS.search(text):
        for position, groups in _found_runs(text, lists):
            for group in groups:
                if position < hits.get(group, 2.0) * len(text):
                    hits[group] = position / len(text)
    return hits


def _found_runs(text: str, lists: Cues) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Where entries that are no words stand, the longest first, and their groups."""
    runs, single = lists.runs, lists.single
    position = 0
    for match in lists.begins.finditer(text):
        at = match.start()
        if at < position:
            continue
        for run, groups in runs.get(text[at : at + 2], ()):
            if len(run) == 2 or text.startswith(run, at):
                yield at, groups
                position = at + len(run)
                break
        else:
            if text[at] in single:
                yield at, single[text[at]]


def spans(text: str, group: int, lists: Cues | None = None) -> list[tuple[int, int]]:
    """Where the cues of one group stand in a text, as half-open pairs of positions, in reading order."""
    lists = lists or cues()
    text = fold(text)
    places: list[tuple[int, int]] = []
    matches = list(_WORD.finditer(text.lower()))
    stems = [_stems[match[0]] for match in matches]
    skip = 0
    for index, first in enumerate(stems):
        if index >= skip:
            for rest, groups in lists.words.get(first, ()):
                if not rest or stems[index + 1 : index + 1 + len(rest)] == rest:
                    skip = index + 1 + len(rest)
                    if group in groups:
                        places.append((matches[index].start(), matches[skip - 1].end()))
                    break
    for position, groups in _found_runs(text, lists):
        if group in groups:
            entries = lists.runs.get(text[position : position + 2], ())
            length = next((len(run) for run, own in entries if own == groups and text.startswith(run, position)), 1)
            places.append((position, position + length))
    return sorted(places)
