"""The rows, one file a group, found by ``evaluation.benchmarks.registry.load_rows``."""
