"""Lines by which a mail client or a telephone speaks of itself below a mail ("Envoyé de mon iPhone", "Envoyé avec Spark")."""

import re

_KNOWN = re.compile(
    r"(?:(?:message |mail |courriel |e-?mail )?envoy[ée]e? (?:de|depuis|à partir d[eu']|avec|via|par) ?(?:mon|ma|mobile|outlook|yahoo"
    r"|l'appli(?:cation)?|la messagerie|my|un (?:mobile|smartphone|t[ée]l[ée]phone)"
    r"|proton|iphone|ipad|bluemail|courrier|gmail|thunderbird|samsung|android|orange|mail\b)|sent (?:securely )?(?:from|with|via|using)"
    r" .{2,60}"
    r"|(?:t[ée]l[ée]charger|obtenir|get|t[ée]l[ée]chargez|obtenez) (?:outlook|bluemail|thunderbird|spark) (?:pour|for)\b"
    r"|provenance : courrier|de mon (?:iphone|ipad|smartphone|portable)\W*$"
    r"|(?:[ée]crit|r[ée]dig[ée]|exp[ée]di[ée]|transmis) (?:depuis|avec|sur|à partir de) mon "
    r"(?:iphone|ipad|mobile|smartphone|portable|t[ée]l[ée]phone)\W*$)",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"(?i:(?:message |mail |courriel |e-?mail )?envoy[ée]e? (?:depuis|avec|à partir de|via)) (?P<client>[a-z]{0,2}[A-Z][\w.+-]{0,30}"
    r"(?: (?:[A-Z][\w.+-]{0,30}|[\w.+-]{1,12})){0,4})\.?"
)
_LINK = re.compile(r"\s*[<(\[]?https?://[^\s<>()\]]+[>)\]]?\s*$")
_CARRIER = re.compile(
    r"wetransfer|filesender|renater|smash|grosfichiers|swisstransfer|dropbox|chorus|drive|nextcloud|osmose|resana|sharepoint|onedrive"
    r"|\b(?:hier|ce|le|la|les|aux?|à|en|et|copie|dans|vendredi|lundi|mardi|mercredi|jeudi|m\.|mme|madame|monsieur)\b",
    re.IGNORECASE,
)


def is_client_line(text: str) -> bool:
    """Tell whether a plain line is an advertisement of the mail client, any client's, perhaps with a link.

    "Envoyé via WeTransfer" or "Envoyé avec Anne lundi" says something and is none.
    """
    if _KNOWN.match(text):
        return True
    found = _ANY.fullmatch(_LINK.sub("", text))
    return found is not None and not _CARRIER.search(found["client"])
