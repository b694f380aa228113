"""Plots: one description of each, drawn in the terminal and as SVG."""
