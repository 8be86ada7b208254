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

/** Raise a hand for somebody who cannot. */
export interface AddHand {
  type: "add-hand";
  /** A seat: one person's place in a meeting. */
  seat: string;
  kind?: HandKind;
}

/** Let one named person in from the door. */
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

/** My answers to the questions at the door, in their order; empty where I would rather not say. */
export interface AnswerDoor {
  type: "answer-door";
  answers: Array<string>;
}

/** Acknowledgement of an offer that was taken: the SDP answer, with the server's addresses in it. */
export interface Answered {
  sdp: string;
  ok: true;
}

/** What a connection begins with: a link's secret and a name, or the resume token and the same name. */
export interface Auth {
  v: number;
  room: string;
  name: string;
  secret?: string;
  resume?: string;
}

/**
 * Why the server says goodbye; the browser does not connect again by itself.
 * - `removed`: a facilitator or host removed this person; `reason` is theirs
 * - `declined`: not let in; `reason` says why
 * - `elsewhere`: another connection took the seat
 * - `closed`: the meeting is over
 * - `left`: the person left
 * - `strikes`: too much that was not of the protocol
 */
export type Bye = "closed" | "declined" | "elsewhere" | "left" | "removed" | "strikes";

/** Offer the floor to this person next: at once when it is free. `floor` is the last turn that the asker saw. */
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
  /** Who takes over when no facilitator is here any more, the first one first. */
  successors?: Array<string>;
}

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
 * - `no-entry`: link wrong, expired, revoked, room closed or full, seat removed: one answer for all
 * - `name-invalid`: 1-40 visible characters, no controls that hide or turn text
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
 * - `hand-up`: there is a hand of yours already
 * - `no-hand`: there is no such hand up
 * - `has-floor`: who has the floor, or is offered it, raises no hand
 * - `kind-off`: the room does not use this kind of hand
 * - `queue-closed`: only process hands until it is reopened
 * - `queue-open`: new hands are welcome already
 * - `nobody-behind`: nobody to let go first
 * - `no-turn`: nobody has the floor or is offered it
 * - `not-running`: the turn is not at a point where this can be done
 * - `not-paused`: the turn is running
 * - `out-of-range`: a time outside what the room allows
 * - `enough`: no more extensions of this offer
 * - `no-questions`: the door asks nothing, or not that many things
 * - `not-acting`: only who took over can give it back
 * - `not-named`: nobody is named as a successor
 * - `leads`: who holds the order already needs no naming
 * - `no-audio`: this server forwards no sound
 * - `self`: not to oneself
 */
export type Code = "already-open" | "enough" | "forbidden" | "hand-up" | "has-floor" | "held" | "internal" | "kind-off" | "leads" | "malformed" | "name-invalid" | "name-taken" | "no-audio" | "no-entry" | "no-hand" | "no-questions" | "no-seat" | "no-turn" | "nobody-behind" | "not-acting" | "not-admitted" | "not-agreed" | "not-held" | "not-here" | "not-named" | "not-now" | "not-open" | "not-paused" | "not-running" | "not-waiting" | "not-yours" | "out-of-range" | "queue-closed" | "queue-open" | "reload" | "self" | "stale" | "too-fast" | "waiting";

export type Command = AcceptAgreement | AnswerDoor | Leave | RaiseHand | LowerHand | DeferHand | AcceptFloor | PassFloor | HoldOffer | FinishTurn | Admit | Decline | OpenMeeting | CloseMeeting | CallOn | AddHand | MoveHand | LowerAll | CloseQueue | ReopenQueue | ExtendTurn | PauseTurn | ResumeTurn | EndTurn | PauseRoom | ResumeRoom | NameSuccessor | UnnameSuccessor | StepDown | Remove;

/** The `type` of a command. */
export type CommandType = "accept-agreement" | "answer-door" | "leave" | "raise-hand" | "lower-hand" | "defer-hand" | "accept-floor" | "pass-floor" | "hold-offer" | "finish-turn" | "admit" | "decline" | "open-meeting" | "close-meeting" | "call-on" | "add-hand" | "move-hand" | "lower-all" | "close-queue" | "reopen-queue" | "extend-turn" | "pause-turn" | "resume-turn" | "end-turn" | "pause-room" | "resume-room" | "name-successor" | "unname-successor" | "step-down" | "remove";

/**
 * What may leave the room.
 * - `general-experience-only`: general experience only: what was learnt, without anything about a person
 * - `stays-in-the-room`: what is said here stays here
 * - `full-disclosure`: what is said here may be told elsewhere
 */
export type Confidentiality = "full-disclosure" | "general-experience-only" | "stays-in-the-room";

/** Do not let this person in; the reason is shown to them alone. */
export interface Decline {
  type: "decline";
  /** A seat: one person's place in a meeting. */
  seat: string;
  /** Written to the person it is about; never kept. */
  reason?: string;
}

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

/** All that somebody sees who is not admitted yet or has not accepted the agreement: nothing about people. */
export interface DoorView {
  sight: "door";
  agreement: Agreement;
  questions?: Array<string>;
}

/** End this turn, take back this offer, or go on without a speaker who dropped. */
export interface EndTurn {
  type: "end-turn";
  /** A turn: one offered or granted floor. */
  turn: string;
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

/** The last thing a connection hears. */
export interface Goodbye {
  code: Bye;
  reason?: string;
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
 */
export type Hold = "lost" | "paused";

/** I need a little longer before I answer the offer: keep it until then. */
export interface HoldOffer {
  type: "hold-offer";
  /** A turn: one offered or granted floor. */
  turn: string;
  /** Meeting time: seconds that run only while the server runs. */
  until: number;
}

/** What facilitators and hosts see: the circle, the notes with hands, and the door. */
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
  /** Who takes over when no facilitator is here any more, the first one first. */
  successors?: Array<string>;
  questions?: Array<string>;
  waiting?: Record<string, Waiting>;
}

/** I leave the meeting for good: my seat, hand and turn go. Any other end of a connection is a drop. */
export interface Leave {
  type: "leave";
  check_on_me?: boolean;
}

/** How loud somebody speaks who is heard now: a hint from their browser (RFC 6464), at most five times a second. */
export interface Level {
  type: "level";
  /** A seat: one person's place in a meeting. */
  seat: string;
  /** 0 is silence, 4 is loud. */
  step: number;
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

/**
 * Where a meeting is; when it closes everything about it is erased and everyone is told goodbye.
 * - `doors`: people gather; nothing has begun
 * - `open`: hands and turns are possible
 */
export type MeetingState = "doors" | "open";

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

/** Not this time; or, with `later`, come back to me after the next one. */
export interface PassFloor {
  type: "pass-floor";
  /** A turn: one offered or granted floor. */
  turn: string;
  later?: boolean;
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

/** What the current phase asks for; lengths in seconds. */
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

/** Remove a person; the reason is shown to them alone. */
export interface Remove {
  type: "remove";
  /** A seat: one person's place in a meeting. */
  seat: string;
  /** Written to the person it is about; never kept. */
  reason: string;
}

/** New hands are welcome again. */
export interface ReopenQueue {
  type: "reopen-queue";
}

/** The room goes on where it was. */
export interface ResumeRoom {
  type: "resume-room";
}

/** Go on with a paused turn. */
export interface ResumeTurn {
  type: "resume-turn";
  /** A turn: one offered or granted floor. */
  turn: string;
}

/**
 * What a seat came as.
 * - `participant`: comes to listen and to be heard
 * - `facilitator`: holds the order, the time and the door
 * - `host`: made the room; may do what a facilitator may
 */
export type Role = "facilitator" | "host" | "participant";

/** Everything this connection may see. Patches that follow count on from `seq`. */
export interface Snapshot {
  seq: number;
  /** Meeting time: seconds that run only while the server runs. */
  now: number;
  you: You;
  view: View;
}

/** I took over, and give it back. */
export interface StepDown {
  type: "step-down";
}

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
}

/**
 * `offered`, `speaking` and `grace` run (`ends_at`); `paused` and `suspended` stand still (`left`).
 * - `offered`: waits for an answer until `ends_at`
 * - `speaking`: being heard until `ends_at`
 * - `grace`: the time is used up: finishing the thought until `ends_at`, then facilitators decide
 * - `paused`: a facilitator stopped it and its clock
 * - `suspended`: its speaker lost the connection; the floor is held until `waits_until`
 */
export type TurnState = "grace" | "offered" | "paused" | "speaking" | "suspended";

/** Not this person after all; everybody may say so of themselves. */
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
 */
export type Why = "called" | "deferred" | "first-come" | "later" | "moved" | "process" | "returned";

/** The private part, sent whole whenever it changes. `may` lists the commands that would not be refused at once. */
export interface You {
  /** A seat: one person's place in a meeting. */
  seat: string;
  role: Role;
  may: Array<CommandType>;
  agreed?: boolean;
  admitted?: boolean;
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
  /** Only when it is new: gives the seat back after a drop. */
  resume?: string;
}

/** What a browser sends. */
export interface ClientEvents {
  command: (sent: Command, answered: (answer: Ack) => void) => void;
  resync: () => void;
  signal: (sent: Offer, answered: (answer: Answered | Refused) => void) => void;
}

/** What the server sends. */
export interface ServerEvents {
  snapshot: (heard: Snapshot) => void;
  patch: (heard: Patch) => void;
  you: (heard: You) => void;
  signal: (heard: Level) => void;
  bye: (heard: Goodbye) => void;
}
