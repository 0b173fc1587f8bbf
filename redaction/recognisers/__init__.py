"""The recognisers, all of them, in one explicit table: what is not in it does not run.

Presidio's own list leaves nearly every British recogniser off without saying so. Here a name is either in the
table and on, or named in the settings (``recognisers_off``) and listed by ``rapt doctor``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.settings import Settings
    from redaction.recognisers.base import UkRecogniser

TABLE: dict[str, str] = {
    "nhs_number": "nhs_number:NhsNumber",
    "nino": "nino:Nino",
    "postcode": "postcode:Postcode",
    "phone": "phone:Phone",
    "email": "email:Email",
    "dob": "dob:DateOfBirth",
    "date": "date:CalendarDate",
    "age": "age:Age",
    "street_address": "address:StreetAddress",
    "sort_code": "bank:SortCode",
    "bank_account": "bank:BankAccount",
    "iban": "bank:Iban",
    "card": "card:Card",
    "vehicle_registration": "vehicle:VehicleRegistration",
    "case_reference": "case_reference:CaseReference",
    "uprn": "uprn:Uprn",
    "upn": "upn:Upn",
    "uln": "upn:Uln",
    "passport": "documents:Passport",
    "driving_licence": "documents:DrivingLicence",
    "utr": "documents:TaxReference",
    "url": "internet:Url",
    "ip_address": "internet:IpAddress",
    "place_of_care": "place_of_care:PlaceOfCare",
    "titled_name": "titled_name:TitledName",
    "long_number": "long_number:LongNumber",
    "spoken_forms": "spoken_forms:SpokenForms",
    "spacy_names": "spacy_names:SpacyNames",
    "rampart": "rampart:Rampart",
}

MODELS = {"spacy_names": "spacy-en-sm", "rampart": "rampart"}
"""recogniser → model file it stands on"""


def build(settings: Settings, off: frozenset[str] = frozenset()) -> dict[str, UkRecogniser]:
    """Return every recogniser that is not in ``off``, by name.

    Raises MissingModel when a model file is missing or altered: a recogniser never goes missing quietly.
    """
    from core.model_files import locate
    from core.profile import load_profile

    made: dict[str, UkRecogniser] = {}
    for name, where in TABLE.items():
        if name in off:
            continue
        module, _, attribute = where.partition(":")
        maker = getattr(import_module(f"redaction.recognisers.{module}"), attribute)
        if name in MODELS:
            made[name] = maker(locate(MODELS[name], settings))
        elif name == "case_reference":
            made[name] = maker(tuple(load_profile(None, settings).case_references))
        elif name == "spoken_forms":
            made[name] = maker(list(made.values()))
        else:
            made[name] = maker()
    return made
