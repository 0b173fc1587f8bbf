"""The pilots. Each is one folder behind its own door; they never import each other."""
