"""People: accounts, passwords, sessions, reset codes and accounts at other providers."""
