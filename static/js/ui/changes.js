/** What is different between two agreements: each part with a word and a line at its side, never by colour alone. */

import { html } from '../../vendor/preact.js'
import { changedLines } from '../lines-changed.js'
import { t } from '../words.js'

/** @typedef {{ policy: string, text: string }} Words */

/** @param {Words} before @param {Words} after @returns {import('../lines-changed.js').Part[]} */
export function differences(before, after) {
  const policies = before.policy === after.policy ? [] : [before.policy, after.policy]
  return [
    ...policies.map((policy, place) => ({
      kind: /** @type {'removed' | 'added'} */ (place ? 'added' : 'removed'),
      lines: [t(`join-policy-${policy}`)],
    })),
    ...changedLines(before.text, after.text).filter(({ kind }) => kind !== 'same'),
  ]
}

/** @param {{ parts: import('../lines-changed.js').Part[] }} props */
export const Changes = ({ parts }) =>
  html`<ul class="changes">
    ${parts.map(
      ({ kind, lines }, place) =>
        html`<li key=${place} class=${kind}>
          <strong class="tiny">${t(`again-${kind}`)}</strong>
          ${lines.map((line, at) =>
            kind === 'removed' ? html`<del key=${at}>${line}</del>` : html`<ins key=${at}>${line}</ins>`,
          )}
        </li>`,
    )}
  </ul>`
