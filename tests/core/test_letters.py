import re
from datetime import UTC, date, datetime, time
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from addin.adapters.stage_folder import StageFolder, packaged_templates
from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.errors import BadInput
from addin.core.events import Event
from addin.core.french import typeset
from addin.core.letters import fill, guard, preview_html, ready, write_letter
from addin.core.meetings import Attendee, Meeting
from addin.core.organisation import Organisation
from addin.core.prose.source import MAX_SOURCE, check
from addin.core.prose.values import typed
from addin.core.stages import Attachment, Blank, Letter, Link, Stage
from tests.endless import must_end

N = "\u00a0"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
STAGE = Stage(id="3-localiser", number=3, title="Localiser", goal="Trouver", links=(Link(label="Méthode", url="https://methode.example/"),))
BLANKS = (
    Blank(name="lieu", label="Lieu"),
    Blank(name="jeu", label="Jeu de données", type="dataset"),
    Blank(name="jeux", label="Jeux de données", type="datasets"),
    Blank(name="quand", label="Date de l’évaluation", type="date"),
    Blank(name="debut", label="Date et heure", type="datetime"),
    Blank(name="heure", label="Heure", type="time"),
    Blank(name="nombre", label="Nombre", type="number"),
    Blank(name="page", label="Adresse", type="url"),
    Blank(name="par", label="Qui", required=False),
    Blank(name="suites", label="Suites", type="longtext"),
)


def letter(body, subject="Objet", **fields):
    names = check(body + subject, BLANKS).names
    return Letter(id="letter", title="t", subject=subject, body=body, blanks=tuple(b for b in BLANKS if b.name in names), **fields)


def written(body, subject="Objet", **values):
    return write_letter(STAGE, letter(body, subject), values)


class Read(HTMLParser):
    """Read an HTML letter as a person does: its words, with the address of a link after its text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.out, self.tags, self.hrefs, self.styled, self._link = [], [], [], [], None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.styled.append("style" in dict(attrs))
        if tag == "a":
            self._link = (len(self.out), dict(attrs)["href"])
            self.hrefs.append(self._link[1])
        if tag in ("p", "li", "br", "h1", "h2", "h3", "pre"):
            self.out.append("\n")

    def handle_endtag(self, tag):
        if tag == "a":
            start, href = self._link
            address = re.sub("^mailto:", "", href, flags=re.IGNORECASE)
            if "".join(self.out[start:]) not in (address, href):
                self.out.append(f" ({address})")

    def handle_data(self, data):
        self.out.append(data)

    @property
    def words(self):
        return "".join(self.out).split()


def plain_words(text):
    return [word for line in text.split("\n") for word in re.sub(r"^ *(?:- |\d+\. )?", "", line).split()]


# ---- the whitelist

ATTACKS = {
    "class": "{{ ''.__class__ }}",
    "mro": "{{ lieu.__class__.__mro__ }}",
    "call": "{{ lieu.upper() }}",
    "globals": "{{ self.__init__.__globals__ }}",
    "cycler": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "lipsum": "{{ lipsum(1000) }}",
    "range": "{% for i in range(1000000000) %}x{% endfor %}",
    "power": "{{ 9 ** 9 ** 9 }}",
    "multiply": "{{ 'x' * 1000000000 }}",
    "multiply list": "{{ [0] * 1000000000 }}",
    "concat": "{{ lieu ~ lieu }}",
    "shift": "{{ 2 * 2 }}",
    "negative": "{{ -lieu }}",
    "format": "{{ '%1000000000d'|format(1) }}",
    "center": "{{ lieu|center(1000000000) }}",
    "indent": "{{ lieu|indent(1000000000) }}",
    "replace": "{{ lieu|replace('a', 'aaaaaaaaaa') }}",
    "safe": "{{ lieu|safe }}",
    "attr": "{{ lieu|attr('__class__') }}",
    "map": "{{ jeux|map('upper')|join }}",
    "set": "{% set x = lieu %}{{ x }}",
    "include": "{% include 'stage.toml' %}",
    "import": "{% import 'x' as y %}",
    "from": "{% from 'x' import y %}",
    "extends": "{% extends 'x' %}",
    "macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ lieu }}",
    "call block": "{% call lieu() %}{% endcall %}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "with": "{% with x = 1 %}{{ x }}{% endwith %}",
    "block": "{% block x %}{% endblock %}",
    "autoescape": "{% autoescape false %}{{ lieu }}{% endautoescape %}",
    "item": "{{ lieu[0] }}",
    "slice": "{{ lieu[0:10] }}",
    "condition": "{{ lieu if lieu else 'x' }}",
    "test": "{{ lieu is defined }}",
    "list": "{{ [lieu, lieu] }}",
    "dict": "{{ {'a': lieu} }}",
    "unknown": "{{ inconnu }}",
    "record": "{{ _record }}",
    "private name": "{% for _x in jeux %}{{ _x }}{% endfor %}",
    "attribute": "{{ lieu.value }}",
    "loop outside": "{{ loop }}",
    "loop attribute": "{% for j in jeux %}{{ loop.__class__ }}{% endfor %}",
    "loop call": "{% for j in jeux %}{{ loop.cycle('a') }}{% endfor %}",
    "letters of a text": "{% for c in lieu %}x{% endfor %}",
    "letters of an item": "{% for j in jeux %}{% for c in j %}x{% endfor %}{% endfor %}",
    "letters of a constant": "{% for c in 'abc' %}x{% endfor %}",
    "three loops": "{% for a in jeux %}{% for b in jeux %}{% for c in jeux %}x{% endfor %}{% endfor %}{% endfor %}",
    "recursive": "{% for j in jeux recursive %}{{ loop(jeux) }}{% endfor %}",
    "unpack": "{% for a, b in jeux %}x{% endfor %}",
    "shadow": "{% for lieu in jeux %}{{ lieu }}{% endfor %}",
    "after the loop": "{% for j in jeux %}{% endfor %}{{ j }}",
    "star": "{{ jeux|join(*jeux) }}",
    "keyword": "{{ jeux|join(d=lieu) }}",
    "brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "nots": "{{ " + "not " * 5000 + "lieu }}",
    "filters": "{{ lieu" + "|upper" * 5000 + " }}",
    "nested ifs": "{% if lieu %}" * 3000 + "{% endif %}" * 3000,
    "many blanks": "{{ lieu }}" * 6000,
    "digits": "{{ " + "9" * 10000 + " }}",
    "unclosed": "{{ lieu",
    "no endif": "{% if lieu %}",
    "too big": "x" * (MAX_SOURCE + 1),
    "control": "a\x00b",
    "our marks": "\ue000\ue010\ue001",
    "half character": "a\ud800b",
    "do": "{% do lieu %}",
    "debug": "{% debug %}",
    "trans": "{% trans %}x{% endtrans %}",
}


@pytest.mark.parametrize("moment", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
def test_an_instant_at_the_ends_of_the_calendar_is_refused_not_a_crash(moment):
    with pytest.raises(BadInput, match="Date et heure"):
        fill(STAGE, letter("{{ debut }}"), Book(), contact=None, datasets=(), given={"debut": moment}, now=NOW)


@pytest.mark.parametrize("source", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_refused_at_once(source):
    with must_end(1):
        remarks = check(source, BLANKS).remarks
        with pytest.raises(BadInput):
            write_letter(STAGE, Letter(id="x", title="x", subject="x", body=source, blanks=BLANKS), {b.name: b.example for b in BLANKS})
    assert remarks and all(remark.line >= 1 and remark.message for remark in remarks)


def test_a_refusal_gives_the_line_of_each_fault():
    source = "Bonjour\n\n{{ lieu.upper() }}\n{% if lieu %}\n{{ inconnu }}\n{% endif %}\n{{ lieu|safe }}"
    assert [remark.line for remark in check(source, BLANKS).remarks] == [3, 5, 7]
    assert "inconnu" in check(source, BLANKS).remarks[1].message


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in jeux %}{% for b in jeux %}{% endfor %}{% endfor %}" * 20,
        "{% for a in jeux %}" + "x" * 50_000 + "{% endfor %}",
        "{{ suites|join }}" * 400,
        "{% for a in jeux %}{{ jeux|join }}{% endfor %}",
        "{{ jeux|join('" + "y" * 60_000 + "') }}",
        "{% for a in jeux %}{% for b in jeux %}{% if suites|upper|lower|title == a %}{% endif %}{% endfor %}{% endfor %}",
        "{% for a in jeux %}{{ suites }}{% endfor %}",
        "{% for a in jeux %}{% if jeux|au_jeu == a %}{% endif %}{% endfor %}",
    ],
)
def test_a_letter_cannot_loop_for_ever_nor_fill_the_memory(source):
    with must_end(10), pytest.raises(BadInput):
        written(source, jeux=["école " + "z" * 90] * 1000, suites="s" * 20_000)


def test_the_bounds_of_values():
    for values in ({"lieu": "x" * 20_001}, {"jeux": ["x"] * 1001}, {"jeux": "x;" * 1001}, {"jeux": ["x" * 20_001]}):
        with pytest.raises(BadInput):
            written("{{ lieu }}{{ jeux }}", **values)


SCRAPS = [
    *"{}%|.()[]'\" \n*-~<>#",
    "{{ ",
    " }}",
    "{% if lieu %}",
    "{% endif %}",
    "jeux",
    "{% for j in jeux %}",
    "{% endfor %}",
    "lieu",
    "|join",
    "{% else %}",
    "j",
]


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(SCRAPS), max_size=25).map("".join))
def test_any_source_is_written_or_refused_never_more(source):
    try:
        draft = write_letter(STAGE, Letter(id="x", title="x", subject="x", body=source, blanks=BLANKS), {"lieu": "A", "jeux": ["b", "c"]})
    except BadInput:
        return
    assert Read(draft.html).words == plain_words(draft.text) or re.search(r"[-*]|\(", source)


# ---- what values become

HOSTILE = [
    "**x**",
    "_x_",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{% for i in j %}",
    "& &amp; &lt;",
    "مرحبا بالعالم",
    "🙂👩‍💻",
    "\u202etxt.exe",
    "a" * 10_000,
    "- liste",
    "# titre",
    "1. un",
    "[x](javascript:alert(1))",
    "![x](y)",
    "`code`",
    "\\*",
    "> cité",
    "    code",
    '" onmouseover="x',
    "l'« été »",
    "a\nb",
    "a\n\n- b",
    "---",
    "\ue000\ue010\ue001",
    "<!-- x -->",
    "x" + "\u200b",
    "&#60;",
    "$$",
    "|",
    "~~~",
    "http:// x",
    "É" * 50,
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    "source",
    [
        "{{ lieu }}",
        "Avant {{ lieu }} après.",
        "- {{ lieu }}\n- autre",
        "**{{ lieu }}**",
        "## {{ lieu }}",
        "`{{ lieu }}`",
        "> {{ lieu }}",
        "{{ par }}{{ lieu }}",
    ],
)
def test_a_value_comes_out_as_typed(value, source):
    draft = written(source, lieu=value)
    read = Read(draft.html)
    lines = value.strip().split("\n")
    assert all(line.strip() in draft.text for line in lines)
    assert all(line in "".join(read.out) for line in lines if line)
    assert not {"script", "img", "table", "code"} & set(read.tags) - ({"code"} if "`" in source else set())
    assert "javascript:" not in "".join(read.hrefs)
    assert read.tags.count("li") == (2 if source.startswith("-") else 0)
    assert "onmouseover" not in re.sub(r">[^<]*<", "><", draft.html)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_comes_out_as_typed_and_both_forms_say_the_same(value):
    draft = written("Lieu : {{ lieu }}\n\n- **{{ par }}** ({{ jeu|au_jeu }})", lieu=value, par=value, jeu=value)
    expected = typed(BLANKS[0], value)
    words = (str(expected) if expected else "[à compléter : lieu]").split()
    assert plain_words(draft.text)[2 : 2 + len(words)] == words or "- " in value or re.search(r"\d+\. ", value)
    assert set(Read(draft.html).tags) <= {"div", "p", "ul", "li", "strong", "br", "a", "mark"}


def test_addresses_in_values_and_in_prose_become_links_and_nothing_else_does():
    draft = written(
        "Voir {{ lieu }}, écrire à aide@mairie.example.",
        lieu="https://a.example/x?a=1&b=<2>. ftp://x.example javascript:alert(1) (b@c.example)",
    )
    read = Read(draft.html)
    assert read.hrefs == ["https://a.example/x?a=1&b=", "mailto:b@c.example", "mailto:aide@mairie.example"]
    assert read.words == plain_words(draft.text)


def test_links_of_the_source_keep_their_text_and_say_their_address_in_plain_text():
    draft = written(
        "Le [fichier **joint**]({{ page }}), [nous](mailto:a@b.example), <https://c.example/>", page="https://d.example/?a=1&b=2"
    )
    assert draft.text == "Le fichier joint (https://d.example/?a=1&b=2), nous (a@b.example), https://c.example/\n"
    assert '<a href="https://d.example/?a=1&amp;b=2">fichier <strong>joint</strong></a>' in draft.html


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "../x",
        "JaVaScRiPt:x",
        "ftp://x.example",
    ],
)
def test_a_dangerous_link_is_refused(link):
    with pytest.raises(BadInput, match="Lien refusé"):
        written(f"[x]({link})")
    for value in (link, "https://a.example"):
        if value == link:
            with pytest.raises(BadInput):
                written("[x]({{ lieu }})", lieu=value)
    with pytest.raises(BadInput):
        written("{{ page }}", page=link)


def test_a_link_without_its_value_shows_the_blank():
    draft = written("L’[organigramme]({{ page }}) est là.")
    assert draft.text == f"L’organigramme ([à compléter{N}: adresse]) est là.\n"
    assert "href" not in draft.html and Read(draft.html).words == plain_words(draft.text)
    assert draft.missing == ("page",)


def test_dates_times_numbers_and_lists_in_words():
    draft = written(
        "{{ quand }} / {{ debut }} / {{ heure }} / {{ nombre }} / {{ jeux }}\n\n{% for j in jeux %}- {{ j }}\n{% endfor %}",
        quand="2026-12-01",
        debut="2026-12-01T10:30",
        heure="9h05",
        nombre="1 234",
        jeux="Menus; Arbres\nÉcoles",
    )
    assert draft.text == (
        f"mardi 1er décembre 2026 / mardi 1er décembre 2026 à 10{N}h{N}30 / 9{N}h{N}05 / 1{N}234 / Menus, Arbres et Écoles\n\n"
        "- Menus\n- Arbres\n- Écoles\n"
    )
    assert Read(draft.html).tags.count("li") == 3


def test_titles_take_their_article_alone_or_in_a_list():
    assert (
        written("{{ jeu|au_jeu }}, {{ jeu|du_jeu }}, {{ jeu|le_jeu }}", jeu="Éclairage public").text
        == "à l’éclairage public, de l’éclairage public, l’éclairage public\n"
    )
    assert written("{{ jeux|au_jeu }}", jeux=["Menus", "IRVE"]).text == f"aux menus et au jeu de données «{N}IRVE{N}»\n"
    assert written("{{ par|de }} {{ par|de|upper }}", par="Anne").text == "d’Anne D’ANNE\n"
    assert written("{{ jeu|au_jeu }}").text == f"[à compléter{N}: jeu de données]\n"


def test_names_of_departments_take_their_article_and_sentences_their_capital():
    body = "Par {{ par|le_nom }}. J’écris {{ par|a }}. {{ par|le_nom|capitalize }} le dit, en tant que {{ lieu|minuscule }}."
    assert written(body, par="Service des sports", lieu="Référent").text == (
        "Par le service des sports. J’écris au service des sports. Le service des sports le dit, en tant que référent.\n"
    )
    assert written(body, par="Paul Morin", lieu="DPO").text == (
        "Par Paul Morin. J’écris à Paul Morin. Paul Morin le dit, en tant que DPO.\n"
    )
    assert written("{{ par|le_nom|capitalize }} le dit.", par="anne@mairie.example").text == "anne@mairie.example le dit.\n"
    assert written("{{ par|a }}", par="l’équipe").text == "à l’équipe\n"


def test_conditions_read_values_and_words():
    source = "{% if nombre == 1 %}un{% elif nombre > 5 and not par %}beaucoup{% elif nombre == '3' %}trois{% else %}?{% endif %}"
    assert [written(source, nombre=n).text.strip() for n in ("1", "12", "3", "4")] == ["un", "beaucoup", "trois", "?"]
    assert written("{% if jeux|length > 1 %}les{% else %}le{% endif %}", jeux=["a", "b"]).text == "les\n"
    assert (
        written(
            "{% if 'Menus' in jeux %}oui{% endif %}{{ par|default('personne') }}{% if lieu < 3 %}non{% endif %}", jeux=["Menus"], lieu="x"
        ).text
        == "ouipersonne\n"
    )
    assert written("{% for j in jeux %}{{ j }}{% if not loop.last %}, {% endif %}{% endfor %}", jeux=["a", "b"]).text == "a, b\n"


def test_whole_sentences_that_people_write_are_typeset_with_their_paragraphs_kept():
    draft = written("Suites :\n\n{{ suites }}", suites="Qui ? Anne : mardi.\n\nPuis « Paul »\n- et https://a.example/?b=c ;")
    assert draft.text == f"Suites{N}:\n\nQui{N}? Anne{N}: mardi.\n\nPuis «{N}Paul{N}»\n- et https://a.example/?b=c{N};\n"
    assert Read(draft.html).hrefs == ["https://a.example/?b=c"]


# ---- blanks without value


def test_a_required_blank_without_value_stays_visible_named_and_counted_once():
    draft = written("{{ quand }} et {{ quand }}, {{ lieu }}{% if par %}, par {{ par }}{% endif %}.{{ par }}", subject="Le {{ quand }}")
    assert draft.missing == ("quand", "lieu")
    assert draft.text == f"[à compléter{N}: date de l’évaluation] et [à compléter{N}: date de l’évaluation], [à compléter{N}: lieu].\n"
    assert draft.subject == f"Le [à compléter{N}: date de l’évaluation]"
    assert Read(draft.html).tags.count("mark") == 3
    with pytest.raises(BadInput) as refused:
        guard(draft)
    assert refused.value.message == f"Il reste 2{N}champs à remplir{N}: date de l’évaluation, lieu."
    assert not ready(draft)


def test_one_blank_is_said_in_the_singular_and_a_full_letter_passes():
    with pytest.raises(BadInput, match=f"Il reste 1{N}champ à remplir"):
        guard(written("{{ lieu }}"))
    full = written("{{ lieu }}", lieu="ici")
    guard(full)
    assert ready(full)


def test_a_required_blank_under_a_condition_stays_visible_an_optional_one_goes():
    assert written("{% if lieu %}À {{ lieu }}{% endif %}").missing == ("lieu",)
    assert written("Oui{% if par %}, par {{ par }}{% endif %}").text == "Oui\n"
    assert written("{% for j in jeux %}- {{ j }}\n{% endfor %}").text == f"- [à compléter{N}: jeux de données]\n"


# ---- subject, form, Markdown


def test_a_subject_is_one_line_and_a_line_break_in_a_value_is_refused():
    assert (
        written("x", subject="Données relatives {{ jeu|au_jeu }} : les détenez-vous ?", jeu="Menus").subject
        == f"Données relatives aux menus{N}: les détenez-vous{N}?"
    )
    for value in ("a\r\nBcc: x@evil.example", "a\nb", "a\rb", "a\u2028b"):
        with pytest.raises(BadInput, match="seule ligne"):
            written("x", subject="{{ lieu }}", lieu=value)
    assert written("x", subject="{{ lieu }}", lieu="a\x00\x1bb\x7f").subject == "ab"


def test_both_forms_of_a_whole_letter():
    source = (
        "## Titre\n\nUn *mot* et **deux**,\nsur deux lignes.\\\nPuis une autre.\n\n"
        "1. Premier\n2. Second\n   - dedans\n   - encore\n\n* a\n* b\n\n```\nx;y\n1;2\n```\n"
    )
    draft = written(source)
    assert draft.text == (
        "Titre\n\nUn mot et deux, sur deux lignes.\nPuis une autre.\n\n"
        "1. Premier\n2. Second\n   - dedans\n   - encore\n\n- a\n- b\n\nx;y\n1;2\n"
    )
    read = Read(draft.html)
    assert read.words == plain_words(draft.text)
    assert read.tags == ["div", "h2", "p", "em", "strong", "br", "ol", "li", "li", "ul", "li", "li", "ul", "li", "li", "pre"]
    assert draft.html.startswith('<div lang="fr" style="') and "class=" not in draft.html and "12pt" in draft.html


def test_what_markdown_would_swallow_or_draw_stays_as_written():
    draft = written("Ligne\n---\n\n> cité\n\n    retrait\n\n[x]: https://a.example/\n\n<b>gras</b> ![i](https://a.example/i.png)\n\n***\n")
    assert not {"h1", "h2", "hr", "blockquote", "b", "img"} & set(Read(draft.html).tags)
    for words in ("---", "> cité", "retrait", "[x]:", "<b>gras</b>", "***"):
        assert words in draft.text


def test_the_preview_has_no_style_and_the_same_words():
    draft = written("Lieu : {{ lieu }}", lieu=' style="color:red" <b style="x">')
    assert not any(Read(preview_html(draft)).styled)
    assert Read(preview_html(draft)).words == Read(draft.html).words
    assert all(styled for tag, styled in zip(Read(draft.html).tags, Read(draft.html).styled, strict=True) if tag in ("div", "p"))


def test_a_draft_carries_the_files_of_the_letter_and_the_links_of_the_stage():
    files = (Attachment(name="a.pdf", type="application/pdf", size=3), Attachment(name="b.csv", type="text/csv", size=3))
    draft = write_letter(replace(STAGE, attachments=files), letter("x", attachments=("b.csv",)), {})
    assert ([file.name for file in draft.attachments], draft.links) == (["b.csv"], STAGE.links)
    assert (draft.stage, draft.letter) == ("3-localiser", "letter")


# ---- reading what people type


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        *[
            ("quand", text, date(2026, 12, 1))
            for text in (
                "2026-12-01",
                "01/12/2026",
                "1/12/2026",
                "1.12.2026",
                "1er décembre 2026",
                "Mardi 1er Décembre 2026",
                "le 1 decembre 2026",
                "1 déc. 2026",
            )
        ],
        *[
            ("debut", text, datetime(2026, 12, 1, 10, 30))  # noqa: DTZ001 - as typed
            for text in (
                "2026-12-01T10:30",
                "2026-12-01 10:30",
                "01/12/2026 10:30",
                "1er décembre 2026 à 10 h 30",
                "mardi 1er décembre 2026, 10h30",
                "01/12/2026 à 10h30",
            )
        ],
        ("debut", "2026-12-01T10:30+01:00", datetime(2026, 12, 1, 9, 30, tzinfo=UTC)),
        ("debut", "1er décembre 2026 à 10 h", datetime(2026, 12, 1, 10)),  # noqa: DTZ001 - as typed
        *[("heure", text, time(10, 30)) for text in ("10:30", "10h30", "10 h 30", "10:30:00")],
        ("heure", "9h", time(9)),
        ("heure", "14 heures", time(14)),
        ("nombre", "12", 12),
        ("nombre", "1\u00a0234", 1234),
        ("nombre", "1 234 567", 1234567),
        ("nombre", "12,5", 12.5),
        ("nombre", "-3", -3),
        ("page", "https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("jeu", " Menus\nscolaires ", "Menus scolaires"),
        ("jeux", "Menus ; Arbres\n\nÉcoles;", ("Menus", "Arbres", "Écoles")),
        ("lieu", "  salle 3 ", "salle 3"),
        ("lieu", "   ", None),
        ("jeux", " ; ", None),
        ("suites", "a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_a_typed_value_is_read(name, text, value):
    assert typed(next(b for b in BLANKS if b.name == name), text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("quand", "demain"),
        ("quand", "2026-13-01"),
        ("quand", "31/02/2026"),
        ("quand", "1er brumaire 2026"),
        ("quand", "12/2026"),
        ("debut", "2026-12-01"),
        ("debut", "10:30"),
        ("debut", "01/12/2026 25:00"),
        ("heure", "25:00"),
        ("heure", "midi"),
        ("heure", "10:99"),
        ("nombre", "douze"),
        ("nombre", "NaN"),
        ("nombre", "1e9"),
        ("nombre", "9" * 20),
        ("page", "www.a.example"),
        ("page", "javascript:alert(1)"),
        ("page", "https://"),
        ("page", "https://a b"),
        ("page", 'https://a"b'),
        ("page", "ftp://a.example"),
    ],
)
def test_a_bad_value_is_refused_by_the_label_with_an_example(name, text):
    blank = next(b for b in BLANKS if b.name == name)
    with pytest.raises(BadInput) as refused:
        typed(blank, text)
    assert blank.label in refused.value.message and "par exemple" in refused.value.message
    assert refused.value.where == name


@pytest.mark.parametrize("kind", ["text", "longtext", "date", "time", "datetime", "email", "phone", "url", "number", "dataset", "datasets"])
@settings(deadline=None)
@given(
    value=st.one_of(
        st.text(max_size=40),
        st.text(alphabet="0123456789 :/h.-Tà", max_size=20),
        st.none(),
        st.integers(),
        st.floats(),
        st.booleans(),
        st.binary(max_size=3),
        st.lists(st.text(max_size=5), max_size=3),
    )
)
def test_any_value_is_read_or_refused(kind, value):
    try:
        typed(Blank(name="x", label="X", type=kind), value)
    except BadInput as refused:
        assert "X" in refused.message


@pytest.mark.parametrize(
    ("kind", "text", "good"),
    [
        ("email", "Anne@Mairie.example", True),
        ("email", "anne", False),
        ("email", "a@b.example\nBcc: x", False),
        ("phone", "02 99 00 00 00", True),
        ("phone", "+33 (0)2 99", True),
        ("phone", "3939", True),
        ("phone", "ab", False),
        ("phone", "12\n34567", False),
    ],
)
def test_addresses_and_phones(kind, text, good):
    blank = Blank(name="x", label="X", type=kind)
    if good:
        assert typed(blank, text)
    else:
        with pytest.raises(BadInput):
            typed(blank, text)


# ---- filling from the profile, the chart, the meetings

VILLE = Organisation(
    name="Ville de Saint-Aubin",
    referent="Claire Vasseur",
    referent_email="claire@saint-aubin.example",
    mandate_by="le maire",
    mandate_on=date(2026, 9, 21),
    place="salle du conseil",
    department="35",
)
ANNE = Contact(id="anne", name="Anne Le Goff", civility="madame", emails=("anne@saint-aubin.example",))
PAUL = Contact(id="paul", name="Paul Morin", civility="monsieur", emails=("paul@saint-aubin.example",))
MENUS, ARBRES = Dataset(id="menus", title="Menus scolaires"), Dataset(id="arbres", title="Arbres")


def event(number, kind, **fields):
    return Event(id=f"e{number}", at=NOW, type=kind, action=f"a{number}", **fields)


def meeting(key, kind, start, **fields):
    end = start.replace(hour=start.hour + 1)
    return Meeting(id=key, uid=key, kind=kind, title=key, start=start, end=end, **fields)


def book(*events, organisation=VILLE, meetings=()):
    return Book(
        organisation=organisation,
        contacts={"anne": ANNE, "paul": PAUL},
        datasets={"menus": MENUS, "arbres": ARBRES},
        meetings={m.id: m for m in meetings},
        events=events,
    )


def filled(source, *, kind="text", of=None, contact=ANNE, datasets=(), given=None, required=True, now=NOW):
    blank = Blank(name="x", label="X", type=kind, source=source, required=required)
    return fill(
        STAGE,
        Letter(id="l", title="l", subject="s", body="{{ x }}", blanks=(blank,)),
        of or book(),
        contact=contact,
        datasets=datasets,
        given=given or {},
        now=now,
    ).get("x")


def test_values_of_the_profile():
    assert filled("organisation.name") == "Ville de Saint-Aubin"
    assert filled("organisation.mandate_on", kind="date") == date(2026, 9, 21)
    assert filled("organisation.chart_url", kind="url") is None


def test_what_is_typed_wins_then_what_was_kept_then_the_profile():
    kept = replace(VILLE, values={"x": "gardé"})
    assert filled("organisation.place", of=book(organisation=kept), given={"x": "tapé"}) == "tapé"
    assert filled("organisation.place", of=book(organisation=kept)) == "gardé"
    assert filled("organisation.place", of=book(organisation=kept), given={"x": "  "}) == "gardé"
    assert filled("organisation.place") == "salle du conseil"
    assert filled("", of=book(organisation=replace(VILLE, values={"x": "pas une date"})), kind="date") is None


def test_what_was_kept_never_speaks_for_a_recipient_nor_against_a_meeting():
    kept = replace(VILLE, values={"x": "2026-01-01"})
    assert filled("recipient.referred_by", of=book(organisation=kept)) is None
    late = meeting("m", "maturity", datetime(2026, 12, 8, 10, tzinfo=ZoneInfo("Europe/Paris")))
    assert filled("meeting.maturity.date", kind="date", of=book(organisation=kept, meetings=[late])) == date(2026, 12, 8)
    assert filled("meeting.maturity.date", kind="date", of=book(organisation=kept)) == date(2026, 1, 1)


def test_an_optional_blank_left_empty_on_purpose_stays_empty():
    referred = book(event(1, "redirected", contact="paul", to="anne", dataset="menus"))
    assert filled("recipient.referred_by", of=referred, required=False) == "Paul Morin"
    assert filled("recipient.referred_by", of=referred, required=False, given={"x": ""}) is None


def test_who_pointed_the_way_is_the_last_one_for_this_dataset():
    events = (
        event(1, "redirected", contact="paul", to="anne", dataset="menus"),
        event(2, "redirected", contact="anne", to="anne", dataset="arbres"),
    )
    assert filled("recipient.referred_by", of=book(*events), datasets=[MENUS]) == "Paul Morin"
    assert filled("recipient.referred_by", of=book(*events), contact=PAUL) is None
    undone = (*events[:1], event(3, "undone", undo_of="a1"))
    assert filled("recipient.referred_by", of=book(*undone)) is None


def test_datasets_are_those_passed_else_those_that_the_chart_gives_to_the_recipient():
    assert filled("recipient.datasets", kind="datasets", datasets=[MENUS, ARBRES]) == ("Menus scolaires", "Arbres")
    asked = (event(1, "asked", contact="anne", dataset="menus"), event(2, "asked", contact="anne", dataset="arbres"))
    held = (*asked, event(3, "answered", contact="anne", dataset="menus", answer="holds_sent"))
    assert filled("recipient.datasets", kind="datasets", of=book(*asked)) == ("Menus scolaires", "Arbres")
    assert filled("recipient.datasets", kind="datasets", of=book(*held)) == ("Menus scolaires",)
    assert filled("recipient.dataset", kind="dataset", of=book(*held)) == ("Arbres",)
    assert filled("recipient.dataset", kind="dataset", of=book(*asked)) is None  # two: the user chooses
    gone = (*held[:1], event(4, "answered", contact="anne", dataset="menus", answer="knows_nobody"))
    assert filled("recipient.datasets", kind="datasets", of=book(*gone)) is None
    assert filled("recipient.datasets", kind="datasets", of=book(event(1, "linked", contact="paul", to="anne", dataset="menus"))) == (
        "Menus scolaires",
    )
    assert filled("recipient.dataset", kind="dataset", contact=None) is None


def test_the_opening_follows_the_civility():
    assert [filled("recipient.opening", contact=c) for c in (ANNE, PAUL, None)] == ["Madame,", "Monsieur,", "Madame, Monsieur,"]


def test_the_date_to_answer_by_counts_working_days_in_the_local_zone():
    assert filled("deadline.reply", kind="date") == date(2026, 12, 1)
    late_evening = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # already the 25th in Rennes
    assert filled("deadline.reply", kind="date", now=late_evening) == date(2026, 12, 2)


def test_meetings_come_from_the_next_confirmed_one_of_the_recipient():
    paris = ZoneInfo("Europe/Paris")
    first = meeting("m1", "maturity", datetime(2026, 12, 8, 10, tzinfo=paris), place="salle 1")
    second = meeting(
        "m2", "maturity", datetime(2026, 12, 15, 14, tzinfo=paris), attendees=(Attendee(contact="anne", email="anne@saint-aubin.example"),)
    )
    past = meeting("m0", "maturity", datetime(2026, 11, 2, 10, tzinfo=paris))
    off = meeting("m3", "maturity", datetime(2026, 12, 1, 10, tzinfo=paris), status="CANCELLED")
    of = book(meetings=[past, off, second, first])
    assert filled("meeting.maturity.start", kind="datetime", of=of) == second.start
    assert filled("meeting.maturity.start", kind="datetime", of=of, contact=PAUL) == first.start
    assert filled("meeting.maturity.place", of=of, contact=None) == "salle 1"
    assert filled("meeting.club.start", kind="datetime", of=of) is None
    utc = replace(first, start=first.start.astimezone(UTC))
    assert filled("meeting.maturity.start", kind="datetime", of=book(meetings=[utc])).hour == 10


def test_the_four_sessions_come_from_one_cycle():
    paris = ZoneInfo("Europe/Paris")
    days = {"a": (1, 8, 15, 22), "b": (2, 9, 16, 23)}
    meetings = [
        meeting(f"{c}{step}", "quality", datetime(2026, 12, day, 10, tzinfo=paris), step=step, cycle=c)
        for c, all_ in days.items()
        for step, day in enumerate(all_, 1)
    ]
    assert [filled(f"meeting.quality.{step}.start", kind="datetime", of=book(meetings=meetings)).day for step in (1, 2, 3, 4)] == [
        1,
        8,
        15,
        22,
    ]
    later = datetime(2026, 12, 3, 9, tzinfo=UTC)
    assert [filled(f"meeting.quality.{step}.start", kind="datetime", of=book(meetings=meetings), now=later).day for step in (1, 2)] == [
        1,
        8,
    ]


def test_the_count_of_located_datasets():
    asked = (event(1, "asked", contact="anne", dataset="menus"),)
    assert filled("chart.count", kind="number", of=book(*asked)) is None
    assert (
        filled("chart.count", kind="number", of=book(*asked, event(2, "answered", contact="anne", dataset="menus", answer="holds_sent")))
        == 1
    )


def test_an_instant_typed_with_an_offset_is_said_in_local_time():
    value = filled("", kind="datetime", given={"x": "2026-12-01T09:00Z"})
    assert (value.hour, value.utcoffset().total_seconds()) == (10, 3600)
    overseas = book(organisation=replace(VILLE, department="974"))
    assert filled("", kind="datetime", of=overseas, given={"x": "2026-12-01T09:00+01:00"}).hour == 12


# ---- our own letters

SHELF = StageFolder(packaged_templates())
OURS = [(stage, one) for stage in SHELF.stages() for one in stage.letters]


@pytest.mark.parametrize(("stage", "one"), OURS, ids=[f"{s.id}/{one.id}" for s, one in OURS])
def test_each_of_our_letters_says_the_same_in_both_forms_full_and_empty(stage, one):
    examples = {blank.name: typeset(blank.example) for blank in one.blanks}
    full, empty = write_letter(stage, one, examples), write_letter(stage, one, {})
    without_options = write_letter(stage, one, {blank.name: examples[blank.name] for blank in one.blanks if blank.required})
    for draft in (full, empty, without_options):
        assert Read(draft.html).words == plain_words(draft.text)
        assert not set(Read(draft.html).tags) & {"table", "img", "span", "font"}
        assert "  " not in draft.text.replace("\n   ", "\n") and "\n\n\n" not in draft.text
        assert not re.search(r" [:;?!»%€]|« ", draft.text + draft.subject)
        assert not re.search(r"\ue000|\{\{|\{%|None", draft.text + draft.html + draft.subject)
    assert ready(full) and ready(without_options)
    assert set(empty.missing) == {blank.name for blank in one.blanks if blank.required}


SERVICES = {
    "mandat": "Conseil municipal",
    "referent_role": "Référente open data",
    "oriente_par": "Service des sports",
    "oriente_vers": "Service des sports",
    "personne_sollicitee": "Service des sports",
    "personne_absente": "Service des sports",
    "detenteur": "Service des sports",
    "contact_ulterieur": "Direction générale",
    "frequence": "Chaque mois",
    "jour": "Premier jeudi",
}


@pytest.mark.parametrize(("stage", "one"), OURS, ids=[f"{s.id}/{one.id}" for s, one in OURS])
def test_each_of_our_letters_reads_well_when_a_department_stands_for_a_person(stage, one):
    values = {blank.name: typed(blank, SERVICES.get(blank.name, blank.example)) for blank in one.blanks}
    sentences = write_letter(stage, one, values).text.partition("Bien cordialement")[0]
    assert not [words for words in SERVICES.values() if words in sentences]
    assert not re.search(r"\b(?:à|de) les? (?:service|conseil|direction)", sentences)


def test_a_second_reminder_without_telephone_does_not_ask_to_be_called():
    stage, one = next((stage, one) for stage, one in OURS if one.id == "relance-2")
    values = {blank.name: typed(blank, blank.example) for blank in one.blanks if blank.name != "referent_telephone"}
    text = write_letter(stage, one, values).text
    assert "m’appeler quand" not in text
    assert "le numéro auquel vous appeler" in text
