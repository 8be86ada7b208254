/** An error, or no network at all: what happened in a sentence, one way on, and help. The server put the words into the
 * page already, in every language; here they are said in one. */

import { html, render } from '../../vendor/preact.js'
import { watchEscape } from '../exit.js'
import { loadWords, t } from '../words.js'
import { HelpHere } from './help.js'
import { Icon } from './icons.js'
import { Bar } from './join-bar.js'
import { open } from './sheet.js'

/** A status from 400 on, or `offline`. */
const kind = document.body.dataset.kind ?? '500'
const PASSES = ['offline', '429', '500', '503'] // what may be over in a moment

/** The page that was wanted; the worker shows this one under its address. */
const again = () => (location.pathname === '/offline' ? location.replace('/') : location.reload())

const Help = () =>
  html`<button type="button" class="btn wide" onClick=${() => open('help')}>
    <${Icon} name="ask" />${t('page-help')}
  </button>`

const ErrorPage = () =>
  html`<div class="join join-gone">
      <${Bar} />
      <main class="plain-page">
        <${Icon} name=${kind === 'offline' ? 'offline' : PASSES.includes(kind) ? 'clock' : 'gate'} size="xl" />
        <h1>${t(`error-${kind}-title`)}</h1>
        <p class="muted small">${t(`error-${kind}-text`)}</p>
        <div class="act">
          ${
            PASSES.includes(kind)
              ? html`<button type="button" class="btn wide fill" onClick=${again}>${t('error-again')}</button>`
              : html`<a class="btn wide fill" href="/">${t('error-home')}</a>`
          }
          <${Help} />
        </div>
      </main>
    </div>
    <${HelpHere} />`

watchEscape()
if (kind === 'offline') window.addEventListener('online', again)
const root = /** @type {HTMLElement} */ (document.getElementById('page'))
loadWords('errors', 'help').then(
  () => {
    root.replaceChildren()
    render(html`<${ErrorPage} />`, root)
  },
  () => undefined, // what the server wrote stays
)
