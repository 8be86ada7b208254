// What Lighthouse and axe say about the pages that people meet, as lines of JSON.
//
//     node lighthouse.mjs < { "chromium", "runs", "facilitator", "participant", "host" }     (a path, a number, links)
//
//     { "page", "form", "version", "scores": { category: 0..1 }, "lost": [what is not full] }    each run
//     { "state", "violations": [...] }                                                             each state
//
// What a page has in its session storage stays: a room's page finds its seat again by it. The cache is emptied before
// each run, so that everything is fetched as on a first visit.

import { readFileSync } from 'node:fs'
import lighthouse, { desktopConfig } from 'lighthouse'
import puppeteer from 'puppeteer-core'

const { chromium, runs, ...links } = JSON.parse(readFileSync(0, 'utf8'))
const AXE = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const CATEGORIES = ['performance', 'accessibility', 'best-practices']
const FORMS = { phone: undefined, desk: desktopConfig }
const PATIENCE = 120_000 // ms; it only ends a broken run
const TRIES = 4
const LARGE = '#large:not(.resting, .busy, [aria-disabled=true])'

const tell = (line) => console.log(JSON.stringify(line))

/** Somebody with a profile of their own. */
async function somebody() {
  const page = await (await browser.createBrowserContext()).newPage()
  page.setDefaultTimeout(PATIENCE)
  return page
}

const press = async (page, control) =>
  (await page.waitForSelector(control, { visible: true })).evaluate((one) => one.click())

/** Through the steps of coming in, as far as they go without anybody else; axe looks at each. */
async function comesIn(page, name, who) {
  await (await page.waitForSelector('input', { visible: true })).type(name)
  await states(page, `${who}-name`)
  await page.keyboard.press('Enter')
  const agree = 'button[aria-describedby=agree-answer]'
  await page.waitForSelector(agree)
  await states(page, `${who}-agreement`)
  await press(page, agree)
  await page.waitForSelector('input[type=radio]')
  await page.evaluate(() => [...document.querySelectorAll('input[type=radio]')].at(-1).click()) // without sound
  await states(page, `${who}-sound`)
  await press(page, 'button[aria-describedby=sound-answer]')
}

/** Axe, in both colour schemes. */
async function states(page, state) {
  const violations = []
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ])
    await page.evaluate(AXE)
    violations.push(...(await page.evaluate(looks, RULES)).map((sentence) => `${scheme}: ${sentence}`))
  }
  await page.emulateMediaFeatures([])
  tell({ state, violations })
}

async function looks(rules) {
  const found = await axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] })
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

async function measured(page, name) {
  for (const [form, config] of Object.entries(FORMS))
    for (let run = 0; run < runs; run += 1) {
      const { lighthouseVersion: version, categories, audits } = await report(page, config)
      const all = Object.values(categories)
      const counting = all.flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0))
      const lost = counting.map(({ id }) => audits[id]).filter(({ score }) => score !== null && score < 1)
      tell({
        page: name,
        form,
        version,
        scores: Object.fromEntries(all.map(({ id, score }) => [id, score ?? 0])),
        lost: lost.map(({ id, displayValue }) => (displayValue ? `${id} ${displayValue}` : id)),
      })
    }
}

/** One run; on a busy machine the browser loses a part of its own records now and then, and is asked again. */
async function report(page, config) {
  let problem = ''
  for (let tries = 0; tries < TRIES; tries += 1) {
    const session = await page.createCDPSession()
    await session.send('Network.clearBrowserCache')
    await session.detach()
    const flags = { disableStorageReset: true, onlyCategories: CATEGORIES, logLevel: 'error' }
    const { lhr } = await lighthouse(page.url(), flags, config, page)
    if (!lhr.runtimeError) return lhr
    problem = lhr.runtimeError.message
  }
  throw new Error(problem)
}

const browser = await puppeteer.launch({
  executablePath: chromium,
  args: ['--no-sandbox', '--disable-background-networking', '--ignore-certificate-errors', '--lang=id-ID'],
  env: { ...process.env, LANGUAGE: 'id' },
  defaultViewport: { width: 1280, height: 800 },
  protocolTimeout: PATIENCE,
})
try {
  const lead = await somebody()
  await lead.goto(links.facilitator)
  await comesIn(lead, 'Ada', 'facilitator')
  await lead.waitForSelector('.room.leading')

  const page = await somebody()
  await page.goto(links.participant)
  await page.waitForSelector('input')
  await measured(page, 'join')
  await comesIn(page, 'Sari', 'participant')
  await page.waitForSelector('.join-waiting, .lobby')
  await states(page, 'door')
  await press(lead, '.door .acts button')
  await page.waitForSelector('.room')

  await press(lead, LARGE) // opens the circle
  await press(page, `${LARGE}[data-means^=raise]`)
  await press(page, `${LARGE}[data-means^=start]`)
  await page.waitForSelector('#large[data-means^=finish]')
  for (const [who, name] of [
    [page, 'room'],
    [lead, 'room-leading'],
  ]) {
    await states(who, name)
    await measured(who, name)
    await who.waitForSelector('.room')
  }

  const host = await somebody()
  await host.goto(links.host)
  await host.waitForSelector('h1')
  await host.waitForNetworkIdle()
  await states(host, 'host')
  await measured(host, 'host')
} finally {
  await browser.close()
}
