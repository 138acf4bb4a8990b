"""Where secrets are kept, outside the data."""

from typing import Protocol

from addin.core.errors import Failed


class Vault(Protocol):
    """Where secrets are kept, outside the data. `lasting` is false when they are forgotten with the process."""

    @property
    def lasting(self) -> bool:
        """Tell whether a secret is still there at the next start."""
        ...

    def find(self, account: str) -> str:
        """Give the secret of an account, empty when there is none."""
        ...

    def keep(self, account: str, secret: str) -> None:
        """Keep a secret; an empty one is forgotten."""
        ...


class NoVault:
    """Keep nothing."""

    lasting = False

    def find(self, account: str) -> str:
        """Find nothing."""
        return ""

    def keep(self, account: str, secret: str) -> None:
        """Raise Failed for a secret."""
        if secret:
            raise Failed("Aucun secret ne peut être gardé ici.")
