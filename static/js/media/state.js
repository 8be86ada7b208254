/**
 * What this page knows of its own sound, as signals. Everything else in this folder makes it true; pages only read it.
 * Who is heard is decided by the server alone. Nothing here can open a microphone: that takes a tap (`openMicrophone`).
 */

import { signal } from '../../vendor/preact.js'

/** @typedef {import('./types.js').Way} Way */
/** @typedef {import('./types.js').Link} Link */
/** @typedef {import('./types.js').Mic} Mic */
/** @typedef {import('./types.js').Trouble} Trouble */
/** @typedef {import('./types.js').Device} Device */

/** @type {import('./types.js').Sound} */
export const sound = {
  server: signal('unknown'),
  way: signal(null),
  link: signal('none'),
  mic: signal('closed'),
  trouble: signal(''),
  plays: signal(true),
  loudness: signal(0),
  trying: signal(false),
  microphones: signal([]),
  speakers: signal([]),
  microphone: signal(''),
  speaker: signal(''),
  levels: signal({}),
}
