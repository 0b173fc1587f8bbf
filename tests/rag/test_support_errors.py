"""Sentences with one planted error each: every one must be caught, whatever the form of the error."""

from __future__ import annotations

import pytest

from rag.support.check import check_statement
from tests.rag.test_support_faithful import said

N, D, W, F, R, Q = (
    "unsupported_number",
    "unsupported_date",
    "unsupported_name",
    "flipped_negation",
    "unsupported_risk",
    "unsupported_quote",
)

PLANTED = [
    # numbers
    (N, ["I take eleven tablets a day."], "Mrs Marlowe said she takes 12 tablets a day."),
    (N, ["It cost me two hundred and forty pounds."], "Ivy said it cost her £204."),
    (N, ["It was three pound fifty."], "Ivy said it was £3.15."),
    (N, ["They come once a fortnight."], "Ivy said they come every week."),
    (N, ["I waited a fortnight."], "Ivy said she waited 12 days."),
    (N, ["I waited three weeks."], "Ivy said she waited three months."),
    (N, ["I've a couple of steps at the back."], "Ivy said there are three steps at the back."),
    (N, ["I have half a dozen eggs."], "Ivy said she has 12 eggs."),
    (N, ["My sugar was four point five."], "Ivy said her sugar was 5.4."),
    (N, ["I'm eighty-nine."], "Ivy said she is 98."),
    (N, ["I was born in nineteen thirty-six."], "Ivy was born in 1963."),
    (N, ["I've fallen twice."], "Ivy said she has fallen once."),
    (N, ["I've fallen twice."], "Ivy said she has fallen three times."),
    (N, ["It's two, no, three times I've been."], "Ivy said she has been two times."),
    (N, ["It was forty, sorry, fifty pounds."], "Ivy said it was £40."),
    (N, ["Sixty per cent."], "Ivy said 16%."),
    (N, ["I used to have six carers, I've one now."], "Ivy now has six carers."),
    (N, ["He's ten and his sister's seven."], "Ivy said his sister is ten."),
    (N, ["Two carers come, four times a day."], "Ivy said four carers come."),
    (N, ["My number is oh seven seven double oh nine."], "Ivy said her number is 07 7 0 0 8."),
    (N, ["It's a long way."], "Ivy said it is five miles."),
    (N, ["They come every day."], "Ivy said they come every other day."),
    # dates and times
    (D, ["It's on the ninth of June."], "Ivy said it is on 19 June."),
    (D, ["It's on the ninth of June."], "Ivy said it is on 9 July."),
    (D, ["It's on the ninth of June."], "Ivy said it is on 06/09."),
    (D, ["He comes at half past four."], "Ivy said he comes at 4.15pm."),
    (D, ["He comes at half four."], "Ivy said he comes at 3.30."),
    (D, ["I'm up at quarter to six."], "Ivy said she is up at quarter past six."),
    (D, ["I eat at one in the afternoon."], "Ivy said she eats at 1am."),
    (D, ["It was the Tuesday, no, I tell a lie, the Wednesday."], "Ivy said it was the Tuesday."),
    (D, ["Q: Was it Monday?", "No, Friday."], "Ivy said it was Monday."),
    (D, ["Bowls is Monday and chapel is Sunday."], "Ivy said bowls is on Sunday."),
    (D, ["I came home in March."], "Ivy came home in May."),
    (D, ["She came yesterday."], "Ivy said she comes tomorrow."),
    (D, ["I saw him last week."], "Ivy will see him next week."),
    (D, ["It's been since Easter."], "Ivy said it has been since Christmas."),
    (D, ["I'm bad in the mornings."], "Ivy said she is bad in the evenings."),
    (D, ["I saw the doctor."], "Ivy saw the doctor on Thursday."),
    # names
    (W, ["My daughter Rosalind does it."], "Ivy said her daughter Rosemary does it."),
    (W, ["Doctor Okonjo saw me."], "Ivy said Dr Okafor saw her."),
    (W, ["I go to Chapel Lane."], "Ivy said she goes to Church Lane."),
    (W, ["I'm fine."], "Beryl Stott said she is fine."),
    (W, ["Rosalind shops and Keith drives me."], "Ivy said Keith shops for her."),
    (
        W,
        ["They changed me from Sertraline to Mirtazapine."],
        "Ivy was changed from Mirtazapine to Sertraline.",
    ),
    (W, ["Q: I like your garden.", "Thank you."], "Ivy Marlowe said: “I like your garden.”"),
    # negation, turned either way
    (F, ["I don't drink."], "Ivy said she drinks."),
    (F, ["I never go upstairs."], "Ivy said she goes upstairs."),
    (F, ["I go upstairs."], "Ivy said she never goes upstairs."),
    (F, ["I sleep well."], "Ivy said she does not sleep well."),
    (F, ["Q: Any falls?", "No, nothing like that."], "Ivy said she has had falls."),
    (F, ["Q: Any falls?", "Yes, in the bath."], "Ivy denied any falls."),
    (
        F,
        ["Q: Have you had thoughts of ending your life?", "No. Never."],
        "Ivy has had thoughts of ending her life.",
    ),
    (F, ["Q: Do you feel safe?", "Not really."], "Ivy said she feels safe."),
    (F, ["Q: Do you feel safe?", "Yes, love."], "Ivy said she does not feel safe."),
    (F, ["Nobody comes to see my budgie."], "Ivy said people come to see her budgie."),
    (F, ["I can't get in the bath."], "Ivy said she can get in the bath."),
    (F, ["I've stopped going to chapel."], "Ivy said she still goes to chapel."),
    (F, ["I don't go to chapel any more."], "Ivy said she goes to chapel."),
    (F, ["He refused the day centre."], "Ivy said he accepted the day centre."),
    (F, ["I won't have carers in."], "Ivy said she will have carers in."),
    (F, ["I feel unsafe at home."], "Ivy said she feels safe at home."),
    (F, ["The landlord hasn't mended the boiler."], "Ivy said the landlord has mended the boiler."),
    (F, ["I've no pain in my hip."], "Ivy said she has pain in her hip."),
    (F, ["I hardly eat my dinner."], "Ivy said she eats her dinner."),
    (F, ["I can't do stairs but I can walk to the shop."], "Ivy said she can do stairs."),
    (F, ["I haven't missed a tablet."], "Ivy said she has missed a tablet."),
    (F, ["He failed to turn up for the review."], "Ivy said he turned up for the review."),
    (F, ["I'm able to wash myself."], "Ivy said she is unable to wash herself."),
    (F, ["I'd rather stay here than go in a home."], "Ivy would rather go in a home than stay here."),
    (F, ["I agree to the referral."], "Ivy refused the referral."),
    (F, ["Q: Were you hurt?", "I was not."], "Ivy said she was hurt."),
    (F, ["The dog's friendly."], "Ivy said the dog is not friendly."),
    # risk
    (R, ["We had a nice tea."], "Ivy said they had a nice tea and that he hits her."),
    (R, ["I get a bit tired."], "Ivy said she gets tired and has suicidal thoughts."),
    (R, ["He's a good lad."], "Ivy said he is a good lad but uses heroin."),
    (R, ["He shouts."], "Ivy said he shouts and has a knife."),
    (R, ["I was in hospital."], "Ivy was in hospital and the police were called."),
    (R, ["She sees to my money."], "Ivy said she sees to her money and there is financial abuse."),
    (R, ["My skin's dry."], "Ivy has dry skin and a pressure sore."),
    (R, ["I like my bath."], "Ivy likes her bath and has fallen in it."),
    (
        R,
        ["They visit on Sundays."],
        "Ivy said they visit on Sundays and that there are safeguarding concerns.",
    ),
    # quotes
    (Q, ["I like it here, mostly."], "Ivy said “I love it here, mostly.”"),
    (Q, ["I like it here, mostly."], 'Ivy said "I like it here, mainly."'),
]


@pytest.mark.parametrize(("code", "turns", "statement"), PLANTED, ids=[s for _, _, s in PLANTED])
def test_when_a_sentence_holds_an_error_then_it_is_found(code: str, turns: list[str], statement: str) -> None:
    assert code in {m.code for m in check_statement(statement, said(*turns))}
