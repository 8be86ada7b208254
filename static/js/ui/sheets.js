/** The sheets by name: those that are here from the start (they must open without a network), and those that come later. */

import { html } from '../../vendor/preact.js'
import { leads } from '../meaning.js'
import { LaterSheet, later } from './later.js'
import { AgreementSheet, LeaveSheet } from './leave.js'
import { sheet } from './sheet.js'

/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').You} You */

/** What those who lead have: panels, sheets, words, styles. */
export const leading = later(() => import('./lead-all.js'), {
  words: ['lead', 'links', 'people', 'phases'],
  css: ['people', 'lead', 'links'],
})
/** How a meeting is practised: the agenda, the order, passing the piece on; wanted by everybody as soon as it has begun. */
export const practice = later(() => import('./practice.js'), { words: ['phases', 'prompts', 'practice', 'said'] })
const format = later(() => import('./format-sheet.js'), {
  words: ['format', 'formats', 'phases', 'prompts'],
  css: ['format'],
})
/** Opens for those who lead only. */
const FOR_LEADS = new Set(/** @type {unknown[]} */ ([leading, format]))
const lately = later(() => import('./lately.js'), { words: ['lately'] })
export const announced = later(() => import('./announced.js'), { words: ['announced'], css: ['announced'] })
const people = later(() => import('./people.js'), { words: ['people'], css: ['people'] })
const menu = later(() => import('./menu.js'), { words: ['menu'], css: ['menu'] })
const hand = later(() => import('./sheet-hand.js'), { words: ['menu'] })
const sound = later(() => import('./sheet-sound.js'), { words: ['menu'] })
const help = later(() => import('./help.js'), { words: ['help'], css: ['help'] })
const move = later(() => import('./sheet-move.js'), { words: ['menu'], css: ['move'] })

/**
 * Every sheet gets `view`, `you`, `about` (a seat, or a hand) and `kind` (its own name). `[part, name in it]` comes later;
 * whatever is a part of `leading`, and the format, opens for those who lead only.
 */
export const SHEETS = {
  people: from(people, 'PeopleSheet'),
  person: Person,
  agreement: AgreementSheet,
  leave: LeaveSheet,
  menu: from(menu, 'MenuSheet'),
  keys: from(menu, 'KeysSheet'),
  kinds: from(hand, 'KindsSheet'),
  sound: from(sound, 'SoundSheet'),
  move: from(move, 'MoveSheet'),
  remove: from(leading, 'ReasonSheet'),
  decline: from(leading, 'ReasonSheet'),
  add: from(leading, 'AddSheet'),
  door: from(leading, 'DoorSheet'),
  hand: from(leading, 'HandSheet'),
  tell: from(leading, 'TellSheet'),
  links: from(leading, 'LinksSheet'),
  order: from(leading, 'OrderSheet'),
  prompt: from(leading, 'PromptSheet'),
  stills: from(leading, 'StillsSheet'),
  format: from(format, 'FormatSheet'),
  agenda: from(practice, 'AgendaSheet'),
  'order-why': from(practice, 'OrderWhySheet'),
  give: from(practice, 'GiveSheet'),
  lately: from(lately, 'LatelySheet'),
  announcement: from(announced, 'AnnouncementSheet'),
  help: from(help, 'HelpSheet'),
}

/** @param {{ view: CircleView, you: You }} props */
const inLead = ({ view, you }) => view.sight === 'lead' && leads(you)

/** Somebody's sheet; with what can be done about them, for those who lead. @param {any} props */
function Person(props) {
  const lead = inLead(props) && leading.here()
  if (lead) return html`<${lead.LeadPersonSheet} ...${props} />`
  return html`<${LaterSheet} of=${people} name="PersonSheet" props=${props} />`
}

/**
 * A sheet that comes later.
 * @template {object} M
 * @param {import('./later.js').Part<M>} part @param {keyof M & string} name
 */
function from(part, name) {
  return (/** @type {{ view: CircleView, you: You }} */ props) =>
    FOR_LEADS.has(part) && !inLead(props) ? null : html`<${LaterSheet} of=${part} name=${name} props=${props} />`
}

/** @param {{ view?: CircleView, you?: You }} props neither is there before the room: help needs none */
export function OpenSheet({ view, you }) {
  const opened = sheet.value
  if (!opened || (!view && opened.name !== 'help')) return null
  const { name, about } = opened
  return html`<${SHEETS[name]} key=${`${name} ${about}`} view=${view} you=${you} about=${about} kind=${name} />`
}
