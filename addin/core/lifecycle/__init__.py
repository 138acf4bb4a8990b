"""The life of a meeting once it is called: what each step changes, who must be told, and in which words."""
