// What this page knows of the room, as signals; and the one way to ask for something.
//
// A component that reads `room.view.value` while it renders is rendered again when the view changes. The page keeps no
// rule of its own: what is possible comes from `room.you.value.may`.

import { batch, signal } from '../vendor/preact.js'

/** @typedef {import("./protocol.js").Command} Command */
/** @typedef {import("./protocol.js").You} You */
/** @typedef {import("./protocol.js").DoorView} DoorView */
/** @typedef {import("./protocol.js").CircleView} CircleView */
/** @typedef {import("./protocol.js").LeadView} LeadView */
/** @typedef {DoorView | CircleView | LeadView} View */
/** @typedef {"name" | "moving" | "returning" | "door" | "room" | "gone"} Phase */
/** @typedef {"on" | "connecting" | "off"} Connection */
/** @typedef {{ok: true, seq: number} | {ok: false, code: string, detail?: string}} Reply */
/**
 * Why this page is over: a goodbye's code, or one of this page's own (see `gone.js`). `tried`: again, in vain.
 * @typedef {{code: string, reason?: string, next?: import('./protocol.js').Dates, knows?: import('./protocol.js').Known[], resume?: string, tried?: boolean}} Farewell
 */
/** @typedef {{view: View | null, you: You | null, connection: Connection, now: number}} Picture */

export const room = {
  /** Which page is shown. @type {import("../vendor/preact.js").Signal<Phase>} */
  phase: signal('name'),
  /** @type {import("../vendor/preact.js").Signal<View | null>} */
  view: signal(null),
  /** @type {import("../vendor/preact.js").Signal<You | null>} */
  you: signal(null),
  /** Number of the last snapshot or patch. */
  seq: signal(0),
  /** Meeting time minus this page's clock, in seconds. */
  offset: signal(0),
  /** @type {import("../vendor/preact.js").Signal<Connection>} */
  connection: signal('off'),
  /** The server has said that it restarts; until it is back. */
  restarting: signal(false),
  /** Why the last attempt to come in was refused; empty when it was not. */
  refusal: signal(''),
  /** @type {import("../vendor/preact.js").Signal<Farewell | null>} */
  farewell: signal(null),
}

/** Meeting time now, in seconds. It stands still for nobody: after sleep or a drop the next snapshot corrects it. */
export const meetingNow = () => performance.now() / 1000 + room.offset.value

/** True for the views that have a circle in them. @param {View | null} view @returns {view is CircleView | LeadView} */
export const isCircle = (view) => view !== null && view.sight !== 'door'

/** Everything at one moment, for comparing. @returns {Picture} */
export const picture = () => ({
  view: room.view.peek(),
  you: room.you.peek(),
  connection: room.connection.peek(),
  now: performance.now() / 1000 + room.offset.peek(),
})

/** @type {Set<(before: Picture, after: Picture) => void>} */
const watchers = new Set()

/**
 * Calls `watcher(before, after)` after each change of view, private part or connection; what arrives together comes
 * as one change. Returns the function that stops it.
 *
 * @param {(before: Picture, after: Picture) => void} watcher
 */
export function watch(watcher) {
  watchers.add(watcher)
  return () => {
    watchers.delete(watcher)
  }
}

/** Makes several changes of the room one: one rendering, one call of the watchers. @param {() => void} work */
export function change(work) {
  const before = picture()
  batch(work)
  const after = picture()
  if (before.view === after.view && before.you === after.you && before.connection === after.connection) return
  for (const watcher of watchers) watcher(before, after)
}

/** @type {(command: Command) => Promise<Reply>} */
let line = async () => ({ ok: false, code: 'offline' })

/** The connection says here how a command travels. @param {(command: Command) => Promise<Reply>} travel */
export function sendBy(travel) {
  line = travel
}

/**
 * Asks the server for something. Never rejects: `offline` when there is no connection (nothing is kept for later),
 * `slow` when no answer came within 8 s, else the server's own code.
 *
 * @param {Command} command
 * @returns {Promise<Reply>}
 */
export const send = (command) => line(command)
