/** The agenda for those who hold it: the phase that is on, the next one at one tap, any other one at two. */

import { html } from '../../vendor/preact.js'
import { may } from '../meaning.js'
import { t } from '../words.js'
import { Ask, AskTwice } from './button.js'
import { Refusal } from './button-press.js'
import { Icon } from './icons.js'
import { lasted, planned } from './lead-facts.js'
import { nextStep, phaseTitle } from './phase.js'
import { nowShown, tell } from './room-words.js'
import { open } from './sheet.js'

/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').Step} Step */
/** @typedef {import('../protocol.js').You} You */
/** @typedef {{ view: LeadView, you: You }} Lead */

/** @param {Lead} props */
export function AgendaPanel({ view, you }) {
  const agenda = view.agenda ?? []
  const on = view.meeting === 'open' ? agenda.findIndex(({ name }) => name === view.phase) : -1
  const next = on < 0 ? undefined : nextStep(view)
  return html`<section class="panel agenda-panel" aria-labelledby="lead-agenda-title">
    <header class="head">
      <h2 id="lead-agenda-title" tabindex="-1">${t('agenda-tab')}</h2>
      ${next && may(you, 'set-phase') && html`<${Onward} key="next" view=${view} next=${next} />`}
    </header>
    <ol class="lead-agenda">
      ${agenda.map((step, i) => {
        const stands = i === on ? 'now' : i < on ? 'done' : 'later'
        return html`<${Row} key=${step.name} step=${step} stands=${stands} view=${view} you=${you} />`
      })}
    </ol>
    <${Refusal} control="phase" />
    <${Acts} you=${you} />
  </section>`
}

/** To the next phase, with one tap; with two where that takes the round from those who are yet to be asked. @param {{ view: LeadView, next: Step }} props */
function Onward({ view, next }) {
  const phase = phaseTitle(next)
  const same = {
    control: 'phase',
    command: { type: 'set-phase', phase: next.name },
    label: t('agenda-next', { phase }),
    icon: 'right',
    className: 'btn plain sm onward',
  }
  return view.round
    ? html`<${AskTwice} key="sure" ...${same} sure=${t('agenda-sure', { phase })} />`
    : html`<${Ask} key="at-once" ...${same} rest=${view.phase} />`
}

/** @param {Lead & { step: Step, stands: string }} props */
function Row({ step, stands, view, you }) {
  const title = phaseTitle(step)
  const on = stands === 'now'
  const told = on ? lasted(step, nowShown() - (view.phase_since ?? 0)) : planned(step)
  return html`<li class=${stands} aria-current=${on ? 'step' : undefined}>
    <span class="dot" aria-hidden="true">${stands === 'done' && html`<${Icon} name="check" size="s" />`}</span>
    ${
      !on && view.meeting === 'open' && may(you, 'set-phase')
        ? html`<${AskTwice}
            key="there"
            control="phase"
            command=${{ type: 'set-phase', phase: step.name }}
            label=${title}
            sure=${t('agenda-sure', { phase: title })}
            className="there"
          />`
        : html`<span key="here" class="grow">${title}</span>`
    }
    <span class="tiny num ${on ? '' : 'muted'}">${told ? tell(told) : ''}</span>
  </li>`
}

/** What else can be done with the evening. @param {{ you: You }} props */
function Acts({ you }) {
  const stills = may(you, 'begin-silence') || may(you, 'begin-break')
  return html`<div class="agenda-acts">
      ${
        may(you, 'begin-round') &&
        html`<${Ask}
          key="begin"
          control="round"
          command=${{ type: 'begin-round' }}
          label=${t('lead-round-begin')}
          icon="later"
          className="btn plain sm"
        />`
      }
      ${
        may(you, 'end-round') &&
        html`<${AskTwice}
          key="end"
          control="round"
          command=${{ type: 'end-round' }}
          label=${t('lead-round-end')}
          sure=${t('lead-round-end-sure')}
          icon="later"
          className="btn plain sm"
        />`
      }
      ${stills && html`<${Opens} key="stills" name="stills" icon="still" label=${t('lead-stills')} />`}
      ${may(you, 'set-prompt') && html`<${Opens} key="prompt" name="prompt" icon="note" label=${t('lead-prompt')} />`}
      <${Opens} key="format" name="format" icon="keys" label=${t('lead-format')} />
    </div>
    <${Refusal} key="refusal" control="round" />`
}

/** @param {{ name: import('./sheet.js').SheetName, icon: string, label: string }} props */
const Opens = ({ name, icon, label }) =>
  html`<button type="button" class="btn plain sm" onClick=${() => open(name)}>
    <${Icon} name=${icon} /><span>${label}</span>
  </button>`
