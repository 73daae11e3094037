"""Tests of what an instructor hands out."""
