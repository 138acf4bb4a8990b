"""The organigramme de la donnée: as JSON, or in a form that other programs read."""

from addin.web.api.table import Table

TABLE = Table("organigramme")
