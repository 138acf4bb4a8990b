"""The logbook in one TinyDB file per organisation: atomic, locked between processes, backed up each day."""
