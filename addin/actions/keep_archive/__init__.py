"""Everything out of the logbook as one archive, and an archive into an empty logbook."""
