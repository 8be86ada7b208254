/** The third step: with a voice, listening, or without sound. Its button sends the agreement, too: nobody is let in, called or heard before it. */

import { html, signal, useEffect, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { connect } from '../connection.js'
import { choose } from '../media/index.js'
import { sound } from '../media/state.js'
import { room } from '../store.js'
import { t } from '../words.js'
import { Icon } from './icons.js'
import { Answer, useAsk } from './join-ask.js'
import { SoundCheck } from './sound-check.js'

/** The version of the agreement that was agreed to on this page and not sent yet; -1 when the server wanted another one. */
export const consent = signal(0)

/** @param {{steps: unknown}} props */
export function Sound({ steps }) {
  const [way, setWay] = useState(sound.way.peek() ?? 'voice')
  const asking = useAsk()
  const { value: trouble } = sound.trouble
  useEffect(() => {
    if (trouble) say(t(`sound-${trouble}`))
  }, [trouble])

  async function go() {
    if (asking.busy) return
    choose(way)
    await asking.ask({ type: 'accept-agreement', version: consent.peek() }, (code) => {
      if (code === 'stale') consent.value = -1
    })
  }

  return html`<main class="join-main">
      ${steps}
      <h1>${t('sound-title')}</h1>
      <p class="lead">${t('sound-lead')}</p>
      <${SoundCheck} way=${way} choose=${setWay} />
      <p class="row small muted calm">
        <${Icon} name=${way === 'voice' ? 'mic-off' : 'info'} /><span>${t(`sound-${way}-calm`)}</span>
      </p>
      <button type="button" class="btn plain back" onClick=${() => void (consent.value = 0)}>
        <${Icon} name="back" />${t('join-back')}
      </button>
    </main>
    <section class="join-foot" aria-label=${t('join-next')}>
      <${Answer} asking=${asking} id="sound-answer" />
      <button type="button" class=${`big${asking.busy ? ' busy' : ''}`} aria-describedby="sound-answer" onClick=${go}>
        ${t(room.you.value?.admitted ? 'join-come-in' : 'join-wait')}
      </button>
    </section>`
}

/** A seat that comes from another device: everything is agreed and known, but not how one is here with sound. */
export function Moving() {
  const [way, setWay] = useState(sound.way.peek() ?? 'voice')
  const [busy, setBusy] = useState(false)
  const off = sound.server.value === 'off'
  function come() {
    if (busy) return
    choose(way)
    setBusy(true)
    connect()
  }

  return html`<main class="join-main">
      <h1>${t('move-here-title')}</h1>
      <p class="lead">${t('move-here-text')}</p>
      ${!off && html`<${SoundCheck} way=${way} choose=${setWay} />`}
    </main>
    <section class="join-foot" aria-label=${t('join-next')}>
      <p class="answer" role="status">${busy && room.connection.value === 'off' ? t('join-no-connection') : ''}</p>
      <button
        type="button"
        class=${`big${busy ? ' busy' : ''}`}
        aria-disabled=${busy ? 'true' : undefined}
        onClick=${come}
      >
        ${t('move-here')}
      </button>
    </section>`
}
