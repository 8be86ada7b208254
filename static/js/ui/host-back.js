/** The way back to all rooms; it says how many of them need the host. */

import { html } from '../../vendor/preact.js'
import { t } from '../words.js'
import { open } from './host-rows.js'
import { goHome } from './host-where.js'
import { Icon } from './icons.js'

export const ToAllRooms = () =>
  html`<button type="button" class="btn plain back" onClick=${goHome}>
    <${Icon} name="back" />${t('host-rooms')}
    ${open.value > 0 && html`<span key="needs" class="chip care">${t('host-needs')}: ${open}</span>`}
  </button>`
