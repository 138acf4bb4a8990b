"""What an answer means: who holds the data set, what is promised or refused, and the words that say so."""
