/**
 * A format while somebody edits it: a draft holds every value as it was typed, so that nothing is lost that does not fit
 * (yet); and which values mean something for which kind of phase. Pure.
 */

/** @typedef {import('../protocol.js').Format} Format lengths in seconds; values that are the default may be left out */
/** @typedef {import('../protocol.js').Phase} Phase */
/** @typedef {import('../protocol.js').Movement} Movement */
/** @typedef {Required<Phase>} Whole */
/**
 * A phase as it is typed. `key` tells it from the others while they are moved; `asked`: the group can give more time.
 * @typedef {Omit<Whole, TypedName> & Record<TypedName, string> & { key: number, asked: boolean }} Typed
 */
/** @typedef {keyof typeof UNITS} TypedName */
/** @typedef {keyof Typed} FieldName */
/** @typedef {{ name: string, title: string, phases: Typed[] }} Draft */
/**
 * What does not fit, and where: `key` of the phase, 0: the format itself; `field` empty: the whole of it. `code` has
 * words of the page's; `why` are the server's.
 * @typedef {{ key: number, field: string, code: string, why: string, low?: number, high?: number, line?: number }} Wrong
 */

/** What a phase has that does not say otherwise; the same as in protocol/formats.py. */
export const DEFAULTS = Object.freeze(
  /** @type {Whole} */ ({
    name: 'sharing',
    title: '',
    prompt: '',
    floor: 'queue',
    order: 'first-come',
    kinds: ['share'],
    responses: 'after',
    text: 'notes',
    turn: 180,
    equal: false,
    warning: 30,
    grace: 30,
    ending: 'soft',
    clock: 'soft',
    pause: 2,
    offer: 40,
    rest: 30,
    window: 120,
    unled: 30,
    automatic_offers: true,
    give: false,
    voices: 1,
    second_sweep: true,
    question: 60,
    consent: 0,
    consent_for: 20,
    consent_silence: 'yes',
    hush: 120,
    bell: true,
    breath: 12,
    box: 0,
    moves_on: 'lead',
  }),
)

/** What is typed, and what one of it is in seconds; `voices` are a number of people. */
export const UNITS = Object.freeze({
  turn: 60,
  box: 60,
  question: 60,
  consent: 60,
  hush: 60,
  window: 60,
  warning: 1,
  grace: 1,
  pause: 1,
  offer: 1,
  rest: 1,
  unled: 1,
  consent_for: 1,
  breath: 1,
  voices: 1,
})

export const TYPED = /** @type {TypedName[]} */ (Object.keys(UNITS))
export const FLOORS = /** @type {const} */ (['queue', 'round', 'open', 'silence', 'break'])
export const MOST_PHASES = 20

const QUESTION = /** @type {const} */ ('question')
const MAY_BE_EMPTY = new Set(['box']) // an open end

/** @param {Format} format @returns {{ name: string, title: string, phases: Whole[] }} with every value */
export const complete = ({ name, title = '', phases }) => ({
  name,
  title,
  phases: phases.map((phase) => ({ ...DEFAULTS, ...phase })),
})

/** @param {Format} one @param {Format} other */
export const same = (one, other) => JSON.stringify(inOrder(complete(one))) === JSON.stringify(inOrder(complete(other)))

/** @param {ReturnType<typeof complete>} format */
const inOrder = ({ name, title, phases }) => [
  name,
  title,
  phases.map((phase) => Object.keys(DEFAULTS).map((field) => phase[/** @type {keyof Whole} */ (field)])),
]

/**
 * A length as people read and write it: `3`, `2:30`; a fraction of a second as it is.
 * @param {number} seconds @param {number} unit 60: minutes, 1: seconds
 */
export function lengthText(seconds, unit) {
  if (unit === 1 || seconds % 60 === 0) return String(seconds / unit)
  const minutes = Math.floor(seconds / 60)
  const rest = Math.round((seconds - minutes * 60) * 1000) / 1000
  return `${minutes}:${rest < 10 ? '0' : ''}${rest}`
}

/** Seconds for what was typed (`3`, `2.5`, `2,5`, `2:30`), or null. @param {string} text @param {number} unit */
export function lengthOf(text, unit) {
  const found = /^(?:(\d{1,4}):(?=[0-5]\d))?(\d{1,6}(?:[.,]\d{1,6})?)$/u.exec(text.trim())
  if (!found) return null
  const [, minutes, rest] = found
  const number = Number(rest.replace(',', '.'))
  const seconds = minutes === undefined ? number * unit : Number(minutes) * 60 + number
  return Math.round(seconds * 1000) / 1000
}

let keys = 0

/** @param {Phase} phase @returns {Typed} */
export function typed(phase) {
  const whole = { ...DEFAULTS, ...phase }
  const texts = TYPED.map((name) => [name, name === 'box' && !whole.box ? '' : lengthText(whole[name], UNITS[name])])
  keys += 1
  const asked = whole.consent > 0
  const consent = asked ? {} : { consent: '1' }
  return { ...whole, ...Object.fromEntries(texts), ...consent, key: keys, asked }
}

/** @param {Format} format @returns {Draft} */
export const draftOf = ({ name, title = '', phases }) => ({ name, title, phases: phases.map(typed) })

/**
 * The format that was typed, and what cannot be read in it.
 * @param {Draft} draft @returns {{ format: Format, wrong: Wrong[] }}
 */
export function formatOf({ name, title, phases }) {
  /** @type {Wrong[]} */
  const wrong = []
  const read = phases.map((phase) => {
    const { key, asked, ...rest } = phase
    const lengths = TYPED.map((field) => {
      if (phase[field].trim() === '' && MAY_BE_EMPTY.has(field)) return [field, 0]
      const seconds = lengthOf(phase[field], UNITS[field])
      if (seconds === null && means(phase, field)) wrong.push({ key, field, code: 'number', why: '' })
      return [field, seconds ?? DEFAULTS[field]]
    })
    return fitting({ ...rest, ...Object.fromEntries(lengths) }, asked)
  })
  return { format: { name, title: inOneLine(title), phases: read }, wrong }
}

/** @param {string} words */
const inOneLine = (words) => words.replace(/\s+/gu, ' ').trim()

/** With its lines as they are. @param {string} words */
const inLines = (words) => words.split('\n').map(inOneLine).join('\n').trim()

/** @param {Whole} phase */
const inTime = ({ turn, warning, grace }) => warning < turn && grace <= turn

/** Without what means nothing for its kind and would be refused there. @param {Whole} phase @param {boolean} asked @returns {Whole} */
function fitting(phase, asked) {
  const { floor } = phase
  const held = floor === 'silence' || floor === 'break'
  const open = floor === 'open'
  const responses = phase.responses === 'inside' && (open || held) ? 'after' : phase.responses
  const raised = phase.kinds.filter((kind) => responses !== 'none' || (kind !== 'question' && kind !== 'respond'))
  const kinds = responses === 'inside' && !raised.includes('question') ? [...raised, QUESTION] : raised
  return {
    ...phase,
    title: inOneLine(phase.title),
    prompt: inLines(phase.prompt),
    kinds,
    responses,
    voices: open ? phase.voices : 1,
    equal: floor === 'round' && phase.equal,
    second_sweep: floor === 'round' ? phase.second_sweep : DEFAULTS.second_sweep,
    give: !open && !held && phase.give,
    consent: asked && !held ? phase.consent : 0,
    ...(held && !inTime(phase) ? { turn: DEFAULTS.turn, warning: DEFAULTS.warning, grace: DEFAULTS.grace } : {}),
    moves_on: phase.moves_on === 'itself' && (open || floor === 'queue') ? 'lead' : phase.moves_on,
  }
}

const TURNS = ['turn', 'ending', 'clock', 'warning', 'grace', 'asked', 'consent', 'consent_silence']
const ENDS = ['box', 'moves_on']
const RARE = ['hush', 'breath', 'automatic_offers', 'offer', 'rest', 'window', 'unled', 'consent_for']
const WORDS = ['title', 'prompt', 'floor']

/** The fields that mean something for a kind of phase: in their order, and those that are seldom touched. @type {Record<Movement, { main: string[], rare: string[] }>} */
const FIELDS = {
  queue: {
    main: [...WORDS, 'order', 'responses', 'kinds', 'question', 'text', ...TURNS, 'pause', 'give', 'bell', ...ENDS],
    rare: ['name', ...RARE],
  },
  round: {
    main: [...WORDS, ...ENDS, 'equal', ...TURNS, 'pause', 'second_sweep', 'give', 'bell'],
    rare: ['name', 'order', 'responses', 'kinds', 'question', 'text', ...RARE],
  },
  open: {
    main: [...WORDS, 'voices', ...TURNS, 'bell', ...ENDS],
    rare: ['name', 'order', 'responses', 'kinds', 'text', ...RARE],
  },
  silence: { main: [...WORDS, ...ENDS], rare: ['name', 'unled'] },
  break: { main: [...WORDS, ...ENDS], rare: ['name', 'unled'] },
}

/** Whether a field means something, as the others of the phase are now. @type {Record<string, (phase: Typed) => boolean>} */
const ONLY = {
  question: ({ responses }) => responses === 'inside',
  grace: ({ ending }) => ending === 'soft',
  consent: ({ asked }) => asked,
  consent_silence: ({ asked }) => asked,
  consent_for: ({ asked }) => asked,
  breath: ({ bell }) => bell,
  automatic_offers: ({ order, floor }) => order !== 'chosen' || floor === 'round',
}

/** The fields of a phase that mean something now. @param {Typed} phase @returns {{ main: string[], rare: string[] }} */
export function fieldsOf(phase) {
  const now = (/** @type {string} */ field) => ONLY[field]?.(phase) ?? true
  const { main, rare } = FIELDS[phase.floor]
  return { main: main.filter(now), rare: rare.filter(now) }
}

/** @param {Typed} phase @param {string} field */
export function means(phase, field) {
  const { main, rare } = fieldsOf(phase)
  return main.includes(field) || rare.includes(field)
}

/** A phase of another kind has what that kind cannot do without. @param {Typed} phase @param {Movement} floor @returns {Typed} */
export function moving(phase, floor) {
  const several = floor === 'open' && !(Number(phase.voices) >= 2)
  const needsBox = (floor === 'silence' || floor === 'break') && phase.box.trim() === ''
  return {
    ...phase,
    floor,
    ...(several ? { voices: '3' } : {}),
    ...(needsBox ? { box: floor === 'silence' ? '3' : '10' } : {}),
  }
}

/** A name that none of these has: `silence`, `silence-2`. @param {string} name @param {readonly { name: string }[]} others */
export function freshName(name, others) {
  const taken = new Set(others.map((other) => other.name))
  const bare = name.replace(/-\d+$/u, '')
  for (let n = 2; taken.has(name); n += 1) name = `${bare.slice(0, 36)}-${n}`
  return name
}

/** Planned minutes of all, and whether some phase is open. @param {Format} format */
export function planned(format) {
  const boxes = format.phases.map(({ box = 0 }) => box)
  return { minutes: Math.round(boxes.reduce((sum, box) => sum + box, 0) / 60), open: boxes.includes(0) }
}

/**
 * The phases of these formats that can be added, one of each name, and an empty one of one's own.
 * @param {readonly Format[]} formats @returns {Whole[]}
 */
export function ready(formats) {
  /** @type {Map<string, Whole>} */
  const found = new Map()
  for (const { phases } of formats.map(complete))
    for (const phase of phases) if (!found.has(phase.name)) found.set(phase.name, { ...phase, title: '', prompt: '' })
  return [...found.values(), { ...DEFAULTS, name: 'own' }]
}

/**
 * What the server found wrong (`at` is a path like `phases[2].turn`), by the phases that were sent.
 * @param {unknown} detail @param {readonly { key: number }[]} phases @returns {Wrong[]}
 */
export function wrongOf(detail, phases) {
  if (!Array.isArray(detail)) return []
  return detail.map(({ at = '', why = '', code = '', low, high, line }) => {
    const [, place, field] = /^phases\[(\d+)\](?:\.(\w+))?/u.exec(at) ?? []
    const key = place === undefined ? 0 : (phases[Number(place)]?.key ?? 0)
    return { key, field: (place === undefined ? /^\w*/u.exec(at)?.[0] : field) ?? '', code, why, low, high, line }
  })
}
