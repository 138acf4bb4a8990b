"""The people a mail names: `leading.leads` (who is next), `absences.absence` (who is away), `resolving.resolve` (who it is)."""
