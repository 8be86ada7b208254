/**
 * A sheet of paper for each room: the participants' link, its picture for cameras, and how to come in, in both languages.
 *
 * A link on paper opens the room for whoever finds it, so it is put there only when somebody presses the button, and it
 * is taken from the page again after printing.
 */

import { FluentBundle, FluentResource } from '../../vendor/fluent.js'
import { html, render, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { LANGUAGES, t } from '../words.js'
import { drawingOf, linksOf } from './host-api.js'
import { Drawn } from './host-qr.js'
import { problemWords } from './host-words.js'
import { Icon } from './icons.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */
/** @typedef {{ title: string, url: string, drawing: import('./host-api.js').Drawing }} Sheet */
/** @typedef {{ tongue: string, lines: string[] }} HowTo */

const LINES = ['paper-title', 'paper-scan', 'paper-name', 'paper-door', 'paper-silence', 'paper-keep']

/** How to come in, once in each language: whoever reads the paper did not choose one. @returns {Promise<HowTo[]>} */
const howTo = () =>
  Promise.all(
    Object.keys(LANGUAGES).map(async (tongue) => {
      const response = await fetch(new URL(`../../lang/${tongue}/paper.ftl`, import.meta.url), { credentials: 'omit' })
      if (!response.ok) throw new Error(`words: ${response.status}`)
      const bundle = new FluentBundle(tongue, { useIsolating: false })
      bundle.addResource(new FluentResource(await response.text()))
      const line = (/** @type {string} */ key) => {
        const message = bundle.getMessage(key)
        return message?.value ? bundle.formatPattern(message.value) : key
      }
      return { tongue, lines: LINES.map(line) }
    }),
  )

/** Nothing for a room whose participants' link is revoked. @param {HostRoom} room @param {boolean} entitled @returns {Promise<Sheet | null>} */
async function sheetOf(room, entitled) {
  const outcome = await linksOf(room.id)
  const url = outcome.ok && outcome.links.find(({ id }) => id === 'participant')?.url
  const drawing = url ? await drawingOf(room.id, 'participant') : null
  return url && drawing ? { title: entitled ? room.title : '', url, drawing } : null
}

/** @param {{ sheet: Sheet, words: HowTo[] }} props */
const Paper = ({ sheet: { title, url, drawing }, words }) =>
  html`<article class="paper">
    ${title && html`<h1 class="serif">${title}</h1>`}
    <${Drawn} drawing=${drawing} name=${t('host-print-qr')} />
    <p class="paper-link">${url}</p>
    <div class="paper-words">
      ${words.map(
        ({ tongue, lines: [first, ...others] }) =>
          html`<section key=${tongue} lang=${tongue}>
            <h2>${first}</h2>
            <ol>
              ${others.map((line) => html`<li key=${line}>${line}</li>`)}
            </ol>
          </section>`,
      )}
    </div>
  </article>`

/** Puts the sheets on the page, asks the browser to print, and takes them away. @param {Sheet[]} sheets @param {HowTo[]} words */
function print(sheets, words) {
  document.getElementById('paper')?.remove() // of a browser that did not say when it was done
  const paper = document.createElement('div')
  paper.id = 'paper'
  document.body.append(paper)
  render(html`${sheets.map((sheet) => html`<${Paper} key=${sheet.url} sheet=${sheet} words=${words} />`)}`, paper)
  const away = () => {
    render(null, paper)
    paper.remove()
  }
  window.addEventListener('afterprint', away, { once: true })
  window.print()
}

/** @param {{ rooms: HostRoom[] }} props */
export function PrintLinks({ rooms }) {
  const [entitled, setEntitled] = useState(true)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')

  async function go() {
    if (busy) return
    setBusy(true)
    try {
      const words = await howTo()
      const sheets = []
      for (const room of rooms) sheets.push(await sheetOf(room, entitled))
      const there = sheets.filter((sheet) => sheet !== null)
      setProblem(there.length < sheets.length ? t('host-print-without', { count: sheets.length - there.length }) : '')
      if (there.length) print(there, words)
    } catch {
      setProblem(problemWords('offline'))
      say(problemWords('offline'))
    }
    setBusy(false)
  }

  return html`<div class="limits">
    <p class="small">${t('host-print-text', { count: rooms.length })}</p>
    <p class="small muted">${t('host-print-secret')}</p>
    <label class="tick">
      <input type="checkbox" checked=${entitled} onChange=${() => setEntitled(!entitled)} />
      <span
        ><strong>${t('host-print-titled')}</strong><br /><span class="muted small"
          >${t('host-print-titled-hint')}</span
        ></span
      >
    </label>
    <div class="row wrap">
      <button type="button" class=${`btn${busy ? ' busy' : ''}`} onClick=${go}>
        <${Icon} name="print" />${t('host-print-go')}
      </button>
      <span class="small" role="status">${problem}</span>
    </div>
  </div>`
}

/** @param {{ room: HostRoom }} props */
export const PrintRoom = ({ room }) => html`<${PrintLinks} rooms=${[room]} />`
