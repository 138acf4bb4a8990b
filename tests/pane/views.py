"""Every view of the pane, as a path. Those about one record are found in the demonstration town."""

import json
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
    "/pane/views/grid",
    "/pane/views/grid?all=1",
    "/pane/views/chart",
    "/pane/views/contacts",
    "/pane/views/contacts/new",
    "/pane/views/datasets",
    "/pane/views/datasets/new",
    "/pane/views/profile",
    "/pane/views/sendings",
    "/pane/views/mail",
    "/pane/views/calendar",
    "/pane/views/privacy",
    "/pane/views/handover",
    "/pane/views/dashboard",
    "/pane/views/dashboard?audience=public",
)

OF_THE_GRID = (
    r"counters/\w+/accept",
    r"counters/\w+/decline",
    r"meetings/\w+/answers/\w+",
    r"meetings/\w+/reminders",
    r"meetings/\w+/attendance",
)


def all_paths(server: Server) -> list[str]:
    """Give every view, those of the first contact of the chart and of its data set included."""
    chart = server.get("/pane/views/chart")[1].decode()
    links = re.findall(r"/pane/views/chart/(datasets|contacts)/([\w-]+)", chart)
    contact = next(key for kind, key in links if kind == "contacts")
    dataset = [key for kind, key in links[: links.index(("contacts", contact))] if kind == "datasets"][-1]
    grid = server.get("/pane/views/grid")[1].decode()
    answers = [found[0] for view in OF_THE_GRID if (found := re.search(f"/pane/views/{view}", grid))]
    assert len(answers) == len(OF_THE_GRID), "the demonstration leaves nothing to settle"
    meetings = [one["id"] for one in json.loads(server.get("/api/v1/meetings")[1]) if one["status"] != "CANCELLED"]
    return [
        *PATHS,
        f"/pane/views/meetings/{meetings[0]}",
        *(f"/pane/views/meetings/{meetings[-1]}{step}" for step in ("", "/change", "/cancel", "/people")),
        f"/pane/views/sendings?meeting={meetings[0]}&meeting={meetings[-1]}",
        f"/pane/views/sendings?meeting={meetings[-1]}&again=1",
        *answers,
        answers[-1].replace("/attendance", "/minutes"),
        f"/pane/views/chart/datasets/{dataset}",
        f"/pane/views/chart/contacts/{contact}",
        f"/pane/views/datasets/{dataset}",
        f"/pane/views/contacts/{contact}",
        f"/pane/views/privacy/people/{contact}",
        f"/pane/views/letters?stage=3-localiser&letter=relance-1&contact={contact}&dataset={dataset}",
    ]
