/** Sound, at any time: the same choice and the same check as on the way in. */

import { html, useState } from '../../vendor/preact.js'
import { choose, tryAgain } from '../media/index.js'
import { sound } from '../media/state.js'
import { t } from '../words.js'
import { Icon } from './icons.js'
import { Sheet, close } from './sheet.js'
import { SoundCheck } from './sound-check.js'

export function SoundSheet() {
  const [way, setWay] = useState(sound.way.peek() ?? 'listen')
  const link = sound.link.value
  const done = () => {
    if (way !== sound.way.peek()) choose(way)
    close()
  }
  if (sound.server.value === 'off') return html`<${Sheet} title=${t('tool-sound')}><p>${t('refused-no-audio')}</p><//>`
  return html`<${Sheet} title=${t('tool-sound')}>
    ${
      (link === 'blocked' || link === 'lost') &&
      html`<div class="notice" key="link">
        <${Icon} name="offline" />
        <span>
          ${t(`sound-${link}`)}
          <button type="button" class="linkish" onClick=${tryAgain}>${t('sound-again')}</button>
        </span>
      </div>`
    }
    <${SoundCheck} key="check" way=${way} choose=${setWay} />
    <button key="done" type="button" class="btn wide fill" onClick=${done}>${t('sound-done')}</button>
  <//>`
}
