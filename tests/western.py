"""Short texts in French, German, Spanish and Portuguese, made of parts: what people leave in Windows-1252."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

_PARTS = {
    "French": (
        (
            "Le café près de la rivière",
            "L’élève du troisième étage",
            "Où êtes-vous ? La fenêtre",
            "Ma mère, née à Orléans,",
        ),
        ("a été fermé l’été dernier", "préfère déjà les pâtes à la crème", "s’était arrêtée à côté du théâtre"),
        (
            ".",
            " : « Ça ira », répète-t-elle.",
            ", même à Noël.",
            " ; créée en 1985, elle coûte 3 €.",
            " — voilà l’idée…",
        ),
    ),
    "German": (
        ("Der Bäcker über der Straße", "Größere Städte", "Für die Mädchen vom Müller", "Ein schönes Gemälde in Öl"),
        ("hört früh mit der Arbeit auf", "muß später überprüft werden", "heißt „Frühling“ und läßt grüßen"),
        (
            ".",
            "; das wäre möglich.",
            " – natürlich nur für Gäste.",
            ", fünfzehn Äpfel und zwölf Nüsse.",
            ": süß und weiß.",
        ),
    ),
    "Spanish": (
        ("El niño pequeño", "¿Qué pasó ayer? La canción", "Mañana, según él,", "La señora de la montaña"),
        ("comió jamón y piñones", "llegó después a la estación de Córdoba", "habló del corazón y de los pingüinos"),
        (".", "; ¡así será!", " porque tenía razón.", ", también en Perú.", ": «número 5», dirá."),
    ),
    "Portuguese": (
        ("A educação das crianças", "Não há informações:", "O coração da nação", "Amanhã, às três, a avó"),
        ("está à disposição de vocês", "começou as ligações com o Maranhão", "põe pães e limões na mesa"),
        (".", "; é só atenção.", ", então até já.", " – opções e soluções.", " e não dá razão."),
    ),
}


def texts() -> Iterator[tuple[str, str]]:
    """Language and text, 60 of each: one line of 30 to 100 characters, or a heading and that line."""
    for language, parts in _PARTS.items():
        for number, (who, does, end) in enumerate(product(*parts)):
            yield language, f"# {who}\n\n{who} {does}{end}\n" if number % 5 == 4 else f"{who} {does}{end}\n"


def scraps() -> Iterator[str]:
    """Single words of these texts, and words in twos."""
    for parts in _PARTS.values():
        for text in (text for group in parts for text in group):
            words = text.split()
            yield from words
            yield from (f"{one} {two}" for one, two in pairwise(words))
    yield from (
        "20 €",
        "n° 5",
        "« oui »",
        "¿Qué?",
        "¡Olé!",
        "São João",
        "coração",
        "Müller",
        "Straße",
        "œuvre",
        "Ñandú",
    )
