import re
from datetime import date, datetime, time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from addin.core.contacts import Contact
from addin.core.french import (
    date_in_words,
    datetime_in_words,
    enumeration,
    number_in_words,
    of,
    of_the,
    opening,
    short_date,
    the,
    time_in_words,
    to,
    to_the,
    typeset,
    uncapitalised,
    with_article,
)
from addin.core.nouns import AMBIGUOUS, FEMININE, MASCULINE, elides, noun
from tests.endless import must_end

N = "\u00a0"


@pytest.mark.parametrize(
    ("title", "the", "to", "of_it"),
    [
        ("Menus scolaires", "les menus scolaires", "aux menus scolaires", "des menus scolaires"),
        ("Éclairage public", "l'éclairage public", "à l'éclairage public", "de l'éclairage public"),
        ("éclairage public", "l'éclairage public", "à l'éclairage public", "de l'éclairage public"),
        ("Eclairage public", "l'eclairage public", "à l'eclairage public", "de l'eclairage public"),
        ("Budget primitif", "le budget primitif", "au budget primitif", "du budget primitif"),
        ("Base adresse locale", "la base adresse locale", "à la base adresse locale", "de la base adresse locale"),
        ("Les arbres remarquables", "les arbres remarquables", "aux arbres remarquables", "des arbres remarquables"),
        ("L'éclairage", "l'éclairage", "à l'éclairage", "de l'éclairage"),
        ("L’Éclairage public", "l'éclairage public", "à l'éclairage public", "de l'éclairage public"),
        ("La liste des marchés", "la liste des marchés", "à la liste des marchés", "de la liste des marchés"),
        ("Le PLU", "le PLU", "au PLU", "du PLU"),
        ("Horaires des piscines", "les horaires des piscines", "aux horaires des piscines", "des horaires des piscines"),
        ("Hôpitaux", "les hôpitaux", "aux hôpitaux", "des hôpitaux"),
        ("Hébergement", "l'hébergement", "à l'hébergement", "de l'hébergement"),
        ("Handicap", "le handicap", "au handicap", "du handicap"),
        ("Halle couverte", "la halle couverte", "à la halle couverte", "de la halle couverte"),
        ("Haie bocagère", "la haie bocagère", "à la haie bocagère", "de la haie bocagère"),
        ("Hauteurs d'eau", "les hauteurs d'eau", "aux hauteurs d'eau", "des hauteurs d'eau"),
        ("Accès aux plages", "l'accès aux plages", "à l'accès aux plages", "de l'accès aux plages"),
        ("Bus", "le bus", "au bus", "du bus"),
        ("Bus électriques", "les bus électriques", "aux bus électriques", "des bus électriques"),
        ("Tapis", "le tapis", "au tapis", "du tapis"),
        ("Prix de l'eau", "le prix de l'eau", "au prix de l'eau", "du prix de l'eau"),
        ("Parcours cyclables", "les parcours cyclables", "aux parcours cyclables", "des parcours cyclables"),
        ("Parcours cyclable", "le parcours cyclable", "au parcours cyclable", "du parcours cyclable"),
        ("Permis de construire", "les permis de construire", "aux permis de construire", "des permis de construire"),
        ("Cours d’eau", "les cours d’eau", "aux cours d’eau", "des cours d’eau"),
        ("Travaux de voirie", "les travaux de voirie", "aux travaux de voirie", "des travaux de voirie"),
        ("Procès-verbaux", "les procès-verbaux", "aux procès-verbaux", "des procès-verbaux"),
        ("Lieux-dits", "les lieux-dits", "aux lieux-dits", "des lieux-dits"),
        ("Bornes de recharge (IRVE)", "les bornes de recharge (IRVE)", "aux bornes de recharge (IRVE)", "des bornes de recharge (IRVE)"),
        ("Bornes IRVE", "les bornes IRVE", "aux bornes IRVE", "des bornes IRVE"),
        ("Écoles et collèges", "les écoles et collèges", "aux écoles et collèges", "des écoles et collèges"),
        ("Petite enfance", "la petite enfance", "à la petite enfance", "de la petite enfance"),
        ("Anciens lavoirs", "les anciens lavoirs", "aux anciens lavoirs", "des anciens lavoirs"),
        ("Ancienne école", "l'ancienne école", "à l'ancienne école", "de l'ancienne école"),
        ("Œuvres d'art", "les œuvres d'art", "aux œuvres d'art", "des œuvres d'art"),
        ("Îlots de fraîcheur", "les îlots de fraîcheur", "aux îlots de fraîcheur", "des îlots de fraîcheur"),
        ("Marchés publics", "les marchés publics", "aux marchés publics", "des marchés publics"),
        ("Défibrillateurs", "les défibrillateurs", "aux défibrillateurs", "des défibrillateurs"),
        ("Stationnement hors voirie", "le stationnement hors voirie", "au stationnement hors voirie", "du stationnement hors voirie"),
        ("  Arbres \t urbains ", "les arbres urbains", "aux arbres urbains", "des arbres urbains"),
    ],
)
def test_a_title_is_read_with_its_article(title, the, to, of_it):
    assert (with_article(title), to_the(title), of_the(title)) == (the, to, of_it)


@pytest.mark.parametrize(
    "title",
    [
        "DAE",
        "IRVE",
        "ECLAIRAGE PUBLIC",
        "Le Havre",
        "La Rochelle",
        "Bourges Plus",
        "2024 budget",
        "28 parkings",
        "«\u00a0Plan\u00a0»",
        '"Plan"',
        "List of trees",
        "Tree inventory",
        "Budget by department",
        "Eau et assainissement",
        "Budget : dépenses",
        "Menus - cantine",
        "menus_2024.csv",
        "Des arbres",
        "Cours",
        "Foo",
        "x",
        "🙂",
        "مدارس",
        "<script>",
        "**gras**",
        "{{ 7*7 }}",
        "Arbres / haies",
        "Plan Vigipirate",
        "Bus et tramway",
        "Porte-vélos",
        "les",
        "l'",
    ],
)
def test_a_title_in_doubt_is_quoted_which_is_always_right(title):
    assert with_article(title) == f"le jeu de données «{N}{title}{N}»"
    assert to_the(title) == f"au jeu de données «{N}{title}{N}»"
    assert of_the(title) == f"du jeu de données «{N}{title}{N}»"


@pytest.mark.parametrize("empty", ["", "   ", "\n"])
def test_no_title_at_all(empty):
    assert to_the(empty) == "au jeu de données"


titles = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from([*MASCULINE[:200], *FEMININE[:200], "et", "de", "des", "les", "Le", "L'", "grands", "IRVE", "2024", "-", ":"]),
        max_size=6,
    ).map(" ".join),
)


@settings(deadline=None)
@given(titles)
def test_every_title_gets_one_right_article(title):
    bare = " ".join(re.split(r"[ \t\r\n\f\v]+", title)).strip()
    for said, openings in (
        (with_article(title), ("le ", "la ", "l'", "les ")),
        (to_the(title), ("au ", "à la ", "à l'", "aux ")),
        (of_the(title), ("du ", "de la ", "de l'", "des ")),
    ):
        assert said.startswith(openings)
        assert not said.startswith(("à le ", "de le ", "à les ", "de les "))
        before = re.match(r"(?:le|la|les|au|aux|à la|du|des|de la) |(?:à |de )?l'", said)
        rest = said[before.end() :]
        assert bare.casefold().endswith(rest.casefold()) or rest in ("jeu de données", f"jeu de données «{N}{bare}{N}»")
        assert "  " not in said


@settings(deadline=None)
@given(st.sampled_from([*MASCULINE, *FEMININE]))
def test_every_noun_of_the_lexicon_takes_its_gender_and_its_plural(word):
    known = noun(word)
    if known.plural:
        assert to_the(word) == f"aux {word}"
    else:
        assert with_article(word) == (f"l'{word}" if elides(word) else f"{'le' if known.gender == 'm' else 'la'} {word}")
        assert noun(word.capitalize()) == known
        if not word.endswith(("s", "x", "z", "al", "au", "eu", "ail")) and "-" not in word:
            # "cours" may be several yards (cours d'école) or one lesson: such a word is quoted
            quoted = f"au jeu de données «{N}{word}s{N}»"
            assert to_the(word + "s") == (quoted if word + "s" in AMBIGUOUS else f"aux {word}s")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Anne Le Goff", "d'Anne Le Goff"),
        ("Paul Morin", "de Paul Morin"),
        ("Hélène Roy", "d'Hélène Roy"),
        ("Henri", "d'Henri"),
        ("Hamid Benali", "de Hamid Benali"),
        ("Yves", "d'Yves"),
        ("Yann", "de Yann"),
        ("Éric", "d'Éric"),
        ("Œdipe", "d'Œdipe"),
        ("Jean-Hugues", "de Jean-Hugues"),
        ("Anne-Marie", "d'Anne-Marie"),
        ("Mme Abadie", "de Mme Abadie"),
        ("Direction des sports", "de la direction des sports"),
        ("service Éducation", "du service Éducation"),
        ("École Jules-Ferry", "de l'école Jules-Ferry"),
        ("anne@mairie.example", "de anne@mairie.example"),
        ("SIVU", "de SIVU"),
        ("EPCI", "de EPCI"),
        ("le service des sports", "du service des sports"),
        ("Le conseil municipal", "du conseil municipal"),
        ("l’équipe numérique", "de l'équipe numérique"),
        ("les archives", "des archives"),
        ("Services techniques", "des services techniques"),
        ("Le Goff", "de Le Goff"),
        ("La Poste", "de La Poste"),
        ("", "de"),
    ],
)
def test_de_before_a_name(name, said):
    assert of(name) == said


@pytest.mark.parametrize(
    ("name", "after_to", "alone"),
    [
        ("Paul Morin", "à Paul Morin", "Paul Morin"),
        ("Anne Le Goff", "à Anne Le Goff", "Anne Le Goff"),
        ("Le Goff", "à Le Goff", "Le Goff"),
        ("La Poste", "à La Poste", "La Poste"),
        ("Service des sports", "au service des sports", "le service des sports"),
        ("le service des sports", "au service des sports", "le service des sports"),
        ("Le Service des sports", "au service des sports", "le service des sports"),
        ("Services techniques", "aux services techniques", "les services techniques"),
        ("Direction générale", "à la direction générale", "la direction générale"),
        ("École Jules-Ferry", "à l'école Jules-Ferry", "l'école Jules-Ferry"),
        ("l’accueil", "à l'accueil", "l'accueil"),
        ("Le conseil municipal", "au conseil municipal", "le conseil municipal"),
        ("conseil municipal", "au conseil municipal", "le conseil municipal"),
        ("le maire", "au maire", "le maire"),
        ("Claire Duval, maire", "à Claire Duval, maire", "Claire Duval, maire"),
        ("anne@mairie.example", "à anne@mairie.example", "anne@mairie.example"),
        ("SIVU", "à SIVU", "SIVU"),
    ],
)
def test_a_before_a_name_and_a_name_in_a_sentence(name, after_to, alone):
    assert to(name) == after_to
    assert the(name) == alone


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_name_in_a_sentence_keeps_its_letters(name):
    bare = "".join(name.split()).casefold()
    assert "".join(the(name).split()).casefold()[-1:] == bare[-1:]
    assert to(name).startswith("a" if to(name).startswith("au") else "à")


def test_words_lose_their_capital_inside_a_sentence():
    assert uncapitalised("Référente open data") == "référente open data"
    assert uncapitalised("Premier jeudi") == "premier jeudi"
    assert [uncapitalised(words) for words in ("DPO de la ville", "DGS", "", "É")] == ["DPO de la ville", "DGS", "", "É"]


@settings(deadline=None)
@given(st.text(max_size=80))
@example("Σ")
@example("LE a")
def test_de_before_any_name(name):
    said, words = of(name), name.split()
    assert said.startswith(("de", "d'", "du"))
    # "Le Mans" gives "du Mans"; Σ is σ or ς by what stands before it
    kept = words[1:] if words and words[0].casefold() in ("le", "les") and said.startswith(("du", "des")) else words
    assert said.casefold().endswith(" ".join(kept).casefold())


def test_dates_and_times_in_words():
    assert date_in_words(date(2026, 12, 1)) == "mardi 1er décembre 2026"
    assert date_in_words(date(2026, 11, 24)) == "mardi 24 novembre 2026"
    assert datetime_in_words(datetime(2026, 12, 1, 10, 0)) == f"mardi 1er décembre 2026 à 10{N}h"  # noqa: DTZ001 - a wall clock
    assert [time_in_words(t) for t in (time(10, 30), time(9, 5), time(0), time(14))] == [f"10{N}h{N}30", f"9{N}h{N}05", f"0{N}h", f"14{N}h"]
    assert [short_date(date(2026, month, 24)) for month in (1, 5, 7, 8, 11)] == [
        "24 janv. 2026",
        "24 mai 2026",
        "24 juil. 2026",
        "24 août 2026",
        "24 nov. 2026",
    ]
    assert short_date(date(2026, 12, 1)) == "1er déc. 2026"
    assert (number_in_words(1234567), number_in_words(12.5), number_in_words(8)) == (f"1{N}234{N}567", "12,5", "8")


@pytest.mark.parametrize(("parts", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")])
def test_enumeration(parts, said):
    assert enumeration(parts) == said


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Bonjour : oui ; non ? si !", f"Bonjour{N}: oui{N}; non{N}? si{N}!"),
        ("« oui » et «non»", f"«{N}oui{N}» et «{N}non{N}»"),
        ("10 % de 5 €", f"10{N}% de 5{N}€"),
        ("à 10 h 30, à 9 h, vers 14 heures", f"à 10{N}h{N}30, à 9{N}h, vers 14 heures"),
        ("n° 5", f"n°{N}5"),
        ("fine\u202f! double  ?", f"fine{N}! double{N}?"),
        ("http: 10:30 a:b 5%", "http: 10:30 a:b 5%"),
        ("voir https://a.example/?q=1;b:2 ; puis mailto:x@y.example !", f"voir https://a.example/?q=1;b:2{N}; puis mailto:x@y.example{N}!"),
        ("le code `a ? b : c` !", f"le code `a ? b : c`{N}!"),
        ("« https://a.example/x »", f"«{N}https://a.example/x{N}»"),
        ("écrire à a.b@c.example ?", f"écrire à a.b@c.example{N}?"),
    ],
)
def test_typesetting(typed, set_):
    assert typeset(typed) == set_


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from(list("aé0159h :;?!«»%€n°\u00a0\u202f\n`@./-'’\u2009")), max_size=60))
def test_typesetting_twice_changes_nothing_and_loses_no_sign(text):
    once = typeset(text)
    assert typeset(once) == once
    blank = "[ \u00a0\u202f\u2009]"
    assert re.sub(blank, "", once) == re.sub(blank, "", text)


@pytest.mark.parametrize("unit", [" ", "a", "a.", "`", "«", "@", "a@", "9 h ", "://", "n°", "www."])
def test_typesetting_a_long_text_ends(unit):
    with must_end(1):
        assert typeset(unit * (64 * 1024 // len(unit)))


def test_openings():
    def person(**fields):
        return Contact(id="c", name="Anne Le Goff", **fields)

    assert opening(person(civility="madame")) == "Madame,"
    assert opening(person(civility="monsieur", kind="elu")) == "Monsieur,"
    assert opening(person()) == opening(None) == opening(person(civility="madame", kind="service")) == "Madame, Monsieur,"
