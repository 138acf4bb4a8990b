import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.core.reading.incoming import Mailbox
from addin.core.understanding.context import Context
from addin.core.understanding.people.absences import absence

ON = dt.date(2026, 12, 21)
CONTEXT = Context(own=frozenset({"opendata@ville.example"}), names=frozenset({"Anne Le Goff"}))


@pytest.mark.parametrize(
    ("text", "until", "deputy"),
    [
        ("Je suis absente jusqu'au 4 janvier inclus.", dt.date(2027, 1, 4), ""),
        ("Je suis en congés du 21/12 au 4/01 inclus.", dt.date(2027, 1, 4), ""),
        ("Absent du 21 au 28 décembre.", dt.date(2026, 12, 28), ""),
        ("Bureau fermé du lundi 21 décembre 2026 au vendredi 1er janvier 2027.", dt.date(2027, 1, 1), ""),
        ("De retour le 05/01.", dt.date(2027, 1, 4), ""),
        ("Je serai de retour le lundi 4 janvier 2027.", dt.date(2027, 1, 3), ""),
        ("Je prendrai connaissance de votre message à mon retour le 4 janv.", dt.date(2027, 1, 3), ""),
        ("Je ne lirai pas mes mails avant mon retour le 04.01.2027.", dt.date(2027, 1, 3), ""),
        ("Joignable à compter du 7 janv.", dt.date(2027, 1, 6), ""),
        ("Je serai de nouveau joignable à partir du 4/1/27", dt.date(2027, 1, 3), ""),
        ("Je suis absent à compter du 28 décembre.", None, ""),
        ("Je serai absente à partir du 28/12.", None, ""),
        ("Je suis absent cette semaine.", None, ""),
        ("Je suis absente quelques jours, de retour lundi.", None, ""),
        ("Actuellement en déplacement, je vous réponds dès que possible.", None, ""),
        ("I am out of the office until January 4.", dt.date(2027, 1, 4), ""),
        (
            "Out of office, back on 5 January 2027. For urgent matters, please contact Emma Stone (emma.stone@ville.example).",
            dt.date(2027, 1, 4),
            "Emma Stone",
        ),
        ("I will be back in the office on Jan 4th, 2027.", dt.date(2027, 1, 3), ""),
        ("I am on leave from 21 December to 3 January.", dt.date(2027, 1, 3), ""),
        ("Absence jusqu'au 15 novembre 2026.", None, ""),
        (
            "Je suis en congé maternité jusqu'au 1er mars. "
            "Pendant mon absence, merci de vous adresser à Mme Claire Roussel (claire.roussel@ville.example, 02 40 11 22 33).",
            dt.date(2027, 3, 1),
            "Claire Roussel",
        ),
        (
            "Absente jusqu'au 4 janvier, vous pouvez contacter mes collègues Sophie Marchand (s.marchand@ville.example) ou Karim Benali.",
            dt.date(2027, 1, 4),
            "Sophie Marchand",
        ),
        ("En cas d'urgence, appelez le 02 40 11 22 33.", None, ""),
        ("Retour prévu : lundi 4 janvier", dt.date(2027, 1, 3), ""),
        ("Reprise le 4 janvier à 9h", dt.date(2027, 1, 3), ""),
        ("Je reprends mon poste le 4 janvier.", dt.date(2027, 1, 3), ""),
        ("Je serai absent le 23 décembre.", dt.date(2026, 12, 23), ""),
        ("Je serai absente les 23 et 24 décembre.", dt.date(2026, 12, 24), ""),
        ("La mairie est fermée jusqu'au 3 janvier 2027 au soir.", dt.date(2027, 1, 3), ""),
        ("Bonjour, je suis absent du bureau du 18 décembre au soir au 4 janvier au matin.", dt.date(2027, 1, 4), ""),
        ("Je suis en arrêt maladie. Merci de contacter Paul Martin au poste 4512.", None, "Paul Martin"),
        ("En mon absence, vous pouvez me joindre au 06 12 34 56 78 en cas d'urgence. Retour le 28/12.", dt.date(2026, 12, 27), ""),
        ("Jusqu’au 4 janvier inclus, mon remplaçant est Luc Hamon, luc.hamon@ville.example.", dt.date(2027, 1, 4), "Luc Hamon"),
        ("absent jusqu'à mon retour le 5 janvier", dt.date(2027, 1, 4), ""),
        ("Je suis absent à compter du 21/12 et jusqu'au 03/01.", dt.date(2027, 1, 3), ""),
        ("Je suis en congés du 21/12/2026 au 03/01/2027. Je serai de retour le 4 janvier.", dt.date(2027, 1, 3), ""),
        ("Je serai présente au bureau le mardi 29 décembre.", dt.date(2026, 12, 28), ""),
        ("Away until 2027-01-04.", dt.date(2027, 1, 4), ""),
        ("Votre demande du 12/11 sera traitée à mon retour, le mercredi 6 janvier.", dt.date(2027, 1, 5), ""),
        ("Je ne travaille pas le mercredi. Réponse avant le 30 décembre.", None, ""),
        ("Returning Monday, January 4.", dt.date(2027, 1, 3), ""),
        ("Je serai à nouveau présent au bureau à compter du lundi 4 janvier 2027.", dt.date(2027, 1, 3), ""),
        ("Je suis en vacances, retour le 4.", None, ""),
        ("Le service est fermé entre le 24 décembre et le 2 janvier.", dt.date(2027, 1, 2), ""),
        ("Absent jusqu'au 20 décembre", None, ""),
        ("On annual leave through 3 January 2027. Please contact gis@ville.example.", dt.date(2027, 1, 3), ""),
        ("Absent (congés) : 21/12 -> 03/01", dt.date(2027, 1, 3), ""),
        ("Absente jusqu'au vendredi 1er janvier inclus (retour lundi 4).", dt.date(2027, 1, 1), ""),
        ("Je suis en formation les 21, 22 et 23 décembre.", dt.date(2026, 12, 23), ""),
        ("Mon absence prend fin le 3 janvier.", dt.date(2027, 1, 3), ""),
    ],
)
def test_last_day_away_and_deputy(text: str, until: dt.date | None, deputy: str) -> None:
    read = absence(text, on=ON, context=CONTEXT)
    assert read.until == until
    assert (read.deputy.name if read.deputy else "") == deputy


def test_words_that_led_there_are_pointed_at() -> None:
    text = "Bonjour,\u00a0je serai de retour le\u00a04 janvier. Voyez avec Sophie Marchand (s.marchand@ville.example)."
    read = absence(text, on=ON, context=CONTEXT)
    said = [text[span.start : span.end] for span in read.because]
    assert said[0] == "de retour le\u00a04 janvier"
    assert "Sophie Marchand" in said[1]


@pytest.mark.parametrize(
    ("text", "on", "until"),
    [
        ("De retour le 05/01.", dt.date(2026, 12, 21), dt.date(2027, 1, 4)),
        ("De retour le 05/01.", dt.date(2027, 1, 5), dt.date(2027, 1, 4)),
        ("De retour le 05/01.", dt.date(2027, 1, 6), None),
        ("Absent jusqu'au 5 janvier", dt.date(2027, 1, 5), dt.date(2027, 1, 5)),
        ("Absent jusqu'au 29 février", dt.date(2027, 12, 1), dt.date(2028, 2, 29)),
        ("Absent jusqu'au 30 février", dt.date(2027, 1, 1), None),
        ("Absent jusqu'au 5 janvier", None, None),
        ("Absent jusqu'au 5 janvier 2027", None, dt.date(2027, 1, 5)),
    ],
)
def test_year_rule(text: str, on: dt.date | None, until: dt.date | None) -> None:
    assert absence(text, on=on, context=CONTEXT).until == until


def test_neither_writer_nor_user_nor_robot_stands_in() -> None:
    text = (
        "Absente jusqu'au 4 janvier. "
        "Urgences : contactez Anne Le Goff (opendata@ville.example), j.kerneis@ville.example ou noreply@ville.example."
    )
    writer = Mailbox("Julie Kerneis", "j.kerneis@ville.example")
    assert absence(text, on=ON, context=CONTEXT, writer=writer).deputy is None


def test_first_of_several_deputies_is_kept_with_all_that_is_said() -> None:
    text = (
        "Absente jusqu'au 4 janvier.\nEn mon absence :\n- Luc Hamon, luc.hamon@ville.example, poste 4512\n- Marie Roy, m.roy@ville.example"
    )
    deputy = absence(text, on=ON, context=CONTEXT).deputy
    assert deputy is not None
    assert (deputy.name, deputy.email, deputy.phone) == ("Luc Hamon", "luc.hamon@ville.example", "poste 4512")


@given(
    st.text(alphabet="abjusqu'auderetouled 0123456789/.-janvier\u00a0\n«»(@", max_size=200),
    st.dates(dt.date(2020, 1, 1), dt.date(2090, 1, 1)),
)
def test_any_text_is_read(text: str, on: dt.date) -> None:
    read = absence(text, on=on, context=CONTEXT)
    assert read.until is None or read.until >= on - dt.timedelta(days=1)
    assert all(0 <= span.start <= span.end <= len(text) for span in read.because)


@given(
    st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1)), st.integers(1, 300), st.sampled_from(["{d:%d/%m}", "{d:%d/%m/%Y}", "{d:%d.%m.%y}"])
)
def test_every_day_comes_back(on: dt.date, days: int, form: str) -> None:
    last = on + dt.timedelta(days=days)
    if (last.day, last.month) == (29, 2):
        return
    assert absence(f"Je suis absent jusqu'au {form.format(d=last)} inclus.", on=on, context=CONTEXT).until == last
    assert absence(f"Retour le {form.format(d=last)}.", on=on, context=CONTEXT).until == last - dt.timedelta(days=1)
