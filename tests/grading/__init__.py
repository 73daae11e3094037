"""Marking: what comes in, what is judged, what goes out."""
