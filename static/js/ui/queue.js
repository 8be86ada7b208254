/** The queue as everyone sees it: a strip of small seats on a phone, a list at the side on a desktop, each place with its reason. */

import { html, useEffect, useRef } from '../../vendor/preact.js'
import { nameOf } from '../meaning.js'
import { t } from '../words.js'
import { useFrozen } from './queue-frozen.js'
import { useSlide } from './queue-slide.js'
import { called, nowShown } from './room-words.js'
import { Disc } from './seat.js'

/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').Hand} Hand */
/** @typedef {import('../protocol.js').You} You */

/** @param {{ view: CircleView, you: You }} props */
export function Queue({ view, you }) {
  const { shown, gone, on } = useFrozen(view.queue, { touchOnly: true })
  const list = useRef(/** @type {HTMLElement | null} */ (null))
  const hands = useRef(view.hands)
  hands.current = { ...hands.current, ...view.hands } // a held row may be about a hand that has gone
  useSlide(list, shown)
  useShownPlace(list, you.place)
  const count = view.queue.length
  return html`<section class="queue" aria-labelledby="queue-title">
    <header>
      <h2 id="queue-title" tabindex="-1">${count ? t('queue-title-count', { count }) : t('queue-title')}</h2>
      <span class="tiny muted">${t(view.queue_open ? 'queue-first-come' : 'queue-closed')}</span>
    </header>
    ${
      shown.length === 0
        ? html`<p key="empty" class="empty muted small">${t('queue-empty')}</p>`
        : html`<ol key="line" class="line" ref=${list} tabindex="0" aria-labelledby="queue-title" ...${on}>
            ${shown.map((id, i) => {
              const hand = hands.current[id]
              return (
                hand &&
                html`<${Place}
                  key=${id}
                  id=${id}
                  hand=${hand}
                  place=${i + 1}
                  view=${view}
                  you=${you}
                  gone=${gone.has(id)}
                />`
              )
            })}
          </ol>`
    }
  </section>`
}

/** @param {{ id: string, hand: Hand, place: number, view: CircleView, you: You, gone: boolean }} props */
function Place({ id, hand, place, view, you, gone }) {
  const person = view.people[hand.seat]
  const me = hand.seat === you.seat
  if (gone || !person) return html`<li class="blank" data-row=${id}></li>`
  return html`<li class=${me ? 'me' : ''} data-row=${id}>
    <${Disc} number=${person.number} name=${person.name} role=${person.role} present=${person.present} place=${place} />
    <span class="called">
      ${
        me
          ? t('people-you')
          : html`<span class="short" aria-hidden="true">${called(nameOf(view, hand.seat))}</span
              ><span class="full">${called(person.name)}</span>`
      }
    </span>
    <span class="why"><${Why} hand=${hand} /></span>
  </li>`
}

/** Why a hand stands where it stands, and what it is for when that is not plain sharing. @param {{ hand: Hand }} props */
export function Why({ hand }) {
  const rests = (hand.rests_until ?? 0) > nowShown()
  const kind = hand.kind === 'share' || hand.kind === 'process' ? '' : `${t(`kind-${hand.kind}`)}, `
  return html`${kind}${t(rests ? 'why-rests' : `why-${hand.reason}`)}`
}

/**
 * Scrolls the strip to me when my place changes and nobody touches it.
 * @param {{ current: HTMLElement | null }} list
 * @param {number | undefined} place
 */
function useShownPlace(list, place) {
  useEffect(() => {
    const strip = list.current
    const mine = strip?.querySelector('.me')
    if (!strip || !mine || strip.matches(':hover, :focus-within, :active')) return
    const [outer, inner] = [strip.getBoundingClientRect(), mine.getBoundingClientRect()]
    if (inner.left < outer.left || inner.right > outer.right)
      strip.scrollBy({ left: inner.left - outer.left - 12, behavior: 'smooth' })
  }, [place])
}
