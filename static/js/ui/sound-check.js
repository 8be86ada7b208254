/** How somebody is here, and whether it works: three ways that are equally good; a microphone and a tone to try. */

import { html, useEffect, useRef } from '../../vendor/preact.js'
import * as media from '../media/index.js'
import { sound } from '../media/state.js'
import { t } from '../words.js'
import { Icon } from './icons.js'
import { loudnessStep } from './sound-now.js'

/** @typedef {import('../media/state.js').Way} Way */
/** @typedef {import('../media/state.js').Device} Device */

/** @type {[Way, string][]} */
const WAYS = [
  ['voice', 'mic'],
  ['listen', 'ear'],
  ['silent', 'speaker-off'],
]
const FADES = 0.98 // of the loudest moment, at each look: what was heard stays clear for a few seconds

/** @param {{ way: Way, choose: (way: Way) => void }} props */
export const SoundCheck = ({ way, choose }) =>
  html`<fieldset class="ways">
      <legend class="vh">${t('sound-ways')}</legend>
      ${WAYS.map(
        ([name, icon]) =>
          html`<label key=${name}>
            <input type="radio" name="way" checked=${way === name} onChange=${() => choose(name)} />
            <${Icon} name=${icon} size="l" />
            <strong>${t(`sound-way-${name}`)}</strong>
            <span class="small muted">${t(`sound-way-${name}-text`)}</span>
          </label>`,
      )}
    </fieldset>
    ${
      way !== 'silent' &&
      html`<div class="card check" key="check">
        ${way === 'voice' && html`<${Microphone} key="microphone" />`}
        <button key="tone" type="button" class="btn wide" onClick=${media.playTone}>
          <${Icon} name="speaker" />${t('sound-tone')}
        </button>
        <${Devices}
          key="speakers"
          label=${t('sound-speaker')}
          all=${sound.speakers.value}
          chosen=${sound.speaker.value}
          choose=${media.chooseSpeaker}
        />
      </div>`
    }`

/** Permission is asked for by the tap on *try*, never before; nobody hears what is tried. */
function Microphone() {
  useEffect(() => {
    if (!isSecureContext) sound.trouble.value = 'insecure'
    return media.stopTrying
  }, [])
  const [trying, live] = [sound.trying.value, sound.mic.value !== 'closed']
  return html`${(trying || live) && html`<${Meter} key="meter" />`}
    <${TroubleText} key="trouble" />
    ${
      !live &&
      html`<button
        key="try"
        type="button"
        class="btn wide"
        onClick=${() => void (trying ? media.stopTrying() : media.tryMicrophone())}
      >
        <${Icon} name=${trying ? 'mic-off' : 'mic'} />${t(trying ? 'sound-try-stop' : 'sound-try')}
      </button>`
    }
    <${Devices}
      key="microphones"
      label=${t('sound-microphone')}
      all=${sound.microphones.value}
      chosen=${sound.microphone.value}
      choose=${media.chooseMicrophone}
    />`
}

/** Moves with the voice; says in words whether it is enough, and keeps them for a while. Nothing of it is spoken by itself. */
function Meter() {
  const peak = useRef(0)
  peak.current = Math.max(sound.loudness.value, peak.current * FADES)
  const words = t(peak.current > 0.25 ? 'sound-clear' : peak.current > 0.05 ? 'sound-quiet' : 'sound-speak')
  const step = loudnessStep()
  return html`<div class="metering">
    <span class="small">${words}</span>
    <div
      class="meter"
      role="meter"
      aria-label=${t('sound-meter')}
      aria-valuemin="0"
      aria-valuemax="4"
      aria-valuenow=${step}
      aria-valuetext=${words}
      data-step=${step}
    >
      <i></i>
    </div>
  </div>`
}

/** What is wrong, and what can be done about it. */
function TroubleText() {
  const { value } = sound.trouble
  return value ? html`<p class="notice"><${Icon} name="info" /><span>${t(`sound-${value}`)}</span></p>` : null
}

/** Only where there is something to choose. @param {{ label: string, all: Device[], chosen: string, choose: (id: string) => unknown }} props */
const Devices = ({ label, all, chosen, choose }) =>
  all.length > 2 && // the first is the system's, which is one of the others
  html`<label class="stack devices">
    <span class="small muted">${label}</span>
    <select
      class="field"
      value=${chosen}
      onChange=${(/** @type {Event & { currentTarget: HTMLSelectElement }} */ event) => void choose(event.currentTarget.value)}
    >
      ${all.map(
        ({ id, label: name }, place) =>
          html`<option key=${id} value=${id}>
            ${name || (id ? t('sound-device', { n: place }) : t('sound-usual'))}
          </option>`,
      )}
    </select>
  </label>`
