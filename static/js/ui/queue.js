/** The queue as everyone sees it: a strip of small seats on a phone, a list at the side on a desktop, each place with its reason. */

import { html, useEffect, useRef } from '../../vendor/preact.js'
import { nameOf, whyWords } from '../meaning.js'
import { t } from '../words.js'
import { Icon } from './icons.js'
import { useFrozen } from './queue-frozen.js'
import { useSlide } from './queue-slide.js'
import { called, nowShown, tell } from './room-words.js'
import { Disc } from './seat.js'
import { open } from './sheet.js'

/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').Hand} Hand */
/** @typedef {import('../protocol.js').You} You */

/**
 * A place in the line: somebody's hand, or a seat alone, as in a round.
 * @typedef {{ seat: string, hand?: Hand }} Entry
 */

/**
 * What stands in the line now, by ids that stay: hands, and in a round whoever is yet to be asked; in a break, who is back.
 * @param {CircleView} view
 * @returns {Map<string, Entry>}
 */
function line(view) {
  const seats = (/** @type {string[]} */ all) =>
    all.map((seat) => /** @type {[string, Entry]} */ ([`seat ${seat}`, { seat }]))
  if (view.hold === 'break') return new Map(seats(view.circle.filter((seat) => view.ready?.includes(seat))))
  const hands = view.queue.flatMap((id) => {
    const hand = view.hands[id]
    return hand && (!view.round || hand.kind === 'process')
      ? [/** @type {[string, Entry]} */ ([id, { seat: hand.seat, hand }])]
      : []
  })
  return new Map([...hands, ...seats(view.round?.waiting ?? [])])
}

/** What the line is, and what is said while nobody stands in it. @param {CircleView} view */
function heading(view) {
  if (view.hold === 'break') return { title: t('ready-title'), empty: t('ready-empty') }
  if (view.round) return { title: t('round-title', { count: view.round.waiting.length }), empty: t('round-empty') }
  const count = view.queue.length
  return { title: count ? t('queue-title-count', { count }) : t('queue-title'), empty: t('queue-empty') }
}

/** @param {{ view: CircleView, you: You }} props */
export function Queue({ view, you }) {
  const now = line(view)
  const { shown, gone, on } = useFrozen([...now.keys()], { touchOnly: true })
  const list = useRef(/** @type {HTMLElement | null} */ (null))
  const entries = useRef(now)
  entries.current = new Map([...entries.current, ...now]) // a held row may be about a hand that has gone
  useSlide(list, shown)
  useShownPlace(list, you.place ?? you.round_place)
  const { title, empty } = heading(view)
  return html`<section class="queue" aria-labelledby="queue-title">
    <header>
      <h2 id="queue-title" tabindex="-1">${title}</h2>
      <${Policy} view=${view} />
    </header>
    ${
      shown.length === 0
        ? html`<p key="empty" class="empty muted small">${empty}</p>`
        : html`<ol key="line" class="line" ref=${list} tabindex="0" aria-labelledby="queue-title" ...${on}>
            ${shown.map((id, i) => {
              const entry = entries.current.get(id)
              const place = view.hold === 'break' ? undefined : i + 1
              return (
                entry &&
                html`<${Place}
                  key=${id}
                  id=${id}
                  entry=${entry}
                  place=${place}
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

/** By what the line is ordered; how that works unfolds at a tap. @param {{ view: CircleView }} props */
function Policy({ view }) {
  if (view.hold === 'break') return null
  const words = view.round
    ? view.round.sweep === 2
      ? 'round-again'
      : 'round-order'
    : view.queue_open
      ? `order-${view.policy.order ?? 'first-come'}`
      : 'queue-closed'
  return html`<button type="button" class="linkish policy" onClick=${() => open('order-why')}>
    <span>${t(words)}</span><${Icon} name="info" size="s" />
  </button>`
}

/** @param {{ id: string, entry: Entry, place: number | undefined, view: CircleView, you: You, gone: boolean }} props */
function Place({ id, entry, place, view, you, gone }) {
  const { seat, hand } = entry
  const person = view.people[seat]
  const me = seat === you.seat
  if (gone || !person) return html`<li class="blank" data-row=${id}></li>`
  return html`<li class=${me ? 'me' : ''} data-row=${id}>
    <${Disc} number=${person.number} name=${person.name} role=${person.role} present=${person.present} place=${place} />
    <span class="called">
      ${
        me
          ? t('people-you')
          : html`<span class="short" aria-hidden="true">${called(nameOf(view, seat))}</span
              ><span class="full">${called(person.name)}</span>`
      }
    </span>
    ${hand && html`<span key="why" class="why"><${Why} hand=${hand} /></span>`}
  </li>`
}

/** Why a hand stands where it stands, and what it is for when that is not plain sharing. @param {{ hand: Hand }} props */
export function Why({ hand }) {
  const rests = (hand.rests_until ?? 0) > nowShown()
  const kind = hand.kind === 'share' || hand.kind === 'process' ? '' : `${t(`kind-${hand.kind}`)}, `
  return html`${kind}${rests ? t('why-rests') : tell(whyWords(hand))}`
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
