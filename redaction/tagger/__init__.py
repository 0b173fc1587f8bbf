"""RAPT's own tagger of personal data: its input, its network file, its card."""
