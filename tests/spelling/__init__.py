"""The French of the stages, proof-read by programs."""
