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

export type Asked = ListLinks | MakeInvite | RenewLink | RevokeLink | Move;

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
  /** Nobody new comes to the door. */
  locked?: boolean;
  /** What those who lead did lately, by id. */
  acts?: Record<string, Act>;
  /** The acts in their order, the latest last. */
  lately?: Array<string>;
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
 * - `no-entry`: link wrong, expired or revoked, door locked, room closed or full, seat removed: one answer for all
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
 * - `no-turn`: nobody has the floor or is offered it
 * - `not-running`: the turn is not at a point where this can be done
 * - `not-paused`: the turn is running
 * - `out-of-range`: a time outside what the room allows
 * - `enough`: no more extensions of this offer
 * - `no-questions`: the door asks nothing, or not that many things
 * - `not-acting`: only who took over can give it back
 * - `not-named`: nobody is named as a successor
 * - `leads`: who holds the order already needs no naming
 * - `no-link`: the room has no such link
 * - `links-full`: the room has as many personal invites as it can have
 * - `no-audio`: this server forwards no sound
 * - `self`: not to oneself
 */
export type Code = "already-open" | "enough" | "forbidden" | "full" | "hand-up" | "has-floor" | "held" | "internal" | "kind-off" | "leads" | "links-full" | "locked" | "lost" | "malformed" | "name-invalid" | "name-taken" | "no-audio" | "no-entry" | "no-hand" | "no-link" | "no-questions" | "no-seat" | "no-turn" | "nobody-behind" | "not-acting" | "not-admitted" | "not-agreed" | "not-held" | "not-here" | "not-locked" | "not-named" | "not-now" | "not-open" | "not-paused" | "not-proposed" | "not-removed" | "not-running" | "not-waiting" | "not-yours" | "out-of-range" | "queue-closed" | "queue-open" | "reload" | "self" | "stale" | "too-fast" | "waiting";

export type Command = AcceptAgreement | AnswerDoor | Leave | RaiseHand | LowerHand | DeferHand | AcceptFloor | PassFloor | HoldOffer | FinishTurn | Admit | Decline | TellWaiting | LockDoor | UnlockDoor | OpenMeeting | CloseMeeting | CallOn | AddHand | MoveHand | LowerAll | CloseQueue | ReopenQueue | ExtendTurn | PauseTurn | ResumeTurn | EndTurn | PauseRoom | ResumeRoom | NameSuccessor | UnnameSuccessor | StepDown | Remove | KeepSeat | UndoRemoval;

/** The `type` of a command. */
export type CommandType = "accept-agreement" | "answer-door" | "leave" | "raise-hand" | "lower-hand" | "defer-hand" | "accept-floor" | "pass-floor" | "hold-offer" | "finish-turn" | "admit" | "decline" | "tell-waiting" | "lock-door" | "unlock-door" | "open-meeting" | "close-meeting" | "call-on" | "add-hand" | "move-hand" | "lower-all" | "close-queue" | "reopen-queue" | "extend-turn" | "pause-turn" | "resume-turn" | "end-turn" | "pause-room" | "resume-room" | "name-successor" | "unname-successor" | "step-down" | "remove" | "keep-seat" | "undo-removal";

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
 * - `invited`: made a personal invite
 * - `link-renewed`: renewed a link: the old one opens nothing any more
 * - `link-revoked`: revoked a link
 */
export type Deed = "admitted" | "all-lowered" | "called" | "declined" | "door-locked" | "door-unlocked" | "hand-added" | "hand-lowered" | "hand-moved" | "invited" | "led" | "link-renewed" | "link-revoked" | "queue-closed" | "queue-reopened" | "removed" | "restored" | "room-paused" | "room-resumed" | "stepped-down" | "successor-named" | "successor-unnamed" | "turn-ended" | "turn-extended" | "turn-paused" | "turn-resumed";

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
  /** With `yours`: gives the seat. */
  resume?: string;
  /** What the server still knows now. */
  knows?: Array<Known>;
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
  /** Who takes over when no facilitator is here any more, the first one first. */
  successors?: Array<string>;
  /** Nobody new comes to the door. */
  locked?: boolean;
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

/** The server stops, and is back in a moment: everything is kept, come back as after a drop. */
export interface Restarting {
  type: "restarting";
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

/** This link opens nothing any more, and everybody who came by it goes. */
export interface RevokeLink {
  type: "revoke-link";
  /** A link, as `list-links` names it. */
  link: string;
}

/**
 * What a seat came as.
 * - `participant`: comes to listen and to be heard
 * - `facilitator`: holds the order, the time and the door
 * - `host`: made the room; may do what a facilitator may
 */
export type Role = "facilitator" | "host" | "participant";

export type Signal = Level | Restarting;

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

/** A few words to somebody at the door, or to everybody there when `seat` is left out; the last ones count. */
export interface TellWaiting {
  type: "tell-waiting";
  /** Read by those it is written to; never kept. */
  text: string;
  /** A seat, or empty. */
  seat?: string;
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
  ask: (sent: Asked, answered: (answer: Links | Way | Refused) => void) => void;
}

/** What the server sends. */
export interface ServerEvents {
  snapshot: (heard: Snapshot) => void;
  patch: (heard: Patch) => void;
  you: (heard: You) => void;
  signal: (heard: Signal) => void;
  bye: (heard: Goodbye) => void;
}
