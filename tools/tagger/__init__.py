"""Training of RAPT's own tagger of personal data: texts, variation, network, export."""
