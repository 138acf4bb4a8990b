"""The vault in the keyring of the operating system (PyPI `keyring`): Keychain, Credential Manager, Secret Service, KWallet."""

import keyring
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import KeyringError

from addin.core.calendar_settings import ACCOUNT_PREFIX

SERVICE = "antiseche"


class KeyringVault:
    """Keep secrets in the keyring; where there is none, or it is locked, in this process only (`lasting` is then false).

    `first` is a secret given from outside at the start (the environment): it serves every mail account until another is kept;
    `calendar` does so for the calendar's account. Neither is ever shown to the other's server.
    """

    def __init__(self, first: str = "", *, calendar: str = "") -> None:
        self._first = {False: first, True: calendar}
        self._secrets: dict[str, str] = {}
        backend = keyring.get_keyring()
        self.lasting = not isinstance(backend, NoKeyring | NullKeyring)

    def find(self, account: str) -> str:
        """Give the secret of an account, empty when there is none."""
        if account in self._secrets:
            return self._secrets[account]
        if first := self._first[account.startswith(ACCOUNT_PREFIX)]:
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
        self._first[account.startswith(ACCOUNT_PREFIX)] = ""
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
