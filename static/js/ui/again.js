/** The agreement has changed: what is different, the whole of it to unfold, and the two ways on. */

import { html } from '../../vendor/preact.js'
import { leaveKindly } from '../connection.js'
import { room } from '../store.js'
import { t } from '../words.js'
import { Changes, differences } from './changes.js'
import { Icon } from './icons.js'
import { AgreementText } from './join-agreement.js'
import { Answer, useAsk } from './join-ask.js'

/** @typedef {import('../protocol.js').Agreement} Agreement */

/** What this page has shown before, and what is different; without that, all of it. @param {{ before?: Agreement, now: Agreement }} props */
function Different({ before, now }) {
  if (!before) return html`<${AgreementText} />`
  const parts = differences({ ...before, text: before.text ?? '' }, { ...now, text: now.text ?? '' })
  return html`<section class="different" aria-labelledby="different">
      <h2 id="different">${t('again-changes')}</h2>
      ${parts.length > 0 ? html`<${Changes} key="parts" parts=${parts} />` : html`<p key="none">${t('again-none')}</p>`}
    </section>
    <details class="keeps whole">
      <summary>${t('again-whole')}</summary>
      <${AgreementText} />
    </details>`
}

/** @param {{ accepted: { agreement?: Agreement } }} props */
export function Again({ accepted }) {
  const asking = useAsk()
  const now = room.view.value?.agreement
  if (!now) return null
  async function accept() {
    const done = now && (await asking.ask({ type: 'accept-agreement', version: now.version }))
    if (done) accepted.agreement = now
  }
  return html`<main class="join-main">
      <h1>${t('again-title')}</h1>
      <p class="lead">${t('again-lead')}</p>
      <${Different} key=${now.version} before=${accepted.agreement} now=${now} />
    </main>
    <section class="join-foot" aria-label=${t('join-next')}>
      <${Answer} asking=${asking} id="again-answer" />
      <button
        type="button"
        class=${`big${asking.busy ? ' busy' : ''}`}
        aria-describedby="again-answer"
        onClick=${accept}
      >
        <${Icon} name="check" size="l" />${t('join-agree')}
      </button>
      <button type="button" class="btn plain wide" onClick=${leaveKindly}>${t('join-disagree')}</button>
    </section>`
}
