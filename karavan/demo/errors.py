"""What can go wrong with the demonstration."""


class DemoError(Exception):
    """The demonstration could not be loaded; the message says which step was refused."""
