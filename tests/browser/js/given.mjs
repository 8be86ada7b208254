// A small meeting, and ways to change it: for tests of the pure modules.

/** Ada leads, Siti is me, Budi is the other one. */
export const people = {
  a: { role: 'facilitator', present: true, number: 0, name: 'Ada' },
  b: { role: 'participant', present: true, number: 1, name: 'Budi Santoso' },
  s: { role: 'participant', present: true, number: 2, name: 'Siti' },
}

/** An open meeting in which nothing happens. */
export const view = (changes = {}) => ({
  sight: 'circle',
  title: 'Wednesday',
  format: 'simple',
  meeting: 'open',
  agreement: { version: 1, policy: 'stays-in-the-room' },
  policy: { kinds: ['share', 'process'], turn: 180, warning: 30, grace: 30, offer: 40, window: 120 },
  people,
  circle: ['a', 'b', 's'],
  hands: {},
  queue: [],
  queue_version: 0,
  queue_open: true,
  turns: {},
  floor: '',
  ...changes,
})

/** A turn `t1` of this seat. */
export const turn = (seat, state, more = {}) => ({
  turns: { t1: { seat, state, budget: 180, ends_at: 300, ...more } },
  floor: 't1',
})

/** Hands in this order: `{b: 'first-come'}`. */
export const hands = (reasons) => ({
  hands: Object.fromEntries(
    Object.entries(reasons).map(([seat, reason]) => [`h-${seat}`, { seat, kind: 'share', reason, since: 0 }]),
  ),
  queue: Object.keys(reasons).map((seat) => `h-${seat}`),
})

export const siti = (may = [], more = {}) => ({ seat: 's', role: 'participant', may, ...more })
export const ada = (may = [], more = {}) => ({ seat: 'a', role: 'facilitator', may, ...more })

/** A server without sound. */
export const NO_SOUND = { voice: false, off: true, link: 'none', mic: 'closed', trouble: '', plays: true }
/** Here with a voice; everything works. */
export const voice = (changes = {}) => ({ ...NO_SOUND, voice: true, off: false, link: 'on', ...changes })

/** The same people, and these hear. */
export const hearing = (...seats) => ({
  people: Object.fromEntries(
    Object.entries(people).map(([seat, person]) => [seat, { ...person, hears: seats.includes(seat) }]),
  ),
})
