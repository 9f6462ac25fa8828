"""Which encoding bytes are in that are not UTF-8.

Owns the guess; `source` asks for it only after a byte order mark and strict UTF-8 have failed. The East Asian
encodings overlap almost wholly, so that strict decoding tells little and statistics over byte pairs need several
kilobytes. What tells them apart within a line or two is reading the result: in the right encoding about half of the
characters are among the few hundred commonest of the language, in a wrong one about one in twenty. What is left
(Latin, Cyrillic, Greek, Thai …) is charset-normalizer's. Refuses to see more than a sample.

Invariant: the answer is a codec Python knows, whatever the bytes, or None.
"""

from __future__ import annotations

from typing import Final

from reader.sanitize import pattern

_SIMPLIFIED: Final = frozenset(
    "的一是了不在有人我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成"
    "方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使"
    "情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老"
    "给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目"
    "太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王"
    "象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔网软码件击按键图片文章安装"
)
_TRADITIONAL: Final = frozenset(
    "的一是了不在有人我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成"
    "方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使"
    "情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老"
    "給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目"
    "太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王"
    "象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運臺灣網路軟體嗎吧呢啊"
)
_JAPANESE: Final = frozenset(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FD)))) | frozenset(
    "日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校"
    "語土木聞食車何南万毎白天母火右読友左休父雨会同事自社発者地業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野以"
    "思家世多正安院心界教文元重近考画海売知道集別物使品計死特私始朝運終台広住真有口少町料工建空急止送切転研足究楽起着店病質待試"
    "族銀早映親験英医仕去味写字答夜音注帰古歌買悪図週室歩風紙黒花春赤青館屋色走秋夏習駅洋旅服夕借曜飲肉貸堂鳥飯勉冬昼茶弟牛魚"
    "実関数定性的現対成表結連変合面法最化機要期選化部内情当相由全点政経戦加受続進取調保報記論能制決件民解認必利係所回加向"
)
_KOREAN: Final = frozenset(
    "이다의는에을가고를로한은도사지기하리대인들어정나시자일그해부전제서만보수아과적라상게있장주안것스성구국동원년공요방세니여조"
    "위신경오으문실내발선우생관학소무연용개유중물계회화등때없말면각치까된려모와했습네음식금강감건결교김날남더두드또람래력르많명"
    "몇못미민바반받배번법변북분비산살새색생설속술습심씨았야양언업었역열예온왔외운울월으은응의입잘재저점존종좋죄직진집차참책처천"
    "체초최추출친타태터트특파편포표품피필할함합항향현형호혼환활후히된될됩러므며거겠겨글길남너놓눈느늘니님단달당데돌동되든듣들"
)
_MARKS: Final = frozenset("　、。，．；：？！「」『』（）《》〈〉【】“”‘’—…·～・ー％ ‥〜")

_EXPECTED: Final = {
    "gb18030": _SIMPLIFIED | _TRADITIONAL,
    "big5hkscs": _TRADITIONAL,
    "cp932": _JAPANESE,
    "euc_jp": _JAPANESE,
    "cp949": _KOREAN,
}
"""The commonest characters of what is written in each; Big5, Shift_JIS and EUC-KR stand here as their supersets."""

_ENOUGH: Final = 0.2
"""Least score that is taken for a language. Measured: running text 0.35 to 0.8, the wrong encoding below 0.12."""

_NO_TEXT: Final = 0.03
"""Share of control bytes from which on bytes are no text; random ones have 0.1."""

_SAMPLE: Final = 1 << 16
_HIGH: Final = pattern(rb"[\x80-\xff]")
_NEAR: Final = 400
"""Bytes before and after one that is not ASCII that are taken into the sample with it, on its line."""
_HIGH_LINE: Final = pattern(rb"[^\n]{0,%d}[\x80-\xff][^\n]{0,%d}\n?" % (_NEAR, _NEAR))
_CONTROLS: Final = bytes({*range(0x20), 0x7F} - set(b"\t\n\x0c\r\x1a\x1b"))
_NOT_TEXT: Final = pattern("[\x00-\x08\x0b\x0e-\x19\x1c-\x1f\x7f-\x9f\ufff0-\uffff\ud800-\udfff\ue000-\uf8ff]")

_WESTERN: Final = (
    *("cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("iso8859_2", "iso8859_5", "iso8859_7", "cp866"),
)
_LATIN: Final = frozenset(("cp1250", "cp1254", "cp1257", "cp1258", "iso8859_2"))
_WEST_EUROPEAN: Final = frozenset("àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿßÀÂÄÁÅÆÇÈÉÊÍÑÓÔÖØŒÙÚÛÜ‘’‚“”„…–—«»‹›·•°§£€©®™¡¿ºª\xa0")


def guess(data: bytes) -> str | None:
    """The likeliest codec of `data`, which is not UTF-8; None where it does not look like text at all."""
    controls = _controls(data[:_SAMPLE])
    if controls and (wide := guess_wide(data)):
        return wide
    if controls > _NO_TEXT:
        return None
    sample = _sample(data)
    western = _west_european(sample)
    if western:
        return "cp1252"
    scores = {name: _score(sample, name) for name in _EXPECTED}
    best = max(scores, key=scores.__getitem__)
    if scores[best] >= _ENOUGH:
        return best
    return "cp1252" if western == 0 else _western(sample)


def guess_wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without its mark: the byte order in which most characters are ordinary ones."""
    sample = data[: _SAMPLE & ~3]
    ordinary = frozenset().union(_MARKS, *_EXPECTED.values(), map(chr, (9, 10, 13, *range(0x20, 0x7F))))
    best, most = None, 0.4
    for name in ("utf_32_le", "utf_32_be", "utf_16_le", "utf_16_be"):
        text = sample.decode(name, "replace")
        share = sum(character in ordinary for character in text) / max(1, len(text))
        if share > most:
            best, most = name, share
    return best


def _controls(sample: bytes) -> float:
    """Share of bytes that are controls no text file holds."""
    return 1 - len(sample.translate(None, _CONTROLS)) / max(1, len(sample))


def _sample(data: bytes) -> bytes:
    """The first lines of `data` that are not ASCII; no East Asian encoding has a newline inside a character."""
    lines: list[bytes] = []
    size = at = 0
    while size < _SAMPLE and (high := _HIGH.search(data, at)):
        start = max(at, high.start() - _NEAR)
        start = max(start, data.rfind(b"\n", start, high.start()) + 1)
        line = _HIGH_LINE.match(data[start : start + 2 * _NEAR + 2])
        assert line
        lines.append(line[0])
        size += len(line[0])
        at = start + len(line[0])
    return b"".join(lines)


_LETTERS: Final = rb"\xc0-\xd6\xd8-\xf6\xf8-\xff\x8a\x8c\x8e\x9a\x9c\x9e\x9f"
_SIGNS: Final = rb"\x80\x82\x84\x85\x91-\x97\xa0\xa1\xa7\xa9\xaa\xab\xae\xb0\xb7\xba\xbb\xbf"
_RUN: Final = pattern(
    rb"(?P<signs>(?:(?!\xa1[" + _SIGNS + rb"])[" + _SIGNS + rb"])+)|(?P<letters>[" + _LETTERS + rb"]+)|[\x80-\xff]"
)
"""In Windows-1252: punctuation, letters, or any other byte. A1 before punctuation begins a sign of GB18030 or Big5."""
_ASCII_LETTERS: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def _west_european(sample: bytes) -> int | None:
    """How many letters the sample has, as Windows-1252, that stand alone or in twos beside ASCII ones, as in "créée"
    and "não"; None where it has more that is not like this. Punctuation counts for nothing.

    A character of the East Asian encodings has two bytes and stands among others.
    """
    if any(char not in _WEST_EUROPEAN for char in sample.decode("cp1252", "replace") if char > "\x7f"):
        return None
    within = alien = 0
    for run in _RUN.finditer(sample):
        size = len(run[0])
        if run["letters"] and size <= 2:
            around = sample[max(0, run.start() - 1) : run.start()] + sample[run.end() : run.end() + 1]
            within += size if not _ASCII_LETTERS.isdisjoint(around) else 0
        elif not run["signs"]:
            alien += size
    return within if within >= 2 * alien else None


def _score(sample: bytes, name: str) -> float:
    """How much `sample`, read as `name`, looks like its language: 1 at the most, negative for rubbish."""
    text = "".join(character for character in sample.decode(name, "replace") if character > "\x7f")
    words = "".join(character for character in text if character not in _MARKS)
    if not words:
        return 0.0
    expected = _EXPECTED[name]
    common = sum(character in expected for character in words)
    odd = len(_NOT_TEXT.findall(words)) + sum("\uff61" <= character <= "\uff9f" for character in words)
    return (common - 3 * odd) / len(words)


def _western(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    match = from_bytes(sample, cp_isolation=list(_WESTERN), preemptive_behaviour=False).best()
    if match is None:
        return "cp1252"
    # The Latin code pages agree on most letters; in doubt it is the one most files are in.
    in_doubt = match.encoding in _LATIN and "\ufffd" not in (text := sample.decode("cp1252", "replace"))
    if in_doubt and all(character in _WEST_EUROPEAN for character in text if character > "\x7f"):
        return "cp1252"
    return match.encoding
