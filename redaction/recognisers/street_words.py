"""What streets, houses and plots are called: shared by the address recognisers."""

from __future__ import annotations

SURE = (
    "street|road|avenue|crescent|terrace|boulevard|mews|cul-de-sac|lane|drive|close|gardens|grove|row|yard"
    "|st|rd|ave|cres|ln|dr|ct|pde|pl|gdns|terr|sq|clos|hts|wk"
)
WORD_TOO = (
    "place|way|court|park|square|green|rise|walk|hill|view|end|parade|gate|croft|fold|vale|mead|meadows?|bank|brow|garth|wharf"
    "|quay|circus|villas|cottages?|mount|heights|orchard|path|passage|common|approach|broadway|chase|dene|fields?|heath|loan|wynd"
    "|buildings|mansions|point|side|maltings|steps|arcade|esplanade|promenade|embankment|bridge|dock|ropewalk|exchange|chare|ginnel"
    "|brae|neuk|gait|kirkgate|parc|heol|ffordd|stryd|maes|lôn"
)
HOUSE = (
    "cottages?|house|farm|farmhouse|lodge|bungalow|barn|villa|mill|manse|rectory|vicarage|presbytery|forge|smithy|gatehouse"
    "|toll ?house|old school|oast|grange|hall|manor|tower|towers|mansions|flats|buildings|chalet|croft|byre|stables|granary|chapel"
    "|schoolhouse|coach house|almshouses?"
)
UNIT = "flat|flt|apartment|apt|unit|room|rm|bedsit|studio|suite|maisonette|pitch|plot|mooring|berth|caravan|chalet|lodge|cabin|van|bed"
ONES = "one|two|three|four|five|six|seven|eight|nine"
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
NUMBER_SAID = (
    rf"(?:(?:{TENS})(?:[ -](?:{ONES}))?|(?:{TEENS})|(?:{ONES})(?: (?:oh )?(?:{ONES}|oh)){{1,2}}|(?:{ONES})(?: hundred(?: and (?:(?:{TENS})(?:[ -](?:{ONES}))?"
    rf"|{TEENS}|{ONES}))?)?|(?:a )?hundred(?: and (?:(?:{TENS})(?:[ -](?:{ONES}))?|{TEENS}|{ONES}))?)"
)
