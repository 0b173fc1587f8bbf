"""The suites: one file each, found by ``evaluation.suite.load_suites``."""
