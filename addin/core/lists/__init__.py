"""Lists people bring: tables of data sets and of contacts (CSV), address cards (vCard)."""
