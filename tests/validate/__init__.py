"""Tests of `kg.validate`."""
