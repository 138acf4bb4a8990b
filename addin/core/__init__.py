"""Ground floor: pure values and functions, strangers to files, network, clock and chance."""
