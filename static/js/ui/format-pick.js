/** Picking a format: a card for each with its phases and times, one's own copy, a file from elsewhere, and any as a file. */

import { html, useEffect, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { language, t } from '../words.js'
import { copied, OWN, picked, told } from './format-choice.js'
import { FormatEditor } from './format-edit.js'
import { formatOf, wrongOf } from './format-model.js'
import { toml } from './format-toml.js'
import { agendaWords, lengthWords, lineOf, nameOf, ownNameOf, wrongWords } from './format-words.js'
import { Icon } from './icons.js'
import { Twice } from './twice.js'

/** @typedef {import('./format-choice.js').Choice} Choice */
/** @typedef {import('./format-model.js').Format} Format */
/** @typedef {import('./format-model.js').Wrong} Wrong */
/** @typedef {{ ok: true, format: Format } | { ok: false, code: string, detail?: unknown }} Read */
/**
 * `read`: a file's text as the server reads it; `textOf`: the file of a format that comes with the server, with its
 * comments. Left out where they cannot be had.
 * @typedef {{ id: string, choice: Choice, update: (choice: Choice) => void, formats: readonly Format[],
 *   read?: (text: string) => Promise<Read>, textOf?: (name: string) => Promise<string> }} PickProps
 */

const LARGEST = 48 * 1024 // bytes of a file; the server takes no more in one body

/** @param {PickProps} props */
export function FormatPick({ id, choice, update, formats, read, textOf }) {
  const own = choice.draft && formatOf(choice.draft).format
  const chosen = choice.picked === OWN ? own : formats.find(({ name }) => name === choice.picked)
  return html`<fieldset class="format-pick" id=${id}>
    <legend><strong>${t('edit-pick')}</strong></legend>
    <div class="opts">
      ${formats.map(
        (format) =>
          html`<${Card}
            key=${format.name}
            id=${id}
            value=${format.name}
            format=${format}
            on=${choice.picked === format.name}
            pick=${() => update(picked(choice, format.name))}
          />`,
      )}
      ${
        own &&
        html`<${Card}
          key="own card"
          id=${id}
          value=${OWN}
          format=${own}
          on=${choice.picked === OWN}
          pick=${() => update(picked(choice, OWN))}
        />`
      }
    </div>
    <div class="row wrap">
      <${Copying} choice=${choice} update=${update} chosen=${chosen} />
      ${read && html`<${FromFile} key="file" id=${id} choice=${choice} update=${update} read=${read} />`}
    </div>
    ${
      choice.editing &&
      choice.picked === OWN &&
      html`<${FormatEditor} key="edit" id=${`${id}-edit`} choice=${choice} update=${update} formats=${formats} />`
    }
    <${AsToml} choice=${choice} chosen=${chosen} textOf=${textOf} />
  </fieldset>`
}

/** @param {{ id: string, value: string, format: Format, on: boolean, pick: () => void }} props */
function Card({ id, value, format, on, pick }) {
  const own = value === OWN
  const place = `${id}-card-${value || 'own'}`
  const name = own ? ownNameOf(format) : nameOf(format)
  return html`<label>
    <input
      type="radio"
      name=${`${id}-picked`}
      value=${value}
      checked=${on}
      onChange=${pick}
      aria-labelledby=${`${place}-name`}
      aria-describedby=${`${place}-text`}
    />
    <${Icon} name="check" />
    <span id=${`${place}-name`}>${name}</span>
    <span class="about" id=${`${place}-text`}>
      <small>${own ? t('edit-own-text') : lineOf(format)}</small>
      <small><strong>${lengthWords(format)}</strong> · ${t('edit-phase-count', { count: format.phases.length })}</small>
      <small>${agendaWords(format).join(' · ')}</small>
    </span>
  </label>`
}

/** Copy what is chosen and edit it; or open and close one's own. @param {{ choice: Choice, update: (choice: Choice) => void, chosen: Format | null | undefined }} props */
function Copying({ choice, update, chosen }) {
  if (choice.picked === OWN)
    return html`<button
      key="own"
      type="button"
      class="btn sm"
      aria-expanded=${choice.editing}
      onClick=${() => update({ ...choice, editing: !choice.editing })}
    >
      <${Icon} name=${choice.editing ? 'up' : 'down'} />${t(choice.editing ? 'edit-close' : 'edit-go-on')}
    </button>`
  if (!chosen) return null
  const copy = () => {
    update(copied(choice, chosen))
    say(t('edit-copied', { name: nameOf(chosen) }))
  }
  const about = nameOf(chosen)
  return choice.draft
    ? html`<${Twice} key="again" label=${t('edit-copy')} sure=${t('edit-copy-sure')} about=${about} act=${copy} />`
    : html`<button key="copy" type="button" class="btn sm" onClick=${copy}>
        <${Icon} name="note" /><span>${t('edit-copy')}<span class="vh"> ${about}</span></span>
      </button>`
}

/** @param {{ id: string, choice: Choice, update: (choice: Choice) => void, read: (text: string) => Promise<Read> }} props */
function FromFile({ id, choice, update, read }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null))
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState(/** @type {Wrong[]} */ ([]))

  /** @param {import('./format-fields.js').Typing} event */
  async function take({ currentTarget }) {
    const file = currentTarget.files?.[0]
    if (!file) return
    setBusy(true)
    const outcome = await reading(file, read)
    setBusy(false)
    if (input.current) input.current.value = '' // the same file, mended, can be chosen again
    if ('wrong' in outcome) {
      setWrong(outcome.wrong)
      say(t('edit-file-refused', { count: outcome.wrong.length }))
      return
    }
    setWrong([])
    update(copied(choice, outcome.format))
    say(t('edit-file-read', { name: nameOf(outcome.format) }))
  }

  return html`<button
      type="button"
      class=${`btn sm${busy ? ' busy' : ''}`}
      aria-describedby=${`${id}-file-wrong`}
      onClick=${() => input.current?.click()}
    >
      <${Icon} name="up" />${t('edit-file')}
    </button>
    <input ref=${input} type="file" accept=".toml,application/toml,text/plain" hidden onChange=${take} />
    <div class="file-wrong" id=${`${id}-file-wrong`}>
      ${
        wrong.length > 0 &&
        html`<p key="title" class="refused">${t('edit-file-refused', { count: wrong.length })}</p>
          <ul key="lines" class="refused">
            ${wrong.map(
              (each) =>
                html`<li key=${[each.line, each.field, each.code, each.why].join()}>
                  <${InFile} wrong=${each} />
                </li>`,
            )}
          </ul>`
      }
    </div>`
}

/** Those who write files are told what the server says, which is more exact than words that fit everywhere. @param {{ wrong: Wrong }} props */
function InFile({ wrong }) {
  const { why, field, line } = wrong
  return html`${line !== undefined && t('edit-file-line', { line })} ${field && html`<code key="field">${field}</code>`}
  ${(language.value !== 'en' || !why) && wrongWords(wrong)}
  ${why && html`<span key="why" class="muted" lang="en">${why}</span>`}`
}

/** @param {File} file @param {(text: string) => Promise<Read>} read @returns {Promise<{ format: Format } | { wrong: Wrong[] }>} */
async function reading(file, read) {
  const fault = (/** @type {string} */ code) => ({ wrong: [{ key: 0, field: '', code, why: '' }] })
  if (file.size > LARGEST) return fault('too-large')
  const outcome = await read(await file.text())
  if (outcome.ok) return { format: outcome.format }
  const found = wrongOf(outcome.detail, [])
  return found.length ? { wrong: found } : fault(outcome.code === 'offline' ? 'offline' : 'other')
}

/** What is chosen, as a file to keep. @param {{ choice: Choice, chosen: Format | null | undefined, textOf: PickProps['textOf'] }} props */
function AsToml({ choice, chosen, textOf }) {
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null))
  const [shown, show] = useState(false)
  const [kept, keep] = useState({ name: OWN, text: '' }) // as the server has it
  const unread = told(choice).format === null
  useEffect(() => {
    if (shown && choice.picked !== OWN && textOf)
      void textOf(choice.picked).then((text) => keep({ name: choice.picked, text }))
  }, [shown, choice.picked])
  if (!chosen) return null
  const text = (kept.name === choice.picked && kept.text) || toml(chosen)

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      say(t('edit-toml-copied'))
    } catch {
      area.current?.select() // not allowed here: the selected text is one keypress away
    }
  }

  function download() {
    const url = URL.createObjectURL(new Blob([text], { type: 'application/toml' }))
    Object.assign(document.createElement('a'), { href: url, download: `${chosen?.name}.toml` }).click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }

  /** @param {Event & { currentTarget: HTMLDetailsElement }} event */
  const toggled = (event) => show(event.currentTarget.open)
  return html`<details class="as-toml" onToggle=${toggled}>
    <summary>${t('edit-toml')}</summary>
    ${
      unread
        ? html`<p key="unread" class="small">${t('edit-toml-unread')}</p>`
        : html`<div key="text" class="stack">
            <textarea
              ref=${area}
              class="field"
              readonly
              rows="8"
              spellcheck=${false}
              aria-label=${t('edit-toml')}
              value=${text}
            ></textarea>
            <div class="row wrap">
              <button type="button" class="btn sm" onClick=${copy}>${t('edit-toml-copy')}</button>
              <button type="button" class="btn sm" onClick=${download}>${t('edit-toml-save')}</button>
            </div>
          </div>`
    }
  </details>`
}
