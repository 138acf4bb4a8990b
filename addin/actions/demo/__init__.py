"""The demonstration: an invented town with every state of the chart."""
