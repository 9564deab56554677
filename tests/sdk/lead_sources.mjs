// customers.getLeadSource, createLeadSource, updateLeadSource and deleteLeadSource.
import {NOW, test, typesOf} from './check.mjs';

const DATA = {
  medium: 'cpc',
  source: 'google',
  campaign: 'spring',
  term: 'ledger',
  content: 'banner-1',
  affiliate: 'aff-1',
  subAffiliate: 'sub-1',
  salesAgent: 'Grace',
  clickId: 'click-1',
  path: '/pricing?utm_source=google',
  referrer: 'https://www.example.com/search',
};
const NONE = Object.fromEntries(Object.keys(DATA).map((name) => [name, null]));

test('customers.createLeadSource', '201, all members, and itself as the original', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const answer = await t.api.customers.createLeadSource({id: 'sdk_ada', data: DATA});
  t.created('answer', answer, '/customers/sdk_ada/lead-source');
  const customer = `${t.url}/organizations/${t.org}/customers/sdk_ada`;
  const links = [
    {rel: 'self', href: `${customer}/lead-source`},
    {rel: 'customer', href: customer},
  ];
  const shown = {...DATA, createdTime: NOW, updatedTime: NOW, _links: links};
  t.same('lead source', answer.fields, {...shown, original: shown});
});

test('customers.createLeadSource', 'what is not said is null, and nothing is required', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const answer = await t.api.customers.createLeadSource({id: 'sdk_ada', data: {}});
  t.same('status', answer.response.status, 201);
  t.has('lead source', answer.fields, {...NONE, original: NONE});
});

test('customers.createLeadSource', 'members of 2018 come back when they were sent', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const old = {ipAddress: '192.0.2.1', currency: 'EUR', amount: 12.5};
  const answer = await t.api.customers.createLeadSource({id: 'sdk_ada', data: {...old, source: 'google'}});
  t.has('lead source', answer.fields, {...old, source: 'google'});
});

test('customers.createLeadSource', 'too long a text: RebillyValidationError, and none is set', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const data = {...DATA, medium: 'm'.repeat(513), referrer: 'r'.repeat(2084)};
  await t.invalid('too long', t.api.customers.createLeadSource({id: 'sdk_ada', data}), ['medium', 'referrer']);
  await t.missing('afterwards', t.api.customers.getLeadSource({id: 'sdk_ada'}));
  const longest = {medium: 'm'.repeat(512), referrer: 'r'.repeat(2083)};
  const answer = await t.api.customers.createLeadSource({id: 'sdk_ada', data: longest});
  t.has('longest', answer.fields, longest);
});

test('customers.getLeadSource', 'the same as createLeadSource has answered', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const created = await t.api.customers.createLeadSource({id: 'sdk_ada', data: DATA});
  const got = await t.api.customers.getLeadSource({id: 'sdk_ada'});
  t.same('status', got.response.status, 200);
  t.same('lead source', got.fields, created.fields);
});

test('customers.getLeadSource', '404 without one', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  await t.missing('none', t.api.customers.getLeadSource({id: 'sdk_ada'}));
});

test('customers.updateLeadSource', '201 again: replaced, and the original stays the first', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const first = await t.api.customers.createLeadSource({id: 'sdk_ada', data: DATA});
  const second = await t.api.customers.updateLeadSource({id: 'sdk_ada', data: {source: 'newsletter'}});
  t.created('answer', second, '/customers/sdk_ada/lead-source');
  t.has('second', second.fields, {...NONE, source: 'newsletter'});
  t.same('original', second.fields.original, first.fields.original);
  const third = await t.api.customers.updateLeadSource({id: 'sdk_ada', data: {source: 'fair'}});
  t.same('original of the third', third.fields.original, first.fields.original);
  const ada = await t.api.customers.get({id: 'sdk_ada'});
  t.same('revision of the customer', ada.fields.revision, 0);
});

test('customers.updateLeadSource', 'the timeline tells what has changed', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  await t.api.customers.createLeadSource({id: 'sdk_ada', data: {source: 'google'}});
  await t.api.customers.updateLeadSource({id: 'sdk_ada', data: {source: 'newsletter'}});
  await t.api.customers.updateLeadSource({id: 'sdk_ada', data: {source: 'newsletter'}});
  const timeline = await t.api.customers.getAllTimelineMessages({id: 'sdk_ada'});
  t.same('types', typesOf(timeline), ['lead-source-changed', 'lead-source-changed', 'customer-created']);
  const row = {attribute: 'source', previousValue: 'google', newValue: 'newsletter'};
  t.has('last', timeline.items[0].fields.extraData, {tables: [{type: 'three-columns', data: [row]}]});
});

test('customers.deleteLeadSource', '204, then 404; a later one is an original again', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  await t.api.customers.createLeadSource({id: 'sdk_ada', data: {source: 'google'}});
  t.gone('answer', await t.api.customers.deleteLeadSource({id: 'sdk_ada'}));
  await t.missing('get', t.api.customers.getLeadSource({id: 'sdk_ada'}));
  await t.missing('delete again', t.api.customers.deleteLeadSource({id: 'sdk_ada'}));
  const later = await t.api.customers.createLeadSource({id: 'sdk_ada', data: {source: 'fair'}});
  t.has('later', later.fields, {source: 'fair', original: {source: 'fair'}});
});

test('customers.…LeadSource', 'an unknown customer: 404 everywhere', async (t) => {
  const {customers} = t.api;
  await t.missing('get', customers.getLeadSource({id: 'nobody'}));
  await t.missing('create', customers.createLeadSource({id: 'nobody', data: DATA}));
  await t.missing('update', customers.updateLeadSource({id: 'nobody', data: DATA}));
  await t.missing('delete', customers.deleteLeadSource({id: 'nobody'}));
  await t.missing('none was made', customers.get({id: 'nobody'}));
});
