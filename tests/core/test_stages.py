import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.core.stage_reading import Layer, attachment_name, read_blanks, read_stage
from addin.core.stage_sheet import read_sheet
from addin.core.stages import Blank

SHEET = """\
title = "Bilan"
goal = "Faire le point."
audience = "Tous."
todo = ["Écrire", "Envoyer"]

[[letters]]
id = "letter"
title = "Le bilan"
subject = "Bilan du {{ jour }}"
attachments = ["bilan.pdf"]

[[letters]]
id = "merci"
title = "Merci"
subject = "Merci"

[[blanks]]
name = "jour"
label = "Jour"
type = "date"
example = "2026-12-01"
source = "meeting.maturity.date"

[[links]]
label = "Méthode"
url = "https://methode.example/"

[[meetings]]
kind = "quality"
title = "Nettoyage"
step = 1
agenda = ["Un", "Deux"]

[[attachments]]
name = "bilan.pdf"
title = "Le bilan"
"""
LETTER = "{{ appel }}\n\nVoici le bilan du {{ jour }}.\n"
SHARED = {"appel": Blank(name="appel", label="Formule d’appel"), "autre": Blank(name="autre", label="Autre")}


def layer(where="7-bilan", sizes=None, **texts):
    files = (
        {"stage.toml": SHEET, "letter.md": LETTER, "merci.md": "Merci {{ appel }}", "guide.md": "## Guide"} if where == "7-bilan" else {}
    )
    files |= {name.replace("__", "-") + (".toml" if name == "stage" else ".md"): text for name, text in texts.items()}
    octets = {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items() if text is not None}
    return Layer(where, octets, {"bilan.pdf": 12} if sizes is None else sizes)


def read(*layers):
    stage, faults = read_stage("7-bilan", layers or [layer()], SHARED)
    return stage, [(fault.file, fault.line, fault.message) for fault in faults]


def sheet(old="", new="", more=""):
    assert old in SHEET
    return SHEET.replace(old, new) + more


def line_of(text, words):
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


def test_a_whole_stage_is_read():
    stage, faults = read()
    assert faults == []
    assert (stage.id, stage.number, stage.title, stage.goal, stage.audience, stage.todo) == (
        "7-bilan",
        7,
        "Bilan",
        "Faire le point.",
        "Tous.",
        ("Écrire", "Envoyer"),
    )
    assert [(letter.id, [blank.name for blank in letter.blanks], letter.attachments) for letter in stage.letters] == [
        ("letter", ["appel", "jour"], ("bilan.pdf",)),
        ("merci", ["appel"], ()),
    ]
    assert (stage.guide, stage.letters[0].body) == ("## Guide", LETTER)
    assert (stage.links[0].url, stage.meetings[0].minutes, stage.meetings[0].agenda) == ("https://methode.example/", 45, ("Un", "Deux"))
    assert (stage.attachments[0].type, stage.attachments[0].size, stage.attachments[0].title) == ("application/pdf", 12, "Le bilan")


@pytest.mark.parametrize(
    ("changed", "words", "said"),
    [
        (sheet('title = "Bilan"', 'title = "Bilan'), 'title = "Bilan', "TOML illisible"),
        (sheet('title = "Bilan"', 'titre = "Bilan"'), "titre =", "Clé inconnue"),
        (sheet('label = "Jour"', 'label = "Jour"\nlibelle = "x"'), "libelle", "Clé inconnue"),
        (sheet('audience = "Tous."', "audience = 3"), "audience", "un texte"),
        (sheet('todo = ["Écrire", "Envoyer"]', 'todo = ["Écrire", 3]'), "todo", "liste de textes"),
        (sheet("step = 1", 'step = "1"'), "step", "nombre entier"),
        (sheet("step = 1", "step = 5"), "step", "de 1 à 4"),
        (sheet("step = 1", "minutes = 0\nstep = 1"), "minutes", "5 à 480"),
        (sheet('kind = "quality"', 'kind = "apéritif"'), "apéritif", "Réunion inconnue"),
        (sheet('type = "date"', 'type = "jour"'), 'type = "jour"', "Type inconnu"),
        (sheet('example = "2026-12-01"', 'example = "demain"'), "demain", "L’exemple ne convient pas"),
        (sheet('source = "meeting.maturity.date"', 'source = "meeting.maturity.end"'), "maturity.end", "Source inconnue"),
        (sheet("https://methode.example/", "javascript:alert(1)"), "javascript", "Adresse refusée"),
        (sheet("https://methode.example/", "methode.example"), "methode.example", "Adresse refusée"),
        (sheet('label = "Méthode"', 'nom = "Méthode"'), "[[links]]", "il manque"),
        (sheet('subject = "Merci"', ""), 'id = "merci"', "n’a pas de « subject »"),
        (sheet('subject = "Merci"', 'subject = "Merci {{ inconnu }}"'), "Merci {{ inconnu", "n’est déclaré nulle part"),
        (sheet('subject = "Merci"', 'subject = "Merci {{ appel.upper() }}"'), "appel.upper", "n’est pas permis"),
        (sheet('id = "merci"', 'id = "letter"'), 'title = "Merci"', "déjà déclaré"),
        (sheet('id = "merci"', 'id = "../merci"'), "../merci", "ne peut pas nommer un courrier"),
        (sheet('attachments = ["bilan.pdf"]', 'attachments = ["autre.pdf"]'), "autre.pdf", "n’est pas déclarée"),
        (sheet('name = "bilan.pdf"', 'name = "../bilan.pdf"'), "../bilan.pdf", "nom simple"),
        (sheet("", "", '\n[[blanks]]\nname = "seul"\nlabel = "Seul"\n'), 'name = "seul"', "ne sert dans aucun courrier"),
        (sheet("", "", '\n[[blanks]]\nname = "Jour"\nlabel = "Seul"\n'), 'name = "Jour"', "ne peut pas nommer un champ"),
        (sheet("", "", '\n[[blanks]]\nname = "jour"\nlabel = "Deux fois"\n'), "Deux fois", "déjà déclaré"),
        (sheet("[[links]]", "[links]"), "[links]", "[[links]]"),
    ],
)
def test_what_is_wrong_in_a_sheet_is_told_by_its_line(changed, words, said):
    _, faults = read(layer(stage=changed))
    told = [(line, message) for file, line, message in faults if file == "7-bilan/stage.toml" and said in message.replace("\u00a0", " ")]
    assert told, faults
    # a key is named by its own line; an entry that is there twice or that lacks a key by its header, just above
    assert line_of(changed, words) - told[0][0] in (0, 1, 2)


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("Bonjour\n\n{{ inconnu }}", 3, "n’est déclaré nulle part"),
        ("Bonjour\n{{ appel.upper() }}", 2, "n’est pas permis"),
        ("a\nb\n{% if appel %}", 3, "champ mal écrit"),
        ("a\n\n[x](javascript:alert(1))", 3, "Lien refusé"),
        ("a\n[x](data:text/html,x)", 2, "Lien refusé"),
        ("a\n[x](ici.pdf)", 0, "Lien refusé"),
        ("{% for j in jour %}{% endfor %}", 1, "boucle"),
        ("x" * 70_000, 1, "64"),
        ("\n \n", 0, "vide"),
        (b"Bonjour\n\xe9t\xe9\n", 2, "UTF-8"),
        (None, 1 + SHEET[: SHEET.index('id = "letter"')].count("\n") - 1, "letter.md"),
    ],
)
def test_a_letter_at_fault_is_left_out_and_told_by_its_line(body, line, said):
    stage, faults = read(layer(letter=body))
    assert [letter.id for letter in stage.letters] == ["merci"]
    assert any(at == line and said.lower() in message.lower().replace("\u00a0", " ") for _, at, message in faults), faults


def test_a_bom_and_windows_line_ends_are_welcome():
    crlf = layer(
        stage=b"\xef\xbb\xbf" + SHEET.replace("\n", "\r\n").encode(), letter=b"\xef\xbb\xbf" + LETTER.replace("\n", "\r\n").encode()
    )
    stage, faults = read(crlf)
    assert faults == [] and stage.letters[0].body == LETTER


def test_a_letter_that_is_not_declared_is_told_and_a_readme_is_not():
    _, faults = read(layer(relance="Bonjour", README="Notes"))
    assert [(file, "n’est pas déclaré" in message) for file, _, message in faults] == [("7-bilan/relance.md", True)]


@pytest.mark.parametrize("sizes", [{}, {"bilan.pdf": 21 * 1024 * 1024}])
def test_an_attachment_that_is_missing_or_too_big_is_left_out(sizes):
    stage, faults = read(layer(sizes=sizes))
    assert stage.attachments == () and stage.letters[0].attachments == ()
    assert len(faults) == 1 and "bilan.pdf" in faults[0][2]


@pytest.mark.parametrize("name", ["bilan", "0-bilan", "7-Bilan", "7_bilan", "7-", "07-bilan", "7-é", "100-x", "7-../x"])
def test_a_folder_needs_the_name_of_a_stage(name):
    stage, faults = read_stage(name, [layer()], SHARED)
    assert stage is None and "7-bilan" in faults[0].message


def test_a_stage_without_title_goal_or_letter_is_left_out():
    for changed in (sheet('title = "Bilan"\n', ""), sheet('goal = "Faire le point."', 'goal = " "'), 'title = "x"\ngoal = "y"'):
        stage, faults = read(layer(stage=changed))
        assert stage is None and faults
    assert read(layer(stage=None))[0] is None


# ---- theirs over ours


def theirs(**texts):
    return layer(where="chez-nous/7-bilan", sizes=texts.pop("sizes", {}), **texts)


def test_a_letter_of_theirs_replaces_ours():
    stage, faults = read(layer(), theirs(letter="Chère équipe, {{ jour }}"))
    assert (stage.letters[0].body, faults) == ("Chère équipe, {{ jour }}", [])
    assert [blank.name for blank in stage.letters[0].blanks] == ["jour"]


def test_their_sheet_is_merged_piece_by_piece():
    over = """title = "Bilan de chez nous"
[[letters]]
id = "letter"
subject = "Notre bilan"
[[letters]]
id = "rappel"
title = "Rappel"
subject = "Rappel"
[[blanks]]
name = "ton"
label = "Ton"
[[links]]
label = "Méthode"
url = "https://chez-nous.example/"
[[links]]
label = "Intranet"
url = "https://intranet.example/"
[[meetings]]
kind = "quality"
step = 1
minutes = 60
[[attachments]]
name = "note.odt"
"""
    stage, faults = read(layer(), theirs(stage=over, rappel="{{ ton }}", sizes={"note.odt": 3}))
    assert faults == []
    assert (stage.title, stage.goal) == ("Bilan de chez nous", "Faire le point.")
    assert [(letter.id, letter.title, letter.subject) for letter in stage.letters] == [
        ("letter", "Le bilan", "Notre bilan"),
        ("merci", "Merci", "Merci"),
        ("rappel", "Rappel", "Rappel"),
    ]
    assert [(link.label, link.url) for link in stage.links] == [
        ("Méthode", "https://chez-nous.example/"),
        ("Intranet", "https://intranet.example/"),
    ]
    assert [(plan.title, plan.minutes) for plan in stage.meetings] == [("Nettoyage", 60)]
    assert [file.name for file in stage.attachments] == ["bilan.pdf", "note.odt"]
    assert stage.letters[0].attachments == ("bilan.pdf",)


@pytest.mark.parametrize(
    ("texts", "file"),
    [
        ({"letter": "{{ appel.__class__ }}"}, "letter.md"),
        ({"letter": "{{ inconnu }}"}, "letter.md"),
        ({"letter": b"\xff"}, "letter.md"),
        ({"letter": ""}, "letter.md"),
        ({"guide": b"\xff"}, "guide.md"),
        ({"stage": "title = "}, "stage.toml"),
        ({"stage": 'title = ""'}, "stage.toml"),
        ({"stage": "title = 3"}, "stage.toml"),
        ({"stage": '[[letters]]\nid = "letter"\nsubject = "{{ 9**9 }}"'}, "stage.toml"),
        ({"stage": '[[letters]]\nid = "letter"\nsubject = 3'}, "stage.toml"),
        ({"stage": '[[links]]\nlabel = "Méthode"\nurl = "javascript:x"'}, "stage.toml"),
        ({"stage": '[[meetings]]\nkind = "quality"\nstep = 1\nminutes = 1'}, "stage.toml"),
        ({"stage": '[[blanks]]\nname = "jour"\nlabel = "J"\ntype = "nombre"'}, "stage.toml"),
    ],
)
def test_theirs_at_fault_never_breaks_ours(texts, file):
    alone, _ = read()
    stage, faults = read(layer(), theirs(**texts))
    assert stage == alone
    assert [where for where, _, _ in faults] == [f"chez-nous/7-bilan/{file}"], faults


def test_our_blank_that_their_letter_no_longer_uses_is_no_fault():
    _, faults = read(layer(), theirs(stage='[[letters]]\nid = "letter"\nsubject = "Bilan"', letter="Bonjour"))
    assert faults == []


def test_shared_blanks_are_merged_too():
    shared, faults = read_blanks(
        [
            ("blanks.toml", b'[[blanks]]\nname = "appel"\nlabel = "Appel"\ntype = "text"'),
            ("eux/blanks.toml", b'[[blanks]]\nname = "appel"\nrequired = false\n[[blanks]]\nname = "x"\nlabel = 3'),
        ]
    )
    assert (shared["appel"].label, shared["appel"].required, set(shared)) == ("Appel", False, {"appel"})
    assert [(fault.file, fault.line) for fault in faults] == [("eux/blanks.toml", 6)]


def test_a_sheet_of_blanks_holds_nothing_else():
    _, faults = read_blanks([("blanks.toml", b'title = "x"\n')])
    assert [(fault.line, "Clé inconnue" in fault.message) for fault in faults] == [(1, True)]


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("a.pdf", True),
        ("Plan de communication.xlsx", True),
        ("../a", False),
        ("a/b", False),
        ("a\\b", False),
        (".a", False),
        ("", False),
        ("a\n", False),
        (" a", False),
        ("c:a", False),
        ("..", False),
    ],
)
def test_names_of_files_to_join(name, good):
    assert attachment_name(name) is good


def test_lines_are_right_after_a_text_of_several_lines():
    text = '[[blanks]]\nname = "a"\nlabel = "A"\nhelp = """\n[[blanks]]\nname = "faux"\n"""\n\n[[blanks]]\nname = "b"\nlabel = 3\n'
    _, faults = read_sheet("f", text.encode())
    assert [fault.line for fault in faults] == [11]


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200), st.lists(st.sampled_from(SHEET.split("\n")), max_size=30).map(lambda lines: "\n".join(lines).encode())
    )
)
def test_any_sheet_is_read_or_told(raw):
    stage, faults = read_stage("7-bilan", [layer(stage=raw)], SHARED)
    assert stage is not None or faults
    over, _ = read_stage("7-bilan", [layer(), layer(where="eux/7-bilan", stage=raw, sizes={})], SHARED)
    assert over is not None and over.letters[0].id == "letter"
