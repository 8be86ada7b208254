// Reads a list of formats as JSON; writes what an editor makes of each that nobody changed: as it is sent, and as TOML.

import { readFileSync } from 'node:fs'
import { DEFAULTS, draftOf, fieldsOf, FLOORS, formatOf, typed } from '../../../static/js/ui/format-model.js'
import { toml } from '../../../static/js/ui/format-toml.js'

const formats = JSON.parse(readFileSync(0, 'utf8'))
const sent = formats.map((format) => formatOf(draftOf(format)))
console.log(
  JSON.stringify({
    defaults: DEFAULTS,
    sent: sent.map(({ format }) => format),
    unread: sent.flatMap(({ wrong }) => wrong),
    toml: formats.map(toml),
    fields: FLOORS.flatMap((floor) => Object.values(fieldsOf(typed({ floor, responses: 'inside', consent: 60 }))).flat()),
  }),
)
