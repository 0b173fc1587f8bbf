"""Web addresses of people and IP addresses."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser


class Url(UkRecogniser):
    """A web address or a @handle; addresses of public bodies stay."""

    NAME = "url"
    ENTITY = "URL"
    RULES = (
        Rule("web address", r"(?<![\w@])https?://[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]", 0.8),
        Rule("www", r"(?<![\w@/.])www\.[\w-]+(?:\.[\w-]+)+(?:/[^\s<>\"')\]]*[^\s<>\"')\].,;:!?])?", 0.8),
        Rule(
            "bare domain",
            r"(?<![\w@/.-])[a-z0-9-]{3,}\.(?:co\.uk|org\.uk|me\.uk|com|org|net|info"
            r"|io)(?:/[^\s<>\"')\]]+)?(?![\w-]|\.\w)",
            0.5,
        ),
        Rule("domain and path", r"(?<![\w@/.-])[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,}){1,3}/[^\s<>\"')\]]{2,}(?<![.,;:!?])", 0.6),
        Rule("handle", r"(?<![\w@.])@[A-Za-z](?:[\w.]{1,29}\w)(?![\w@]|\.\w)", 0.6),
    )
    EXAMPLE = "https://social.example/dewi.hale"

    def check(self, value: str) -> bool | None:
        """Return False for addresses of government, the NHS and police, which identify nobody."""
        host = value.lower().split("//")[-1].split("/")[0]
        public = host.endswith((".gov.uk", "nhs.uk", "police.uk", "parliament.uk"))
        return False if public and "?" not in value and sum(c.isdigit() for c in value) < 3 else None


class IpAddress(UkRecogniser):
    """IPv4 and IPv6 addresses."""

    NAME = "ip_address"
    ENTITY = "IP_ADDRESS"
    RULES = (
        Rule("ipv4", r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)", 0.7),
        Rule("ipv6", r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}(?![\w:])", 0.7),
    )
    EXAMPLE = "logged in from 192.0.2.44"

    def check(self, value: str) -> bool | None:
        """Return False for what no machine could have."""
        import ipaddress

        try:
            ipaddress.ip_address(value)
        except ValueError:
            return False
        return None
