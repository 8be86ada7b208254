/** Somebody at the door, seen closely; and a few words to them, or to all who wait. */

import { html, useState } from '../../vendor/preact.js'
import { may } from '../meaning.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { Refusal } from './button-press.js'
import { Icon } from './icons.js'
import { atTheDoor, doorFacts, holder, isFull } from './lead-door.js'
import { called } from './room-words.js'
import { Disc } from './seat.js'
import { shortName } from './seat-name.js'
import { Sheet, close, open } from './sheet.js'

/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').You} You */

/** What somebody at the door answered; let them in, or not. @param {{ view: LeadView, you: You, about: string }} props */
export function DoorSheet({ view, you, about }) {
  const person = view.waiting?.[about]
  if (!person) return html`<${Sheet} title=${t('door-gone')}><p class="muted">${t('door-gone-text')}</p><//>`
  const name = called(shortName(person.name ?? ''))
  const answers = person.answers ?? []
  const again = person.again
  return html`<${Sheet} title=${called(person.name)}>
    <div class="portrait">
      <${Disc} number=${person.number} name=${person.name} role=${person.role} present=${person.present} />
      <p class="muted small">${doorFacts(person)}</p>
    </div>
    ${person.lookalike && html`<p class="notice care"><${Icon} name="info" /><span>${t('door-lookalike-text')}</span></p>`}
    ${
      again !== undefined &&
      html`<p key="again" class="notice">
        <${Icon} name="people" /><span
          ><strong>${t('door-again-ask')}</strong> ${t('door-again-text', { name: holder(view, again) })}</span
        >
      </p>`
    }
    ${person.told && html`<p key="told" class="muted small">${t('door-told', { text: person.told })}</p>`}
    ${
      (view.questions ?? []).length > 0 &&
      html`<dl class="answers">
        ${(view.questions ?? []).map(
          (question, i) =>
            html`<div key=${i}>
              <dt class="small muted">${question}</dt>
              <dd>${answers[i] ? answers[i] : html`<span class="muted">${t('door-no-answer')}</span>`}</dd>
            </div>`,
        )}
      </dl>`
    }
    <div class="acts stack">
      ${
        may(you, 'admit') &&
        !person.admitted &&
        !person.lookalike &&
        html`<${Ask}
          key="admit"
          control=${`door ${about}`}
          command=${{ type: 'admit', seat: about }}
          label=${again === undefined ? t('door-admit-name', { name }) : t('door-again-yes')}
          icon="door"
          className="btn wide fill"
          done=${close}
        />`
      }
      ${
        may(you, 'tell-waiting') &&
        html`<button key="tell" type="button" class="btn wide" onClick=${() => open('tell', about)}>
          <${Icon} name="note" /><span>${t('door-tell', { name })}</span>
        </button>`
      }
      ${
        may(you, 'decline') &&
        html`<button key="decline" type="button" class="btn wide care" onClick=${() => open('decline', about)}>
          ${t('door-decline')}
        </button>`
      }
    </div>
    <${Refusal} control=${`door ${about}`} />
  <//>`
}

/** Ready-made, in the writer's language: what there is to say at a door. */
const READY = ['tell-soon', 'tell-late', 'tell-full', 'tell-name']

/**
 * A few words to one person at the door, or to everybody there.
 * @param {{ view: LeadView, you: You, about: string }} props `about` is a seat, or nothing for all
 */
export function TellSheet({ view, about }) {
  const [chosen, setChosen] = useState(isFull(view) ? 'tell-full' : 'tell-soon')
  const [own, setOwn] = useState('')
  const gone = about ? !view.waiting?.[about] : atTheDoor(view).length === 0
  if (gone) return html`<${Sheet} title=${t('door-gone')}><p class="muted">${t('door-gone-text')}</p><//>`
  const text = (chosen ? t(chosen) : own).trim()
  const control = `tell ${about}`
  /** @param {string} key @param {string} words */
  const card = (key, words) =>
    html`<label key=${key}>
      <input type="radio" name="words" checked=${chosen === key} onChange=${() => setChosen(key)} />
      <${Icon} name=${key ? 'note' : 'keys'} /><span>${words}</span>
    </label>`
  return html`<${Sheet} title=${about ? t('tell-title', { name: holder(view, about) }) : t('tell-title-all')}>
    <p class="muted small">${t('tell-text')}</p>
    <fieldset class="opts">
      <legend class="vh">${t('tell-words')}</legend>
      ${READY.map((key) => card(key, t(key)))} ${card('', t('tell-own'))}
    </fieldset>
    ${
      !chosen &&
      html`<textarea
        key="own"
        class="field"
        maxlength="300"
        rows="3"
        aria-label=${t('tell-own')}
        value=${own}
        onInput=${(/** @type {Event & { currentTarget: HTMLTextAreaElement }} */ event) => setOwn(event.currentTarget.value)}
      ></textarea>`
    }
    ${
      text === ''
        ? html`<button key="empty" type="button" class="btn wide" aria-disabled="true">${t('tell-empty')}</button>`
        : html`<${Ask}
            key="send"
            control=${control}
            command=${{ type: 'tell-waiting', text, ...(about ? { seat: about } : {}) }}
            label=${t('tell-send')}
            className="btn wide fill"
            done=${close}
          />`
    }
    <${Refusal} control=${control} />
  <//>`
}
