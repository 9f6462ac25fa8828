"""Whether a sentence says what is to come, in English and in Chinese.

Owns the signs of it: a date to come, a plan, an expectation, a "will" in a main clause. Refuses what happens as a rule:
what a program does, what a charter asks, what comes about whenever something else does, and what the article will say.

Invariant: without a word that points ahead no sentence looks ahead.
"""

from __future__ import annotations

import re
from typing import Final

from reader.sanitize import pattern

_MONTH: Final = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SOON: Final = pattern(
    r"\b(?:[Ii]n the (?:coming|near|foreseeable|next|future)|(?:next|coming) (?:year|month|week|quarter|decade|"
    r"release|few|"
    r"major|minor|version|generation|stable|two|three|spring|summer|autumn|fall|winter)s?|[Bb]y (?:the end of|"
    r"20[2-9]\d)|"
    r"by (?:early|late|mid)|later this|later in (?:the (?:year|day|decade)|20\d\d)|this (?:fall|autumn|winter|spring|"
    r"summer)|soon|eventually|shortly|"
    r"upcoming|starting (?:with|from|in|on)|beginning (?:with|in)|continue|no longer|going forward|from now on|"
    r"for years to come|over time|over the (?:next|coming)|within the next|tomorrow|"
    rf"(?:as of|in|from|on|until|after|before|by|mid-?|early|late) (?:{_MONTH}|20[2-9]\d)|"
    r"(?:in|from|with|of) (?:the )?(?:[A-Z][\w.+-]{0,20} ){1,3}v?\d{1,3}(?:\.[\dx]{1,3}){0,2})\b"
)
_HOLDS_IF: Final = pattern(
    r"\b(?:[Ii]f|[Ww]hen(?:ever)?|[Oo]nce|[Uu]nless|(?:[Ee]very|[Ee]ach|[Aa]ny) time|[Yy]ou(?:'ll|r)?|[Aa]s soon as|"
    r"[Ss]hould you|[Aa]nyone|[Ww]hoever|user'll|so that|in order|[Tt]o ensure|[Tt]o make sure|I(?: will|"
    r"'ll) (?:talk|discuss|show|cover|explain|describe|use|also))\b"
)
_ASIDE: Final = pattern(
    r"\b(?:how|what|where|which|procedures?|steps|things|rules|goals) (?:we|they|it|"
    r"the (?:[\w-]{1,20} ){1,2})\s?(?:will|'ll)"
)
_WORKS: Final = pattern(
    r" (?:not |also |then |only |now )?(?:allow|show|fail|run|return|print|display|be (?:shown|called|used|set)|"
    r"throw|contain|default|match|"
    r"trigger|automatically|create|ask|need|require|look|open)\b"
)
"""How a program or a rule works."""
_EXPECTS_NOT: Final = pattern(r"\b(?:we|I) expect from|[Tt]he danger of|\b(?:command|function|compiler|tool) will\b")
_YOU: Final = pattern(
    r"\b(?:[Yy]ou(?:r|rs)?|[Ii]f|[Ww]hen|[Ww]henever|[Oo]nce|[Uu]nless|[Uu]sers?|would|need to|have to|must|always|"
    r"never|"
    r"usually|often|typically|default|I|let's|whether|how|what|which|that|[Bb]ecause|so|[Tt]his|[Tt]hese|[Rr]unning|"
    r"[Mm]any|[Mm]istakes?|[Bb]y \w+ing|[Uu]sing)\b"
)
"""Signs of a rule, a guide or a side clause: then "will" alone does not tell of what is to come."""
_TO_YOU: Final = pattern(r"\b[Yy]our?s?\b")
_RULE: Final = pattern(
    r"\b(?:users? (?:will|'ll) (?:need|be|see|find|click|want|have to|install|get)|(?:[Mm]embers?|chairs?|council|"
    r"committee|candidates?|voters|individuals|participants|applicants|employees|"
    r"reviewers?|attendees|[Tt]eam|readers?|compiler|function|command|method|script|program|parser|code|installer|"
    r"plugin|library|"
    r"app|application|option|flag|file|output|server|client|browser|system|pods?|nodes?|controller|which|that|and|or|"
    r"who|it|they|always|default)\s(?:'ll|will)\s(?!continue|be released|be removed))"
)
_ARTICLE: Final = pattern(
    r"\b(?:in|of) (?:this|the (?:next|following)) (?:post|article|section|chapter|tutorial|guide|step|example|series|"
    r"part|video|lesson|exercise|paragraph|issue|talk)\b|\bbelow\b|\bLet's\b",
    re.IGNORECASE,
)
_EXPECTED: Final = pattern(
    r"\b(?:is|are|be) (?:(?:also|now|currently|still|widely|already|both|further) )?(?:expected|projected|"
    r"forecast(?:ed)?|"
    r"predicted|slated|scheduled|anticipated|poised|likely|unlikely|on track|about|going|planned|due) to\b|\b(?:is|"
    r"are) expected (?:in|by|on|next|this|later|from|before|within|soon)\b"
    r"|\b(?:[Ww]e|I)(?: (?:also|currently|still|fully|do|don't|do not|now))? (?:expect|plan|intend|anticipate|aim|"
    r"predict)\b"
    r"|\b(?:[Ww]e're|are|is)(?: \w+)? (?:planning (?:to|on)|looking to|aiming to|intending to)\b|\b[Ww]e(?:'re|"
    r" are)(?: \w+)? (?:planning|going to)\b|\b[Uu]sers can (?:also )?expect\b"
    r"|\b(?:plans|intends|expects|predicts|anticipates) (?:to|that|it|a|the)\b|\bforecasts (?!show|are|were|of|for|"
    r"and|that|is|in)[a-z]|\b(?!we\b|to\b|you\b|users\b|they\b)[a-zA-Z]{4,20}s (?:expect|anticipate|plan|intend|"
    r"forecast|"
    r"predict) (?!from\b)[a-z]|\b[Bb]y 20[2-9]\d\b[^.]{0,80}\b(?:should|may|could|might)\b|\b(?:should|may|could|"
    r"might)\b[^.]{0,60}(?:by 20[2-9]\d|in the (?:next|coming) (?:decade|years|few))"
    r"|\b(?:have|has|had|announced|their|its) plans to\b|\bon the roadmap\b|\bprimary goal is to\b"
)
_EXPECTING: Final = (
    *(
        "expect",
        "plan",
        "project",
        "forecast",
        "predict",
        "slated",
        "schedul",
        "anticipat",
        "poised",
        "likely",
        "on track",
    ),
    *(
        "about to",
        "going to",
        "due to",
        "looking to",
        "aim",
        "intend",
        "roadmap",
        "goal is",
        "y 20",
        "decade",
        "next few",
    ),
    *("coming years", "coming few", "next years"),
)
"""One of them stands in whatever `_EXPECTED` finds."""
_WILL: Final = pattern(r"[ws'](?:(?<=w)(?<!\w.)(?:ill|on't)|(?<=s)(?<!\w.)hall|(?<=')ll)\b")
_WILL_HAPPEN: Final = pattern(
    r"(?:will|won't|'ll)(?: (?:not|also|now|soon|then|likely|probably|finally|only|still))? (?:be (?:\w+ ){0,1}"
    r"(?:released|removed|deprecated|published|available|announced|replaced|launched|formed|held|shipped|dropped|"
    r"discontinued|archived|moved|hosted|merged|supported|retired|renamed|migrated|extended|phased|closed|opened|"
    r"maintained|introduced|adding|working|making|moving|removing|releasing|hosting|adopted|able to benefit|"
    r"the (?:first|last|next|final))|(?:continue|become|remain|stay|accompany|protect|feature|include|offer|support|"
    r"release|launch|publish|drop|ship|arrive|come|take place|"
    r"begin|reach|bring|receive|experience|adopt|end|join|grow|rise|fall|disappear|amend|move|transition|host|"
    r"eventually|stop|retire)\b|be [A-Z])"
)
_THIS_WILL: Final = pattern(
    r"\b[Tt]his (?:(?:change|work|feature|move|effort|release|project|program|step|update|decision|policy) )?will "
    r"(?:(?:also|not|now) )?(?:provide|protect|help|allow|enable|make|reduce|improve|ensure|bring|stretch|give|lead|"
    r"mean)\b"
)
_WE_WILL: Final = pattern(
    r"\b[Ww]e(?:'ll| will)(?: (?:also|now|soon|then|not|still|be))? (?!(?:consider|look|see|use|discuss|show|explain|"
    r"cover|"
    r"need|assume|focus|walk|start by|talk|learn|install|go|have|take|get|call|describe|explore|try|refer|want|first|"
    r"run|set|write|build|find|demonstrate|create|define|return|never|always|only|come back|know|do|say|let|make)\b)"
)

_HOLDS_IF_HAN: Final = pattern(
    r"每[次当]|当[^,。]{1,30}时|频繁|否则|就会|则会|(?<!采访)(?<!同)时,|[你您]|用户(?:将|会)|容易|总会|就不会"
)
_SUPPOSED_HAN: Final = pattern(r"如果|假如|倘若|一旦|若|只要|的话|即使|在[^,。]{1,12}(?:情况|条件|前提)下")
_MAY_HAN: Final = pattern(
    r"(?:可能|或许|或|有机会)会?(?:在?未来|极大|彻底|颠覆|改变|重塑|推动|取代|放弃|推出|成为|加剧|冲击|失去|面临|"
    r"超过|达到|上升|下降|增长|下滑|"
    r"减少|扩展|走向|引发(?!用)|被[取淘]|继续|短缺|下跌|上涨|出现|消失|扩大|被扩)"
)
_SURE_HAN: Final = pattern(
    r"[预有势终必指或仍还都均也续式后来时年月日周将这计打拟即迟未今目下一](?:"
    r"(?<=预)(?:计(?!算|需求|的)|期(?=[年将会到其该]|在20|今年|明年)|"
    r"测(?<![的对边市]预测)(?<!做到预测)(?=[,:“其该称说将到]|20\d\d|今年|"
    r"明年|显示|全球|[^,。的]{2,14}(?:将|会|达到|增长|超过)))|(?<=有)望|(?<=势)(?:将|必(?!会?(?:造成|导致)))|"
    r"(?<=[终必])将|"
    r"(?<=指)日可待|(?<=或)将(?![其它这])|(?<=[仍还都均也续式后来时年月日周])将(?![来近其这它该此数]|我们的|"
    r"[^,。]{0,20}(?:作为|视为|用作|合[并併]|[A-Z]))|(?<=将)(?<!即将)(?:继续|持续|陆续|逐步|迎来|亮相|推出|发布|上线|"
    r"开放|举[行办]|"
    r"启动|正式|达到?\s?[\d一二两三四五六七八九十百千万]|增[长至加]|突破|取代|投入|投资|收购|停止|终止|放弃|关闭|"
    r"采用|加入|负责|担任|"
    r"要求|超过|于|进一步|由|是(?!由|否)|不再(?![是需有])|[^,。]{1,20}收购|成为[^,。]{0,20}(?:[首第最新]|未来|趋势|"
    r"关键|货币|力量|"
    r"里程碑|领袖|领导者|主流|标准|核心)|在(?:[\d下本秋春夏冬]|明年|今年|未来|不久|稍后|[^,。]{1,16}(?:运行|举行|"
    r"举办|发布|上线|推出|"
    r"开放|进行|展示|展出|亮相)))|(?<=这)(?:也|一[^,。]{1,6})?将[使为让带推成有加]|(?<=计)划(?:[在于到将建开]|推出|"
    r"发布|明年|"
    r"今年|未来|投[资入]|"
    r"上市|收购)|(?<=打)(?<!不打)算(?![^,。]{1,24}的)|(?<=拟)(?:[于在将]|收购)|(?<=即)将(?![^,。]{1,16}的|应用程|其|这)|"
    r"(?<=迟)早|(?<=今)后每|(?<=一)定会|"
    r"(?<=未)(?<!在未)来(?:[几两三数]|[1-9]\d?)个?[周月年天季][^,。]{0,20}(?:将|会|提供|推出|完成|取代|实现|达到)|"
    r"(?<=目)标是[^,。]{0,20}(?:20\d\d|年|完成|实现)|(?<=下)一步(?:计划|将))"
)
_WILL_HAN: Final = pattern(
    r"[将可不一终会](?:(?<=将)(?<![即必终或“「]将)(?:[会被使让有为从与和达]|不会|不得不|能够?|可以|获[得准]|提供|支持|"
    r"包含|专注|扩[大展]|"
    r"改变|重塑|引领|进入|面[临向]|允许|部署|资助|运行|担任|出[席现任]|公[布开]|[升降][级低]|[上下]调|建[立设]|合作|"
    r"裁员|帮助|协助|带来|"
    r"成为|推[动迟]|增强|加[强速]|减少|取[决消]|受益|直接|显著|大幅|极大|彻底|首次|全面|更[加好多]?|适用|打造|整合|"
    r"用于|涵盖|包括|"
    r"重新|再次|停止|交付|收购|投入)|(?<=可)能会?在20\d\d|(?<=不)再会|(?<=一)定会|(?<=终)会|"
    r"(?<=会)在(?:不久|未来|明年|今年|下))"
)
_AS_A_RULE_HAN: Final = pattern(
    "命令|函数|参数|脚本|选项|默认|窗口|按钮|点击|安装|文件|目录|终端|变量|返回|执行(?!官)|(?<!关)键|步骤|教程|"
    "(?<!股票)代码|"
    "系统将|程序将|字段|接口|请求|请[确务先]|导致"
)
_AHEAD_HAN: Final = pattern(
    r"(?:(?<!遥远的)未来(?!计划|事件)|今后|明年|几年后|年内|年底|长远|将来|20(?:2[4-9]|[3-9]\d)年|下个?(?:月|周|"
    r"阶段))[^。]{0,40}?"
    r"(?:将(?!其|这|它|近)|(?<![社机大协峰员不])会(?![议员计])|有望|可能|一定|必[将定然]|计划|应该|走向|成为|绕不开|"
    r"最重要)"
    r"|(?:将(?!其|这|它)|会|可能|计划|希望|应该)[^,。]{0,12}(?:在(?:不久的?)?未来|未来[几两三数\d]|明年|年内|年底|"
    r"20(?:2[5-9]|[3-9]\d)年)"
)
_LOOKS_NOT: Final = pattern(
    r"[预未遥我本不并库前接原此最当](?:(?<=预)测未来|(?<=未)来(?:概念|蓝图|内存|的办法|设备的)|"
    r"(?<=我)们?将(?:在[本这配]|介绍|看到|讨论|使用|通过|演示|学习|探讨|会看|展示|首先|创建|从)|"
    r"(?<=本)(?:[文章节书]|教程|指南)中?,?(?:我们)?[将会]|(?<=不)是历史事实|(?<=并)非[^,。]{0,6}未来|(?<=库)将会|"
    r"(?<=前)瞻性[声陈]|(?<=接)下来[,我]|(?:(?<=原)本|(?<=本)来|(?<=此)前|(?<=最)初|(?<=当)时)(?:预[计期测]|计划))"
)


_FOR_SURE: Final = frozenset(("预计", "有望", "或将", "必将", "终将", "势将"))
"""They look ahead in a supposed case, too."""


def looks_ahead(text: str, latin: bool) -> bool:
    """Whether it says what will, is planned or is expected to happen, and not what happens as a rule."""
    if not latin:
        return _expects_han(text) and not _LOOKS_NOT.search(text)
    return _expects(text) and not _ARTICLE.search(text) and not _EXPECTS_NOT.search(text)


def _expects_han(text: str) -> bool:
    sure = _SURE_HAN.search(text)
    if _HOLDS_IF_HAN.search(text):
        return sure is not None and sure[0] in _FOR_SURE
    if sure or _AHEAD_HAN.search(text):
        return True
    may = _MAY_HAN.search(text) or (not _SUPPOSED_HAN.search(text) and _WILL_HAN.search(text))
    return bool(may) and not _AS_A_RULE_HAN.search(text)


def _expects(text: str) -> bool:
    if any(map(text.__contains__, _EXPECTING)):
        expected = _EXPECTED.search(text)
        if expected and not _HOLDS_IF.search(text, max(0, expected.start() - 80), expected.start()):
            return True
    soon: bool | None = None
    for match in _WILL.finditer(text):
        at, end = match.span()
        held = _HOLDS_IF.search(text, max(0, at - 120), end)
        if held and held[0] not in ("if", "when", "If", "When"):
            continue
        if _ASIDE.search(text, max(0, at - 40), end):
            continue
        works = held or _RULE.search(text, max(0, at - 16), end + 14) or _WORKS.match(text, end)
        if not works and not (_YOU.search(text, max(0, at - 120), end) or _TO_YOU.search(text)):
            return True
        if soon is None:
            soon = _SOON.search(text) is not None
        if soon:
            return True
        if not works and (
            _WILL_HAPPEN.match(text, end - 3 if match[0].endswith("'ll") else at)
            or _THIS_WILL.search(text, max(0, at - 24), end + 16)
            or _WE_WILL.search(text, max(0, at - 4), end + 30)
        ):
            return True
    return False
