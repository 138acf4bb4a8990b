"""The drawing of the organigramme: boxes and arrows placed, then written as SVG."""
