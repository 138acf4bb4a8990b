"""Personal data: the register sheet, the notice, one person's file, what is erased, and when."""
