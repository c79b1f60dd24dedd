"""The parts of make.py: people, lists, sheets, texts."""
