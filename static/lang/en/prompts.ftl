### What everybody is asked or told while a phase lasts, where nobody wrote words of their own. By format and phase, or by phase.

prompt-opening = Welcome. Arrive in your own time.
prompt-agreement-reminder = What we agreed on, so that everybody can feel safe here.
prompt-newcomers = If you are here for the first time, say hello if you like. Listening is fine, too.
prompt-check-in = How do you arrive tonight? One word is enough.
prompt-theme = What is tonight about?
prompt-reading = We listen to what is read.
prompt-sharing = What would you like to share?
prompt-round = What do you bring into the circle? Speak from the heart, listen from the heart.
prompt-responses = What did you hear that stayed with you?
prompt-discussion = What do you make of it?
prompt-silence = Nothing to do. Only being here together.
prompt-break = A glass of water, some air. Come back in your own time.
prompt-open-floor = Speak when there is room for you.
prompt-closing-round = With what do you go home?
prompt-after-room = For whoever likes to stay a while.
prompt-equal-time-sharing = The same time for everybody. Silence is yours, too.
prompt-equal-time-closing-round = One short sentence to end with.
prompt-support-circle-sharing = How is it for you? Only from your own life.
