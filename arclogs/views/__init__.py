"""Presentations of a report. A view sees the report and nothing else."""
