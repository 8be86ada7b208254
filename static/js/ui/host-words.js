/** The sentence for a request that the server refused. */

import { hasWords, t } from '../words.js'

/** @param {string} code of `server/api.py`, or `offline` */
export const problemWords = (code) =>
  t(hasWords(`host-problem-${code}`) ? `host-problem-${code}` : 'host-problem-other')
