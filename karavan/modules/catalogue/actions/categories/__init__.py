"""Change the tree of categories."""
