"""The command line: one file per column, bolted together in main."""
