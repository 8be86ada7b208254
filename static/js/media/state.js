/**
 * What this page knows of its own sound, as signals. Everything else in this folder makes it true; pages only read it.
 *
 * Who is heard is decided by the server alone. Nothing here can open a microphone: that takes a tap (`openMicrophone`).
 */

import { signal } from '../../vendor/preact.js'

/**
 * How somebody is here: with a voice, only listening, or without sound. All three are equal, and can be changed at any
 * time.
 * @typedef {'voice' | 'listen' | 'silent'} Way
 */

/** `off`: this server forwards no sound at all. @typedef {'unknown' | 'on' | 'off'} ServerSound */

/**
 * The way to the server: `none` not wanted or not yet; `blocked` it never came through, as where a network lets no UDP
 * pass; `lost` it was there and is being made again.
 * @typedef {'none' | 'connecting' | 'on' | 'lost' | 'blocked'} Link
 */

/**
 * `open` only while what it hears really leaves this page; `held` open, but the device or the browser gives silence (a
 * phone call, a locked screen, a switch on the headset).
 * @typedef {'closed' | 'opening' | 'open' | 'held'} Mic
 */

/**
 * Why there is no microphone or no sound; each has one sentence, `sound-<trouble>`.
 * @typedef {'' | 'denied' | 'no-microphone' | 'busy' | 'unplugged' | 'insecure' | 'unsupported' | 'no-speaker'} Trouble
 */

/** @typedef {{ id: string, label: string }} Device `id` is empty for the one that the system chooses */

export const sound = {
  /** @type {import('../../vendor/preact.js').Signal<ServerSound>} */
  server: signal('unknown'),
  /** Chosen in the device check; null before. @type {import('../../vendor/preact.js').Signal<Way | null>} */
  way: signal(null),
  /** @type {import('../../vendor/preact.js').Signal<Link>} */
  link: signal('none'),
  /** @type {import('../../vendor/preact.js').Signal<Mic>} */
  mic: signal('closed'),
  /** @type {import('../../vendor/preact.js').Signal<Trouble>} */
  trouble: signal(''),
  /** False while the browser wants a tap before it plays anything. */
  plays: signal(true),
  /** How loud the own microphone is while it is tried out or open, 0 to 1. */
  loudness: signal(0),
  /** The microphone is being tried out: nobody hears it. */
  trying: signal(false),
  /** @type {import('../../vendor/preact.js').Signal<Device[]>} */
  microphones: signal([]),
  /** Empty where the browser lets nobody choose. @type {import('../../vendor/preact.js').Signal<Device[]>} */
  speakers: signal([]),
  /** The chosen ones' ids; empty: the system's. */
  microphone: signal(''),
  speaker: signal(''),
  /** How loud whoever is heard now speaks, 0 to 4, as the server says. @type {import('../../vendor/preact.js').Signal<{ seat: string, step: number }>} */
  level: signal({ seat: '', step: 0 }),
}
