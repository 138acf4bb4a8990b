"""Every view of the pane, as a path. Those about one record are found in the demonstration town."""

import re

from tests.pane.servers import Server

PATHS = (
    "/pane/views/today",
    "/pane/views/stages",
    "/pane/views/stages/1-lancer",
    "/pane/views/stages/2-evaluer",
    "/pane/views/stages/3-localiser",
    "/pane/views/stages/4-qualifier",
    "/pane/views/stages/5-publier",
    "/pane/views/stages/6-reutiliser",
    "/pane/views/letters",
    "/pane/views/letters?stage=1-lancer",
    "/pane/views/letters?stage=3-localiser",
    "/pane/views/letters?stage=4-qualifier",
    "/pane/views/replies",
    "/pane/views/reminders",
    "/pane/views/inbox",
    "/pane/views/replies/new?told_by=phone",
    "/pane/views/replies/new?told_by=mail",
    "/pane/views/meetings",
    "/pane/views/meetings/new?kind=maturity",
    "/pane/views/meetings/new?kind=quality",
    "/pane/views/meetings/new?kind=club-launch",
    "/pane/views/meetings/new?kind=club",
    "/pane/views/chart",
    "/pane/views/contacts",
    "/pane/views/contacts/new",
    "/pane/views/datasets",
    "/pane/views/datasets/new",
    "/pane/views/profile",
)


def all_paths(server: Server) -> list[str]:
    """Give every view, those of the first contact of the chart and of its data set included."""
    chart = server.get("/pane/views/chart")[1].decode()
    links = re.findall(r"/pane/views/chart/(datasets|contacts)/([\w-]+)", chart)
    contact = next(key for kind, key in links if kind == "contacts")
    dataset = [key for kind, key in links[: links.index(("contacts", contact))] if kind == "datasets"][-1]
    return [
        *PATHS,
        f"/pane/views/chart/datasets/{dataset}",
        f"/pane/views/chart/contacts/{contact}",
        f"/pane/views/datasets/{dataset}",
        f"/pane/views/contacts/{contact}",
        f"/pane/views/letters?stage=3-localiser&letter=relance-1&contact={contact}&dataset={dataset}",
    ]
