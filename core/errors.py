"""Errors that tell a person what happened and what to do next.

Every error a user can meet carries a ``message`` (what happened) and a ``remedy`` (what to do),
and classifies itself by type so that callers decide without matching strings. Neither text may
hold personal data: name the field, the type or the place, never the value.
"""

from __future__ import annotations


class RaptError(Exception):
    """Base of every error shown to people; ``exit_code`` is the command line's (CONTRACT)."""

    code = "unforeseen"
    exit_code = 1

    def __init__(self, message: str, remedy: str = "", *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        if code is not None:
            self.code = code

    def as_record(self) -> dict[str, str]:
        """Return the ``error`` object of a JSONL record."""
        return {"code": self.code, "message": self.message, "remedy": self.remedy}


class UsageError(RaptError):
    """The call itself is off: an unknown option, template or name."""

    code = "usage"
    exit_code = 2


class PolicyRefused(RaptError):
    """A rule says no: consent, access, a leak, a blocking finding, a kill switch."""

    code = "refused_by_policy"
    exit_code = 3


class ConsentMissing(PolicyRefused):
    """No consent on record (or it was refused or withdrawn): nothing may be processed."""

    code = "consent_missing"


class AccessDenied(PolicyRefused):
    """The acting user's role or team does not allow this."""

    code = "access_denied"


class ReleaseRefused(PolicyRefused):
    """A blocking finding, an undecided section or an approver without the role."""

    code = "release_refused"


class BadInput(RaptError):
    """The input cannot be read as what it claims to be; trying again will not help."""

    code = "bad_input"
    exit_code = 4


class MissingModel(RaptError):
    """A model file or a service is not there, or its hash is wrong."""

    code = "missing_model"
    exit_code = 5


class ServiceUnavailable(RaptError):
    """A service (model server, worker, disk) does not answer or has no room; retrying may help."""

    code = "service_unavailable"
    exit_code = 5
