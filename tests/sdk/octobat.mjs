// node octobat.mjs URL: every method of octobat-npm for customers and payment sources, one
// after another on the connections that Node keeps. The server must be fresh.
import Octobat from 'octobat-npm';

import {Told, run, test} from './cases.mjs';

const KEY = 'oc_test_skey_conversationconversat';
const ID = /^oc_cu_1704067200[0-9a-z]{4}[0-9a-f]{8}$/;
const SOURCE_ID = /^oc_ps_1704067200[0-9a-z]{4}[0-9a-f]{8}$/;
const ENGINES = 'oc_cu_1675242000a1b20000ada1'; // of the standard fixtures
const NOBODY = 'oc_cu_0000000000aaaa00000000';

// The SDK prints every error that it is answered with.
console.log = () => {};

/** By the name of each method, whether it was called. */
const methods = new Map();

class Case extends Told {
  constructor(url) {
    super(url);
    this.api = this.client();
  }

  /** An SDK instance as its users make it, but for where it finds the API. */
  client(key = KEY) {
    const {protocol, hostname, port} = new URL(this.url);
    const api = Octobat(key);
    if (protocol === 'http:') api._setApiField('protocol', 'http');
    api._setApiField('host', hostname);
    api._setApiField('port', port);
    for (const resource of ['customers', 'paymentSources']) watch(resource, api[resource]);
    return api;
  }

  /** Expects the SDK to reject with this class of error and these fields, each with details. */
  async refused(what, promise, type, fields) {
    let answer;
    try {
      answer = await promise;
    } catch (error) {
      if (!error.raw) throw error;
      this.same(what, error.type, type);
      this.same(`${what}, request id`, error.requestId, /^req_\w+$/);
      const {requestId, ...named} = error.raw;
      this.same(`${what}, fields`, Object.keys(named), fields);
      for (const field of fields) this.has(`${what}, ${field}`, named[field], [{details: /\S/}]);
      this.same(`${what}, message`, error.message.includes(': undefined.'), false);
      return error;
    }
    throw new Error(`${what}: expected ${type} got ${JSON.stringify(answer)}`);
  }
}

/** Notes which methods of a resource are called. */
function watch(resource, object) {
  for (const name in object) {
    const isMethod = typeof object[name] === 'function' && !(name in Octobat.OctobatResource.prototype);
    if (!isMethod || name === 'path' || name === 'basePath') continue;
    const call = object[name];
    const known = `${resource}.${name}`;
    if (!methods.has(known)) methods.set(known, false);
    object[name] = (...given) => {
      methods.set(known, true);
      return call.apply(object, given);
    };
  }
}

const idsOf = ({data}) => data.map(({id}) => id);

test('customers.list', 'an envelope around the standard company', async (t) => {
  const list = await t.api.customers.list();
  const envelope = {object: 'list', has_before: false, has_more: false, total_count: 4, request_url: '/customers'};
  t.has('list', list, envelope);
  t.same('ids', idsOf(list).at(-1), ENGINES);
});

test('customers.list', 'its parameters travel in the body of a GET', async (t) => {
  const all = idsOf(await t.api.customers.list());
  const first = await t.api.customers.list({limit: 2});
  t.same('first', idsOf(first), all.slice(0, 2));
  t.has('first', first, {has_before: false, has_more: true, total_count: 4});
  const second = await t.api.customers.list({limit: 2, starting_after: all[1]});
  t.same('second', idsOf(second), all.slice(2));
  t.has('second', second, {has_before: true, has_more: false, total_count: 4});
  const back = await t.api.customers.list({limit: 2, ending_before: all[2]});
  t.same('back', idsOf(back), all.slice(0, 2));
  const nowhere = await t.api.customers.list({starting_after: '2016-05-04'});
  t.has('nowhere', nowhere, {has_before: false, has_more: false, total_count: 4, data: []});
});

test('customers.list', 'by the id that a gateway knows, and with invoices', async (t) => {
  t.same('source', idsOf(await t.api.customers.list({source: 'cus_ada'})), [ENGINES]);
  const list = await t.api.customers.list({limit: 1, expand: ['invoices']});
  t.has('expanded', list.data[0].invoices, {object: 'list', data: []});
});

test('customers.create', 'with what the documents show; null is sent as nothing', async (t) => {
  const customer = await t.api.customers.create({
    name: 'Octobat Inc. é',
    email: 'hello@example.com',
    phone_number: '+33 9 52',
    billing_address_line1: null,
    billing_address_line2: undefined,
    billing_address_city: 'Paris & Co = 100%',
    billing_address_zip: '75011',
    billing_address_country: 'FR',
    business_type: 'B2B',
    tax_number: 'FR60528551658',
  });
  t.same('customer', customer, {
    id: ID,
    object: 'customer',
    livemode: false,
    name: 'Octobat Inc. é',
    email: 'hello@example.com',
    phone_number: '+33 9 52',
    billing_address_line1: null,
    billing_address_line2: null,
    billing_address_city: 'Paris & Co = 100%',
    billing_address_zip: '75011',
    billing_address_state: null,
    billing_address_country: 'FR',
    business_type: 'B2B',
    tax_number: 'FR60528551658',
    octobat_billing_page: `https://bp.octobat.com/c/${customer.id.slice('oc_cu_'.length)}`,
    payment_sources: {object: 'list', request_url: `/customers/${customer.id}/payment_sources`, data: []},
  });
});

test('customers.create', 'nested parameters', async (t) => {
  const customer = await t.api.customers.create({
    billing_address_country: 'FR',
    metadata: {a: '1', b: {c: 2}},
    sources: [{gateway: 'stripe', identifier: 'cus_1'}, {gateway: 's2', identifier: 'cus_2'}],
    expand: ['invoices', 'x'],
    flag: true,
    empty: '',
  });
  t.has('customer', customer, {
    metadata: {a: '1', b: {c: '2'}},
    sources: [{gateway: 'stripe', identifier: 'cus_1'}, {gateway: 's2', identifier: 'cus_2'}],
    invoices: {object: 'list', data: []},
  });
});

test('customers.create', 'a country is missing: its field says so', async (t) => {
  await t.refused('no country', t.api.customers.create({name: 'Ada'}), 'OctobatInvalidRequest', ['billing_address_country']);
  const both = t.api.customers.create({billing_address_country: '', business_type: 'B2G'});
  await t.refused('two fields', both, 'OctobatInvalidRequest', ['billing_address_country', 'business_type']);
});

test('customers.retrieve', 'by id; an unknown one is refused, whatever is in it', async (t) => {
  const made = await t.api.customers.create({billing_address_country: 'FR', name: 'Ada'});
  t.same('the same', await t.api.customers.retrieve(made.id), made);
  await t.refused('nobody', t.api.customers.retrieve(NOBODY), 'OctobatInvalidRequest', ['global']);
  const odd = await t.refused('slashes', t.api.customers.retrieve('a/../b c'), 'OctobatInvalidRequest', ['global']);
  t.same('the id is decoded', odd?.raw.global[0].details, /'a\/\.\.\/b c'/);
});

test('customers.update', 'changes what it names', async (t) => {
  const made = await t.api.customers.create({billing_address_country: 'FR', name: 'Ada', tax_number: 'FR1'});
  const updated = await t.api.customers.update(made.id, {email: 'admin@example.com', tax_number: null});
  t.same('updated', updated, {...made, email: 'admin@example.com', tax_number: null});
  t.same('kept', await t.api.customers.retrieve(made.id), updated);
  await t.refused('nobody', t.api.customers.update(NOBODY, {name: 'Eve'}), 'OctobatInvalidRequest', ['global']);
  const other = t.api.customers.update(made.id, {business_type: 'B2G'});
  await t.refused('B2G', other, 'OctobatInvalidRequest', ['business_type']);
});

test('customers.createPaymentSource', 'numbers come back as numbers', async (t) => {
  const {id} = await t.api.customers.create({billing_address_country: 'FR'});
  const card = await t.api.customers.createPaymentSource(id, {
    source: 'card_1',
    payment_source_type: 'Credit Card',
    details: {k: 'v'},
    country: 'FR',
    exp_month: 12,
    exp_year: 2030,
  });
  t.same('card', card, {
    id: SOURCE_ID,
    object: 'payment_source',
    customer: id,
    source: 'card_1',
    payment_source_type: 'Credit Card',
    details: {k: 'v'},
    country: 'FR',
    exp_month: 12,
    exp_year: 2030,
  });
  t.same('within', (await t.api.customers.retrieve(id)).payment_sources.data, [card]);
  const soon = t.api.customers.createPaymentSource(id, {exp_year: 'soon'});
  await t.refused('soon', soon, 'OctobatInvalidRequest', ['exp_year']);
  await t.refused('nobody', t.api.customers.createPaymentSource(NOBODY, {}), 'OctobatInvalidRequest', ['global']);
});

test('customers.listPaymentSources', 'a list like any other', async (t) => {
  const {id} = await t.api.customers.create({billing_address_country: 'FR'});
  t.has('none', await t.api.customers.listPaymentSources(id), {object: 'list', total_count: 0, data: []});
  const one = await t.api.customers.createPaymentSource(id, {source: 'card_1'});
  const two = await t.api.customers.createPaymentSource(id, {source: 'card_2'});
  const list = await t.api.customers.listPaymentSources(id, {limit: 1});
  t.same('first', list.data, [two]);
  t.has('first', list, {has_more: true, total_count: 2, request_url: `/customers/${id}/payment_sources`});
  const rest = await t.api.customers.listPaymentSources(id, {limit: 1, starting_after: two.id});
  t.same('rest', rest.data, [one]);
  await t.refused('nobody', t.api.customers.listPaymentSources(NOBODY), 'OctobatInvalidRequest', ['global']);
});

test('customers.retrievePaymentSource', 'through its customer only', async (t) => {
  const {id} = await t.api.customers.create({billing_address_country: 'FR'});
  const card = await t.api.customers.createPaymentSource(id, {source: 'card_1'});
  t.same('card', await t.api.customers.retrievePaymentSource(id, card.id), card);
  const elsewhere = t.api.customers.retrievePaymentSource(ENGINES, card.id);
  await t.refused('another customer', elsewhere, 'OctobatInvalidRequest', ['global']);
});

test('customers.updatePaymentSource', 'changes what it names', async (t) => {
  const {id} = await t.api.customers.create({billing_address_country: 'FR'});
  const card = await t.api.customers.createPaymentSource(id, {source: 'card_1', exp_year: 2029, exp_month: 1});
  const updated = await t.api.customers.updatePaymentSource(id, card.id, {exp_year: 2030, exp_month: null});
  t.same('updated', updated, {...card, exp_year: 2030, exp_month: null});
  t.same('kept', await t.api.customers.retrievePaymentSource(id, card.id), updated);
  const nothing = t.api.customers.updatePaymentSource(id, 'oc_ps_0000000000aaaa00000000', {exp_year: 2030});
  await t.refused('unknown', nothing, 'OctobatInvalidRequest', ['global']);
});

// The SDK asks for the payment sources of a customer that it calls `undefined`.
test('paymentSources', 'list and create have no customer, and are told so', async (t) => {
  await t.refused('list', t.api.paymentSources.list(), 'OctobatInvalidRequest', ['global']);
  await t.refused('create', t.api.paymentSources.create({source: 'card_1'}), 'OctobatInvalidRequest', ['global']);
});

test('credentials', 'another key for one call; a live key sees live customers', async (t) => {
  const options = {api_key: 'oc_live_skey_conversationconversa'};
  const live = await t.api.customers.create({billing_address_country: 'FR'}, options);
  t.same('livemode', live.livemode, true);
  t.same('found', (await t.api.customers.retrieve(live.id, options)).id, live.id);
  await t.refused('not with a test key', t.api.customers.retrieve(live.id), 'OctobatInvalidRequest', ['global']);
});

test('credentials', 'none, and one that is published', async (t) => {
  const api = t.client(null);
  const error = await t.refused('none', api.customers.list(), 'OctobatAuthenticationError', ['global']);
  t.same('message', error?.message, /^global: \S/);
  const published = t.client('oc_test_pkey_conversationconversat');
  await t.refused('published', published.customers.list(), 'OctobatInvalidRequest', ['global']);
});

test('connections', 'many calls one after another, and many at once', async (t) => {
  for (let call = 0; call < 20; call += 1) await t.api.customers.list({limit: 1});
  const lists = await Promise.all(Array.from({length: 20}, () => t.api.customers.list({limit: 1})));
  t.same('answers', lists.map(({object}) => object), Array(20).fill('list'));
});

test('all methods', 'each of customers and payment sources was called', async (t) => {
  const missed = [...methods].filter(([, called]) => !called).map(([name]) => name);
  t.same('found', methods.size, 10);
  t.same('not called', missed, []);
});

const url = process.argv[2];
if (!url) {
  console.error('usage: node octobat.mjs URL');
  process.exit(2);
}
// A connection that never speaks again would otherwise end the process quietly.
const patience = setTimeout(() => {
  console.error('octobat.mjs: an answer never came');
  process.exit(1);
}, 60_000);
process.exitCode = (await run(url.replace(/\/+$/, ''), Case)) ? 0 : 1;
clearTimeout(patience);
