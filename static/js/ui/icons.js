/** Line icons on a 24 grid, drawn in the text's colour. They always stand beside a word, so they are hidden from readers. */

import { html } from '../../vendor/preact.js'

/** A circle as a path. @param {number} x @param {number} y @param {number} r */
const ring = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`

const DRAWN = {
  ask: `${ring(12, 12, 8.5)}M9.6 9.8A2.4 2.4 0 0 1 12 7.5c1.4 0 2.4.9 2.4 2.1 0 1.9-2.4 2-2.4 3.9M12 16.3h.01`,
  back: 'm14.5 6-6 6 6 6',
  bell: 'M4 10.5h16a8 8 0 0 1-5 7.4V20H9v-2.1a8 8 0 0 1-5-7.4ZM15 7l3.5-4',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  clock: `${ring(12, 12, 8.5)}M12 7v5.2l3.2 2`,
  close: 'm6.5 6.5 11 11M17.5 6.5l-11 11',
  cloud: 'M3.5 9a12.5 12.5 0 0 1 17 0M6.5 12.5a8 8 0 0 1 11 0M9.5 16a3.7 3.7 0 0 1 5 0M12 19.5h.01',
  door: 'M13.5 4H6.5v16h7M10.5 12h10m0 0L17 8.5m3.5 3.5L17 15.5',
  down: 'm6 9.5 6 6 6-6',
  drag: 'M9 6.5h.01M15 6.5h.01M9 12h.01M15 12h.01M9 17.5h.01M15 17.5h.01',
  ear: 'M7 10.5a5.25 5.25 0 0 1 10.5 0c0 3.7-4 4.5-4 7.5a2.75 2.75 0 0 1-5.2 1.2M9.8 11a2.5 2.5 0 0 1 5 0c0 1.6-1.8 1.8-1.8 3.3',
  gate: 'M6.5 20.5V3.5h11v17M3.5 20.5h17M14 12h.01',
  give: `${ring(6, 12, 2.5)}M11.5 12H20m0 0-3.2-3.2M20 12l-3.2 3.2`,
  hand: 'M7.2 12.6V6.7a1.45 1.45 0 0 1 2.9 0v4.2m0-.4V4.6a1.45 1.45 0 0 1 2.9 0v5.9m0-4.6a1.45 1.45 0 0 1 2.9 0v5.3m0-2.9a1.45 1.45 0 0 1 2.9 0v6.2a6.3 6.3 0 0 1-6.3 6.3h-.6a6 6 0 0 1-4.9-2.6l-3.6-5.1a1.5 1.5 0 0 1 2.3-1.9l1.5 1.4',
  'hand-down': 'M5 13v2.5A4.5 4.5 0 0 0 9.5 20h5a4.5 4.5 0 0 0 4.5-4.5V13M12 4v10m0 0-3.5-3.5M12 14l3.5-3.5',
  info: `${ring(12, 12, 8.5)}M12 11v5M12 7.8h.01`,
  keys: 'M4.5 6.5h15a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1ZM7 10.5h.01M10.3 10.5h.01M13.7 10.5h.01M17 10.5h.01M8.5 14h7',
  later: 'M4.5 8.5h9.75a4.75 4.75 0 0 1 0 9.5H8.5M4.5 8.5 8 5M4.5 8.5 8 12',
  leave: 'M4 12h11m0 0-4-4m4 4-4 4M19.5 5v14',
  lock: 'M6.5 10.5h11a1.5 1.5 0 0 1 1.5 1.5v6.5a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5V12a1.5 1.5 0 0 1 1.5-1.5ZM8 10.5V8a4 4 0 0 1 8 0v2.5',
  mic: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21',
  'mic-off':
    'M9 6.2V6a3 3 0 0 1 6 0v5c0 .5-.1 1-.3 1.4M12.5 14A3 3 0 0 1 9 11V9.5M5.5 11a6.5 6.5 0 0 0 10.4 5.2M18.5 11c0 .9-.2 1.7-.5 2.5M12 17.5V21M4 3.5l16 17',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  note: 'M5 4.5h9.5L19 9v10.5H5v-15ZM14 4.5V9.5h5M8.5 13h7M8.5 16h4.5',
  offline:
    'M3.5 9A12.4 12.4 0 0 1 8 6.3M12 5.7c3.2 0 6.2 1.2 8.5 3.3M6.5 12.5a8 8 0 0 1 4-2.1M14.5 10.8c1.1.4 2.1.9 3 1.7M9.5 16a3.7 3.7 0 0 1 5 0M12 19.5h.01M4 3.5l16 17',
  pause: 'M9 6v12M15 6v12',
  people: `${ring(9, 8.5, 3.25)}M3 19.5c.5-3.4 2.9-5.25 6-5.25s5.5 1.85 6 5.25M15.5 5.7a3.25 3.25 0 0 1 0 5.6M18 14.7c1.7.8 2.7 2.4 3 4.8`,
  piece:
    'M12 12C9.5 10.5 8 8.3 7.6 5.6 10.3 6.2 11.6 8.6 12 12Zm0 0c1.5-2.5 3.7-4 6.4-4.4C17.8 10.3 15.4 11.6 12 12Zm0 0c2.5 1.5 4 3.7 4.4 6.4C13.7 17.8 12.4 15.4 12 12Zm0 0c-1.5 2.5-3.7 4-6.4 4.4C6.2 13.7 8.6 12.4 12 12Z',
  play: 'M8 5.5v13l10.5-6.5L8 5.5Z',
  plus: 'M12 5.5v13M5.5 12h13',
  reply: 'M20 17.5c-.6-4.6-4-7-9-7H5m0 0 4-4m-4 4 4 4',
  right: 'm9.5 6 6 6-6 6',
  speaker: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11',
  'speaker-off': 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM15.5 9.5l5 5M20.5 9.5l-5 5',
  still: `${ring(12, 12, 8.5)}M9.7 8.5v7M14.3 8.5v7`,
  up: 'm6 14.5 6-6 6 6',
  words: `${ring(12, 12, 8.5)}M3.5 12h17M12 3.5c2.3 2.3 3.5 5.2 3.5 8.5s-1.2 6.2-3.5 8.5c-2.3-2.3-3.5-5.2-3.5-8.5s1.2-6.2 3.5-8.5Z`,
}

/** More of them, from a part that comes later. @param {Record<string, string>} more */
export const draw = (more) => void Object.assign(DRAWN, more)

/** @typedef {keyof typeof DRAWN} IconName */

/**
 * @param {{ name: IconName | (string & {}), size?: 's' | 'l' | 'xl' }} props
 */
export const Icon = ({ name, size }) =>
  html`<svg
    class=${`i${size ? ` i-${size}` : ''}${name === 'more' || name === 'drag' ? ' i-dots' : ''}`}
    viewBox="0 0 24 24"
    aria-hidden="true"
    focusable="false"
  >
    <path d=${DRAWN[/** @type {IconName} */ (name)]} />
  </svg>`
