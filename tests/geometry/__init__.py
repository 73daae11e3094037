"""Tests of what a query can reach."""
