"""One answer in the shape that each mail client gives it: a text, an HTML page, or both, in any charset."""

import html
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage

ASKER = "Claire Vasseur"
ASKER_ADDRESS = "claire.vasseur@saint-aubin.example"
WRITER = "Paul Morin"
WRITER_ADDRESS = "paul.morin@saint-aubin.example"
SUBJECT = "Données relatives aux menus scolaires"

Shape = tuple[str, str]
"""A text and an HTML page; either may be empty when the client has no such form."""


def page(paragraphs: Sequence[str], tag: str = "p") -> str:
    """Give paragraphs as HTML, their line breaks kept."""
    return "".join(f"<{tag}>{html.escape(text, quote=False).replace(chr(10), '<br>')}</{tag}>" for text in paragraphs)


def lines(paragraphs: Sequence[str], prefix: str = "") -> str:
    """Give paragraphs as a plain text, each line prefixed."""
    return "\n".join(f"{prefix}{line}".rstrip() for line in "\n\n".join(paragraphs).split("\n"))


def outlook(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    head = [
        ("De", f"{ASKER} <{ASKER_ADDRESS}>"),
        ("Envoyé", "jeudi 12 novembre 2026 09:00"),
        ("À", f"{WRITER} <{WRITER_ADDRESS}>"),
        ("Objet", SUBJECT),
    ]
    text = f"{lines(answer)}\n\n" + "\n".join(f"{label} : {value}" for label, value in head) + f"\n\n{lines(asked)}\n"
    block = "<br>".join(f"<b>{label} :</b> {html.escape(value)}" for label, value in head)
    normal = page([*answer, "\u00a0"], 'p class="MsoNormal"').replace('</p class="MsoNormal">', "<o:p></o:p></p>")
    return text, (
        f"<html><head><style>p.MsoNormal{{margin:0cm}}</style></head><body><div class=WordSection1>{normal}"
        f"<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>{block}</p></div></div>"
        f"{page(asked)}</div></body></html>"
    )


def outlook_old(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    return (
        f"{lines(answer)}\n-----Message d'origine-----\nDe : {ASKER} [mailto:{ASKER_ADDRESS}]\nEnvoyé : jeudi 12 novembre 2026 09:00\n"
        f"À : {WRITER}\nObjet : {SUBJECT}\n\n{lines(asked)}\n",
        "",
    )


def outlook_web(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    text, _ = outlook(answer, asked)
    return text.replace("De : ", "________________________________\nDe : ", 1), (
        f'<html><body>{page(answer, "div")}<div id="appendonsend"></div><hr style="display:inline-block;width:98%">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri" color="#000000"><b>De :</b> {ASKER} &lt;{ASKER_ADDRESS}&gt;<br>'
        f"<b>Envoyé :</b> jeudi 12 novembre 2026 09:00<br><b>À :</b> {WRITER}<br><b>Objet :</b> {SUBJECT}</font></div>{page(asked)}"
        f"</body></html>"
    )


def outlook_mobile(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    return (
        f"{lines(answer)}\n\nTélécharger Outlook pour iOS<https://aka.example/o0ukef>\n________________________________\nDe : {ASKER} "
        f"<{ASKER_ADDRESS}>\n"
        f"Envoyé : jeudi, novembre 12, 2026 9:00 AM\nÀ : {WRITER} <{WRITER_ADDRESS}>\nObjet : {SUBJECT}\n\n{lines(asked)}\n",
        f'<html><body>{page(answer, "div")}<div id="ms-outlook-mobile-signature"><div>Télécharger '
        f'<a href="https://aka.example/o0ukef">Outlook pour iOS</a>'
        f'</div></div><div id="mail-editor-reference-message-container"><hr><div id="divRplyFwdMsg"><b>De :</b> {ASKER}<br><b>Envoyé :'
        f"</b> jeudi<br>"
        f"<b>À :</b> {WRITER}<br><b>Objet :</b> {SUBJECT}</div>{page(asked)}</div></body></html>",
    )


def gmail(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    return (
        f"{lines(answer)}\n\nLe jeu. 12 nov. 2026 à 09:00, {ASKER} <\n{ASKER_ADDRESS}> a\nécrit :\n\n{lines(asked, '> ')}\n",
        f'<div dir="ltr">{page(answer, "div")}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">'
        f'Le jeu. 12 nov. 2026 à 09:00, {ASKER} &lt;<a href="mailto:{ASKER_ADDRESS}">{ASKER_ADDRESS}</a>&gt; a écrit :<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid">{page(asked)}</blockquote></div>',
    )


def thunderbird(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    return (
        f"{lines(answer)}\n\nLe 12/11/2026 à 09:00, {ASKER} a écrit :\n{lines(asked, '> ')}\n\n-- \n{WRITER}\nRestauration scolaire\n",
        f'<html><body>{page(answer)}<div class="moz-cite-prefix">Le 12/11/2026 à 09:00, {ASKER} a écrit :<br></div><blockquote type="cite" '
        f'cite="mid:a@b.example">{page(asked)}</blockquote><div class="moz-signature">-- <br>{WRITER}<br>Restauration scolaire</div>'
        f"</body></html>",
    )


def thunderbird_below(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    return (
        f"Le 12/11/2026 à 09:00, {ASKER} a écrit :\n{lines(asked, '> ')}\n\n{lines(answer)}\n\n-- \n{WRITER}\n",
        f'<html><body><div class="moz-cite-prefix">Le 12/11/2026 à 09:00, {ASKER} a écrit :<br></div><blockquote type="cite">{page(asked)}'
        f'</blockquote>{page(answer)}<div class="moz-signature">-- <br>{WRITER}</div></body></html>',
    )


def apple(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    quoted = lines(asked, "> ")
    return (
        f"{lines(answer)}\n\nEnvoyé de mon iPhone\n\n> Le 12 nov. 2026 à 09:00, {ASKER} "
        f"<{ASKER_ADDRESS}> a écrit :\n> \n> \ufeff{quoted[2:]}\n",
        f'<html><body dir="auto">{page(answer, "div")}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Envoyé de mon iPhone'
        f'</div><div dir="ltr"><br>'
        f'<blockquote type="cite">Le 12 nov. 2026 à 09:00, {ASKER} &lt;{ASKER_ADDRESS}&gt; a écrit :<br><br></blockquote></div>'
        f'<blockquote type="cite"><div dir="ltr">\ufeff{page(asked)}</div></blockquote></body></html>',
    )


def zimbra(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    head = f'De: "{ASKER}" <{ASKER_ADDRESS}>\nÀ: "{WRITER}" <{WRITER_ADDRESS}>\nEnvoyé: Jeudi 12 Novembre 2026 09:00:00\nObjet: {SUBJECT}'
    block = html.escape(head).replace("\n", "<br>")
    return f"{lines(answer)}\n\n----- Mail original -----\n{head}\n\n{lines(asked)}\n", (
        f'<html><body><div style="font-family:arial">{page(answer, "div")}<div data-marker="__SIG_POST__">-- <br>{WRITER}</div>'
        f'<hr id="zwchr" '
        f'data-marker="__DIVIDER__"><div data-marker="__HEADERS__">{block}</div><div data-marker="__QUOTED_TEXT__">'
        f"<blockquote>{page(asked)}</blockquote></div></div></body></html>"
    )


def roundcube(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    return (
        f"{lines(answer)}\n\nLe 2026-11-12 09:00, {ASKER} a écrit :\n\n{lines(asked, '> ')}\n",
        f'<html><body>{page(answer)}<p id="reply-intro">Le 2026-11-12 09:00, {ASKER} a écrit :</p>'
        f'<blockquote type="cite">{page(asked)}</blockquote></body></html>',
    )


def bluemind(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    return (
        f"{lines(answer)}\n\nLe jeudi 12 novembre 2026 09:00, {ASKER} <{ASKER_ADDRESS}> a écrit :\n{lines(asked, '> ')}\n",
        f'<div>{page(answer)}</div><div data-bm-reply-separator="x">'
        f"<p>Le jeudi 12 novembre 2026 09:00, {ASKER} &lt;{ASKER_ADDRESS}&gt; a écrit :</p>"
        f"<blockquote>{page(asked)}</blockquote></div>",
    )


def nextcloud(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    head = f'"{ASKER}" {ASKER_ADDRESS} – 12 novembre 2026 09:00'
    return (
        f"{lines(answer)}\n\n{head}\n{lines(asked, '> ')}\n",
        f'{page(answer)}<div class="quote">{html.escape(head)}<br><blockquote>{page(asked)}</blockquote></div>',
    )


def orange(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    head = f"> Message du 12/11/26 09:00\n> De : {ASKER}\n> A : {WRITER_ADDRESS}\n> Copie à : \n> Objet : {SUBJECT}\n> \n"
    return f"{lines(answer)}\n\n\n\n{head}{lines(asked, '> ')}\n", ""


def notes(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    head = f"De :\t{ASKER} <{ASKER_ADDRESS}>\nA :\t{WRITER}/MAIRIE\nDate :\t12/11/2026 09:00\nObjet :\t{SUBJECT}\n"
    return f"{lines(answer)}\n\n\n\n{head}\n\n\n{lines(asked)}\n", ""


def sogo(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    head = f"Le Jeudi 12 Novembre 2026 09:00 CET, {ASKER} <{ASKER_ADDRESS}> a écrit:"
    return f"{lines(answer)}\n\n{head}\n \n{lines(asked, '> ')}\n", (
        f'<html>{page(answer)}{html.escape(head)}<br><blockquote type="cite" cite="{ASKER_ADDRESS}">{page(asked)}</blockquote></html>'
    )


def english(answer: Sequence[str], asked: Sequence[str]) -> Shape:
    head = f"On Thu, 12 Nov 2026 at 09:00, {ASKER} <{ASKER_ADDRESS}> wrote:"
    return f"{lines(answer)}\n\n{head}\n\n{lines(asked, '> ')}\n", (
        f'{page(answer)}<div class="gmail_quote"><div class="gmail_attr">{html.escape(head)}<br></div>'
        f'<blockquote class="gmail_quote">{page(asked)}</blockquote></div>'
    )


CLIENTS: dict[str, Callable[[Sequence[str], Sequence[str]], Shape]] = {
    shape.__name__: shape
    for shape in (
        *(outlook, outlook_old, outlook_web, outlook_mobile, gmail, thunderbird, thunderbird_below, apple, zimbra, roundcube),
        *(bluemind, nextcloud, orange, notes, sogo, english),
    )
}


def mail(text: str, page: str, headers: Mapping[str, str] | None = None, *, charset: str = "utf-8", signed: bool = False) -> bytes:
    """Give a whole answer with these bodies; an empty header is left out. `signed` puts it in an
    S/MIME envelope that anybody can read (RFC 8551 §3.5)."""
    body = EmailMessage()
    if text:
        body.set_content(text, charset=charset)
        if page:
            body.add_alternative(page, subtype="html", charset=charset)
    else:
        body.set_content(page, subtype="html", charset=charset)
    if signed:
        inner, body = body, EmailMessage()
        body["Content-Type"] = 'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256'
        body.attach(inner)
        seal = EmailMessage()
        seal.set_content(b"0\x82", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
        body.attach(seal)
    given = {
        "From": f"{WRITER} <{WRITER_ADDRESS}>",
        "To": f"{ASKER} <{ASKER_ADDRESS}>",
        "Subject": f"RE: {SUBJECT}",
        "Date": "Mon, 23 Nov 2026 10:20:00 +0100",
        "Message-ID": "<reponse@saint-aubin.example>",
        "In-Reply-To": "<demande@saint-aubin.example>",
    } | dict(headers or {})
    for name, value in given.items():
        if value:
            body[name] = value
    return body.as_bytes()
