"""The platform desk."""
