"""Titles, roles and turns of phrase that a name stands beside: shared by the rules about names."""

from __future__ import annotations

TITLE = (
    r"(?:mr|mrs|ms|miss|mx|dr|doctor|prof|professor|cllr|councillor|rev|revd|reverend|fr|father|sr|sister|br|sir|lady|lord|dame|nurse"
    r"|matron|pc|dc|ds|di|dci|dsi|ps|wpc|pcso|sgt|sergeant|insp|inspector|detective|superintendent|supt|judge|hhj|dj|justice|messrs"
    r"|mister|missus|madam|canon|pastor|imam|rabbi|bishop|deacon|major|captain|capt|colonel|col|lt|corporal|cpl|sheikh|s/n|ssgt"
    r"|(?:his|her) honour judge|district judge|recorder|anti|pani?)"
)
FAMILY_TITLE = (
    r"(?:aunty|auntie|aunt|uncle|nan|nanny|nana|nanna|nain|taid|gran|granny|granddad|grandad|grandpa|grandma|gramps|mama|papa|baby"
    r"(?: girl| boy)?|unborn|big|little|wee|lil|old|young|cousin|bibi|dadi|nani|oma|opa)"
)
SURE_TITLE = (
    r"(?:mr|mrs|ms|mx|dr|doctor|prof|professor|cllr|councillor|pc|p c|pcso|dc|d c|ds|d s|sergeant|mister|missus|reverend|canon|pastor|major"
    r"|captain|colonel|judge|inspector|auntie|aunty|nanny|nana|granny|grandma|grandad|s/n)"
)
ROLE = (
    r"(?:name|full name|first name|forename(?:s|\(s\))?|surname|family name|preferred name|known as|also known as|aka|client|patient"
    r"|service user|resident|tenant|pupil|student|child|mother|father|mum|dad|parent|parents|carer|next of kin|nok|emergency contact"
    r"|social worker|worker|key ?worker|team manager|manager|practitioner|gp|teacher|head ?teacher|senco|author|completed by"
    r"|written by|recorded by|prepared by|created by|screened by|typed by|signed|signed by|assessor|from|to|cc|attendees|present"
    r"|in attendance|apologies|chair|sibling|siblings|brother|sister|son|daughter|husband|wife|partner|grandmother|grandfather|re"
    r"|advocate|interpreter|caller|referrer|applicant|witness|officer|contact|allocated to|supervisor|supervisee|case|subject|tutor"
    r"|therapist|pa|secretary|surveyor|consultant|nurse|midwife|health visitor|hv|constituent|like to be called)"
)
RELATION = (
    r"(?:son|daughter|husband|wife|partner|brother|sister|mother|father|mum|mummy|mam|dad|daddy|nephew|niece|cousin|friend|neighbour"
    r"|carer|granddaughter|grandson|stepfather|stepmother|stepdad|stepmum|stepson|stepdaughter|ex-partner|ex-husband|ex-wife|ex|fianc[e\u00e9]e?"
    r"|boyfriend|girlfriend|aunt|uncle|lad|lass|twin|twins|baby|mate|half-brother|half-sister|stepbrother|stepsister|nan|gran|dau|hubby|mother in law"
    r"|sister in law|brother in law|father in law|social worker|worker|midwife|nurse|interpreter|keyworker|advocate|teacher|tutor)"
)
CLOSING = r"(?:regards|wishes|sincerely|faithfully|thanks|thank you|cheers|best|thx|ta|love|truly|yours|warmly|speak soon)"
STOP = frozenset(
    "the and who is was has had will would said says came went if that this there then but because or so not i he she it "
    "they we you at in on to of for from with about as been being be by do did does my his her their our your me him them "
    "no yes just very all any some when where what how why which can could should may might must also again here now "
    "okay yeah please sirs madam sir um er well tell told think thought knows know re".split()
)
