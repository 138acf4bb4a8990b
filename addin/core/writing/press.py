"""The press: all the mails of a sending, what they have in common written once."""

from collections.abc import Mapping
from datetime import datetime

from addin.core.contacts import Contact
from addin.core.french import opening
from addin.core.invitations import invitation
from addin.core.lifecycle.mailing import Outgoing
from addin.core.writing.cover import write_cover
from addin.core.writing.invitation import Leaflet, address, write_leaflet


class Press:
    """Print mails for people (by contact id). Calendar objects and bodies are kept by what they depend on.

    `comment` is a word for everybody: it stands in every mail beside the reason of the meeting, and in COMMENT in its place.
    """

    def __init__(
        self,
        people: Mapping[str, Contact],
        *,
        comment: str = "",
        proposed: datetime | None = None,
        recurrence: datetime | None = None,
    ) -> None:
        self._people = people
        self._comment = comment
        self._proposed = proposed
        self._recurrence = recurrence
        self._objects: dict[object, bytes] = {}
        self._leaflets: dict[object, Leaflet] = {}
        self._subjects: dict[object, str] = {}
        self._kept: dict[int, object] = {}

    def letter(self, outgoing: Outgoing, *, message_id: str, stamp: datetime) -> bytes:
        """Print one mail, ready to send. `stamp` (UTC) is DTSTAMP and Date. Raise BadInput for a field that cannot be written."""
        meeting, contact = outgoing.meeting, self._people.get(outgoing.attendee.contact)
        key = (self._about(outgoing, stamp), opening(contact))
        leaflet = self._leaflets.get(key)
        if leaflet is None:
            leaflet = self._leaflets[key] = write_leaflet(
                meeting,
                contact,
                ics=self._calendar(outgoing, stamp),
                now=stamp,
                purpose=outgoing.purpose,
                before=outgoing.before,
                reason=_reason(outgoing),
                word=self._comment,
                proposed=self._proposed,
            )
        return address(leaflet, meeting, outgoing.attendee, self._people, message_id=message_id)

    def subject(self, outgoing: Outgoing) -> str:
        """Give the subject of a mail."""
        key = self._about(outgoing, None)
        found = self._subjects.get(key)
        if found is None:
            found = self._subjects[key] = write_cover(
                outgoing.meeting,
                None,
                purpose=outgoing.purpose,
                before=outgoing.before,
                reason=_reason(outgoing),
                word=self._comment,
                proposed=self._proposed,
            ).subject
        return found

    def _about(self, outgoing: Outgoing, stamp: datetime | None) -> tuple[object, ...]:
        """Name what a mail tells. By identity: comparing meetings costs more than it saves, and one kept lends its number to no other."""
        for one in (outgoing.meeting, outgoing.before):
            self._kept[id(one)] = one
        return (outgoing.purpose, id(outgoing.meeting), id(outgoing.before), stamp)

    def _calendar(self, outgoing: Outgoing, stamp: datetime) -> bytes:
        meeting = outgoing.meeting
        key = (outgoing.purpose, id(meeting), stamp)
        found = self._objects.get(key)
        if found is None:
            found = self._objects[key] = invitation(
                meeting,
                self._people,
                method=outgoing.method,
                now=stamp,
                comment=self._comment or _reason(outgoing),
                recurrence=self._recurrence if outgoing.purpose == "decline" else None,
            )
        return found


def _reason(outgoing: Outgoing) -> str:
    """Give the reason of the meeting where it says why there is a mail: not for a first invitation, nor for the refusal of another time."""
    return "" if outgoing.purpose in ("invite", "decline") else outgoing.meeting.reason
