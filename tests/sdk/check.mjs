// A case is a method, a sentence and a story; it prints exactly one line.
import {RebillyAPI, RebillyErrors} from 'rebilly-js-sdk';

import {watched} from './methods.mjs';

/** Where the mock's frozen clock stands. */
export const NOW = '2024-01-01T00:00:00Z';

const KEY = 'sk_sandbox_conversation';
const SHOWN_MAX = 3; // differences shown on one FAIL line
const TEXT_MAX = 160; // characters shown of one value

const cases = [];

/**
 * Adds a case. Its story gets a `Case`, with an organization of its own. The fixtures of the
 * mock are in every organization: the ids chosen here start with `sdk_`, so as not to meet theirs.
 */
export function test(method, sentence, story) {
  cases.push({method, sentence, story});
}

/** Runs all cases in order, whatever becomes of each; true when none failed. */
export async function run(url) {
  let failed = 0;
  for (const [index, {method, sentence, story}] of cases.entries()) {
    const number = String(index + 1).padStart(3, '0');
    const t = new Case(url, `org_sdk_${number}`);
    try {
      await story(t);
    } catch (error) {
      t.wrong.push(`${error.name}${error.status ? ` ${error.status}` : ''}: ${error.message}`);
    }
    if (t.wrong.length > 0) failed += 1;
    console.log(line(method, sentence, t.wrong));
  }
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  return failed === 0;
}

function line(method, sentence, wrong) {
  const text = `${method.padEnd(33)} ${sentence}`;
  if (wrong.length === 0) return `ok   ${text}`;
  const more = wrong.length > SHOWN_MAX ? [`${wrong.length - SHOWN_MAX} more`] : [];
  const reasons = [...wrong.slice(0, SHOWN_MAX), ...more].join('; ');
  return `FAIL ${text}: ${reasons}`.replace(/\s*\n\s*/g, ' ');
}

class Case {
  constructor(url, org) {
    this.url = url;
    this.org = org;
    this.wrong = [];
    this.api = this.client();
  }

  /** An SDK instance; by default with a key and with the organization of this case. */
  client({url = this.url, org = this.org, key = KEY} = {}) {
    const urls = {live: url, sandbox: url};
    return watched(RebillyAPI({apiKey: key, organizationId: org, sandbox: true, urls}));
  }

  /** Plain HTTP, for what the SDK cannot send (any more). The path is absolute. */
  fetch(path, {headers = {}, ...options} = {}) {
    const signal = AbortSignal.timeout(6000);
    return fetch(`${this.url}${path}`, {headers: {'REB-APIKEY': KEY, ...headers}, signal, ...options});
  }

  /** Expects `got` to equal `want`. A regular expression in `want` stands for a text. */
  same(what, got, want) {
    this.wrong.push(...differences(what, got, want, true));
  }

  /** Expects `got` to have at least what `want` has; lists must have the same length. */
  has(what, got, want) {
    this.wrong.push(...differences(what, got, want, false));
  }

  /** Expects the SDK to throw this error, and returns it. A `status` of null: no answer. */
  async refused(what, promise, name, status) {
    let answer;
    try {
      answer = await promise;
    } catch (error) {
      if (!(error instanceof RebillyErrors.RebillyError)) throw error;
      const got = `${error.name} ${error.status}`;
      this.same(what, got, `${name} ${status}`);
      if (!(error instanceof RebillyErrors[name])) {
        this.wrong.push(`${what}: the error is not an instance of ${name}`);
      }
      return error;
    }
    throw new Error(`${what}: expected ${name} ${status} got an answer ${answer?.response?.status}`);
  }

  /** Expects 404. */
  missing(what, promise) {
    return this.refused(what, promise, 'RebillyNotFoundError', 404);
  }

  /** Expects 422 with exactly these fields, in any order, each with a message. */
  async invalid(what, promise, fields) {
    const error = await this.refused(what, promise, 'RebillyValidationError', 422);
    const named = (error.invalidFields ?? []).map(({field}) => field);
    this.same(`${what}, invalidFields`, [...new Set(named)].sort(), [...fields].sort());
    for (const {field, message} of error.invalidFields ?? []) {
      this.same(`${what}, message of ${field}`, message, /\S/);
    }
    return error;
  }

  /** Expects the status, no body, and the two headers of a write. */
  gone(what, {response, fields}) {
    this.same(`${what}, status`, response.status, 204);
    this.same(`${what}, fields`, fields, {});
    this.counted(what, response);
  }

  /** Expects the status, the address of the new thing, and the two headers of a write. */
  created(what, {response}, path) {
    this.same(`${what}, status`, response.status, 201);
    const location = `${this.url}/organizations/${this.org}${path}`;
    this.same(`${what}, Location`, response.headers.location, location);
    this.counted(what, response);
  }

  /** Expects the two headers of a write. */
  counted(what, {headers}) {
    this.same(`${what}, X-RateLimit-Limit`, headers['x-ratelimit-limit'], '3000');
    this.same(`${what}, X-RateLimit-Remaining`, headers['x-ratelimit-remaining'], /^\d+$/);
  }

  /** Expects these ids in this order, and these numbers in the headers. */
  page(what, list, ids, numbers) {
    this.same(`${what}, ids`, idsOf(list), ids);
    this.has(what, {total: list.total, limit: list.limit, offset: list.offset}, numbers);
  }
}

export function idsOf(list) {
  return list.items.map(({fields}) => fields.id);
}

export function typesOf(list) {
  return list.items.map(({fields}) => fields.type);
}

function* differences(path, got, want, exact) {
  if (want instanceof RegExp ? typeof got === 'string' && want.test(got) : Object.is(got, want)) return;
  if (Array.isArray(want) && Array.isArray(got) && want.length === got.length) {
    for (const [index, item] of want.entries()) {
      yield* differences(`${path}.${index}`, got[index], item, exact);
    }
  } else if (isRecord(want) && isRecord(got)) {
    for (const [key, value] of Object.entries(want)) {
      yield* differences(`${path}.${key}`, got[key], value, exact);
    }
    for (const key of exact ? Object.keys(got) : []) {
      if (!(key in want)) yield difference(`${path}.${key}`, got[key], undefined);
    }
  } else {
    yield difference(path, got, want);
  }
}

function difference(path, got, want) {
  return `${path}: expected ${show(want)} got ${show(got)}`;
}

function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RegExp);
}

function show(value) {
  if (value === undefined) return 'nothing';
  const text = value instanceof RegExp ? String(value) : JSON.stringify(value);
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}
