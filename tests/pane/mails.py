"""The mails that a référent receives, as raw bytes. All the people are invented."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime


def answer_to(draft: EmailMessage, text: str, *, sender: str, message_id: str, file: tuple[str, str] | None = None) -> bytes:
    """Write the answer to one of our letters: same thread, the letter quoted below."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = draft["From"]
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Subject"] = f"RE: {draft['Subject']}"
    mail["Message-ID"] = f"<{message_id}>"
    mail["In-Reply-To"] = draft["Message-ID"]
    mail["References"] = draft["Message-ID"]
    mail.set_content(f"{text}\n\nLe 24 novembre 2026, Claire Vasseur a écrit :\n> Notre collectivité a décidé d’ouvrir ses données.\n")
    if file:
        mail.add_attachment(file[1].encode(), maintype="text", subtype="csv", filename=file[0])
    return mail.as_bytes()
