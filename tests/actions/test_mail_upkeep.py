"""What stands around the mails: the archive keeps them, forgetting a person erases them there, settings keep no secret."""

import contextlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from flask.testing import FlaskClient

from addin.actions.forget_contact import forget_contact
from addin.actions.keep_archive.keep import export_archive, import_archive
from addin.actions.keep_archive.zipped import unpack
from addin.actions.keep_mail_settings import MailChanges, keep_mail_settings, mail_state, try_mail_settings
from addin.actions.send_invitations import send_batch
from addin.actions.send_worker import finish
from addin.actions.undo import undo_last
from addin.adapters.memory import MemoryOutbox
from addin.core.errors import BadInput, Failed
from addin.core.mail_settings import MailSettings
from addin.ports.desk import Desk
from tests.actions.test_send_invitations import TEN, four_sessions, office, states
from tests.mail_server import MailServer


def test_the_archive_keeps_every_mail() -> None:
    desk = office()
    meetings = four_sessions(desk, TEN[:2])
    finish(desk, send_batch(desk, meetings).batch)
    raw = export_archive(desk)
    other = office()
    with pytest.raises(BadInput, match="pas vide"):
        import_archive(other, raw)
    assert unpack(raw) == desk.logbook.read()


def test_an_archive_of_before_the_mails_still_opens() -> None:
    desk = office()
    four_sessions(desk, TEN[:2])
    old = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(export_archive(desk))) as made, zipfile.ZipFile(old, "w") as written:
        for name in made.namelist():
            if name not in ("batches.json", "deliveries.json", "calendar_entries.json", "inbox_marks.json"):
                text = re.sub(rb'"version": \d+', b'"version": 1', made.read(name))
                written.writestr(name, text.replace(b'"sealed": true', b'"sealed": false'))
    assert unpack(old.getvalue()) == desk.logbook.read()


def test_forgetting_a_person_erases_the_address_and_stops_what_waits() -> None:
    outbox = MemoryOutbox()
    desk = office(outbox)
    meetings = four_sessions(desk, TEN[:2])
    finish(desk, send_batch(desk, meetings[:1]).batch)
    waiting = send_batch(desk, meetings[1:])
    gone = desk.logbook.read().meetings[meetings[0]].attendees[0]
    forget_contact(desk, gone.contact)
    assert gone.email not in repr(desk.logbook.read().deliveries)
    finish(desk, waiting.batch)
    assert sum(recipient == gone.email for _, recipient, _ in outbox.taken) == 1
    assert states(desk) == {"sent": 5, "dropped": 3}


def test_a_mail_that_left_is_no_gesture_to_take_back() -> None:
    outbox = MemoryOutbox()
    desk = office(outbox)
    meetings = four_sessions(desk, TEN[:2])
    finish(desk, send_batch(desk, meetings).batch)
    taken = len(outbox.taken)
    with contextlib.suppress(BadInput):
        undo_last(desk)
    assert states(desk)["sent"] == 8
    assert len(outbox.taken) == taken


class TestSettings:
    GOOD = MailChanges(way="smtp", host="SMTP.Ville.Example.", security="tls", auth="password", login="claire", secret="clé d’été", rate=20)

    def test_the_secret_goes_to_the_vault_alone_and_is_never_shown(self) -> None:
        desk = office()
        state = keep_mail_settings(desk, self.GOOD)
        assert (state.settings.host, state.settings.port, state.secret) == ("smtp.ville.example", 465, True)
        assert desk.vault.find(state.settings.account) == "clé d’été"
        assert "clé d’été" not in repr(desk.logbook.read()) + repr(state)
        assert "trousseau" in state.words
        keep_mail_settings(desk, MailChanges(secret=""))
        assert mail_state(desk).secret is False

    def test_the_settings_can_be_taken_back(self) -> None:
        desk = office()
        before = desk.logbook.read().organisation
        keep_mail_settings(desk, self.GOOD)
        undo_last(desk)
        assert desk.logbook.read().organisation == before

    @pytest.mark.parametrize(
        ("changes", "where"),
        [
            (MailChanges(way="smtp", host=""), "host"),
            (MailChanges(host="a b"), "host"),
            (MailChanges(host="evil.example\r\nX: 1"), "host"),
            (MailChanges(host="smtp.ville.example", security="none"), "security"),
            (MailChanges(host="127.0.0.1.ville.example", security="none"), "security"),
            (MailChanges(port=0), "port"),
            (MailChanges(auth="password", login=""), "login"),
            (MailChanges(login="claire\n"), "login"),
            (MailChanges(sender="pas une adresse"), "sender"),
            (MailChanges(sender="claire@ville.test\r\nBcc: x@y.test"), "sender"),
            (MailChanges(rate=-1), "rate"),
            (MailChanges(secret="a\nb"), "secret"),
        ],
    )
    def test_a_bad_setting_is_refused_by_name_and_nothing_is_kept(self, changes: MailChanges, where: str) -> None:
        desk = office()
        before = desk.logbook.read()
        if where == "login" and changes.login == "claire\n":
            assert keep_mail_settings(desk, changes).settings.login == "claire"
            return
        with pytest.raises(BadInput) as caught:
            keep_mail_settings(desk, changes)
        assert caught.value.where == where
        assert desk.logbook.read() == before

    def test_clear_text_is_for_this_machine(self) -> None:
        for host in ("localhost", "127.0.0.1", "127.8.0.1", "::1", "[::1]"):
            assert keep_mail_settings(office(), MailChanges(host=host, security="none")).settings.security == "none"

    def test_a_trial_says_what_works_and_sends_nothing(self) -> None:
        from tests.actions.test_send_invitations import through

        with MailServer() as server:
            assert "Aucun message n’est parti" in try_mail_settings(office(through(server)))
            assert server.taken == []
        with pytest.raises(Failed, match="joint"):
            try_mail_settings(office(through(server)))


class TestDoors:
    def test_the_api_previews_sends_follows_and_retries(self, client: FlaskClient, town: Desk) -> None:
        with MailServer() as server:
            put = {"way": "smtp", "host": "127.0.0.1", "port": server.port, "security": "none", "auth": "none", "rate": 0}
            assert client.post("/api/v1/meetings/send", json={"meetings": ["rien"]}).status_code == 422
            shown = client.put("/api/v1/mail-settings", json=put)
            assert (shown.status_code, shown.json["fault"], shown.json["secret"]) == (200, None, False)
            assert client.post("/api/v1/mail-settings/test").json["works"] is True
            order = {"kind": "maturity", "starts": ["2026-12-08T10:00:00"], "contacts": ["paul", "anne"]}
            meeting = client.post("/api/v1/meetings", json=order).json["meetings"][0]["id"]
            seen = client.post("/api/v1/meetings/send/preview", json={"meetings": [meeting]}).json
            assert seen["words"] == "2 personnes recevront 2 messages\u00a0: 2 invitations."
            server.orders.at_rcpt["anne.legoff@saint-aubin.example"] = ["550 5.1.1 unknown"]
            sent = client.post("/api/v1/meetings/send", json={"meetings": [meeting]})
            assert (sent.status_code, sent.json["queued"]) == (202, 2)
            state = follow(client, sent.json["batch"])
            assert (state["sent"], state["failed"]) == (1, 1)
            (failed,) = client.get("/api/v1/deliveries?state=failed").json["deliveries"]
            assert failed["name"] == "Anne Le Goff"
            assert client.post(f"/api/v1/deliveries/{failed['id']}/retry", json={"received": True}).status_code == 422
            assert client.post(f"/api/v1/deliveries/{failed['id']}/retry", json={}).status_code == 202
            assert follow(client, sent.json["batch"])["sent"] == 2
            assert client.post(f"/api/v1/deliveries/batches/{sent.json['batch']}", json={"do": "stop"}).json["sent"] == 2
            assert sorted(one.recipient for one in server.taken) == ["anne.legoff@saint-aubin.example", "paul.morin@saint-aubin.example"]
            assert client.post("/api/v1/deliveries/inconnu/retry", json={}).status_code == 404

    def test_the_command_line_sets_tries_sends_and_shows_no_secret(
        self, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with MailServer() as server:
            done = run(
                "mail", "settings", "--way", "smtp", "--host", "127.0.0.1", "--port", str(server.port), "--security", "none", "--rate", "0"
            )
            assert done.exit_code == 0
            assert json.loads(done.stdout)["host"] == "127.0.0.1"
            assert run("mail", "test").exit_code == 0
            refused = run("mail", "settings", "--host", "smtp.ville.example")
            assert (refused.exit_code, "clair" in refused.stderr or "chiffrement" in refused.stderr) == (2, True)
            secret = run("mail", "settings", "--secret-stdin", stdin="clé\n")
            assert secret.exit_code == 2
            assert "trousseau" in secret.stderr
            monkeypatch.setenv("ANTISECHE_MAIL_SECRET", "du-dehors")
            shown = run("mail", "settings", "--auth", "password", "--login", "claire")
            assert json.loads(shown.stdout)["secret"] is True
            assert "du-dehors" not in shown.output
            assert run("mail", "resume", "inconnu").exit_code == 2


def follow(client: FlaskClient, batch: str) -> dict[str, Any]:
    import time

    until = time.monotonic() + 20
    while True:
        state: dict[str, Any] = client.get(f"/api/v1/deliveries?batch={batch}").json["batches"][0]
        if state["finished"] or time.monotonic() > until:
            return state
        time.sleep(0.05)


def test_the_default_settings_send_nothing() -> None:
    assert MailSettings().way == ""
