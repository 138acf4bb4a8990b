"""A raw mail and what it says: `mails.read_mail`, `incoming.Incoming` and `to_json`, `threads.thread_of` and `suggest`."""
