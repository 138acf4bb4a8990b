"""The organisation (collectivité), its référent and the settings asked once."""

from datetime import date

from msgspec import Struct

from addin.core.calendar_settings import CalendarSettings
from addin.core.inbox_settings import InboxSettings
from addin.core.mail_settings import MailSettings


class Organisation(Struct, frozen=True, kw_only=True):
    """Hold the profile that every letter, meeting and reminder draws on.

    `department` is the INSEE code ("35", "2A", "974"): the school zone, the time zone and the local
    public holidays follow from it (see core/working_days). `zone` overrides the school zone when set.
    `mandate_by` names who decided that the data opens; `mandate_on` when. `retention_months` is how long a person stays after the last
    contact; `dpo` is how to reach the data protection officer (words).
    """

    name: str = ""
    department: str = ""
    zone: str = ""
    referent: str = ""
    referent_civility: str = ""
    referent_email: str = ""
    referent_phone: str = ""
    referent_role: str = "référent open data"
    mandate_by: str = ""
    mandate_on: date | None = None
    place: str = ""
    chart_url: str = ""
    portal_url: str = ""
    wednesday_afternoons_off: bool = True
    school_holidays_off: bool = True
    reply_days: int = 5
    level: int | None = None
    retention_months: int = 24
    dpo: str = ""
    values: dict[str, str] = {}
    mail: MailSettings = MailSettings()
    calendar: CalendarSettings = CalendarSettings()
    inbox: InboxSettings = InboxSettings()

    @property
    def known(self) -> bool:
        """Tell whether the first run is over: the three things no letter can do without are there."""
        return bool(self.name and self.referent and self.referent_email)
