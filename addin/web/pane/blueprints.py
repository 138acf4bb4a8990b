"""All the blueprints of the pane, one a column."""

from flask import Blueprint

from addin.web.pane.calendar import calendar
from addin.web.pane.changes import changes
from addin.web.pane.chart import chart
from addin.web.pane.contacts import contacts
from addin.web.pane.dashboard import dashboard
from addin.web.pane.datasets import datasets
from addin.web.pane.handover import handover
from addin.web.pane.inbox import inbox
from addin.web.pane.letters import letters
from addin.web.pane.mail import mail
from addin.web.pane.meeting_files import meeting_files
from addin.web.pane.meetings import meetings
from addin.web.pane.outbox import outbox
from addin.web.pane.privacy import privacy
from addin.web.pane.profile import profile
from addin.web.pane.reminders import reminders
from addin.web.pane.replies import replies
from addin.web.pane.rsvps import rsvps
from addin.web.pane.shell import shell
from addin.web.pane.stages import stages
from addin.web.pane.today import today
from addin.web.pane.undo import undo

blueprints: tuple[Blueprint, ...] = (
    shell,
    today,
    stages,
    letters,
    replies,
    meetings,
    meeting_files,
    changes,
    chart,
    contacts,
    datasets,
    profile,
    privacy,
    handover,
    dashboard,
    undo,
    outbox,
    mail,
    calendar,
    rsvps,
    reminders,
    inbox,
)
