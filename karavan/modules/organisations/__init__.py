"""Organisations: their profiles, members, roles, invitations, and sign-in on their behalf."""
