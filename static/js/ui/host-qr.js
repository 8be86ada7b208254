/** A link as a picture for cameras. The server draws it: the secret is in no address, and this page needs no library. */

import { html, useEffect, useState } from '../../vendor/preact.js'
import { t } from '../words.js'
import { drawingOf } from './host-api.js'

/** @typedef {import('./host-api.js').Drawing} Drawing */

/** @param {{ drawing: Drawing, name: string }} props */
export const Drawn = ({ drawing: { size, path }, name }) =>
  html`<svg class="qr" viewBox=${`0 0 ${size} ${size}`} role="img" aria-label=${name} shape-rendering="crispEdges">
    <rect width=${size} height=${size} />
    <path d=${path} />
  </svg>`

/** Black on white in every look; its place is kept while it is on its way. @param {{ room: string, link: string, url: string, name: string }} props */
export function Qr({ room, link, url, name }) {
  const [drawing, setDrawing] = useState(/** @type {Drawing | null} */ (null))
  useEffect(() => {
    let here = true
    drawingOf(room, link).then((found) => here && setDrawing(found))
    return () => void (here = false)
  }, [room, link, url])
  return html`<div class="qr-place">
    ${drawing && html`<${Drawn} drawing=${drawing} name=${t('host-qr', { name })} />`}
  </div>`
}
