"""The ports: what the actions ask of the outside world, in words. Providers stand in adapters/."""
