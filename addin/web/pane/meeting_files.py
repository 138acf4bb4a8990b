"""The files of meetings: the calendar file of one, the mail of one person, all that is due in one archive."""

import io
import zipfile

from flask import Response, request

from addin.actions.write_invitations import hand_over, invitations
from addin.core.errors import BadInput, NotFound
from addin.web.desk import desk
from addin.web.pane import fragments

meeting_files = fragments.column("meeting_files", "/files")


@meeting_files.get("/meetings/<meeting_id>.ics", endpoint="calendar")
def calendar_file(meeting_id: str) -> Response:
    """Give the calendar file of one meeting."""
    name, raw = invitations(desk(), [meeting_id])[0].ics
    return _file(name, raw, "text/calendar; charset=utf-8")


@meeting_files.get("/meetings/<meeting_id>/<int:place>.eml", endpoint="mail")
def invitation_file(meeting_id: str, place: int) -> Response:
    """Give the ready mail of one attendee, by its place among the attendees."""
    mails = invitations(desk(), [meeting_id])[0].mails
    if place >= len(mails):
        raise NotFound("Cette invitation n’existe pas.")
    return _file(*mails[place], "message/rfc822")


@meeting_files.get("/meetings.zip", endpoint="archive")
def all_files() -> Response:
    """Give the calendar files of several meetings and the mails that are due (to everybody again when none is) in one archive."""
    wanted = request.args.getlist("meeting")
    if not wanted:
        raise BadInput("Choisissez au moins une réunion.", where="meeting")
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in hand_over(desk(), wanted, record=False):
            for name, raw in (one.ics, *one.mails):
                archive.writestr(name, raw)
    return _file("invitations.zip", store.getvalue(), "application/zip")


def _file(name: str, raw: bytes, kind: str) -> Response:
    answer = Response(raw, content_type=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
