// Verifies a transparent statement (RFC 9943) in the reader's own browser: the author's signature, and
// each receipt (RFC 9942) with its inclusion proof (RFC 9162). Nothing is sent anywhere.

const desk = document.getElementById("verify");
const answer = document.getElementById("verify-answer");
const said = desk.dataset;

const TEXT = new TextEncoder();
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const join = (...parts) => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) { all.set(part, place); place += part.length; }
  return all;
};

// CBOR as our statements use it (RFC 8949): definite lengths, shortest heads.
function decode(bytes) {
  let place = 0;
  const take = (length) => {
    if (place + length > bytes.length) throw new Error("truncated");
    place += length;
    return bytes.subarray(place - length, place);
  };
  const head = () => {
    const first = take(1)[0];
    const major = first >> 5, low = first & 31;
    if (low < 24) return [major, low];
    if (low > 27) throw new Error("no definite length");
    let value = 0;
    for (const byte of take(1 << (low - 24))) value = value * 256 + byte;
    if (!Number.isSafeInteger(value) || value < [24, 256, 65536, 4294967296][low - 24]) throw new Error("not shortest");
    return [major, value];
  };
  const item = (depth) => {
    if (depth > 16) throw new Error("too deep");
    const [major, value] = head();
    switch (major) {
      case 0: return value;
      case 1: return -1 - value;
      case 2: return take(value);
      case 3: return new TextDecoder("utf-8", { fatal: true }).decode(take(value));
      case 4: return Array.from({ length: Math.min(value, bytes.length) }, () => item(depth + 1));
      case 5: {
        const map = new Map();
        for (let entry = 0; entry < value; entry++) {
          const key = item(depth + 1);
          if (map.has(key)) throw new Error("twice the same key");
          map.set(key, item(depth + 1));
        }
        return map;
      }
      case 6: return { tag: value, value: item(depth + 1) };
      default:
        if (value === 22) return null;
        throw new Error("unknown value");
    }
  };
  const value = item(0);
  if (place !== bytes.length) throw new Error("bytes follow");
  return value;
}

function head(major, value) {
  if (value < 24) return Uint8Array.of((major << 5) | value);
  const size = value < 256 ? 1 : value < 65536 ? 2 : 4;
  const bytes = new Uint8Array(1 + size);
  bytes[0] = (major << 5) | (23 + { 1: 1, 2: 2, 4: 3 }[size]);
  for (let place = size; place > 0; place--) { bytes[place] = value & 255; value = Math.floor(value / 256); }
  return bytes;
}
const bstr = (bytes) => join(head(2, bytes.length), bytes);

function sign1(bytes) {
  const message = decode(bytes);
  const parts = message?.tag === 18 && message.value;
  if (!Array.isArray(parts) || parts.length !== 4 || !(parts[0] instanceof Uint8Array) || !(parts[1] instanceof Map)) throw new Error("no COSE_Sign1");
  const [protectedBytes, unprotectedMap, payload, signature] = parts;
  const headers = decode(protectedBytes);
  if (!(headers instanceof Map) || headers.get(1) !== -8 || headers.has(2)) throw new Error("not EdDSA");
  return { protectedBytes, unprotectedMap, payload, signature, headers, key: headers.get(4) };
}

async function signedBy(message, payload) {
  const toBeSigned = join(head(4, 4), head(3, 10), TEXT.encode("Signature1"), bstr(message.protectedBytes), bstr(new Uint8Array()), bstr(payload));
  const key = await crypto.subtle.importKey("raw", message.key, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, message.signature, toBeSigned);
}

const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));

// The root of the tree in which the leaf stands at this place (RFC 9162, section 2.1.3.2).
async function rootFrom(leaf, [size, index, path]) {
  if (!(index < size)) throw new Error("not in the tree");
  let place = index, last = size - 1, hash = leaf;
  for (const step of path) {
    if (last === 0) throw new Error("path too long");
    if (place % 2 === 1 || place === last) {
      hash = await sha256(Uint8Array.of(1), step, hash);
      while (place % 2 === 0 && place !== 0) { place /= 2; last = Math.floor(last / 2); }
    } else {
      hash = await sha256(Uint8Array.of(1), hash, step);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0) throw new Error("path too short");
  return hash;
}

// A receipt is for one statement, whose subject it names too. The place in the tree is not told to the
// reader: the log signs the root, and other places may lead to the same.
async function receiptOf(bytes, leaf, subject) {
  const receipt = sign1(bytes);
  const claims = receipt.headers.get(15);
  if (receipt.payload !== null || receipt.headers.get(395) !== 1 || !(claims instanceof Map)) throw new Error("no receipt");
  const issuer = claims.get(1);
  if (typeof issuer !== "string" || claims.get(2) !== subject) throw new Error("another statement's");
  const proof = decode(receipt.unprotectedMap.get(396).get(-1)[0]);
  const root = await rootFrom(leaf, proof);
  return (await signedBy(receipt, root)) ? { issuer, key: hex(receipt.key) } : null;
}

// Holds, does not hold, or was not asked (null).
function line(holds, text) {
  const element = document.createElement("p");
  const [tone, mark] = holds === null ? ["wait", "?"] : holds ? ["good", "✓"] : ["risk", "✗"];
  element.className = `notice ${tone}`;
  element.textContent = `${mark} ${text}`;
  answer.append(element);
}

function words(payload) {
  const text = new TextDecoder().decode(payload);
  let shown = text;
  try {
    const { title, text: body } = JSON.parse(text);
    shown = [title, body].filter(Boolean).join("\n\n");
  } catch { /* the words are no JSON of ours: they are shown as they are */ }
  const quote = document.createElement("blockquote");
  quote.className = "words";
  quote.textContent = shown;
  answer.append(quote);
}

async function verify(bytes) {
  answer.replaceChildren();
  let statement;
  try {
    statement = sign1(bytes);
    if (!(statement.payload instanceof Uint8Array)) throw new Error("no words");
  } catch {
    line(false, said.notCose);
    return;
  }
  const expected = document.getElementById("verify-expected").value.replace(/\s/g, "").toLowerCase();
  try {
    const signed = await signedBy(statement, statement.payload);
    line(signed, `${signed ? said.signed : said.notSigned} ${said.key} ${hex(statement.key)}`);
    if (!signed) return;
    words(statement.payload);
    const registered = join(Uint8Array.of(0xd2, 0x84), bstr(statement.protectedBytes), Uint8Array.of(0xa0), bstr(statement.payload), bstr(statement.signature));
    const leaf = await sha256(Uint8Array.of(0), registered);
    const receipts = statement.unprotectedMap.get(394) ?? [];
    if (receipts.length === 0) line(false, said.noReceipt);
    const keys = [hex(statement.key)];
    for (const receipt of receipts) {
      let found = null;
      try { found = await receiptOf(receipt, leaf, statement.headers.get(15)?.get(2)); } catch { /* told below */ }
      // A key that only stands in a receipt, and signed nothing, is not a key to compare with.
      if (found) keys.push(found.key);
      line(found !== null, found ? `${said.registered} ${found.issuer} ${said.key} ${found.key}` : said.notRegistered);
    }
    // Anybody can make a key and a log.
    if (expected) line(keys.includes(expected), keys.includes(expected) ? said.sameKey : said.otherKey);
    else line(null, said.notAsked);
  } catch (error) {
    line(false, error.name === "NotSupportedError" || !globalThis.crypto?.subtle ? said.noEd25519 : said.notSigned);
  }
}

function pasted(text) {
  const match = text.trim().match(/^(?:akey-receipt:)?([\w-]+)$/);
  if (!match) { answer.replaceChildren(); if (text.trim()) line(false, said.notCose); return; }
  const plain = atob(match[1].replace(/-/g, "+").replace(/_/g, "/"));
  verify(Uint8Array.from(plain, (letter) => letter.charCodeAt(0)));
}

const file = document.getElementById("verify-file");
const text = document.getElementById("verify-text");
const again = async () => {
  const chosen = file.files[0];
  if (chosen) verify(new Uint8Array(await chosen.arrayBuffer()));
  else { try { pasted(text.value); } catch { answer.replaceChildren(); line(false, said.notCose); } }
};
file.addEventListener("change", again);
text.addEventListener("input", () => { file.value = ""; again(); });
document.getElementById("verify-expected").addEventListener("change", again);
