// The error classes of the SDK, and what they carry.
import {test} from './check.mjs';

test('RebillyNotFoundError', 'an unknown customer: 404, and the message names it', async (t) => {
  const error = await t.missing('get', t.api.customers.get({id: 'nobody'}));
  t.same('message', error.message, /nobody/);
  t.same('invalidFields', error.invalidFields, null);
  t.same('Content-Type', error.response.headers['content-type'], /^application\/json/);
  t.has('problem', error.response.data, {
    type: 'about:blank',
    status: 404,
    title: 'Not Found',
    detail: error.message,
    instance: /\/customers\/nobody$/,
  });
});

const WRONG = {
  primaryAddress: {
    firstName: '',
    lastName: 'x'.repeat(46),
    country: 'us',
    postalCode: '75001!',
    dob: '2023-02-30',
    emails: [{label: 'main', value: 'nobody', primary: true}],
    phoneNumbers: [{label: 'main', value: '1'}, {value: '2'}],
  },
  locale: '!',
  taxNumbers: [{type: 'none', value: '1'}],
  notificationEmails: ['a@example.com', 'nobody'],
  leadSource: {medium: 'm'.repeat(513)},
};
const WRONG_FIELDS = [
  'primaryAddress.firstName',
  'primaryAddress.lastName',
  'primaryAddress.country',
  'primaryAddress.postalCode',
  'primaryAddress.dob',
  'primaryAddress.emails.0.value',
  'primaryAddress.phoneNumbers.1.label',
  'locale',
  'taxNumbers.0.type',
  'notificationEmails.1',
  'leadSource.medium',
];

test('RebillyValidationError', 'create: all that is wrong at once, by dotted path', async (t) => {
  const before = await t.api.customers.getAll({limit: 0});
  const error = await t.invalid('create', t.api.customers.create({data: WRONG}), WRONG_FIELDS);
  t.has('problem', error.response.data, {status: 422, title: 'Validation error', detail: error.message});
  const after = await t.api.customers.getAll({limit: 0});
  t.same('total', after.total, before.total);
});

test('RebillyValidationError', 'update: the same, and nothing changes', async (t) => {
  const before = await t.api.customers.create({id: 'sdk_ada', data: {primaryAddress: {city: 'London'}}});
  await t.invalid('update', t.api.customers.update({id: 'sdk_ada', data: WRONG}), WRONG_FIELDS);
  const after = await t.api.customers.get({id: 'sdk_ada'});
  t.same('customer', after.fields, before.fields);
});

test('RebillyValidationError', 'values of the wrong type', async (t) => {
  const data = {primaryAddress: 'London', customFields: 7, notificationEmails: 'a@example.com', websiteId: {}};
  const fields = ['primaryAddress', 'customFields', 'notificationEmails', 'websiteId'];
  await t.invalid('create', t.api.customers.create({data}), fields);
});

test('RebillyValidationError', 'an id of 51 characters cannot be created', async (t) => {
  const longest = await t.api.customers.create({id: 'x'.repeat(50), data: {}});
  t.same('50 characters', longest.response.status, 201);
  await t.invalid('51 characters', t.api.customers.create({id: 'x'.repeat(51), data: {}}), ['id']);
});

test('RebillyValidationError', 'lists: limit, offset, filter and sort', async (t) => {
  const list = (parameters) => t.api.customers.getAll(parameters);
  await t.invalid('limit', list({limit: -1}), ['limit']);
  await t.invalid('offset', list({offset: 'x'}), ['offset']);
  await t.invalid('unknown field', list({filter: 'nonsense:1'}), ['filter']);
  await t.invalid('no colon', list({filter: 'firstName'}), ['filter']);
  await t.invalid('sort', list({sort: 'nonsense'}), ['sort']);
});

test('RebillyRequestError', '400: a text that is not JSON, and no body at all', async (t) => {
  const create = (data) => t.api.customers.create({data});
  // A string is sent as it is, and null sends nothing; both as an HTML form would.
  await t.refused('not JSON', create('{"locale":'), 'RebillyRequestError', 400);
  await t.refused('nothing', create(null), 'RebillyRequestError', 400);
  const good = await create('{"locale":"en"}');
  t.same('JSON as a form', good.fields.locale, 'en');
});

test('RebillyMethodNotAllowedError', '405 for PATCH on a customer, with Allow', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const api = t.client();
  api.addRequestInterceptor({thenDelegate: (request) => ({...request, method: 'patch'})});
  const patch = api.customers.update({id: 'sdk_ada', data: {}});
  const error = await t.refused('PATCH', patch, 'RebillyMethodNotAllowedError', 405);
  t.same('Allow', error.response.headers.allow, /\bGET\b.*\bPUT\b|\bPUT\b.*\bGET\b/);
});

test('invoices.getAll', '501: known to the vendor, not to the mock, and the message names it', async (t) => {
  const error = await t.refused('invoices', t.api.invoices.getAll(), 'RebillyRequestError', 501);
  t.same('message', error.message, /\bGetInvoiceCollection\b/);
});
