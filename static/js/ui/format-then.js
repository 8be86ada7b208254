/** What happens in the meeting when the room gets another format now. Pure. */

/** @typedef {import('../protocol.js').Format} Format */
/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {{ key: string, phase: { name?: string, title?: string } }} Then `phase`: the one that is on then */

/** As rooms/rules/reform.py decides, from what is seen here. @param {LeadView} view @param {Format} format @returns {Then} */
export function consequence(view, format) {
  const [first] = format.phases
  if (view.meeting === 'doors') return { key: 'edit-room-doors', phase: first }
  const now = view.agenda?.find(({ name }) => name === view.phase)
  const phase = format.phases.find(({ name = 'sharing' }) => name === view.phase) ?? first
  const goesOn = (phase.name ?? 'sharing') === view.phase && (phase.floor ?? 'queue') === (now?.floor ?? 'queue')
  const speaks = Object.values(view.turns).some(({ state }) => state !== 'offered')
  const cut = speaks && phase.ending === 'hard' && view.policy.ending !== 'hard'
  if (goesOn) return { key: cut ? 'edit-room-cut' : 'edit-room-stays', phase }
  return { key: speaks || view.round !== undefined ? 'edit-room-busy' : 'edit-room-begins', phase }
}
