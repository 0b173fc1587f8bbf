"""Faithful sentences: other words, the same facts. None of them may be blocked."""

from __future__ import annotations

import pytest

from rag.support.check import check_statement
from rag.support.model import Spoken


def said(*turns: str) -> list[Spoken]:
    """Return turns; "Q: …" is the worker's, all others are Ivy Marlowe's."""
    return [Spoken("Petra Lund", "worker", t[3:]) if t.startswith("Q: ") else Spoken("Ivy Marlowe", "person", t) for t in turns]


FAITHFUL = [
    # numbers
    (["I take eleven tablets a day."], "Mrs Marlowe said she takes 11 tablets a day."),
    (["It cost me two hundred and forty pounds."], "Ivy said it cost her £240."),
    (["It was three pound fifty."], "Ivy said it was £3.50."),
    (["I've lived here forty-odd years, forty-three in June."], "Ivy has lived there for 43 years in June."),
    (["They come once a fortnight."], "Ivy said they come every two weeks."),
    (["They come once a fortnight."], "Ivy said they come once a fortnight."),
    (["I waited a fortnight."], "Ivy said she waited 14 days."),
    (["I waited a fortnight."], "Ivy said she waited two weeks."),
    (["I've a couple of steps at the back."], "Ivy said there are two steps at the back."),
    (["I have half a dozen eggs a week."], "Ivy said she has six eggs a week."),
    (["It took an hour and a half."], "Ivy said it took 90 minutes."),
    (["It took half an hour."], "Ivy said it took 30 minutes."),
    (["My sugar was four point five."], "Ivy said her sugar was 4.5."),
    (["I'm eighty-nine next birthday."], "Ivy said she will be 89 next birthday."),
    (["I was born in nineteen thirty-six."], "Ivy was born in 1936."),
    (["I've fallen twice."], "Ivy said she has fallen two times."),
    (["It's two, no, three times I've been."], "Ivy said she has been three times."),
    (["Sixty per cent, they told me."], "Ivy said they told her 60%."),
    (["I get two to three hours."], "Ivy said she gets 2-3 hours."),
    (["She gave me a tenner."], "Ivy said she was given £10."),
    (["I've a daughter and two sons."], "Ivy said she has one daughter and two sons."),
    (["I go every other day."], "Ivy goes every other day."),
    (["The nurse comes Mondays and Thursdays."], "Ivy said the nurse comes on Mondays and Thursdays."),
    (
        ["We were married fifty-six years and he's been gone four."],
        "Ivy was married for 56 years and he has been gone for four.",
    ),
    # dates and times
    (["It's on the ninth of June."], "Ivy said it is on 9 June."),
    (["It's on the ninth of June."], "Ivy said it is on 09/06."),
    (["Half past four he comes."], "Ivy said he comes at 4.30pm."),
    (["He comes at half four."], "Ivy said he comes at 16:30."),
    (["I'm up at quarter to six."], "Ivy said she is up at 5.45."),
    (["I eat at one o'clock."], "Ivy said she eats at 1pm."),
    (["She rings at twenty past seven in the evening."], "Ivy said she rings at 7.20pm."),
    (["It was the Tuesday, no, I tell a lie, the Wednesday."], "Ivy said it was the Wednesday."),
    (["Q: Was it Monday?", "No, Friday."], "Ivy said it was Friday."),
    (["I came home on the second of March."], "Ivy came home on 2 March."),
    (["It's been since Christmas."], "Ivy said it has been since Christmas."),
    (["He comes every morning."], "Ivy said he comes daily."),
    # names
    (["My daughter Siân-Mai does it."], "Ivy said her daughter Sian-Mai does it."),
    (["Doctor Okonjo saw me."], "Ivy said Dr Okonjo saw her."),
    (["It's Rosalind's key."], "Ivy said that Rosalind has the key."),
    (["The O'Learys next door are good."], "Ivy said the O'Leary family next door are good."),
    (["I go to St Anne's on Sundays."], "Ivy said she goes to St Anne's on Sundays."),
    (["Q: How are you?", "Fine."], "Petra Lund asked how she was and Mrs Marlowe said she was fine."),
    # negation
    (["I don't drink."], "Ivy said she does not drink."),
    (["I never go upstairs."], "Ivy said she does not go upstairs."),
    (["Q: Any falls?", "No, nothing like that."], "Ivy denied any falls."),
    (["Q: Any falls?", "No, none."], "Ivy said she has had no falls."),
    (
        ["Q: Have you had thoughts of ending your life?", "No. Never."],
        "Ivy denied thoughts of ending her life.",
    ),
    (["Q: Do you sleep?", "Not really."], "Ivy said she does not really sleep."),
    (["Q: Do you cook?", "Oh yes, every day."], "Ivy said she cooks every day."),
    (["Nobody comes to see me."], "Ivy said nobody comes to see her."),
    (["I can't get in the bath without help."], "Ivy said she cannot get in the bath without help."),
    (["I've stopped going to chapel."], "Ivy said she has stopped going to chapel."),
    (["I don't go to chapel any more."], "Ivy said she no longer goes to chapel."),
    (["He refused the day centre."], "Ivy said he did not want the day centre."),
    (["I don't see nobody."], "Ivy said she does not see anybody."),
    (["I'm not eating and I'm losing weight."], "Ivy said she is not eating and is losing weight."),
    (["I fell in May and I've not been out since."], "Ivy said she fell in May and has not been out since."),
    (
        ["The nurse who comes on Tuesday isn't happy with my leg."],
        "Ivy said the Tuesday nurse is not happy with her leg.",
    ),
    (["It's lovely weather, isn't it? I sat out."], "Ivy said she sat out."),
    (["You don't want to be a bother, do you."], "Ivy said “You don't want to be a bother, do you.”"),
    (["She doesn't come until ten."], "Ivy said she does not come until ten."),
    (["I can't do stairs but I can walk to the shop."], "Ivy can walk to the shop but cannot do stairs."),
    (["I've no family nearby, I live on my own."], "Ivy lives on her own and has no family nearby."),
    (["It isn't that I don't like her, I do like her."], "Ivy said she likes her."),
    (["The letter's not come."], "Ivy said the letter has not arrived."),
    (["I failed my driving test."], "Ivy said she did not pass her driving test."),
    (["I've nothing against a stick. It's a frame I won't have."], "Ivy has no objection to a stick but will not have a frame."),
    (["He can't do the bath without somebody there."], "Ivy said he needs somebody there for the bath."),
    (
        ["Q: Is it your husband's sister who helps?", "No, it's my own sister, Hodan."],
        "Ivy said that it is her own sister, Hodan, who helps.",
    ),
    (["I hardly touch my dinner."], "Ivy said that she eats very little of her dinner."),
    (["I still cook, but I don't go out now."], "Ivy said that she still cooks."),
    (["I asked for a hoist and I'm still waiting for one."], "Ivy asked for a hoist and is still waiting."),
    (["There's not one of them I wouldn't have back."], "Ivy would have every one of them back."),
    # names
    (["My granddaughter Rosalind has the key."], "Ivy said that the key is with her granddaughter Rosalind."),
    (["Stacey's lovely, she can come when she likes."], "Ivy said that Stacey can come when she likes."),
    (["My wife Rosalind passed in ninety-nine."], "Ivy said that her wife Rosalind died in 1999."),
    (["I owe three hundred. Actually, no, three sixty."], "Ivy said that she owes £360."),
    (["It's been put back from the third to the tenth of June."], "Ivy said it is on 10 June, moved from 3 June."),
    # risk
    (["I went over in the kitchen."], "Ivy said she fell in the kitchen."),
    (["He gave me a shove."], "Ivy said he shoved her."),
    (["He shoved me."], "Ivy said he pushed her."),
    (["I've been having a drink of a night."], "Ivy said she has been having a drink at night."),
    # quotes
    (["Well, I’m  not  lifting him any more."], "Ivy said “I'm not lifting him any more.”"),
    (["I like it here."], "Ivy (person): “I like it here.”"),
    (["Q: Do you like it?", "I do."], "Asked “Do you like it?”, Ivy Marlowe (person) said: “I do.”"),
    (
        ["Twice. No, I tell a lie, three times."],
        "Ivy Marlowe (person): “Twice. No, I tell a lie, three times.”",
    ),
]


@pytest.mark.parametrize(("turns", "statement"), FAITHFUL, ids=[s for _, s in FAITHFUL])
def test_when_a_sentence_is_faithful_then_nothing_is_found(turns: list[str], statement: str) -> None:
    assert check_statement(statement, said(*turns)) == []
