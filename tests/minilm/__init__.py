"""Tests of what was taken out of a real model."""
