"""Independent judges of what we write: libical (RFC 5546 tables) and ical.js (the engine of Thunderbird and Nextcloud)."""
