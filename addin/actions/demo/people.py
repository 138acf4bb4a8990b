"""The people of the demonstration: an invented town, invented names, `.example` addresses."""

from datetime import date

from addin.core.contacts import Civility, Contact, ContactKind
from addin.core.organisation import Organisation

DOMAIN = "saint-aubin-sur-vire.example"
DEMO_NAME = "Ville de Saint-Aubin-sur-Vire"


def town(mandate_on: date) -> Organisation:
    """Give the profile of the invented town, whose council decided to open its data on `mandate_on`."""
    return Organisation(
        name=DEMO_NAME,
        department="50",
        referent="Camille Renouf",
        referent_civility="",
        referent_email=f"camille.renouf@{DOMAIN}",
        referent_phone="02 61 91 00 12",
        mandate_by="Awa Diarra, directrice générale des services",
        mandate_on=mandate_on,
        place="Salle des Tilleuls, mairie",
        chart_url=f"https://intranet.{DOMAIN}/organigramme",
        portal_url=f"https://donnees.{DOMAIN}",
        level=2,
    )


# key: kind, civility, name, role, service, telephone, remark
_PEOPLE: tuple[tuple[str, ContactKind, Civility, str, str, str, str, str], ...] = (
    ("awa", "agent", "madame", "Awa Diarra", "directrice générale des services", "Direction générale", "02 61 91 00 01", ""),
    ("nadia", "agent", "madame", "Nadia Belkacem", "responsable", "Restauration scolaire", "02 61 91 00 21", ""),
    ("mael", "agent", "monsieur", "Maël Le Goff", "diététicien", "Restauration scolaire", "02 61 91 00 22", "présent le mardi et le jeudi"),
    ("ines", "agent", "madame", "Inès Carvalho", "chargée de mission", "Vie associative", "02 61 91 00 31", ""),
    ("bruno", "agent", "monsieur", "Bruno Castellani", "chef de service", "Sports et culture", "02 61 91 00 32", ""),
    ("helene", "agent", "madame", "Hélène Marchand", "conseillère de prévention", "Prévention et sécurité", "02 61 91 00 41", ""),
    ("mei", "agent", "madame", "Mei Tran", "officière d'état civil", "État civil", "02 61 91 00 51", ""),
    ("solange", "agent", "madame", "Solange Hubert", "responsable", "Affaires juridiques", "02 61 91 00 52", "en télétravail le vendredi"),
    ("philippe", "agent", "monsieur", "Philippe Osmont", "technicien", "Services techniques", "02 61 91 00 61", ""),
    ("sebo", "syndicat", "", "Syndicat d'énergie du Bocage", "", "", "02 61 40 10 10", ""),
    ("lumivire", "prestataire", "madame", "Diane Kowalski", "cheffe de projet", "LumiVire, éclairage", "02 61 70 20 20", ""),
    ("karim", "agent", "monsieur", "Karim Haddad", "directeur", "Finances", "02 61 91 00 71", ""),
    ("sophie", "agent", "madame", "Sophie Lemoine", "acheteuse", "Commande publique", "02 61 91 00 72", ""),
    ("gwenaelle", "agent", "madame", "Gwenaëlle Rouault", "instructrice", "Urbanisme", "02 61 91 00 81", ""),
    ("thomas", "agent", "monsieur", "Thomas Weber", "chef d'équipe", "Espaces verts", "02 61 91 00 62", "sur le terrain le matin"),
    ("lea", "agent", "madame", "Léa Fontaine", "chargée d'études", "Cadre de vie", "02 61 91 00 63", ""),
    ("samir", "agent", "monsieur", "Samir Aït-Ouali", "géomaticien", "Informatique et cartes", "02 61 91 00 91", ""),
    ("claire", "agent", "madame", "Claire Dubuisson", "directrice", "Médiathèque", "02 61 91 01 01", ""),
    ("olivier", "agent", "monsieur", "Olivier N'Diaye", "bibliothécaire", "Médiathèque", "02 61 91 01 02", ""),
    ("patrick", "agent", "monsieur", "Patrick Gosselin", "responsable", "Voirie", "02 61 91 00 64", ""),
    ("mobilites", "direction", "", "Direction des mobilités", "", "Mobilités", "", ""),
    ("jeanne", "agent", "madame", "Jeanne Lecacheux", "manageuse de centre-ville", "Commerce", "", ""),
    ("agglo", "epci", "", "Vire Bocage Agglomération", "", "Pôle mobilités", "02 61 40 30 30", ""),
    ("accueil", "service", "", "Accueil de la mairie", "", "Accueil", "02 61 91 00 00", "ouvert de 9 h à 17 h"),
)

_ADDRESSES = {
    "sebo": "contact@energie-bocage.example",
    "lumivire": "d.kowalski@lumivire.example",
    "agglo": "mobilites@vire-bocage.example",
    "mobilites": f"direction-mobilites@{DOMAIN}",
    "accueil": f"accueil@{DOMAIN}",
    "samir": f"samir.ait-ouali@{DOMAIN}",
    "olivier": f"olivier.ndiaye@{DOMAIN}",
}

_PLAIN = str.maketrans("àâäçéèêëîïôöùûüÿ '", "aaaceeeeiioouuuy..")


def _address(key: str, name: str) -> str:
    return _ADDRESSES.get(key) or f"{name.lower().translate(_PLAIN)}@{DOMAIN}"


def townspeople() -> dict[str, Contact]:
    """Give the contacts of the invented town by a short key of the story (their `id` is that key: the story gives them real ones)."""
    return {
        key: Contact(
            id=key,
            name=name,
            kind=kind,
            civility=civility,
            role=role,
            service=service,
            emails=(_address(key, name),),
            phone=phone,
            availability=remark,
            source="demo",
        )
        for key, kind, civility, name, role, service, phone, remark in _PEOPLE
    }
