"""Measures the application against the database that it stands on."""
