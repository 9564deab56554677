// The wire of Notihub's Node SDK 0.4.3, which is on no registry: the same requests, headers
// and ways to fail, written anew from what was captured of it.
import http from 'node:http';
import https from 'node:https';

const NAME = `Notihub Node.js SDK v0.4.3 (node ${process.version}-${process.platform}-${process.arch})`;

/** What the SDK rejects with where it refuses something by itself: a text, not an error. */
export const GUARD = Symbol('the guard of the SDK');

export class Wire {
  #authorization;

  /** The base is `https://host`, or `https://host/prefix`. The exchange starts here, as there. */
  constructor({base, publicKey, secretKey, clientId, clientSecret}) {
    this.base = base;
    const {Agent} = base.startsWith('https:') ? https : http;
    this.agent = new Agent({keepAlive: true});
    this.#authorization = 'Bearer undefined';
    this.heard = [];
    const keys = [publicKey, secretKey, clientId, clientSecret].join(':');
    // The SDK offers nothing to wait for; a test may.
    this.ready = this.#exchange(Buffer.from(keys).toString('base64'));
  }

  async #exchange(keys) {
    const answer = await this.raw('POST', '/token/', {authorization: `Basic ${keys}`});
    // The SDK looks at no status here: without a token it goes on saying `undefined`.
    this.#authorization = `Bearer ${answer.body.accessToken}`;
    return answer;
  }

  customers = {
    create: (customer) => this.#guarded(customer?.externalId && customer?.status, 'POST', '/customers/', customer),
    get: (id) => this.#guarded(id, 'GET', `/customers/${id}`),
    update: (customer) => this.#guarded(customer?.customerId, 'PUT', `/customers/${customer?.customerId}`, customer),
    delete: (id) => this.#guarded(id, 'DELETE', `/customers/${id}`),
    list: ({limit, page, search, actives}) => {
      const found = `${search ? `&search=${search}` : ''}${actives ? '&actives=true' : ''}`;
      return this.#call('GET', `/customers/?limit=${Number(limit)}&page=${Number(page)}${found}`);
    },
  };

  customerContacts = {
    create: (it) => this.#guarded(it.contactId, 'POST', `/customers/${it.customerId}/contacts/`, it),
    update: (it) => this.#guarded(it.contactId, 'PUT', `/customers/${it.customerId}/contacts/`, it),
    delete: (contactId, customerId) => this.#call('DELETE', `/customers/${customerId}/contacts/${contactId}`),
  };

  customerPreferences = {
    createOrUpdate: (it) => this.#guarded(it.contactId, 'POST', `/customers/${it.customerId}/preferences/`, it),
    get: (customerId) => this.#call('GET', `/customers/${customerId}/preferences/`),
    delete: (id, customerId) => this.#call('DELETE', `/customers/${customerId}/preferences/${id}`),
  };

  messages = {
    send: (message) => this.#call('POST', '/messages/', message),
    get: (id) => this.#call('GET', `/messages/${id}`),
    list: ({limit, page}) => this.#call('GET', `/messages/?limit=${limit}&page=${page}`),
  };

  /** The SDK sends what it refuses, too: the answer is then heard by nobody but us. */
  async #guarded(fits, method, path, body) {
    const call = this.#call(method, path, body);
    if (fits) return call;
    const heard = await call.catch((error) => error);
    this.heard.push(heard);
    throw GUARD;
  }

  /** JSON before anything else; then the message of a refusal, and nothing else of it. */
  async #call(method, path, body) {
    const {status, body: json} = await this.raw(method, `/${path}`, {
      authorization: this.#authorization,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (status >= 400) throw new Error(json.message);
    return json;
  }

  /** One request as it leaves the SDK, and its whole answer. */
  raw(method, target, {authorization, body, type = 'application/json'} = {}) {
    // As node-fetch does: what a URL cannot hold is encoded, a fragment is cut off.
    const url = new URL(`${this.base}${target}`);
    const length = body === undefined ? (method === 'POST' ? {'Content-Length': 0} : {}) : {'Content-Length': Buffer.byteLength(body)};
    const headers = {
      ...(authorization ? {Authorization: authorization} : {}),
      'Content-Type': type,
      'User-Agent': NAME,
      'X-Custom-User-Agent': NAME,
      Accept: '*/*',
      'Accept-Encoding': 'gzip,deflate',
      Connection: 'keep-alive',
      ...length,
    };
    const {request} = url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const options = {method, headers, agent: this.agent, path: `${url.pathname}${url.search}`, timeout: 6000};
      const sent = request(url, options, async (answer) => {
        try {
          let text = '';
          for await (const piece of answer.setEncoding('utf8')) text += piece;
          resolve({status: answer.statusCode, headers: answer.headers, body: JSON.parse(text)});
        } catch (error) {
          reject(error);
        }
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer in 6 s'))).on('error', reject);
      sent.end(body);
    });
  }

  close() {
    this.agent.destroy();
  }
}
