"""The service as programs see it that others wrote."""
