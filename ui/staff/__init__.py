"""The staff app: Streamlit pages on which a practitioner goes from a recording to a released note."""

__all__: list[str] = []
