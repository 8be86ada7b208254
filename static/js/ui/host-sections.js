/** What a room's page has to unfold, in order. A new one is a line here. */

import { RoomAgreement } from './host-agreement.js'
import { Announce } from './host-announce.js'
import { Edit } from './host-edit.js'
import { RoomFormat } from './host-format.js'
import { Limits } from './host-limits.js'
import { RoomLinks } from './host-links.js'
import { PrintRoom } from './host-print.js'
import { RoomSchedule } from './host-schedule.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */
/** @typedef {(props: { room: HostRoom }) => unknown} Section */

/** Name (its words are `host-section-...`), icon, content. @type {readonly [string, string, Section][]} */
export const SECTIONS = [
  ['links', 'give', RoomLinks],
  ['print', 'print', PrintRoom],
  ['schedule', 'clock', RoomSchedule],
  ['agreement', 'note', RoomAgreement],
  ['announce', 'horn', Announce],
  ['format', 'piece', RoomFormat],
  ['limits', 'lock', Limits],
  ['edit', 'keys', Edit],
]
