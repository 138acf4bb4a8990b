"""The chart as files that other programs read: tables, pages, mind maps, graphs, pictures."""
