/** All that those who lead have and others do not: fetched together when somebody leads (see `later.js`, `sheets.js`). */

export { LeadTools } from './dock-lead.js'
export { Panels } from './lead.js'
export { OrderSheet, PromptSheet, StillsSheet } from './lead-sheets.js'
export { DoorSheet, TellSheet } from './lead-door-sheet.js'
export { LinksSheet } from './lead-links.js'
export { LeadPersonSheet } from './lead-person.js'
export { AddSheet, HandSheet } from './lead-queue.js'
export { ReasonSheet } from './lead-removal.js'
