"""How redaction is measured: gold, matching of spans, figures."""
