// customers.create, get and update.
import {NOW, test, typesOf} from './check.mjs';

const CUSTOMER_ID = /^cus_[0-9A-HJKMNP-TV-Z]{26}$/;
const ADA = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  country: 'GB',
  emails: [{label: 'main', value: 'ada@example.com', primary: true}],
};
const NOTHING = {currency: 'USD', amount: 0, amountUsd: 0};

test('customers.create', 'without an id: 201, and all that the vendor shows', async (t) => {
  const ada = await t.api.customers.create({data: {primaryAddress: ADA, customFields: {vip: true}}});
  t.created('answer', ada, `/customers/${ada.fields.id}`);
  t.has('customer', ada.fields, {
    id: CUSTOMER_ID,
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'Lovelace',
    websiteId: undefined,
    defaultPaymentInstrument: null,
    preferredPayoutInstrumentId: null,
    createdTime: NOW,
    updatedTime: NOW,
    customFields: {vip: true},
    company: null,
    averageValue: NOTHING,
    paymentCount: 0,
    lastPaymentTime: null,
    lifetimeRevenue: NOTHING,
    invoiceCount: 0,
    tags: [],
    revision: 0,
    isEddRequired: false,
    hasFulfilledKyc: false,
    organizationId: t.org,
    locale: null,
    taxNumbers: [],
    personId: null,
    notificationEmails: [],
    leadSource: undefined,
    _embedded: undefined,
  });
  const base = `${t.url}/organizations/${t.org}`;
  t.same('links', ada.fields._links, [
    {rel: 'self', href: `${base}/customers/${ada.fields.id}`},
    {rel: 'leadSource', href: `${base}/customers/${ada.fields.id}/lead-source`},
    {rel: 'attachments', href: `${base}/attachments?filter=relatedId:${ada.fields.id}`},
  ]);
});

test('customers.create', 'the address comes back whole, with nulls and a hash', async (t) => {
  const phoneNumbers = [{label: 'home', value: '+44 20 7946 0000'}];
  const create = (address) => t.api.customers.create({data: {primaryAddress: {...ADA, ...address}}});
  const one = (await create({phoneNumbers})).fields.primaryAddress;
  t.same('address', one, {
    ...ADA,
    organization: null,
    address: null,
    address2: null,
    city: null,
    region: null,
    postalCode: null,
    phoneNumbers: [{label: 'home', value: '+44 20 7946 0000', primary: true}],
    dob: null,
    jobTitle: null,
    hash: /^[0-9a-f]{40}$/,
  });
  const same = (await create({phoneNumbers})).fields.primaryAddress;
  const other = (await create({phoneNumbers, city: 'London'})).fields.primaryAddress;
  t.same('equal addresses, equal hashes', same.hash, one.hash);
  t.same('another address, another hash', other.hash === one.hash, false);
});

test('customers.create', 'nothing is required', async (t) => {
  const nobody = await t.api.customers.create({data: {}});
  t.created('answer', nobody, `/customers/${nobody.fields.id}`);
  t.has('customer', nobody.fields, {
    id: CUSTOMER_ID,
    email: null,
    firstName: null,
    lastName: null,
    primaryAddress: null,
    customFields: {},
  });
});

test('customers.create', 'read-only members are ignored, also an id in the data', async (t) => {
  const data = {id: 'mine', email: 'x@example.com', revision: 7, createdTime: 'never', nonsense: 1};
  const customer = await t.api.customers.create({data});
  t.has('customer', customer.fields, {
    id: CUSTOMER_ID,
    email: null,
    revision: 0,
    createdTime: NOW,
    nonsense: undefined,
  });
  await t.missing('the id of the data', t.api.customers.get({id: 'mine'}));
});

test('customers.create', 'the same five times at once: five customers', async (t) => {
  const create = () => t.api.customers.create({data: {primaryAddress: ADA}});
  const created = await Promise.all([create(), create(), create(), create(), create()]);
  const ids = new Set(created.map(({fields}) => fields.id));
  t.same('different ids', ids.size, 5);
  const list = await t.api.customers.getAll({filter: `id:${[...ids]}`});
  t.same('total', list.total, 5);
});

test('customers.create', 'expand: the lead source of the data, which is not shown otherwise', async (t) => {
  const data = {leadSource: {source: 'google', medium: 'cpc'}};
  const customer = await t.api.customers.create({data, expand: 'leadSource'});
  t.same('status', customer.response.status, 201);
  t.has('customer', customer.fields, {
    leadSource: undefined,
    _embedded: {leadSource: {source: 'google', medium: 'cpc', campaign: null}},
  });
});

test('customers.create', 'with an id: 201 under this id', async (t) => {
  const ada = await t.api.customers.create({id: 'sdk_ada', data: {primaryAddress: ADA}});
  t.created('answer', ada, '/customers/sdk_ada');
  t.has('customer', ada.fields, {id: 'sdk_ada', email: 'ada@example.com', revision: 0, createdTime: NOW});
});

test('customers.create', 'with an id: every character that an id may have', async (t) => {
  const id = 'Ada_1.x~y-z@example.com';
  const ada = await t.api.customers.create({id, data: {}, expand: 'leadSource'});
  t.created('answer', ada, `/customers/${id}`);
  t.has('customer', ada.fields, {id, _embedded: {}});
  await t.missing('ids know upper and lower case', t.api.customers.get({id: id.toLowerCase()}));
});

test('customers.create', 'with an id that exists: RebillyConflictError, and nothing changes', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {primaryAddress: ADA}});
  const again = t.api.customers.create({id: 'sdk_ada', data: {primaryAddress: {firstName: 'Eve'}}});
  // The SDK asks first and refuses by itself, so there is no answer to show.
  const error = await t.refused('again', again, 'RebillyConflictError', null);
  t.same('message', error.message, /already exists/);
  const ada = await t.api.customers.get({id: 'sdk_ada'});
  t.has('customer', ada.fields, {firstName: 'Ada', revision: 0});
});

test('customers.get', 'the same as create has answered', async (t) => {
  const created = await t.api.customers.create({data: {primaryAddress: ADA, locale: 'en-GB'}});
  const got = await t.api.customers.get({id: created.fields.id});
  t.same('status', got.response.status, 200);
  t.same('customer', got.fields, created.fields);
  t.same('Location', got.response.headers.location, undefined);
  t.same('X-RateLimit-Limit', got.response.headers['x-ratelimit-limit'], undefined);
});

test('customers.get', 'expand: the lead source with its links and its original', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {leadSource: {source: 'google'}}});
  const {_embedded} = (await t.api.customers.get({id: 'sdk_ada', expand: 'leadSource'})).fields;
  const leadSource = await t.api.customers.getLeadSource({id: 'sdk_ada'});
  t.same('embedded', _embedded, {leadSource: leadSource.fields});
});

test('customers.get', 'expand: what is not there is left out', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const expand = 'leadSource,defaultPaymentInstrument,nonsense';
  const {_embedded} = (await t.api.customers.get({id: 'sdk_ada', expand})).fields;
  t.same('embedded', _embedded, {});
});

test('customers.get', 'fields: only these, and always the id', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {primaryAddress: ADA}});
  const shown = async (fields) => (await t.api.customers.get({id: 'sdk_ada', fields})).fields;
  t.same('text', await shown('email,primaryAddress.country'), {
    id: 'sdk_ada',
    email: 'ada@example.com',
    primaryAddress: {country: 'GB'},
  });
  t.same('array', await shown(['firstName', 'revision']), {id: 'sdk_ada', firstName: 'Ada', revision: 0});
});

test('customers.update', 'replaces: what is not said goes back, but for websiteId', async (t) => {
  const data = {primaryAddress: ADA, websiteId: 'web_1', locale: 'en-GB', customFields: {vip: true, seat: 7}};
  const created = await t.api.customers.create({id: 'sdk_ada', data});
  t.same('websiteId', created.fields.websiteId, 'web_1');
  const updated = await t.api.customers.update({
    id: 'sdk_ada',
    data: {primaryAddress: {firstName: 'Augusta'}, customFields: {seat: 8}},
  });
  t.same('status', updated.response.status, 200);
  t.same('Location', updated.response.headers.location, undefined);
  t.counted('answer', updated.response);
  t.has('customer', updated.fields, {
    id: 'sdk_ada',
    email: null,
    firstName: 'Augusta',
    lastName: null,
    websiteId: 'web_1',
    locale: null,
    revision: 1,
    createdTime: NOW,
    updatedTime: NOW,
    primaryAddress: {firstName: 'Augusta', country: null, emails: []},
  });
  t.same('custom fields', updated.fields.customFields, {seat: 8});
  const got = await t.api.customers.get({id: 'sdk_ada'});
  t.same('stored', got.fields, updated.fields);
});

test('customers.update', 'null takes the website and the address away', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {primaryAddress: ADA, websiteId: 'web_1'}});
  const {fields} = await t.api.customers.update({id: 'sdk_ada', data: {primaryAddress: null, websiteId: null}});
  t.has('customer', fields, {websiteId: undefined, primaryAddress: null, email: null, firstName: null});
});

test('customers.update', 'with all that get has answered: only the revision moves', async (t) => {
  const data = {primaryAddress: ADA, websiteId: 'web_1', customFields: {vip: true}, leadSource: {source: 'google'}};
  await t.api.customers.create({id: 'sdk_ada', data});
  const {fields} = await t.api.customers.get({id: 'sdk_ada', expand: 'leadSource'});
  const timeline = await t.api.customers.getAllTimelineMessages({id: 'sdk_ada'});
  const updated = await t.api.customers.update({id: 'sdk_ada', data: fields, expand: 'leadSource'});
  t.same('status', updated.response.status, 200);
  t.same('customer', updated.fields, {...fields, revision: 1});
  const after = await t.api.customers.getAllTimelineMessages({id: 'sdk_ada'});
  t.same('timeline', typesOf(after), typesOf(timeline));
});

test('customers.update', 'an unknown id creates: 201', async (t) => {
  const ada = await t.api.customers.update({id: 'sdk_ada', data: {primaryAddress: ADA}});
  t.created('answer', ada, '/customers/sdk_ada');
  t.has('customer', ada.fields, {id: 'sdk_ada', revision: 0, email: 'ada@example.com'});
  const list = await t.api.customers.getAllTimelineMessages({id: 'sdk_ada'});
  t.same('timeline', typesOf(list), ['customer-created']);
});

test('customers.update', 'expand: shows the lead source that the data has set', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {leadSource: {source: 'google', medium: 'cpc'}}});
  const data = {leadSource: {source: 'newsletter'}};
  const set = await t.api.customers.update({id: 'sdk_ada', data, expand: 'leadSource'});
  const original = {source: 'google', medium: 'cpc'};
  t.has('set', set.fields, {_embedded: {leadSource: {source: 'newsletter', medium: null, original}}});
  const kept = await t.api.customers.update({id: 'sdk_ada', data: {}, expand: 'leadSource'});
  t.has('kept', kept.fields, {_embedded: {leadSource: {source: 'newsletter', original}}});
  const plain = await t.api.customers.update({id: 'sdk_ada', data: {}});
  t.has('plain', plain.fields, {revision: 3, _embedded: undefined});
});
