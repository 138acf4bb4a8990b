"""The people every test knows: a référente, a team-mate, a stranger, and the first links of a chain. All invented."""

from datetime import UTC, date, datetime, timedelta

from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.messages import Message
from addin.core.organisation import Organisation

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
TOKEN = "jeton-des-tests-0123456789abcdef"
BASE_URL = "http://127.0.0.1:8765"

VILLE = Organisation(
    name="Ville de Saint-Aubin",
    department="35",
    referent="Claire Vasseur",
    referent_civility="madame",
    referent_email="claire.vasseur@saint-aubin.example",
    referent_phone="02 99 00 00 01",
    mandate_by="Hélène Caradec, maire",
    mandate_on=date(2026, 9, 21),
    place="salle du conseil",
)

# the référente's team-mate, who holds data; the one he points to; a stranger whom nobody asked
PAUL = Contact(
    id="paul",
    name="Paul Morin",
    civility="monsieur",
    service="Restauration scolaire",
    emails=("paul.morin@saint-aubin.example",),
    phone="02 99 00 00 02",
)
ANNE = Contact(id="anne", name="Anne Le Goff", civility="madame", service="Éducation", emails=("anne.legoff@saint-aubin.example",))
STRANGER = Contact(id="inconnu", name="Iris Passage", emails=("iris.passage@ailleurs.test",))

MENUS = Dataset(
    id="menus",
    title="Menus scolaires",
    theme="Enfance",
    level=2,
    schema="menus-collectifs",
    service="Restauration scolaire",
    contact="paul",
    rank=1,
)
ECLAIRAGE = Dataset(id="eclairage", title="Éclairage public", theme="Environnement", level=3, rank=2)

# the letter that asks Paul for the menus, prepared twelve days ago
ASKED = "demande-menus@saint-aubin.example"
LETTER = Message(
    id="lettre",
    way="out",
    at=NOW - timedelta(days=12),
    message_id=ASKED,
    subject="Données relatives aux menus scolaires",
    stage="3-localiser",
    letter="letter",
    contacts=("paul",),
    datasets=("menus",),
    state="prepared",
    action="a0",
)
