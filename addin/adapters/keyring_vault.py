"""The vault in the keyring of the operating system (PyPI `keyring`): Keychain, Credential Manager, Secret Service, KWallet."""

import keyring
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import KeyringError

from addin.core import calendar_settings, inbox_settings

SERVICE = "antiseche"


class KeyringVault:
    """Keep secrets in the keyring; where there is none, or it is locked, in this process only (`lasting` is then false).

    `first` is a secret given from outside at the start (the environment): it serves every mail account until another is kept;
    `calendar` does so for the calendar's account, `inbox` for the account that is read. None is ever shown to another's server.
    """

    def __init__(self, first: str = "", *, calendar: str = "", inbox: str = "") -> None:
        self._first = {"": first, calendar_settings.ACCOUNT_PREFIX: calendar, inbox_settings.ACCOUNT_PREFIX: inbox}
        self._secrets: dict[str, str] = {}
        backend = keyring.get_keyring()
        self.lasting = not isinstance(backend, NoKeyring | NullKeyring)

    def find(self, account: str) -> str:
        """Give the secret of an account, empty when there is none."""
        if account in self._secrets:
            return self._secrets[account]
        if first := self._first[_prefix(account)]:
            return first
        if not self.lasting:
            return ""
        try:
            secret = keyring.get_password(SERVICE, account) or ""
        except (KeyringError, RuntimeError, OSError):
            self.lasting = False
            return ""
        if secret:
            self._secrets[account] = secret
        return secret

    def keep(self, account: str, secret: str) -> None:
        """Keep a secret; an empty one is forgotten everywhere."""
        self._first[_prefix(account)] = ""
        self._secrets[account] = secret
        if not self.lasting:
            return
        try:
            if secret:
                keyring.set_password(SERVICE, account, secret)
            elif keyring.get_password(SERVICE, account) is not None:
                keyring.delete_password(SERVICE, account)
        except (KeyringError, RuntimeError, OSError):
            self.lasting = False


def _prefix(account: str) -> str:
    prefixes = (calendar_settings.ACCOUNT_PREFIX, inbox_settings.ACCOUNT_PREFIX)
    return next((prefix for prefix in prefixes if account.startswith(prefix)), "")
