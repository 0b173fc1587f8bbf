"""The recognisers, all of them, in one explicit table: what is not in it does not run.

Presidio's own list leaves nearly every British recogniser off without saying so. Here a name is either in the
table and on, or named in the settings (``recognisers_off``) and listed by ``rapt doctor``; the two further taggers
(spaCy's and Rampart) wait to be asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from redaction.light_import import import_light

if TYPE_CHECKING:
    from core.settings import Settings
    from redaction.recognisers.base import UkRecogniser

import_light()  # before any recogniser imports Presidio

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
    "address_block": "address_block:AddressBlock",
    "address_said": "address_said:AddressSaid",
    "sort_code": "bank:SortCode",
    "bank_account": "bank:BankAccount",
    "iban": "bank:Iban",
    "card": "card:Card",
    "vehicle_registration": "vehicle:VehicleRegistration",
    "vehicle_description": "vehicle_description:VehicleDescription",
    "case_reference": "case_reference:CaseReference",
    "uprn": "uprn:Uprn",
    "chi_number": "chi_number:ChiNumber",
    "key_code": "key_code:KeyCode",
    "username": "username:Username",
    "upn": "upn:Upn",
    "uln": "upn:Uln",
    "passport": "documents:Passport",
    "driving_licence": "documents:DrivingLicence",
    "utr": "documents:TaxReference",
    "url": "internet:Url",
    "ip_address": "internet:IpAddress",
    "place_of_care": "place_of_care:PlaceOfCare",
    "titled_name": "titled_name:TitledName",
    "named_in_talk": "named_in_talk:NamedInTalk",
    "spelled_name": "spelled_name:SpelledName",
    "long_number": "long_number:LongNumber",
    "spoken_forms": "spoken_forms:SpokenForms",
    "own_tagger": "own_tagger:OwnTagger",
    "spacy_names": "spacy_names:SpacyNames",
    "rampart": "rampart:Rampart",
}

FURTHER = frozenset({"spacy_names", "rampart"})
"""run only when the settings ask for them (``recognisers_on``): beside our own tagger they find almost nothing
more and cost more than all others together (docs/adr/0013)"""

MODELS = {"spacy_names": "spacy-en-sm", "rampart": "rampart", "own_tagger": "minilm"}
"""recogniser → model file it stands on"""


def build(settings: Settings, off: frozenset[str] = frozenset()) -> dict[str, UkRecogniser]:
    """Return every recogniser that is not in ``off``, by name; the further ones when the settings ask for them.

    Raises MissingModel when a model file is missing or altered: a recogniser never goes missing quietly.
    """
    from core.model_files import locate
    from core.profile import load_profile
    made: dict[str, UkRecogniser] = {}
    for name, where in TABLE.items():
        if name in off or (name in FURTHER and name not in settings.recognisers_on):
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
