// Inspects every page state that the gallery links to, in every language.

import { inspect, openCheckedPage } from './checks.mjs';

const LANGUAGES = ['nb', 'nl', 'en'];
const PAGES_AT_ONCE = 2;

export async function visitGallery({ browser, demo, report }) {
  const links = await galleryLinks(demo.url);
  const missing = LANGUAGES.filter((lang) => !links.some((link) => link.lang === lang));
  report.check('gallery: shows pages in every language', missing.map((lang) => `none in ${lang}`));
  const waiting = [...links];
  const visit = async () => {
    const page = await openCheckedPage(browser);
    for (let link = waiting.shift(); link; link = waiting.shift()) {
      const problems = await inspect(page, demo.url + link.path, link.lang === LANGUAGES[0]);
      report.check(`gallery: ${link.path}`, problems);
    }
    await page.context().close();
  };
  await Promise.all(Array.from({ length: PAGES_AT_ONCE }, visit));
}

/** `[{ path, lang }]`: the links of the gallery's page, each once. */
export async function galleryLinks(url) {
  const answer = await fetch(`${url}/__gallery`);
  if (!answer.ok) throw new Error(`${url}/__gallery answers ${answer.status}: is this a development build?`);
  const paths = [...(await answer.text()).matchAll(/href="(\/__gallery[/?][^"]+)"/g)].map(([, path]) => path.replaceAll('&amp;', '&'));
  return [...new Set(paths)].map((path) => ({ path, lang: LANGUAGES.find((lang) => path.split(/[/?=&]/).includes(lang)) }));
}
