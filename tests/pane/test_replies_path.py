"""The loop of stage 3 in a browser: thirty mails come into the inbox, each is confirmed with a click, and the chart is the expected one."""

import itertools
import json
import re
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

import pytest

from tests.loop_town import CONTACTS_CSV, DATASETS_CSV, Mail, address_of, expected, rounds, told, written
from tests.pane.conftest import MakePane
from tests.pane.driver import Pane
from tests.pane.servers import Server

FIRST = re.compile(r"^(Confirmer|Noter|Créer le contact et confirmer|C’est .* confirmer)")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    found = Server(tmp_path / "donnees")
    yield found
    found.stop()


def post(server: Server, path: str, body: bytes, kind: str) -> bytes:
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": kind}
    with urllib.request.urlopen(urllib.request.Request(server.base + path, body, headers), timeout=30) as answer:
        return cast(bytes, answer.read())


def call(server: Server, path: str, body: Any) -> bytes:
    return post(server, path, json.dumps(body).encode(), "application/json")


class Loop:
    """Hold the letters that left and the mbox where the answers come in."""

    def __init__(self, server: Server, box: Path) -> None:
        self.server, self.box = server, box
        self.letters: dict[tuple[str, str], EmailMessage] = {}
        self.numbers = itertools.count(1)

    def ask(self, letters: tuple[tuple[str, str, str], ...]) -> None:
        for who, about, letter in letters:
            given = {"personne_absente": "Karim Benali"} if letter == "remplacant" else {}
            asked = {
                "stage": "3-localiser",
                "letter": letter,
                "to": [who if "<" in who else address_of(who)],
                "datasets": [about],
                "values": given,
            }
            raw = call(self.server, "/api/v1/letters/draft.eml", asked)
            self.letters[address_of(who), about] = cast(EmailMessage, message_from_bytes(raw, policy=default))

    def come(self, *mails: Mail) -> None:
        with self.box.open("ab") as file:
            for mail in mails:
                raw = written(mail, self.letters[address_of(mail.to), mail.about], number=next(self.numbers), at=datetime.now(UTC))
                file.write(b"From - Mon Nov 23 10:00:00 2026\n" + raw.replace(b"\r\n", b"\n") + b"\n")

    def chart(self) -> Any:
        return json.loads(self.server.get("/api/v1/chart")[1])


@pytest.fixture
def loop(server: Server, tmp_path: Path) -> Loop:
    box = tmp_path / "Reçus"
    box.touch()
    return Loop(server, box)


def started(pane: Pane, loop: Loop) -> None:
    """Set up the town, and the inbox by its own screen."""
    pane.first_run()
    post(loop.server, "/api/v1/contacts/import", CONTACTS_CSV.encode(), "text/csv")
    post(loop.server, "/api/v1/datasets/import", DATASETS_CSV.encode(), "text/csv")
    pane.tab("Réglages")
    pane.go("Boîte de réception")
    assert "jamais le message entier" in pane.main.inner_text()
    page = pane.page
    page.get_by_label("Où arrivent les réponses").select_option("mbox")
    assert not page.get_by_label("Serveur de réception").is_visible()
    page.get_by_label("Chemin complet").fill(str(loop.box))
    page.get_by_label("Relever tout seul").uncheck()
    pane.go("Enregistrer")
    assert "enregistrés" in pane.main.inner_text()


def read_inbox(pane: Pane, count: int) -> None:
    pane.open("/pane/views/inbox")
    pane.go("Relever maintenant")
    words = f"{count} réponses notées" if count > 1 else f"{count} réponse notée"
    pane.main.get_by_text(words).wait_for()
    assert pane.page.locator("#watch[hx-trigger]").count() == 0, "the poll has stopped by itself"


def settle_all(pane: Pane) -> int:
    """Take the first button of each card, the oldest first, and set aside what has none."""
    done = 0
    while True:
        pane.tab("Réponses")
        cards = pane.main.locator("article.reading")
        if not cards.count():
            return done
        buttons = cards.first.get_by_role("button", name=FIRST)
        (buttons.first if buttons.count() else cards.first.get_by_role("button", name=re.compile("^Ignorer"))).click()
        pane.main.locator(".toast").wait_for()
        pane.settled()
        done += 1


def test_thirty_mails_a_click_each(server: Server, loop: Loop, make_pane: MakePane) -> None:
    pane = make_pane(server)
    started(pane, loop)
    done = 0
    for turn in rounds(datetime.now(UTC).date()):
        loop.ask(turn.letters)
        loop.come(*turn.mails)
        read_inbox(pane, len(turn.mails))
        done += settle_all(pane)
        assert pane.overflow() == 0
    assert done == 30
    assert told(loop.chart()) == expected()
    # read again from the start: nothing more
    loop.come()
    read_inbox(pane, 0)
    assert told(loop.chart()) == expected()


def test_a_card_is_read_confirmed_and_taken_back(server: Server, loop: Loop, make_pane: MakePane) -> None:
    pane = make_pane(server, size="wide")
    started(pane, loop)
    turn = rounds(datetime.now(UTC).date())[0]
    loop.ask(turn.letters)
    loop.come(turn.mails[0], turn.mails[1])
    read_inbox(pane, 2)
    before = loop.chart()
    assert [link["status"] for one in before["datasets"] if one["id"] == "menus" for link in one["chain"]] == ["asked"], (
        "a mail proves the sending"
    )

    pane.tab("Aujourd’hui")
    assert "Paul Morin répond pour Menus scolaires" in pane.main.inner_text()
    pane.tab("Réponses")
    card = pane.main.locator("article.reading").filter(has_text="Paul Morin")
    assert "voir Anne Le Goff" in card.inner_text().replace("Voir", "voir")
    assert "Sûr" in card.inner_text()
    assert "n'est pas moi" in " ".join(card.locator("mark").all_inner_texts())
    card.get_by_role("button", name="Confirmer").click()
    pane.page.get_by_text("Consigné\u00a0✓", exact=True).first.wait_for()
    pane.settled()
    assert "Écrire à Anne Le Goff" in pane.main.inner_text()
    pane.tab("Réponses")
    assert "Écrire à Anne Le Goff" in pane.main.locator("section[aria-labelledby=queue]").inner_text()
    pane.main.get_by_role("button", name="Annuler la réponse de Paul Morin").click()
    pane.page.get_by_text("Annulé", exact=False).first.wait_for()
    pane.settled()
    assert loop.chart() == before
    assert pane.main.locator("article.reading").count() == 2

    # set aside, and back again
    pane.main.locator("article.reading").first.get_by_role("button", name=re.compile("^Ignorer")).click()
    pane.page.get_by_text("Message noté\u00a0✓", exact=True).first.wait_for()
    pane.settled()
    assert pane.main.locator("article.reading").count() == 1
    pane.go("Annuler")
    assert pane.main.locator("article.reading").count() == 2


def test_an_unknown_sender_is_somebody_of_the_book(server: Server, loop: Loop, make_pane: MakePane) -> None:
    pane = make_pane(server)
    started(pane, loop)
    turns = rounds(datetime.now(UTC).date())
    loop.ask(turns[0].letters)
    loop.come(turns[3].mails[2], turns[1].mails[7])
    read_inbox(pane, 2)
    pane.tab("Réponses")
    nadia = pane.main.get_by_role("article", name=re.compile("^Nadia Roche"))
    assert "Nouveau contact ?" in nadia.inner_text()
    nadia.get_by_role("button", name="C’est Nadia Roche : ajouter l’adresse et confirmer").click()
    pane.page.get_by_text("Consigné\u00a0✓", exact=True).first.wait_for()
    pane.settled()
    contacts = json.loads(server.get("/api/v1/contacts")[1])
    assert next(one["emails"] for one in contacts if one["name"] == "Nadia Roche")[1:] == ["nadia.roche@agglo.example"]
    assert len(contacts) == 12
    pane.tab("Réponses")
    leo = pane.main.get_by_role("article", name=re.compile("^Léo Martin"))
    assert "Répond à la place de Élise Caron" in leo.inner_text()
    leo.get_by_role("button", name="Créer le contact et confirmer").click()
    pane.page.get_by_text("Consigné\u00a0✓", exact=True).first.wait_for()
    pane.settled()
    assert len(json.loads(server.get("/api/v1/contacts")[1])) == 13
