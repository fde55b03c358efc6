"""Open contracting: the platform's procurement in the words of OCDS 1.1, read and written."""
