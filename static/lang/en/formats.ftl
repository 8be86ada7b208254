### What formats are called: those that come with the server, with one sentence for what each is, and a host's own.

format-simple = Simple
format-simple-text = Raise a hand, first come, one voice at a time: enough for any gathering.
format-listening-space = Listening space
format-listening-space-text = Everybody is heard in peace, nobody is advised unasked, and there is a silence to let it settle.
format-council = Council
format-council-text = A talking piece goes around the circle: whoever has it speaks, everybody else listens.
format-equal-time = Equal time
format-equal-time-text = A 12-step meeting: a reading, then the same minutes for everybody, with an exact clock and no cross-talk.
format-discussion = Discussion
format-discussion-text = For a text or a skill to share: short turns, and those who have not spoken yet go first.
format-support-circle = Support circle
format-support-circle-text = A theme to lean on, time to share, and responses only for those who would like some.
format-open-floor = Open floor
format-open-floor-text = A free conversation with a few voices at once, and one tap back to structure.
format-own-of = Copy of “{ $name }”
