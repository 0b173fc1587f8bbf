"""Measuring speech to text: corpora, word errors, speaker errors, sounds without words, cost."""
