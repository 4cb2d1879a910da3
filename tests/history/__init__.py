"""Tests of `kg.history`."""
