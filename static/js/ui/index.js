/** The front page: what this is, and a field for a link. */

import { html, render, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { watchEscape } from '../exit.js'
import { loadWords, t } from '../words.js'
import { HelpHere } from './help.js'
import { Bar } from './join-bar.js'

/**
 * Where a pasted link leads on this server, or what to say about it.
 *
 * @param {string} pasted
 * @param {string} origin where this page is from
 * @returns {{path: string} | {key: string, host: string}}
 */
export function readLink(pasted, origin) {
  const address = parse(pasted.trim())
  if (!address || !/^\/r\/[^/]+$/u.test(address.pathname) || address.hash.length < 2)
    return { key: 'index-wrong', host: '' }
  if (address.origin !== origin) return { key: 'index-other-place', host: address.host }
  return { path: address.pathname + address.hash }
}

/** @param {string} text */
function parse(text) {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

function Index() {
  const [wrong, setWrong] = useState({ key: '', host: '' })
  const field = useRef(/** @type {HTMLInputElement | null} */ (null))
  const sentence = wrong.key === 'index-other-place' ? t('index-other-place', wrong) : wrong.key && t('index-wrong')

  /** @param {Event} event */
  function open(event) {
    event.preventDefault()
    const found = readLink(field.current?.value ?? '', location.origin)
    if ('path' in found) {
      location.assign(found.path)
    } else {
      setWrong(found)
      field.current?.focus()
      say(t(found.key, { host: found.host }))
    }
  }

  return html`<div class="join join-index">
    <${HelpHere} />
    <${Bar} />
    <main class="join-main">
      <h1>${t('index-title')}</h1>
      <p class="lead">${t('index-text')}</p>
      <form class="card paste" onSubmit=${open} novalidate>
        <label for="link"><strong>${t('index-label')}</strong></label>
        <p class="muted small" id="link-hint">${t('index-hint')}</p>
        <input
          ref=${field}
          class="field"
          id="link"
          type="url"
          inputmode="url"
          autocomplete="off"
          spellcheck=${false}
          aria-describedby="link-hint link-wrong"
          aria-invalid=${wrong.key ? 'true' : undefined}
        />
        <p class="refused" id="link-wrong">${sentence}</p>
        <button type="submit" class="big">${t('index-go')}</button>
      </form>
      <p class="muted small">${t('index-from')}</p>
    </main>
  </div>`
}

watchEscape()
const root = /** @type {HTMLElement} */ (document.getElementById('page'))
loadWords('front', 'help').then(
  () => {
    root.replaceChildren()
    render(html`<${Index} />`, root)
  },
  () => document.getElementById('cannot-load')?.removeAttribute('hidden'),
)
