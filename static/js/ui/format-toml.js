/** A format as a TOML file, as the server reads it. Pure. */

import { complete, DEFAULTS } from './format-model.js'

/** @typedef {import('../protocol.js').Format} Format */

const ALWAYS = new Set(['name', 'floor'])

/** @param {Format} format @returns {string} */
export function toml(format) {
  const { name, title, phases } = complete(format)
  const head = ['# Lengths are in seconds.', `name = ${value(name)}`, ...(title ? [`title = ${value(title)}`] : [])]
  const tables = phases.map((phase) => {
    const fields = /** @type {(keyof typeof DEFAULTS)[]} */ (Object.keys(DEFAULTS))
    const lines = fields
      .filter((field) => ALWAYS.has(field) || value(phase[field]) !== value(DEFAULTS[field]))
      .map((field) => `${field} = ${value(phase[field])}`)
    return ['', '[[phases]]', ...lines]
  })
  return `${[...head, ...tables.flat()].join('\n')}\n`
}

/** @param {string | number | boolean | readonly string[]} what */
function value(what) {
  if (Array.isArray(what)) return `[${what.map(text).join(', ')}]`
  return typeof what === 'string' ? text(what) : String(what)
}

/** A basic string of TOML is one of JSON, but for a mark and halves of characters. @param {string} words */
const text = (words) => JSON.stringify(words.replace(/\p{Surrogate}/gu, '\ufffd')).replaceAll('\u007f', '\\u007f')
