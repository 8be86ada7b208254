// Made by `python -m protocol types` from protocol/*.py. Change those, not this.

/** I accept the group's agreement in the version I was shown. */
export interface AcceptAgreement {
  type: "accept-agreement";
  /** Counts up by one with each change of the thing it belongs to. */
  version: number;
}

/** The floor that I was offered: I start. */
export interface AcceptFloor {
  type: "accept-floor";
  /** A turn: one offered or granted floor. */
  turn: string;
}

/** The answer to every command. */
export type Ack = Done | Refused;

/** Something that somebody did who leads; the latest twenty, for ten minutes. The names are as they were then. */
export interface Act {
  done: Deed;
  /** Meeting time: seconds that run only while the server runs. */
  at: number;
  /** A seat: one person's place in a meeting. */
  by?: string;
  /** Their name. */
  who?: string;
  /** A seat: one person's place in a meeting. */
  seat?: string;
  /** Their name. */
  whom?: string;
}

/** Raise a hand for somebody who cannot. */
export interface AddHand {
  type: "add-hand";
  /** A seat: one person's place in a meeting. */
  seat: string;
  kind?: HandKind;
}

/** Let one named person in from the door. Whoever came by a personal invite that is in use gets the seat it has. */
export interface Admit {
  type: "admit";
  /** A seat: one person's place in a meeting. */
  seat: string;
}

/**
 * What everyone accepts before anything else. `text` is the group's own words and may be empty: the page shows the
 * policy and the rules that the server keeps in the reader's language.
 */
export interface Agreement {
  /** Counts up by one with each change of the thing it belongs to. */
  version: number;
  policy: Confidentiality;
  text?: string;
}

/** This question may be asked now, inside the turn, whose clock stands still; says the speaker, or who leads. */
export interface AllowQuestion {
  type: "allow-question";
  /** A turn: one offered or granted floor. */
  turn: string;
  /** A hand: one request for the floor. */
  hand: string;
}

/** A host's own words to everybody inside, from outside the room; for ten minutes, or until they are taken down. */
export interface Announcement {
  id: string;
  text: string;
  /** Meeting time: seconds that run only while the server runs. */
  at: number;
}

/** My answers to the questions at the door, in their order; empty where I would rather not say. */
export interface AnswerDoor {
  type: "answer-door";
  answers: Array<string>;
}

/** May this turn go on for a little? Nobody learns who answered what; the last answer counts. */
export interface AnswerTime {
  type: "answer-time";
  /** A turn: one offered or granted floor. */
  turn: string;
  fine: boolean;
}

/** Acknowledgement of an offer that was taken: the SDP answer, with the server's addresses in it. */
export interface Answered {
  sdp: string;
  ok: true;
}

/** I would like a little more time: everybody is asked, without names, once the warning has come. */
export interface AskTime {
  type: "ask-time";
  /** A turn: one offered or granted floor. */
  turn: string;
}

export type Asked = ListLinks | MakeInvite | RenewLink | RevokeLink | Move | ListFormats | SetFormat;

/** Everybody is asked whether this turn may go on for a little. */
export interface Asking {
  /** A turn: one offered or granted floor. */
  turn: string;
  /** Meeting time: seconds that run only while the server runs. */
  until: number;
}

/**
 * What a connection begins with: a link's secret and a name, the resume token and the same name, or the one-time
 * code with which a seat moves here (its name is known: `name` is ignored then).
 */
export interface Auth {
  v: number;
  room: string;
  name: string;
  secret?: string;
  resume?: string;
  move?: string;
}

/** A break for so long; it ends with `resume-room`. */
export interface BeginBreak {
  type: "begin-break";
  seconds: number;
}

/** Offer everybody the floor once, in circle order, beginning now. */
export interface BeginRound {
  type: "begin-round";
}

/** Silence together for so long; the bell ends it, or `resume-room`. */
export interface BeginSilence {
  type: "begin-silence";
  seconds: number;
}

/**
 * Why the server says goodbye; the browser does not connect again by itself.
 * - `removed`: a facilitator or host removed this person; `reason` is theirs
 * - `declined`: not let in; `reason` says why
 * - `elsewhere`: another connection took the seat
 * - `closed`: the meeting is over
 * - `left`: the person left
 * - `strikes`: too much that was not of the protocol
 * - `revoked`: the link this person came by was revoked, or renewed while they waited
 * - `yours`: the seat of the same invite is theirs: come back with `resume`
 */
export type Bye = "closed" | "declined" | "elsewhere" | "left" | "removed" | "revoked" | "strikes" | "yours";

/** Offer this person the floor next: if it is free, after the quiet. `floor` is the last turn that the asker saw. */
export interface CallOn {
  type: "call-on";
  /** A seat: one person's place in a meeting. */
  seat: string;
  /** The `floor` of the view, empty before the first. */
  floor?: string;
}

/** What everyone in the room sees. Things are kept by id; `circle` and `queue` give their order. */
export interface CircleView {
  sight: "circle";
  title: string;
  format: string;
  meeting: MeetingState;
  agreement: Agreement;
  policy: Policy;
  people: Record<string, Person>;
  /** Who is in the circle, in circle order; the long absent are left out. */
  circle: Array<string>;
  hands: Record<string, Hand>;
  queue: Array<string>;
  /** Counts up by one with each change of the thing it belongs to. */
  queue_version: number;
  queue_open: boolean;
  turns: Record<string, Turn>;
  /** The latest turn's id, also after it ended; empty before the first. */
  floor: string;
  /** Meeting time: seconds that run only while the server runs. */
  pause_until?: number;
  /** The room stands still. */
  hold?: Hold;
  /** Meeting time: seconds that run only while the server runs. */
  hold_until?: number;
  /** A host's own words for the format. */
  format_title?: string;
  /** The current phase, one of the agenda. */
  phase?: string;
  /** Meeting time: seconds that run only while the server runs. */
  phase_since?: number;
  /** Somebody's own words for everybody; empty: the page's own, if any. */
  prompt?: string;
  agenda?: Array<Step>;
  round?: Round;
  /** A seat: one person's place in a meeting. */
  given?: string;
  asking?: Asking;
  last?: Last;
  /** The longest overtime in this phase. */
  overtime?: number;
  /** How much longer turns are made by `equalise`. */
  extra?: number;
  /** In a break: who is back. */
  ready?: Array<string>;
  /** Who takes over when no facilitator is here any more, the first one first. */
  successors?: Array<string>;
  /** Nobody new comes to the door. */
  locked?: boolean;
  announcement?: Announcement;
  /** What those who lead did lately, by id. */
  acts?: Record<string, Act>;
  /** The acts in their order, the latest last. */
  lately?: Array<string>;
}

/**
 * How the time of a turn is told to everybody; those who lead always see minutes and seconds.
 * - `soft`: in words
 * - `exact`: in minutes and seconds
 */
export type Clock = "exact" | "soft";

/** End the meeting for everyone; what the server knew about it is erased. */
export interface CloseMeeting {
  type: "close-meeting";
}

/** No new hands, except about the room. */
export interface CloseQueue {
  type: "close-queue";
}

/**
 * Why a command was refused (`{"ok": false, "code": ...}`) or a connection could not be made.
 * - `malformed`: not a message of the protocol
 * - `internal`: a bug of ours
 * - `not-now`: it could not be made durable; nothing changed; try again
 * - `too-fast`: more commands than the connection's budget
 * - `reload`: the page speaks another version of the wire
 * - `no-entry`: link wrong, expired or revoked, door locked, room closed or full, seat removed: one answer for all
 * - `early`: the link is right, but the doors of a planned room are shut; `dates` says when they open
 * - `name-invalid`: 1-40 visible characters, no controls that hide or turn text
 * - `lost`: an update could not take this meeting along: the link leads to a new one
 * - `forbidden`: not with this role
 * - `not-admitted`: still at the door
 * - `not-agreed`: the agreement comes before anything else
 * - `stale`: aimed at a turn, hand or version that is no longer there
 * - `not-open`: the meeting has not been opened yet
 * - `held`: the room stands still
 * - `not-held`: nothing stands still that could go on
 * - `already-open`: the meeting has been opened already
 * - `not-yours`: that turn or hand belongs to somebody else
 * - `no-seat`: nobody holds that seat
 * - `not-here`: that person is not connected just now
 * - `waiting`: that person has not come in yet
 * - `not-waiting`: that person is already in
 * - `name-taken`: looks like a facilitator's name
 * - `locked`: the door is locked already
 * - `not-locked`: the door is not locked
 * - `full`: every seat of the room is taken
 * - `not-removed`: nobody of that seat was removed
 * - `not-proposed`: nobody proposes to remove that person
 * - `hand-up`: there is a hand of yours already
 * - `no-hand`: there is no such hand up
 * - `has-floor`: who has the floor, or is offered it, raises no hand
 * - `kind-off`: the room does not use this kind of hand
 * - `queue-closed`: only process hands until it is reopened
 * - `queue-open`: new hands are welcome already
 * - `nobody-behind`: nobody to let go first
 * - `no-phase`: the format has no phase of that name
 * - `phase-off`: not in this phase
 * - `no-round`: there is no round
 * - `round-on`: there is a round already
 * - `not-in-round`: that person has had a turn in this round, or is not in it
 * - `floor-taken`: as many speak already as may at once
 * - `rang`: the bell rang a moment ago
 * - `would-lose`: somebody would lose a turn or a place: first let it end, or move to another phase
 * - `bad-format`: not a format that could run; `detail` says what is wrong and where
 * - `no-turn`: nobody has the floor or is offered it
 * - `not-running`: the turn is not at a point where this can be done
 * - `not-paused`: the turn is running
 * - `out-of-range`: a time outside what the room allows
 * - `enough`: no more of this: extensions of an offer, silence in a turn, questions to the group, giving on
 * - `too-early`: the group is asked for more time once the warning has come
 * - `not-asked`: nobody asks the group for more time now
 * - `nothing-to-undo`: that turn cannot be put back any more
 * - `no-questions`: the door asks nothing, or not that many things
 * - `not-acting`: only who took over can give it back
 * - `not-named`: nobody is named as a successor
 * - `leads`: who holds the order already needs no naming
 * - `no-link`: the room has no such link
 * - `links-full`: the room has as many personal invites as it can have
 * - `no-audio`: this server forwards no sound
 * - `self`: not to oneself
 */
export type Code = "already-open" | "bad-format" | "early" | "enough" | "floor-taken" | "forbidden" | "full" | "hand-up" | "has-floor" | "held" | "internal" | "kind-off" | "leads" | "links-full" | "locked" | "lost" | "malformed" | "name-invalid" | "name-taken" | "no-audio" | "no-entry" | "no-hand" | "no-link" | "no-phase" | "no-questions" | "no-round" | "no-seat" | "no-turn" | "nobody-behind" | "not-acting" | "not-admitted" | "not-agreed" | "not-asked" | "not-held" | "not-here" | "not-in-round" | "not-locked" | "not-named" | "not-now" | "not-open" | "not-paused" | "not-proposed" | "not-removed" | "not-running" | "not-waiting" | "not-yours" | "nothing-to-undo" | "out-of-range" | "phase-off" | "queue-closed" | "queue-open" | "rang" | "reload" | "round-on" | "self" | "stale" | "too-early" | "too-fast" | "waiting" | "would-lose";

export type Command = AcceptAgreement | AnswerDoor | Leave | RaiseHand | LowerHand | DeferHand | AcceptFloor | PassFloor | HoldOffer | FinishTurn | GiveFloor | HoldSilence | AskTime | AnswerTime | AllowQuestion | UndoEnd | TakeFloor | PassRound | RingBell | SendSignal | SayReady | SetPhase | SetOrder | SetPrompt | BeginRound | EndRound | BeginSilence | BeginBreak | Equalise | Admit | Decline | TellWaiting | LockDoor | UnlockDoor | OpenMeeting | CloseMeeting | CallOn | AddHand | MoveHand | LowerAll | CloseQueue | ReopenQueue | ExtendTurn | PauseTurn | ResumeTurn | EndTurn | PauseRoom | ResumeRoom | NameSuccessor | UnnameSuccessor | StepDown | Remove | KeepSeat | UndoRemoval;

/** The `type` of a command. */
export type CommandType = "accept-agreement" | "answer-door" | "leave" | "raise-hand" | "lower-hand" | "defer-hand" | "accept-floor" | "pass-floor" | "hold-offer" | "finish-turn" | "give-floor" | "hold-silence" | "ask-time" | "answer-time" | "allow-question" | "undo-end" | "take-floor" | "pass-round" | "ring-bell" | "send-signal" | "say-ready" | "set-phase" | "set-order" | "set-prompt" | "begin-round" | "end-round" | "begin-silence" | "begin-break" | "equalise" | "admit" | "decline" | "tell-waiting" | "lock-door" | "unlock-door" | "open-meeting" | "close-meeting" | "call-on" | "add-hand" | "move-hand" | "lower-all" | "close-queue" | "reopen-queue" | "extend-turn" | "pause-turn" | "resume-turn" | "end-turn" | "pause-room" | "resume-room" | "name-successor" | "unname-successor" | "step-down" | "remove" | "keep-seat" | "undo-removal";

/**
 * What may leave the room.
 * - `general-experience-only`: general experience only: what was learnt, without anything about a person
 * - `stays-in-the-room`: what is said here stays here
 * - `full-disclosure`: what is said here may be told elsewhere
 */
export type Confidentiality = "full-disclosure" | "general-experience-only" | "stays-in-the-room";

/** When a planned room meets, as somebody hears who has a link of it. Moments are wall time, seconds since 1970. */
export interface Dates {
  now: number;
  /** The room's own, as `Asia/Jakarta`. */
  zone: string;
  /** How long a meeting is planned. */
  minutes: number;
  /** How many minutes before its start the doors open. */
  doors: number;
  /** Of the next ones; empty when no more are planned. */
  starts: Array<number>;
  /** For entries in calendars: always the same for this room. */
  uid: string;
}

/** Do not let this person in; the reason is shown to them alone. */
export interface Decline {
  type: "decline";
  /** A seat: one person's place in a meeting. */
  seat: string;
  /** Written to the person it is about; never kept. */
  reason?: string;
}

/**
 * What somebody who leads has done; the room sees all of it.
 * - `admitted`: let somebody in
 * - `declined`: did not let somebody in (no name is shown)
 * - `door-locked`: locked the door: nobody new comes to it
 * - `door-unlocked`: unlocked the door
 * - `removed`: removed somebody
 * - `restored`: undid a removal
 * - `called`: asked for somebody to be offered the floor next
 * - `hand-added`: raised a hand for somebody
 * - `hand-lowered`: took somebody's hand down
 * - `hand-moved`: moved somebody's hand
 * - `all-lowered`: took all hands down
 * - `queue-closed`: closed the queue
 * - `queue-reopened`: opened the queue again
 * - `turn-ended`: ended somebody's turn, or took back an offer
 * - `turn-paused`: paused somebody's turn
 * - `turn-resumed`: let somebody's turn go on
 * - `turn-extended`: gave somebody more time
 * - `room-paused`: paused the room
 * - `room-resumed`: let the room go on
 * - `successor-named`: named who takes over when no facilitator is here
 * - `successor-unnamed`: took that back
 * - `led`: took over, because nobody led any more
 * - `stepped-down`: gave the lead back
 * - `phase-set`: moved on to another phase
 * - `order-set`: ordered the queue in another way
 * - `prompt-set`: showed everybody other words
 * - `round-begun`: began a round
 * - `round-ended`: left a round before its end
 * - `silence-begun`: began a silence together
 * - `break-begun`: began a break
 * - `equalised`: gave everybody else the same overtime
 * - `end-undone`: put the last speaker back
 * - `question-allowed`: allowed a question inside a turn
 * - `format-changed`: changed the room's format
 * - `agreement-changed`: changed the agreement: everybody is asked again
 * - `invited`: made a personal invite
 * - `link-renewed`: renewed a link: the old one opens nothing any more
 * - `link-revoked`: revoked a link
 * - `came-in`: came in as a host
 * - `announced`: told everybody something from outside
 */
export type Deed = "admitted" | "agreement-changed" | "all-lowered" | "announced" | "break-begun" | "called" | "came-in" | "declined" | "door-locked" | "door-unlocked" | "end-undone" | "equalised" | "format-changed" | "hand-added" | "hand-lowered" | "hand-moved" | "invited" | "led" | "link-renewed" | "link-revoked" | "order-set" | "phase-set" | "prompt-set" | "question-allowed" | "queue-closed" | "queue-reopened" | "removed" | "restored" | "room-paused" | "room-resumed" | "round-begun" | "round-ended" | "silence-begun" | "stepped-down" | "successor-named" | "successor-unnamed" | "turn-ended" | "turn-extended" | "turn-paused" | "turn-resumed";

/** Let somebody go before me: my hand stands behind theirs. If it does already, nothing changes. */
export interface DeferHand {
  type: "defer-hand";
  /** A hand: one request for the floor. */
  hand: string;
  /** A hand: one request for the floor. */
  after: string;
}

/** Acknowledgement of a command that was done (or had been done already). */
export interface Done {
  seq: number;
  ok: true;
}

/** All that somebody sees who is not admitted yet or has not accepted the newest agreement: nothing about people. */
export interface DoorView {
  sight: "door";
  agreement: Agreement;
  questions?: Array<string>;
}

/** Leave the round; whoever speaks finishes. */
export interface EndRound {
  type: "end-round";
}

/** End this turn, take back this offer, or go on without a speaker who dropped. */
export interface EndTurn {
  type: "end-turn";
  /** A turn: one offered or granted floor. */
  turn: string;
}

/**
 * What happens when a turn's time is over.
 * - `soft`: grace, then those who lead decide
 * - `hard`: the turn ends at the announced moment; only where the group chose it
 */
export type Ending = "hard" | "soft";

/** Somebody had overtime: all turns in this phase are so much longer from now on; at most the view's `overtime`. */
export interface Equalise {
  type: "equalise";
  extra: number;
}

/** Let this turn, or offer, go on until then; while its clock stands still, as if it went on now. */
export interface ExtendTurn {
  type: "extend-turn";
  /** A turn: one offered or granted floor. */
  turn: string;
  /** Meeting time: seconds that run only while the server runs. */
  until: number;
}

/** I am done. */
export interface FinishTurn {
  type: "finish-turn";
  /** A turn: one offered or granted floor. */
  turn: string;
}

/** A meeting described as phases, one after the other. */
export interface Format {
  name: string;
  /** What people read instead of the page's own words. */
  title?: string;
  phases: Array<Phase>;
}

/**
 * Acknowledgement: the formats that come with the server, and the room's own as it is now. `own`: it is none of
 * them, but a copy that was changed.
 */
export interface Formats {
  formats: Array<Format>;
  current: Format;
  own: boolean;
  ok: true;
}

/** I am done, and pass the talking piece to this person, who is offered it next. */
export interface GiveFloor {
  type: "give-floor";
  /** A turn: one offered or granted floor. */
  turn: string;
  /** A seat: one person's place in a meeting. */
  seat: string;
}

/** The last thing a connection hears. */
export interface Goodbye {
  code: Bye;
  reason?: string;
  /** With `yours`: gives the seat. */
  resume?: string;
  /** What the server still knows now. */
  knows?: Array<Known>;
  /** With `closed`: of a room that has planned meetings. */
  next?: Dates;
}

/** One request for the floor. An offer that nobody answered leaves it up; it rests until `rests_until`. */
export interface Hand {
  /** A seat: one person's place in a meeting. */
  seat: string;
  kind: HandKind;
  reason: Why;
  /** Meeting time: seconds that run only while the server runs. */
  since: number;
  /** Meeting time: seconds that run only while the server runs. */
  rests_until?: number;
  /** With the reason `turns`: how many its person has had. */
  turns?: number;
  /** With the reason `turns`: for how many seconds. */
  spoken?: number;
  /** Only the lead sight has it. */
  note?: string;
}

/**
 * What a hand is for. A room enables the kinds it wants; `process` always works.
 * - `share`: something of my own
 * - `respond`: to what was just shared
 * - `question`: to the person who just shared
 * - `process`: about the room: a break, cannot hear, a point of order
 */
export type HandKind = "process" | "question" | "respond" | "share";

/**
 * Why the room stands still: nobody is heard, no clock runs, nothing is offered; everything is kept.
 * - `paused`: a facilitator paused the room
 * - `lost`: no facilitator is here; it goes on when one returns, or a successor takes over
 * - `bell`: somebody rang the pause bell: one breath, until `hold_until`, then it goes on by itself
 * - `silence`: silence together until `hold_until`, then it goes on by itself
 * - `break`: a break, planned until `hold_until`; it goes on when those who lead say so
 */
export type Hold = "bell" | "break" | "lost" | "paused" | "silence";

/** I need a little longer before I answer the offer: keep it until then. */
export interface HoldOffer {
  type: "hold-offer";
  /** A turn: one offered or granted floor. */
  turn: string;
  /** Meeting time: seconds that run only while the server runs. */
  until: number;
}

/** A silence inside my turn: the clock stands until I go on with `resume-turn`, or the phase's `hush` is over. */
export interface HoldSilence {
  type: "hold-silence";
  /** A turn: one offered or granted floor. */
  turn: string;
}

/** Not removed after all: takes back a proposal, one's own or somebody else's. */
export interface KeepSeat {
  type: "keep-seat";
  /** A seat: one person's place in a meeting. */
  seat: string;
}

/**
 * What the server still knows when somebody has gone.
 * - `room`: the room: title, format, agreement, questions, how often its links were renewed
 * - `invite`: that there is a personal invite of this number; not whose it is
 * - `seat`: until the meeting ends: that there was this seat, its hands and turns and when; no name
 * - `name`: for ten minutes, in memory: the name, in what those who lead did, and to undo a removal
 * - `address`: in memory, for some minutes: the network address, so that nobody floods the server
 * - `counts`: how many came and how long they spoke, as numbers of everybody together
 */
export type Known = "address" | "counts" | "invite" | "name" | "room" | "seat";

/** The turn that ended last, while it can be put back. */
export interface Last {
  /** A turn: one offered or granted floor. */
  turn: string;
  /** A seat: one person's place in a meeting. */
  seat: string;
  /** What was left of its time. */
  left: number;
}

/** What facilitators and hosts see: the circle, the notes with hands, the door, and who was removed. */
export interface LeadView {
  sight: "lead";
  title: string;
  format: string;
  meeting: MeetingState;
  agreement: Agreement;
  policy: Policy;
  people: Record<string, Person>;
  /** Who is in the circle, in circle order; the long absent are left out. */
  circle: Array<string>;
  hands: Record<string, Hand>;
  queue: Array<string>;
  /** Counts up by one with each change of the thing it belongs to. */
  queue_version: number;
  queue_open: boolean;
  turns: Record<string, Turn>;
  /** The latest turn's id, also after it ended; empty before the first. */
  floor: string;
  /** Meeting time: seconds that run only while the server runs. */
  pause_until?: number;
  /** The room stands still. */
  hold?: Hold;
  /** Meeting time: seconds that run only while the server runs. */
  hold_until?: number;
  /** A host's own words for the format. */
  format_title?: string;
  /** The current phase, one of the agenda. */
  phase?: string;
  /** Meeting time: seconds that run only while the server runs. */
  phase_since?: number;
  /** Somebody's own words for everybody; empty: the page's own, if any. */
  prompt?: string;
  agenda?: Array<Step>;
  round?: Round;
  /** A seat: one person's place in a meeting. */
  given?: string;
  asking?: Asking;
  last?: Last;
  /** The longest overtime in this phase. */
  overtime?: number;
  /** How much longer turns are made by `equalise`. */
  extra?: number;
  /** In a break: who is back. */
  ready?: Array<string>;
  /** Who takes over when no facilitator is here any more, the first one first. */
  successors?: Array<string>;
  /** Nobody new comes to the door. */
  locked?: boolean;
  announcement?: Announcement;
  /** What those who lead did lately, by id. */
  acts?: Record<string, Act>;
  /** The acts in their order, the latest last. */
  lately?: Array<string>;
  questions?: Array<string>;
  waiting?: Record<string, Waiting>;
  /** How many participants the room has a seat for; 0: no limit. */
  seats?: number;
  /** How many of those seats are taken; only with a limit. */
  taken?: number;
  /** Removing somebody needs two who lead. */
  two_to_remove?: boolean;
  /** Who would be removed. */
  proposals?: Record<string, Proposal>;
  /** Who was removed from this meeting. */
  removed?: Record<string, Removed>;
  /** Who is asked again to agree. */
  reading?: Array<string>;
}

/**
 * I leave the meeting for good: my seat, hand and turn go. Any other end of a connection is a drop.
 *
 * With `erase`, what was stored about my seat goes at once, too, and not only when the meeting ends; the answer comes
 * when it is gone.
 */
export interface Leave {
  type: "leave";
  check_on_me?: boolean;
  erase?: boolean;
}

/** How loud somebody speaks who is heard now: a hint from their browser (RFC 6464), at most five times a second. */
export interface Level {
  type: "level";
  /** A seat: one person's place in a meeting. */
  seat: string;
  /** 0 is silence, 4 is loud. */
  step: number;
}

/** A link that opens the room. `id`: `participant`, `facilitator`, `host`, or `invite-<n>` for a personal one. */
export interface Link {
  id: string;
  role: Role;
  /** Left out where the asker may not hand it on. */
  url?: string;
  /** Wall time, seconds since 1970: it opens nothing after. */
  until?: number;
  /** How many seats there are now of those who came by it. */
  people?: number;
  /** A seat: one person's place in a meeting. */
  seat?: string;
}

/** Acknowledgement: the live links, as they are now. `made` is the one that was made or renewed. */
export interface Links {
  links: Array<Link>;
  made: string;
  ok: true;
}

/** Which formats are there, and which is this room's? */
export interface ListFormats {
  type: "list-formats";
}

/** Which links open this room now? */
export interface ListLinks {
  type: "list-links";
}

/** Nobody new comes to the door. Whoever has a seat comes back to it, and whoever leads comes in. */
export interface LockDoor {
  type: "lock-door";
}

/** Take all hands down. `queue` is the order it was aimed at. */
export interface LowerAll {
  type: "lower-all";
  /** Counts up by one with each change of the thing it belongs to. */
  queue: number;
}

/** Take a hand down: mine when `hand` is left out; a facilitator may name anybody's. */
export interface LowerHand {
  type: "lower-hand";
  /** A hand: one request for the floor. */
  hand?: string;
}

/** A personal invite: for one person, who walks in with it; whoever comes by it after them waits to be confirmed. */
export interface MakeInvite {
  type: "make-invite";
  role?: Role;
  /** Until it expires; 0: it does not. */
  hours?: number;
}

/**
 * Where a meeting is; when it closes everything about it is erased and everyone is told goodbye.
 * - `doors`: people gather; nothing has begun
 * - `open`: hands and turns are possible
 */
export type MeetingState = "doors" | "open";

/** A way for my seat to another device: once, and for a short while. */
export interface Move {
  type: "move";
}

/** Put a hand before another one, or at the end when `before` is left out. `queue` is the order it was aimed at. */
export interface MoveHand {
  type: "move-hand";
  /** A hand: one request for the floor. */
  hand: string;
  /** Counts up by one with each change of the thing it belongs to. */
  queue: number;
  /** A hand: one request for the floor. */
  before?: string;
}

/**
 * How the floor moves in a phase.
 * - `queue`: hands are raised, and offered the floor in the order of the queue
 * - `round`: everybody is offered the floor once, in circle order; whoever passed is asked once more at the end
 * - `open`: up to `voices` people at once, without a queue while there is room
 * - `silence`: silence together for `box` seconds, a bell at both ends
 * - `break`: a break of `box` seconds; everybody says when they are back
 */
export type Movement = "break" | "open" | "queue" | "round" | "silence";

/**
 * Who moves on from a phase. Those who lead always may.
 * - `lead`: those who lead
 * - `anyone`: everybody in the room, to the next phase
 * - `itself`: by itself when the round, the silence or the break is over
 */
export type Mover = "anyone" | "itself" | "lead";

/** This person takes over when no facilitator is here any more; the first who was named, first. */
export interface NameSuccessor {
  type: "name-successor";
  /** A seat: one person's place in a meeting. */
  seat: string;
}

/** A browser's SDP offer, without candidates; acknowledged with the answer. */
export interface Offer {
  type: "offer";
  sdp: string;
}

/** Begin. */
export interface OpenMeeting {
  type: "open-meeting";
}

/**
 * Who is ahead of whom in the queue. Hands about the room go ahead in all of them.
 * - `first-come`: in the order in which hands were raised
 * - `fair`: who has not spoken yet, then the fewest turns, then the least time, then first come
 * - `chosen`: those who lead choose; nothing is offered by itself
 * - `circle`: as people sit, counted from whoever had the floor last
 */
export type Order = "chosen" | "circle" | "fair" | "first-come";

/** Not this time; or, with `later`, come back to me after the next one. */
export interface PassFloor {
  type: "pass-floor";
  /** A turn: one offered or granted floor. */
  turn: string;
  later?: boolean;
}

/** In a round, before it comes to me: pass me by for now. I am asked once more at the end. */
export interface PassRound {
  type: "pass-round";
}

/** An RFC 7396 merge patch from the view before; `seq` is one more than the last, else ask with `resync`. */
export interface Patch {
  seq: number;
  patch: Record<string, unknown>;
}

/** Everything stands still: nobody is heard, no clock runs, nobody is let in. */
export interface PauseRoom {
  type: "pause-room";
}

/** Stop the turn and its clock. */
export interface PauseTurn {
  type: "pause-turn";
  /** A turn: one offered or granted floor. */
  turn: string;
}

/** Somebody in the room. `name` is missing for a moment after a server restart, until the person is back. */
export interface Person {
  role: Role;
  present: boolean;
  /** Counts seats in this meeting from 0; gives the colour and pattern. */
  number: number;
  name?: string;
  turns?: number;
  /** Seconds spoken in finished turns. */
  spoken?: number;
  /** Sound reaches this person: whoever is audible now is heard there. */
  hears?: boolean;
}

/** How the floor moves for a while. */
export interface Phase {
  /** Tells it from the format's other phases. For common names the page has words of its own. */
  name?: string;
  /** What people read instead of the page's own words. */
  title?: string;
  /** Shown to everybody while the phase lasts. */
  prompt?: string;
  floor?: Movement;
  order?: Order;
  /** What hands may be for; `process` always works. */
  kinds?: Array<HandKind>;
  responses?: Responses;
  text?: Text;
  /** How long a turn is. */
  turn?: number;
  /** In a round: `box` is divided among all who are there at its start, up to `turn` each. */
  equal?: boolean;
  /** Before the end of a turn. */
  warning?: number;
  /** After it, to finish a thought. */
  grace?: number;
  ending?: Ending;
  clock?: Clock;
  /** The quiet after each turn. */
  pause?: number;
  /** How long an offer waits for an answer. */
  offer?: number;
  /** How long a hand rests after *come back to me*. */
  rest?: number;
  /** How long the floor of a dropped speaker is held. */
  window?: number;
  /** How long nobody may lead before the room stands still. */
  unled?: number;
  /** The floor is offered by itself when it is free. */
  automatic_offers?: boolean;
  /** The speaker may pass the talking piece to a named person. */
  give?: boolean;
  /** How many may speak at once; only in an open floor. */
  voices?: number;
  /** In a round: whoever passed is asked once more at the end. */
  second_sweep?: boolean;
  /** How long a question inside a turn may be. */
  question?: number;
  /** How much more time the group can give at a time; 0: it is not asked. */
  consent?: number;
  /** How long the group is asked. */
  consent_for?: number;
  /** What it counts for not to answer. */
  consent_silence?: Silence;
  /** How long a speaker may hold a silence in one turn, the clock standing. */
  hush?: number;
  /** Anybody may ring the pause bell. */
  bell?: boolean;
  /** How long everything pauses when the bell rings. */
  breath?: number;
  /** How long the phase is planned to be (0: open). Only a silence really ends then. */
  box?: number;
  moves_on?: Mover;
}

/** What the current phase asks for (see `Phase` of the formats); lengths in seconds. */
export interface Policy {
  kinds: Array<HandKind>;
  /** A length of time in seconds. */
  turn: number;
  /** A length of time in seconds. */
  warning: number;
  /** A length of time in seconds. */
  grace: number;
  /** A length of time in seconds. */
  offer: number;
  /** How long a dropped speaker's floor is held. */
  window: number;
  floor?: Movement;
  /** As it is now; those who lead can change it. */
  order?: Order;
  ending?: Ending;
  clock?: Clock;
  responses?: Responses;
  text?: Text;
  give?: boolean;
  voices?: number;
  /** A length of time in seconds. */
  consent?: number;
  consent_silence?: Silence;
  /** A length of time in seconds. */
  hush?: number;
  bell?: boolean;
  /** A length of time in seconds. */
  breath?: number;
  moves_on?: Mover;
}

/** Somebody who leads would remove this person; it needs another one. */
export interface Proposal {
  /** A seat: one person's place in a meeting. */
  by: string;
  /** Meeting time: seconds that run only while the server runs. */
  until: number;
  reason?: string;
}

/** I would like the floor. */
export interface RaiseHand {
  type: "raise-hand";
  kind?: HandKind;
  /** A short note with a hand. */
  note?: string;
}

/** Acknowledgement of a command that changed nothing. */
export interface Refused {
  code: Code;
  ok: false;
  detail?: string;
}

/**
 * Remove a person; the reason is shown to them alone.
 *
 * Where the room wants two to agree and another who leads is here, this proposes it; the same command from another
 * of them, within a minute, carries it.
 */
export interface Remove {
  type: "remove";
  /** A seat: one person's place in a meeting. */
  seat: string;
  /** Written to the person it is about; never kept. */
  reason: string;
}

/** Somebody who was removed from this meeting. By the room's link they can stand at the door again. */
export interface Removed {
  number: number;
  /** Meeting time: seconds that run only while the server runs. */
  at: number;
  role?: Role;
  /** They came by a personal invite, which opens nothing now. */
  personal?: boolean;
  /** For ten minutes. */
  name?: string;
}

/** Another secret for this link: the old one opens nothing. Whoever is in stays; who waits by it does not. */
export interface RenewLink {
  type: "renew-link";
  /** A link, as `list-links` names it. */
  link: string;
  /** Until it expires; 0: it does not. */
  hours?: number;
}

/** New hands are welcome again. */
export interface ReopenQueue {
  type: "reopen-queue";
}

/**
 * What may come back to whoever shares.
 * - `none`: nothing: what was shared stands for itself (no hands to respond or to ask)
 * - `after`: responses and questions are turns of their own, afterwards
 * - `inside`: and a question may be allowed into a turn, whose clock stands still meanwhile
 */
export type Responses = "after" | "inside" | "none";

/** The server stops, and is back in a moment: everything is kept, come back as after a drop. */
export interface Restarting {
  type: "restarting";
}

/** The room goes on where it was. Aimed at another `hold` than the view's, it is stale. */
export interface ResumeRoom {
  type: "resume-room";
  hold?: string;
}

/** Go on with a paused turn. */
export interface ResumeTurn {
  type: "resume-turn";
  /** A turn: one offered or granted floor. */
  turn: string;
}

/** This link opens nothing any more, and everybody who came by it goes. */
export interface RevokeLink {
  type: "revoke-link";
  /** A link, as `list-links` names it. */
  link: string;
}

/** Ring the pause bell: everything stands still for a breath, then goes on. */
export interface RingBell {
  type: "ring-bell";
}

/**
 * What a seat came as.
 * - `participant`: comes to listen and to be heard
 * - `facilitator`: holds the order, the time and the door
 * - `host`: made the room; may do what a facilitator may
 */
export type Role = "facilitator" | "host" | "participant";

/**
 * Everybody once, in circle order. Only who is yet to be asked stands here, in that order; who passed is marked
 * nowhere, and may be asked once more in the second sweep.
 */
export interface Round {
  waiting: Array<string>;
  /** 1; 2: whoever passed or was away is asked once more. */
  sweep?: number;
  /** How many have had a turn in it. */
  had?: number;
  /** Whoever passes now is asked once more at the end. */
  again?: boolean;
}

/** I am back from the break. */
export interface SayReady {
  type: "say-ready";
}

/** A silent signal to whoever has the floor, who sees how many sent it, not who. */
export interface SendSignal {
  type: "send-signal";
  signal: SilentSignal;
}

/** Let the room have this format from now on: one that comes with the server, by its name, or this very one. */
export interface SetFormat {
  type: "set-format";
  name?: string;
  format?: Format;
}

/** Order the queue by this from now on, until the phase ends. Nobody falls out of it. */
export interface SetOrder {
  type: "set-order";
  order: Order;
}

/** Move on: those who lead to any phase, everybody to the next one where the phase says so. Nobody is cut off. */
export interface SetPhase {
  type: "set-phase";
  /** Of the agenda, by its name. */
  phase: string;
}

/** Show these words to everybody while the phase lasts; empty: the format's own again. */
export interface SetPrompt {
  type: "set-prompt";
  /** Never kept. */
  prompt: string;
}

export type Signal = Level | Restarting;

/**
 * What it counts for when somebody does not answer whether a turn may go on.
 * - `yes`: as fine
 * - `no`: as enough
 */
export type Silence = "no" | "yes";

/**
 * A silent signal to whoever has the floor.
 * - `with-you`: I am with you
 * - `louder`: a little louder
 * - `slower`: a little slower
 * - `unclear`: I could not follow
 */
export type SilentSignal = "louder" | "slower" | "unclear" | "with-you";

/** Everything this connection may see. Patches that follow count on from `seq`. */
export interface Snapshot {
  seq: number;
  /** Meeting time: seconds that run only while the server runs. */
  now: number;
  you: You;
  view: View;
}

/** One phase of the agenda. For the common names the page has words of its own. */
export interface Step {
  name: string;
  title?: string;
  floor?: Movement;
  /** How long it is planned to be; 0: open. */
  box?: number;
  /** How many may speak at once. An offer of sound has as many lines as the most of all steps. */
  voices?: number;
}

/** I took over, and give it back. */
export interface StepDown {
  type: "step-down";
}

/** In an open floor with room for another voice: I speak now. */
export interface TakeFloor {
  type: "take-floor";
}

/** A few words to somebody at the door, or to everybody there when `seat` is left out; the last ones count. */
export interface TellWaiting {
  type: "tell-waiting";
  /** Read by those it is written to; never kept. */
  text: string;
  /** A seat, or empty. */
  seat?: string;
}

/**
 * What may be written.
 * - `none`: nothing: everything is said; only a hand about the room may carry a note
 * - `notes`: a short note with a hand, which those who lead read
 */
export type Text = "none" | "notes";

/**
 * One offered or granted floor. `ends_at` while its clock runs, else `left`; in grace `ends_at` is the end of the
 * grace, after which facilitators decide (`over`).
 */
export interface Turn {
  /** A seat: one person's place in a meeting. */
  seat: string;
  state: TurnState;
  /** A length of time in seconds. */
  budget: number;
  /** Meeting time: seconds that run only while the server runs. */
  ends_at?: number;
  /** A length of time in seconds. */
  left?: number;
  over?: boolean;
  /** Meeting time: seconds that run only while the server runs. */
  waits_until?: number;
  /** A turn: one offered or granted floor. */
  inside?: string;
  /** The group was asked for more time, and said that it is enough. */
  declined?: boolean;
  /** It ends at `ends_at` by itself: a hard ending, and not a turn from the phase before. */
  hard?: boolean;
}

/**
 * `offered`, `speaking` and `grace` run (`ends_at`); in the others the clock stands still (`left`).
 * - `offered`: waits for an answer until `ends_at`
 * - `speaking`: being heard until `ends_at`
 * - `grace`: the time is used up: finishing the thought until `ends_at`, then facilitators decide
 * - `paused`: a facilitator stopped it and its clock
 * - `suspended`: its speaker lost the connection; the floor is held until `waits_until`
 * - `silent`: the speaker holds a silence, and is still heard; the clock goes on at `waits_until`
 * - `question`: somebody else asks the speaker something, in a turn that is `inside` this one
 */
export type TurnState = "grace" | "offered" | "paused" | "question" | "silent" | "speaking" | "suspended";

/** Put the last speaker back with the time that was left: who leads, or the speaker after a slip of their own. */
export interface UndoEnd {
  type: "undo-end";
  /** A turn: one offered or granted floor. */
  turn: string;
}

/** The removed person has the seat again, and may come back to it: by the same page, or the same personal link. */
export interface UndoRemoval {
  type: "undo-removal";
  /** A seat: one person's place in a meeting. */
  seat: string;
}

/** People can come to the door again. */
export interface UnlockDoor {
  type: "unlock-door";
}

/** Not this person after all; of themselves, everybody. */
export interface UnnameSuccessor {
  type: "unname-successor";
  /** A seat: one person's place in a meeting. */
  seat: string;
}

export type View = DoorView | CircleView | LeadView;

/** Somebody at the door. */
export interface Waiting {
  role: Role;
  present: boolean;
  /** Meeting time: seconds that run only while the server runs. */
  since: number;
  number: number;
  name?: string;
  agreed?: boolean;
  /** Let in, but still reading the agreement. */
  admitted?: boolean;
  /** The name looks like a facilitator's: cannot be admitted with it. */
  lookalike?: boolean;
  answers?: Array<string>;
  /** A seat: one person's place in a meeting. */
  again?: string;
  /** The place in the line for a seat, from 1, while the room is full. */
  line?: number;
  /** What was last written to them. */
  told?: string;
}

/** Acknowledgement of `move`: the way for another device, once and for `seconds`. */
export interface Way {
  url: string;
  /** Width and height of the QR code, in modules, quiet zone included. */
  size: number;
  /** Its dark modules as the `d` of an SVG path in that box. */
  path: string;
  seconds: number;
  ok: true;
}

/**
 * Why a hand stands where it stands.
 * - `first-come`: in the order in which hands were raised
 * - `process`: about the room: goes ahead
 * - `called`: a facilitator asked for this person
 * - `moved`: a facilitator put it there
 * - `later`: asked to be offered again, or did not answer an offer
 * - `deferred`: let the next one go first
 * - `returned`: lost the connection in the middle of a turn: the rest of it waits
 * - `not-spoken`: fair order: has not spoken yet in this meeting
 * - `turns`: fair order: has had so many `turns`, and `spoken` so many seconds
 * - `choosing`: those who lead choose; hands stand as they were raised
 * - `circle`: as people sit, counted from whoever had the floor last
 */
export type Why = "called" | "choosing" | "circle" | "deferred" | "first-come" | "later" | "moved" | "not-spoken" | "process" | "returned" | "turns";

/** The private part, sent whole whenever it changes. `may` lists the commands that would not be refused at once. */
export interface You {
  /** A seat: one person's place in a meeting. */
  seat: string;
  role: Role;
  may: Array<CommandType>;
  agreed?: boolean;
  admitted?: boolean;
  /** Inside, and asked to accept an agreement that has changed. */
  reading?: boolean;
  name?: string;
  /** A hand: one request for the floor. */
  hand?: string;
  /** A turn: one offered or granted floor. */
  turn?: string;
  /** My place in the queue, from 1. */
  place?: number;
  /** The next offer comes to me. */
  next?: boolean;
  answered?: boolean;
  /** In a round: my place among those who are yet to be asked, from 1. */
  round_place?: number;
  /** For whoever has the floor: how many people show what. */
  signals?: Record<string, number>;
  /** What I answered when more time was asked for. */
  answered_time?: boolean;
  /** At the door of a full room: my place in the line, from 1. */
  line?: number;
  /** At the door: what those who admit wrote to me. */
  message?: string;
  /** Only when it is new: gives the seat back after a drop. */
  resume?: string;
}

/** What a browser sends. */
export interface ClientEvents {
  command: (sent: Command, answered: (answer: Ack) => void) => void;
  resync: () => void;
  signal: (sent: Offer, answered: (answer: Answered | Refused) => void) => void;
  ask: (sent: Asked, answered: (answer: Links | Way | Formats | Refused) => void) => void;
}

/** What the server sends. */
export interface ServerEvents {
  snapshot: (heard: Snapshot) => void;
  patch: (heard: Patch) => void;
  you: (heard: You) => void;
  signal: (heard: Signal) => void;
  bye: (heard: Goodbye) => void;
}
