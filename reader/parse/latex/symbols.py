"""The commands of LaTeX math that stand for one sign, and the letters Unicode has for scripts, alphabets and accents.

Owns tables only: which sign a command is, and of which class TeX counts it (The TeXbook, chapter 17), since spaces and
brackets depend on the class. Refuses commands that take arguments; those are the parser's. Invariant: a command that
is in no table is unknown, and a formula that has it is shown as it is written.
"""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal["ord", "op", "word", "bin", "rel", "open", "close", "punct"]
"""Classes of signs. An `op` is a large sign as ∑, a `word` a function's name or any other word set upright."""


def _pairs(listed: str) -> dict[str, str]:
    words = listed.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def words(listed: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(listed.split())


LETTERS: Final = _pairs(
    """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ
    lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ
    chi χ psi ψ omega ω digamma ϝ thetasym ϑ
    Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο
    Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω
    varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ varPhi Φ varPsi Ψ varOmega Ω
    aleph ℵ beth ℶ gimel ℷ daleth ℸ hbar ℏ hslash ℏ ell ℓ wp ℘ Re ℜ Im ℑ imath ı jmath ȷ eth ð mho ℧ Finv Ⅎ Game ⅁
    partial ∂ nabla ∇ infty ∞ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ exist ∃ neg ¬ lnot ¬ top ⊤ bot ⊥
    angle ∠ measuredangle ∡ sphericalangle ∢ prime ′ backprime ‵ complement ∁ surd √ degree ° checkmark ✓
    flat ♭ natural ♮ sharp ♯ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ bigstar ★ maltese ✠
    square □ Box □ blacksquare ■ triangle △ vartriangle △ triangledown ▽ blacktriangle ▲ blacktriangledown ▼
    lozenge ◊ blacklozenge ⧫ Diamond ◇ circledR ® circledS Ⓢ copyright © pounds £ yen ¥ euro € S § P ¶ AA Å aa å
    O Ø o ø AE Æ ae æ OE Œ oe œ ss ß L Ł l ł i ı j ȷ Bbbk 𝕜 qed ∎ QED ∎ infin ∞ empty ∅ isin ∈ alef ℵ alefsym ℵ
    R ℝ N ℕ Z ℤ reals ℝ Reals ℝ natnums ℕ cnums ℂ Complex ℂ diagup ╱ diagdown ╲ And & real ℜ image ℑ weierp ℘
    ldots … dots … dotsc … dotso … mathellipsis … textellipsis … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱
    adots ⋰ iddots ⋰ textbackslash \\ backslash \\ textdollar $ lq ‘ rq ’ textdegree ° textbar | dag † ddag ‡
    """
)
"""Signs of the class ord: what stands for a quantity."""

BINARY: Final = _pairs(
    """
    pm ± mp ∓ times × div ÷ cdot · cdotp · ast ∗ star ⋆ circ ∘ bullet • cap ∩ cup ∪ sqcap ⊓ sqcup ⊔ uplus ⊎ vee ∨
    wedge ∧ lor ∨ land ∧ setminus ∖ smallsetminus ∖ wr ≀ amalg ⨿ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ dagger †
    ddagger ‡ bigcirc ◯ bigtriangleup △ bigtriangledown ▽ triangleleft ◁ triangleright ▷ diamond ⋄ lhd ⊲ rhd ⊳
    unlhd ⊴ unrhd ⊵ boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ ltimes ⋉ rtimes ⋊ barwedge ⊼ veebar ⊻ curlyvee ⋎
    curlywedge ⋏ circledast ⊛ circledcirc ⊚ circleddash ⊝ divideontimes ⋇ dotplus ∔ intercal ⊺ leftthreetimes ⋋
    rightthreetimes ⋌ doublebarwedge ⩞ Cap ⋒ Cup ⋓ doublecap ⋒ doublecup ⋓ centerdot · gtrdot ⋗ lessdot ⋖ sdot ⋅
    plusmn ± bmod mod
    """
)

RELATIONS: Final = _pairs(
    """
    le ≤ leq ≤ ge ≥ geq ≥ leqslant ≤ geqslant ≥ leqq ≦ geqq ≧ lt < gt > ne ≠ neq ≠ ll ≪ gg ≫ lll ⋘ ggg ⋙ equiv ≡
    sim ∼ simeq ≃ approx ≈ approxeq ≊ cong ≅ doteq ≐ doteqdot ≑ Doteq ≑ propto ∝ varpropto ∝ thicksim ∼ thickapprox ≈
    prec ≺ succ ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽ precsim ≾ succsim ≿ precapprox ⪷ succapprox ⪸
    subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subseteqq ⫅ supseteqq ⫆ subsetneq ⊊ supsetneq ⊋ subsetneqq ⫋ supsetneqq ⫌
    Subset ⋐ Supset ⋑ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ in ∈ ni ∋ owns ∋ notin ∉ notni ∌ vdash ⊢ dashv ⊣
    models ⊨ vDash ⊨ Vdash ⊩ Vvdash ⊪ nvdash ⊬ nvDash ⊭ nVdash ⊮ nVDash ⊯ perp ⊥ parallel ∥ nparallel ∦ mid | nmid ∤
    shortmid | nshortmid ∤ shortparallel ∥ nshortparallel ∦ asymp ≍ bowtie ⋈ Join ⋈ smile ⌣ frown ⌢ smallsmile ⌣
    smallfrown ⌢ between ≬ pitchfork ⋔ therefore ∴ because ∵ backsim ∽ backsimeq ⋍ bumpeq ≏ Bumpeq ≎ circeq ≗ eqcirc ≖
    triangleq ≜ risingdotseq ≓ fallingdotseq ≒ eqsim ≂ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ lessgtr ≶ gtrless ≷
    lesseqgtr ⋚ gtreqless ⋛ lesseqqgtr ⪋ gtreqqless ⪌ eqslantless ⪕ eqslantgtr ⪖ curlyeqprec ⋞ curlyeqsucc ⋟
    trianglelefteq ⊴ trianglerighteq ⊵ vartriangleleft ⊲ vartriangleright ⊳ blacktriangleleft ◀ blacktriangleright ▶
    ntriangleleft ⋪ ntriangleright ⋫ ntrianglelefteq ⋬ ntrianglerighteq ⋭ multimap ⊸ backepsilon ϶ nless ≮ ngtr ≯
    nleq ≰ ngeq ≱ lneq ⪇ gneq ⪈ lneqq ≨ gneqq ≩ lnsim ⋦ gnsim ⋧ lnapprox ⪉ gnapprox ⪊ nprec ⊀ nsucc ⊁ npreceq ⋠
    nsucceq ⋡ precnsim ⋨ succnsim ⋩ nsim ≁ ncong ≇ nsubseteq ⊈ nsupseteq ⊉ coloneqq ≔ coloneq ≔ eqqcolon ≕
    vcentcolon : coloncolon ∷ Coloneqq ⩴ origof ⊶ imageof ⊷ sub ⊂ sube ⊆ supe ⊇
    to → gets ← rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ longrightarrow ⟶
    longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ implies ⇒ impliedby ⇐
    iff ⇔ mapsto ↦ longmapsto ⟼ mapsfrom ↤ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕
    nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ rightharpoondown ⇁
    leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋ rightleftarrows ⇄ leftrightarrows ⇆
    leftleftarrows ⇇ rightrightarrows ⇉ upuparrows ⇈ downdownarrows ⇊ twoheadrightarrow ↠ twoheadleftarrow ↞
    rightarrowtail ↣ leftarrowtail ↢ looparrowright ↬ looparrowleft ↫ curvearrowright ↷ curvearrowleft ↶
    circlearrowright ↻ circlearrowleft ↺ rightsquigarrow ⇝ leadsto ⇝ leftrightsquigarrow ↭ dashrightarrow ⇢
    dashleftarrow ⇠ Lleftarrow ⇚ Rrightarrow ⇛ Lsh ↰ Rsh ↱ upharpoonright ↾ restriction ↾ upharpoonleft ↿
    downharpoonright ⇂ downharpoonleft ⇃ nrightarrow ↛ nleftarrow ↚ nleftrightarrow ↮ nRightarrow ⇏ nLeftarrow ⇍
    nLeftrightarrow ⇎ larr ← rarr → lrarr ↔ rArr ⇒ lArr ⇐ hArr ⇔ harr ↔ Rarr ⇒ Larr ⇐ Harr ⇔ uarr ↑ darr ↓
    """
)

LARGE: Final = _pairs(
    """
    sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ iiiint ⨌ oint ∮ oiint ∯ oiiint ∰ intop ∫ smallint ∫ idotsint ∫⋯∫
    bigcap ⋂ bigcup ⋃ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ bigsqcup ⨆
    """
)

LIMITS: Final = words("lim liminf limsup varliminf varlimsup injlim projlim max min sup inf argmax argmin plim")
"""Functions whose scripts stand below them and whose argument may be a whole fraction: lim 1/n."""

FUNCTIONS: Final = {
    **{
        name: name
        for name in words(
            """
            arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom ker lg ln log Pr sec sin sinh tan
            tanh lim max min sup inf argmax argmin plim sech csch arcctg arctg ch cosec cotg ctg cth sh tg th arccot
            arcsec arccsc arsinh arcosh artanh lcm sgn sign tr Tr rank diag
            """
        )
    },
    "liminf": "lim inf",
    "limsup": "lim sup",
    "varliminf": "lim inf",
    "varlimsup": "lim sup",
    "injlim": "inj lim",
    "projlim": "proj lim",
}

OPENING: Final = _pairs(
    r"""
    langle ⟨ lang ⟨ lbrace { lbrack [ lceil ⌈ lfloor ⌊ lvert | lVert ‖ lgroup ( lmoustache ⎰ ulcorner ⌜ llcorner ⌞
    llbracket ⟦ lBrace ⦃ lparen (
    """
)
CLOSING: Final = _pairs(
    r"""
    rangle ⟩ rang ⟩ rbrace } rbrack ] rceil ⌉ rfloor ⌋ rvert | rVert ‖ rgroup ) rmoustache ⎱ urcorner ⌝ lrcorner ⌟
    rrbracket ⟧ rBrace ⦄ rparen )
    """
)
BARS: Final = {"|": "‖", "Vert": "‖", "vert": "|"}
"""Bars, of which only the place tells whether they open or close; the keys are commands."""

ESCAPED: Final = {"$": "$", "%": "%", "#": "#", "&": "&", "_": "_"}
SPACES: Final = {
    **dict.fromkeys(
        (" ", "\n", "\t", ",", ":", ";", ">", "thinspace", "medspace", "thickspace", "enspace", "space"), " "
    ),
    **dict.fromkeys(("nobreakspace", "enskip"), " "),
    **dict.fromkeys(("quad",), "  "),
    **dict.fromkeys(("qquad",), "    "),
}
SILENT: Final = words(
    "! negthinspace negmedspace negthickspace displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits "
    "nonumber notag strut mathstrut allowbreak nobreak noindent relax hfill hfil null big Big bigg Bigg bigl Bigl "
    "biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm tiny small normalsize large Large LARGE huge Huge "
    "footnotesize scriptsize hline hdashline centering unboldmath / -"
)
"""What is for the looks of print only: sizes of brackets and of letters, lines of tables, numbering, negative space."""


def sign(name: str) -> tuple[Kind, str] | None:
    """Class and sign of a command without arguments; None where there is no such command."""
    for kind, table in _BY_KIND:
        if name in table:
            return kind, table[name]
    return None


_BY_KIND: Final[tuple[tuple[Kind, dict[str, str]], ...]] = (
    ("ord", LETTERS),
    ("ord", ESCAPED),
    ("bin", BINARY),
    ("rel", RELATIONS),
    ("op", LARGE),
    ("word", FUNCTIONS),
    ("open", {"{": "{", **OPENING}),
    ("close", {"}": "}", **CLOSING}),
    ("punct", {"colon": ": "}),
)

KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys("+-*/−", "bin"),
    **dict.fromkeys("=<>:", "rel"),
    **dict.fromkeys("([", "open"),
    **dict.fromkeys(")]", "close"),
    **dict.fromkeys(",;，；、", "punct"),
    **{mark: "bin" for mark in BINARY.values() if len(mark) == 1},
    **{mark: "rel" for mark in RELATIONS.values() if mark not in "|:"},
    **{mark: "op" for mark in LARGE.values() if len(mark) == 1},
    **{mark: "open" for mark in OPENING.values() if mark not in "{|‖"},
    **{mark: "close" for mark in CLOSING.values() if mark not in "}|‖"},
}
"""Classes of signs that stand in the source themselves."""

SUPERSCRIPTS: Final = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW−′″‴°†‡",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ⁻′″‴°†‡",
        strict=True,
    )
)
"""Letters and signs that have a raised form, or that are written raised anyway."""
SUBSCRIPTS: Final = dict(zip("0123456789+-=()aehijklmnoprstuvx−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₋", strict=True))
RAISED: Final = {"∘": "°", "⊤": "ᵀ", "⊺": "ᵀ"}
"""What a sign means when it stands alone as a superscript: a degree, a transposed matrix."""
PRIMES: Final = {1: "′", 2: "″", 3: "‴", 4: "⁗"}

ACCENTS: Final = {
    **dict.fromkeys(("hat", "widehat", "^"), "\u0302"),
    **dict.fromkeys(("tilde", "widetilde", "~"), "\u0303"),
    **dict.fromkeys(("bar", "="), "\u0304"),
    **dict.fromkeys(("vec", "overrightarrow"), "\u20d7"),
    **dict.fromkeys(("check", "widecheck", "v"), "\u030c"),
    "overleftarrow": "\u20d6",
    "overleftrightarrow": "\u20e1",
    "dot": "\u0307",
    "ddot": "\u0308",
    "dddot": "\u20db",
    "ddddot": "\u20dc",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
    "mathring": "\u030a",
}
"""Accents over one letter, as combining characters."""
LINES: Final = {"overline": "\u0305", "overbar": "\u0305", "underline": "\u0332", "underbar": "\u0332"}
"""Lines over or under a whole expression, as combining characters on each of its signs."""

NEGATED: Final = "\u0338"
"""The stroke of `\\not`."""

OVER: Final = {("=", "def"): "≝", ("=", "△"): "≜", ("=", "Δ"): "≜", ("=", "?"): "≟", ("=", "∧"): "≙", ("=", "⋆"): "≛"}
"""A relation and what stands above it, as one sign."""

_DOUBLE: Final = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"}
_SCRIPT: Final = _pairs("B ℬ E ℰ F ℱ H ℋ I ℐ L ℒ M ℳ R ℛ e ℯ g ℊ o ℴ")
_FRAKTUR: Final = {"C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"}
_BOLD_GREEK: Final = {
    **{chr(0x391 + at): chr(0x1D6A8 + at) for at in range(25) if at != 17},
    **{chr(0x3B1 + at): chr(0x1D6C2 + at) for at in range(25)},
    **_pairs("∇ 𝛁 ∂ 𝛛 ϵ 𝛜 ϑ 𝛝 ϰ 𝛞 ϕ 𝛟 ϱ 𝛠 ϖ 𝛡"),
}
_PLAIN: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _alphabet(first: int, exceptions: dict[str, str], digits: int = 0) -> dict[str, str]:
    made = {letter: chr(first + at) for at, letter in enumerate(_PLAIN)}
    if digits:
        made.update({str(digit): chr(digits + digit) for digit in range(10)})
    return {**made, **exceptions}


_BOLD: Final = _alphabet(0x1D400, _BOLD_GREEK, 0x1D7CE)
_BB: Final = _alphabet(0x1D538, _DOUBLE, 0x1D7D8)
_CAL: Final = _alphabet(0x1D49C, _SCRIPT)
_FRAK: Final = _alphabet(0x1D504, _FRAKTUR)
ALPHABETS: Final[dict[str, dict[str, str]]] = {
    **dict.fromkeys(("mathbf", "boldsymbol", "bm", "bold", "symbf", "mathbfit", "pmb", "bf", "boldmath"), _BOLD),
    **dict.fromkeys(("mathbb", "Bbb", "symbb"), _BB),
    **dict.fromkeys(("mathcal", "mathscr", "cal", "symcal", "scr"), _CAL),
    **dict.fromkeys(("mathfrak", "frak", "symfrak"), _FRAK),
    **{name: {} for name in words("mathrm mathit mathsf mathtt mathnormal rm it sf tt symup symit")},
}
"""Letters by the command that sets them; an empty table leaves them as they are."""
SWITCHES: Final = frozenset(("bf", "cal", "frak", "rm", "it", "sf", "tt", "boldmath", "scr"))
"""Of these, those that are in force up to the end of the group."""
UPRIGHT: Final = frozenset(("mathrm", "rm", "mathsf", "sf", "mathtt", "tt", "symup"))
"""Of these, those whose letters are a word, as in `\\mathrm{Var}`."""
