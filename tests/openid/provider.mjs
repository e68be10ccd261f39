// A real OpenID Connect provider (npm `oidc-provider`) on a free port of this machine. It signs people in who do not exist: whoever
// posts a form to its sign-in page says who she is, how strongly she signed in and when.
//
//   node tests/openid/provider.mjs [--now 2026-09-15T08:00:00Z] [--back ADDRESS OF THE HOUSE]... [--hears ADDRESS]
//
// It prints its address in a line of its own. `--now` stops its clock there, for houses whose clock is moved by hand. `--hears` names the
// house that is told when somebody signs out here; without, `/test/heard` keeps what would be told.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import process from "node:process";
import { parseArgs } from "node:util";

const { values: asked } = parseArgs({
  options: {
    now: { type: "string" },
    hears: { type: "string" },
    back: { type: "string", multiple: true, default: ["https://personvern.visumexpress.example", "http://127.0.0.1:8000"] },
  },
});

if (asked.now) {
  const at = Date.parse(asked.now);
  const Ticking = Date;
  globalThis.Date = class extends Ticking {
    constructor(...parts) {
      super(...(parts.length ? parts : [at]));
    }
    static now() {
      return at;
    }
  };
}
const { default: Provider } = await import("oidc-provider");

const people = new Map(); // what each says about herself, by account
const ours = generateKeyPairSync("ec", { namedCurve: "P-256" }); // the key of the client that has no password
const theirs = ["ec", "rsa"].map((kind) => {
  const pair = generateKeyPairSync(kind, kind === "ec" ? { namedCurve: "P-256" } : { modulusLength: 2048 });
  return { ...pair.privateKey.export({ format: "jwk" }), use: "sig", kid: kind };
});

const client = (id, face, more) => ({
  client_id: id,
  redirect_uris: asked.back.map((house) => `${house}${face}/sign-in/back`),
  post_logout_redirect_uris: asked.back.map((house) => `${house}${face}/sign-in/out`),
  response_types: ["code"],
  grant_types: ["authorization_code"],
  backchannel_logout_session_required: true,
  ...more,
});

const heard = []; // logout tokens, where no house hears them by itself

function provider(issuer) {
  const it = new Provider(issuer, {
    clients: [
      client("habeas", "", {
        client_secret: "open sesame",
        id_token_signed_response_alg: "RS256",
        backchannel_logout_uri: asked.hears ? `${asked.hears}/sign-in/bankid/logout` : `${issuer}/test/heard`,
      }),
      client("habeas-desk", "/desk", {
        client_secret: "open sesame",
        id_token_signed_response_alg: "ES256",
        backchannel_logout_uri: asked.hears ? `${asked.hears}/desk/sign-in/work/logout` : `${issuer}/test/heard`,
      }),
      client("habeas-key", "", {
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_signing_alg: "ES256",
        id_token_signed_response_alg: "ES256",
        jwks: { keys: [{ ...ours.publicKey.export({ format: "jwk" }), use: "sig", alg: "ES256", kid: "ours" }] },
      }),
    ],
    jwks: { keys: theirs },
    acrValues: ["low", "substantial", "high", "phr"],
    claims: { openid: ["sub"], email: ["email", "email_verified"], customer: ["customer_no"], groups: ["groups"], acr: null, amr: null, auth_time: null },
    scopes: ["openid", "email", "customer", "groups"],
    cookies: { keys: ["not a secret"] },
    // It would call nobody on this machine otherwise; here is nobody else.
    fetch: (url, { dispatcher: _, ...options }) => fetch(url, options),
    pkce: { required: () => true },
    enabledJWA: { idTokenSigningAlgValues: ["RS256", "ES256"], clientAuthSigningAlgValues: ["ES256"] },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true, logoutSource } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
    // Nobody is asked whether habeas may know: that is not what is tested here.
    async loadExistingGrant(context) {
      const { client, session } = context.oidc;
      const grant = new it.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid email customer groups");
      await grant.save();
      return grant;
    },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 1800, Interaction: 600, Session: 3600 },
  });
  return it;
}

const server = createServer();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
const it = provider(issuer);
const answer = it.callback();

server.on("request", async (request, response) => {
  try {
    const { pathname } = new URL(request.url, issuer);
    if (pathname === "/test/key.pem") {
      response.end(ours.privateKey.export({ format: "pem", type: "pkcs8" }));
    } else if (pathname === "/test/heard") {
      if (request.method === "POST") heard.push(new URLSearchParams(await whole(request)).get("logout_token"));
      response.end(request.method === "POST" ? "" : heard.join("\n"));
    } else if (pathname.startsWith("/interaction/")) {
      await signIn(request, response);
    } else {
      answer(request, response);
    }
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
});

// The sign-in page. `sub`, `acr`, `amr` (with blanks between), `ago` (seconds), `claims` (JSON), or `no` for somebody who turns back.
async function signIn(request, response) {
  if (request.method !== "POST") {
    response.setHeader("Content-Type", "text/html");
    const fields = ["sub", "acr", "amr", "ago", "claims", "no"].map((name) => `<label>${name} <input name="${name}"></label>`);
    return response.end(`<!doctype html><title>Sign in</title><form method="post">${fields.join("")}<button>Sign in</button></form>`);
  }
  const said = Object.fromEntries(new URLSearchParams(await whole(request)));
  if (said.no) {
    return it.interactionFinished(request, response, { error: "access_denied" }, { mergeWithLastSubmission: false });
  }
  people.set(said.sub, JSON.parse(said.claims || "{}"));
  const login = { accountId: said.sub, ts: Math.floor(Date.now() / 1000) - Number(said.ago || 0) };
  if (said.acr) login.acr = said.acr;
  if (said.amr) login.amr = said.amr.split(" ");
  return it.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}

async function whole(request) {
  let body = "";
  for await (const part of request) body += part;
  return body;
}

// The page that asks whether somebody who leaves a house leaves here, too; nothing in it is fetched from elsewhere.
function logoutSource(context, form) {
  context.body = `<!doctype html><title>Sign out</title>${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`;
}

console.log(issuer);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
