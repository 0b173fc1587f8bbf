"""What the transcription step can say about a recording."""

from __future__ import annotations

from core.findings import define

AUDIO_TRUNCATED = define(
    "audio_truncated",
    "warn",
    "The recording stops before the length its file claims, or part of it could not be read.",
    "Check that the file was copied completely; the transcript holds what could be read.",
    10,
)
AUDIO_CLIPPED = define(
    "audio_clipped",
    "warn",
    "The recording is so loud that it is distorted in places.",
    "Listen to the places that matter; next time put the recorder further away.",
    60,
)
AUDIO_VERY_QUIET = define(
    "audio_very_quiet",
    "warn",
    "The recording is very quiet, so more words than usual may be wrong or missing.",
    "Listen to the places that matter; next time put the recorder nearer.",
    40,
)
NO_SPEECH = define(
    "no_speech",
    "warn",
    "No speech was found in the recording.",
    "Play the recording: is it the right file, and did the microphone work?",
    10,
)
TEXT_ON_SILENCE_REMOVED = define(
    "text_on_silence_removed",
    "info",
    "The speech engine wrote words where nobody speaks (silence, noise or music); they were left out.",
    "Play the place if something should have been said there.",
    70,
)
LOOP_REMOVED = define(
    "loop_removed",
    "warn",
    "The speech engine repeated a phrase over and over, as engines do when lost; repeats were left out.",
    "Play the place and correct the text by hand.",
    30,
)
OVERLAPPING_SPEECH = define(
    "overlapping_speech",
    "info",
    "People speak at the same time here, so who said which word is less certain.",
    "Play the turn before relying on who said it.",
    55,
)
SPEAKERS_NOT_SEPARATED = define(
    "speakers_not_separated",
    "warn",
    "The speakers were not told apart; every turn carries the same label.",
    "Give the turns their speakers by hand, or transcribe again and say how many people speak.",
    20,
)
SPEAKER_UNCERTAIN = define(
    "speaker_uncertain",
    "info",
    "The voices of some turns are too short or too alike to be sure who speaks.",
    "Play these turns and set the speaker by hand where it matters.",
    56,
)
