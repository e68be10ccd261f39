// Asks the browser for a passkey and puts its answer into the form. The only script there is; pages work without it by another way.
'use strict';

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** The house's question as the browser wants it: ids and challenges are bytes. */
function question({ publicKey }) {
  const known = (list) => list?.map((one) => ({ ...one, id: toBytes(one.id) }));
  const asked = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: toBytes(asked.user.id) };
  if (asked.excludeCredentials) asked.excludeCredentials = known(asked.excludeCredentials);
  if (asked.allowCredentials) asked.allowCredentials = known(asked.allowCredentials);
  return { publicKey: asked };
}

/** The browser's answer as the house reads it. */
function answer(credential) {
  const { response } = credential;
  const parts = {};
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (response[name]) parts[name] = toText(response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, response: parts, extensions: {} });
}

for (const form of document.querySelectorAll('form[data-ceremony]')) {
  const field = form.querySelector('input[data-answer]');
  form.addEventListener('submit', async (event) => {
    if (field.value) return;
    event.preventDefault();
    const options = question(JSON.parse(form.dataset.options));
    try {
      const make = form.dataset.ceremony === 'create';
      field.value = answer(await (make ? navigator.credentials.create(options) : navigator.credentials.get(options)));
      form.submit();
    } catch {
      form.querySelector('.problem').hidden = false;
    }
  });
}
