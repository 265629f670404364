import { generateKeyPairSync, sign as signWith } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { BridgeErrorCode } from "../src/index.ts";
import {
  CLAIMS,
  encode,
  expectAccepted,
  expectRefused,
  HEADER,
  headerText,
  KEY,
  mint,
  SECRET,
  signText,
} from "./helpers.ts";

const rsa = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const ed = generateKeyPairSync("ed25519");
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });

/** The valid token under another algorithm, signed by `signer`. */
function signedBy(alg: string, signer: (input: Buffer) => Uint8Array): string {
  const input = `${encode(JSON.stringify({ ...HEADER, alg }))}.${encode(JSON.stringify(CLAIMS))}`;
  return `${input}.${encode(signer(Buffer.from(input)))}`;
}
const unsigned = (alg: unknown) =>
  `${encode(JSON.stringify({ ...HEADER, alg }))}.${encode(JSON.stringify(CLAIMS))}.`;

const refused: [name: string, code: BridgeErrorCode, token: string][] = [
  ["alg none without a signature", "token_algorithm", unsigned("none")],
  ["alg None without a signature", "token_algorithm", unsigned("None")],
  ["alg NONE without a signature", "token_algorithm", unsigned("NONE")],
  ["alg none with the right MAC", "token_algorithm", mint({ header: { alg: "none" } })],
  ["HS256 without a signature", "token_signature", unsigned("HS256")],
  ["no alg", "token_algorithm", mint({ header: { alg: undefined } })],
  ["alg null", "token_algorithm", mint({ header: { alg: null } })],
  ["alg in an array", "token_algorithm", mint({ header: { alg: ["HS256"] } })],
  ["alg an object", "token_algorithm", mint({ header: { alg: { HS256: true } } })],
  ["alg empty", "token_algorithm", mint({ header: { alg: "" } })],
  ["alg in small letters", "token_algorithm", mint({ header: { alg: "hs256" } })],
  ["alg with a space", "token_algorithm", mint({ header: { alg: "HS256 " } })],
  ["alg with a NUL", "token_algorithm", mint({ header: { alg: "HS256\0" } })],
  [
    "alg under another name, ALG",
    "token_algorithm",
    mint({ header: { alg: undefined, ALG: "HS256" } }),
  ],
  [
    "alg only in __proto__",
    "token_algorithm",
    signText(
      headerText().replace('"alg":"HS256"', '"__proto__":{"alg":"HS256"}'),
      JSON.stringify(CLAIMS),
    ),
  ],
  ["HS384 with our key", "token_algorithm", mint({ header: { alg: "HS384" }, hash: "sha384" })],
  ["HS512 with our key", "token_algorithm", mint({ header: { alg: "HS512" }, hash: "sha512" })],
  ["HS1 with our key", "token_algorithm", mint({ header: { alg: "HS1" }, hash: "sha1" })],
  [
    "RS256 with a key pair",
    "token_algorithm",
    signedBy("RS256", (input) => signWith("sha256", input, rsa.privateKey)),
  ],
  [
    "RS256 with the public key as the secret",
    "token_algorithm",
    mint({ header: { alg: "RS256" }, key: rsa.publicKey }),
  ],
  ["HS256 with a public key as the secret", "token_signature", mint({ key: rsa.publicKey })],
  [
    "ES256 with a key pair",
    "token_algorithm",
    signedBy("ES256", (input) =>
      signWith("sha256", input, { key: ec.privateKey, dsaEncoding: "ieee-p1363" }),
    ),
  ],
  [
    "ES256 with an all-zero signature",
    "token_algorithm",
    signedBy("ES256", () => Buffer.alloc(64)),
  ],
  [
    "EdDSA with a key pair",
    "token_algorithm",
    signedBy("EdDSA", (input) => signWith(null, input, ed.privateKey)),
  ],
  ["PS256", "token_algorithm", mint({ header: { alg: "PS256" } })],
  ["A256KW, a JWE algorithm", "token_algorithm", mint({ header: { alg: "A256KW" } })],
  [
    "dir with enc, a JWE header",
    "token_algorithm",
    mint({ header: { alg: "dir", enc: "A256GCM" } }),
  ],
  ["no typ", "token_type", mint({ header: { typ: undefined } })],
  ["typ JWT", "token_type", mint({ header: { typ: "JWT" } })],
  ["typ null", "token_type", mint({ header: { typ: null } })],
  ["typ in an array", "token_type", mint({ header: { typ: ["at+jwt"] } })],
  [
    "typ with the media type's prefix",
    "token_type",
    mint({ header: { typ: "application/at+jwt" } }),
  ],
  ["typ in capitals", "token_type", mint({ header: { typ: "AT+JWT" } })],
  ["typ of a logout token", "token_type", mint({ header: { typ: "logout+jwt" } })],
  ["typ of a DPoP proof", "token_type", mint({ header: { typ: "dpop+jwt" } })],
  ["crit that names nothing", "token_header", mint({ header: { crit: [] } })],
  ["crit that names exp", "token_header", mint({ header: { crit: ["exp"], exp: 1 } })],
  ["crit null", "token_header", mint({ header: { crit: null } })],
  ["b64 false, critical", "token_header", mint({ header: { b64: false, crit: ["b64"] } })],
  ["b64 true", "token_header", mint({ header: { b64: true } })],
  ["zip", "token_header", mint({ header: { zip: "DEF" } })],
  ["jku", "token_header", mint({ header: { jku: "https://evil.example/jwks" } })],
  ["jwk", "token_header", mint({ header: { jwk: { kty: "oct", k: encode(KEY) } } })],
  ["jwk null", "token_header", mint({ header: { jwk: null } })],
  ["x5u", "token_header", mint({ header: { x5u: "https://evil.example/cert" } })],
  ["x5c", "token_header", mint({ header: { x5c: ["MIIB"] } })],
  ["x5t", "token_header", mint({ header: { x5t: "abc" } })],
  ["x5t#S256", "token_header", mint({ header: { "x5t#S256": "abc" } })],
  [
    "jwk with the name escaped",
    "token_header",
    signText(headerText('"jw\\u006b":{}'), JSON.stringify(CLAIMS)),
  ],
  ["no kid", "token_key_unknown", mint({ header: { kid: undefined } })],
  ["kid null", "token_key_unknown", mint({ header: { kid: null } })],
  ["kid empty", "token_key_unknown", mint({ header: { kid: "" } })],
  ["kid in an array", "token_key_unknown", mint({ header: { kid: [HEADER.kid] } })],
  [
    "kid one character short",
    "token_key_unknown",
    mint({ header: { kid: HEADER.kid.slice(0, -1) } }),
  ],
  ["kid one character long", "token_key_unknown", mint({ header: { kid: `${HEADER.kid}A` } })],
  ["kid a path", "token_key_unknown", mint({ header: { kid: "../../../dev/null" }, key: "" })],
  ["kid SQL", "token_key_unknown", mint({ header: { kid: "' UNION SELECT 'k" }, key: "k" })],
  ["kid __proto__", "token_key_unknown", mint({ header: { kid: "__proto__" } })],
  ["kid constructor", "token_key_unknown", mint({ header: { kid: "constructor" } })],
  [
    "kid only in __proto__",
    "token_key_unknown",
    signText(headerText().replace('"kid"', '"__proto__":{},"kid2"'), JSON.stringify(CLAIMS)),
  ],
  [
    "the default header of a JWT signed with the raw secret",
    "token_type",
    signText('{"alg":"HS256"}', JSON.stringify(CLAIMS), SECRET),
  ],
];

describe("the header is refused:", () => {
  it.each(refused)("%s -> %s", (_name, code, token) => expectRefused(token, code));
});

describe("the header is accepted:", () => {
  const accepted: [name: string, token: string][] = [
    ["alg, typ and kid", mint()],
    [
      "in another order",
      signText(
        JSON.stringify({ kid: HEADER.kid, typ: HEADER.typ, alg: HEADER.alg }),
        JSON.stringify(CLAIMS),
      ),
    ],
    ["with spaces between", signText(JSON.stringify(HEADER, null, 2), JSON.stringify(CLAIMS))],
    [
      "with escapes in a value",
      signText(headerText().replace("HS256", "\\u0048S256"), JSON.stringify(CLAIMS)),
    ],
    ["with a parameter nobody knows, ignored", mint({ header: { "x-trace": "1" } })],
    [
      "with a __proto__ of its own, ignored",
      signText(headerText('"__proto__":{"crit":["x"]}'), JSON.stringify(CLAIMS)),
    ],
  ];
  it.each(accepted)("%s", (_name, token) => expectAccepted(token));
});

it("takes nothing from a polluted Object.prototype", async () => {
  const polluted = Object.prototype as unknown as Record<string, unknown>;
  Object.assign(polluted, { kid: HEADER.kid, sid: "session-1" });
  try {
    await expectRefused(mint({ header: { kid: undefined } }), "token_key_unknown");
    await expectRefused(mint({ claims: { sid: undefined } }), "token_claims");
  } finally {
    delete polluted.kid;
    delete polluted.sid;
  }
  expect("kid" in {}).toBe(false);
});
