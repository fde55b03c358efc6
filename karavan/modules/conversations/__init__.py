"""Threads on any subject: who takes part, what was said, who has read it."""
