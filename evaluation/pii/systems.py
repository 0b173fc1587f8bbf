"""The systems that are measured side by side: ours, and Presidio as it comes."""

from __future__ import annotations

from collections.abc import Callable

from core.settings import Settings
from evaluation.pii.gold import Document
from evaluation.pii.matching import Masked

System = Callable[[Document], Masked]


def ours(settings: Settings, off: frozenset[str] | None = None) -> System:
    """Return our redactor; a document that the leak test refuses is scored by what it would have hidden."""
    from redaction.redactor import Redactor

    redactor = Redactor(settings, off)

    def mask(document: Document) -> Masked:
        draft = redactor.draft(document.text, [{"name": name, "role": role} for name, role in document.people])
        spans = tuple((e.start, e.end) for e in draft.entities)
        return Masked(document, spans, "redaction_leak" if draft.leaks else "")

    return mask


def stock(settings: Settings) -> System:
    """Return Presidio with its own recognisers and the same small spaCy model, nothing added.

    Addresses with an @ are looked up in a list of domains that it carries; no network is asked.
    """
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    from core.model_files import locate

    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    tldextract.extract = tldextract.tldextract.TLD_EXTRACTOR
    told = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": str(locate("spacy-en-sm", settings))}]}
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=told).create_engine(), supported_languages=["en"])

    def mask(document: Document) -> Masked:
        return Masked(document, tuple((r.start, r.end) for r in engine.analyze(document.text, language="en")))

    return mask
