// What the stories about the SDK of Rebilly are told with.
import {RebillyAPI, RebillyErrors} from 'rebilly-js-sdk';

import {Told, run as runAll, test} from './cases.mjs';
import {watched} from './methods.mjs';

/** Where the mock's frozen clock stands. */
export const NOW = '2024-01-01T00:00:00Z';

const KEY = 'sk_sandbox_conversation';

/**
 * Each story gets a `Case`, with an organization of its own. The fixtures of the
 * mock are in every organization: the ids chosen here start with `sdk_`, so as not to meet theirs.
 */
export {test};

/** Runs all cases in order, whatever becomes of each; true when none failed. */
export function run(url) {
  return runAll(url, Case);
}

class Case extends Told {
  constructor(url, number) {
    super(url);
    this.org = `org_sdk_${number}`;
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
