// Whether a page is HTML as the standard says: its own words on elements, attributes and what may stand in what.

import { HtmlValidate, StaticConfigLoader } from 'html-validate';

/** The same rules for every page, read once. */
class OneConfig extends StaticConfigLoader {
  getConfigFor(name, override) {
    return (this.read ??= super.getConfigFor(name, override));
  }
}

const validator = new HtmlValidate(new OneConfig({ root: true, extends: ['html-validate:standard'] }));

/** What is wrong with a page's source, as sentences. */
export async function faults(source) {
  const { results } = await validator.validateString(source, 'page.html');
  return results.flatMap(({ messages }) => messages).map(({ ruleId, message, line }) => `html ${ruleId}: ${message} (line ${line})`);
}
