// customers.getAll and each of its parameters; the CSV of the old SDK.
//
// The standard fixtures are in every organization, so each case asks for the family
// name of its own customers, or compares with what was there before.
import {idsOf, test} from './check.mjs';

const FAMILY = 'Quillfeather';
const MINE = `lastName:${FAMILY}`;

/** Creates one customer for each `id: data`, in this order. */
async function family(api, members) {
  for (const [id, {city = null, country = null, firstName = id, ...data}] of Object.entries(members)) {
    const emails = [{label: 'main', value: `${id}@example.com`, primary: true}];
    const primaryAddress = {firstName, lastName: FAMILY, city, country, emails};
    await api.customers.create({id, data: {primaryAddress, ...data}});
  }
}

const THREE = {sdk_ann: {}, sdk_ben: {}, sdk_cleo: {}};

test('customers.getAll', 'without parameters: newest first, and the headers count them all', async (t) => {
  const before = await t.api.customers.getAll();
  await family(t.api, THREE);
  const list = await t.api.customers.getAll();
  t.same('status', list.response.status, 200);
  t.same('Content-Type', list.response.headers['content-type'], /^application\/json/);
  t.has('list', list, {total: before.total + 3, limit: 100, offset: 0});
  t.same('number of items', list.items.length, Math.min(list.total, 100));
  t.same('ids', idsOf(list), ['sdk_cleo', 'sdk_ben', 'sdk_ann', ...idsOf(before)].slice(0, 100));
});

test('customers.getAll', 'limit: the first so many, and the total of all', async (t) => {
  await family(t.api, THREE);
  const list = await t.api.customers.getAll({filter: MINE, limit: 2});
  t.page('page', list, ['sdk_cleo', 'sdk_ben'], {total: 3, limit: 2, offset: 0});
});

test('customers.getAll', 'limit: 0 asks for the total only', async (t) => {
  await family(t.api, THREE);
  const list = await t.api.customers.getAll({filter: MINE, limit: 0});
  t.page('page', list, [], {total: 3, limit: 0, offset: 0});
});

test('customers.getAll', 'limit: more than 1000 is taken as 1000', async (t) => {
  await family(t.api, THREE);
  const list = await t.api.customers.getAll({filter: MINE, limit: 5000});
  t.page('page', list, ['sdk_cleo', 'sdk_ben', 'sdk_ann'], {total: 3, limit: 1000, offset: 0});
});

test('customers.getAll', 'offset: the pages part the list', async (t) => {
  await family(t.api, THREE);
  const page = (offset) => t.api.customers.getAll({filter: MINE, limit: 2, offset});
  t.page('first', await page(0), ['sdk_cleo', 'sdk_ben'], {total: 3, limit: 2, offset: 0});
  t.page('second', await page(2), ['sdk_ann'], {total: 3, limit: 2, offset: 2});
  t.page('at the end', await page(3), [], {total: 3, limit: 2, offset: 3});
  t.page('far beyond', await page(1500), [], {total: 3, limit: 2, offset: 1500});
});

test('customers.getAll', 'filter: several fields, several values, in any case', async (t) => {
  await family(t.api, {sdk_ann: {country: 'US'}, sdk_ben: {country: 'CA'}, sdk_cleo: {country: 'FR'}});
  const found = async (filter) => idsOf(await t.api.customers.getAll({filter}));
  t.same('nested', await found(`${MINE};primaryAddress.country:US,CA`), ['sdk_ben', 'sdk_ann']);
  t.same('e-mail', await found('email:sdk_cleo@example.com;lastName:quillFEATHER'), ['sdk_cleo']);
  t.same('not a part of it', await found('lastName:Quillfeathe'), []);
  t.same('id', await found('id:sdk_ann,sdk_cleo'), ['sdk_cleo', 'sdk_ann']);
});

test('customers.getAll', 'filter: ! takes away', async (t) => {
  await family(t.api, THREE);
  const found = async (filter) => idsOf(await t.api.customers.getAll({filter}));
  t.same('one', await found(`${MINE};firstName:!sdk_ann`), ['sdk_cleo', 'sdk_ben']);
  t.same('two', await found(`${MINE};firstName:!sdk_ann,!sdk_ben`), ['sdk_cleo']);
  t.same('two, as of 2020', await found(`${MINE};firstName:!sdk_ann,sdk_ben`), ['sdk_cleo']);
});

test('customers.getAll', 'filter: ranges of numbers and of moments', async (t) => {
  await family(t.api, THREE);
  await t.api.customers.update({id: 'sdk_ben', data: {primaryAddress: {lastName: FAMILY}}});
  const found = async (filter) => idsOf(await t.api.customers.getAll({filter: `${MINE};${filter}`}));
  t.same('revision from 1', await found('revision:1..'), ['sdk_ben']);
  t.same('revision to 0', await found('revision:..0'), ['sdk_cleo', 'sdk_ann']);
  t.same('no invoices', await found('invoiceCount:0'), ['sdk_cleo', 'sdk_ben', 'sdk_ann']);
  t.same('from today', await found('createdTime:2024-01-01T00:00:00Z..'), ['sdk_cleo', 'sdk_ben', 'sdk_ann']);
  const inParis = await found('createdTime:2024-01-01T01:00:00+01:00..');
  t.same('from today in Paris', inParis, ['sdk_cleo', 'sdk_ben', 'sdk_ann']);
  t.same('until yesterday', await found('createdTime:..2023-12-31'), []);
});

test('customers.getAll', 'filter: custom fields', async (t) => {
  await family(t.api, {
    sdk_ann: {customFields: {tier: 'gold'}},
    sdk_ben: {customFields: {tier: 'silver'}},
    sdk_cleo: {},
  });
  const list = await t.api.customers.getAll({filter: `${MINE};customFields.tier:gold`});
  t.page('list', list, ['sdk_ann'], {total: 1});
});

test('customers.getAll', 'sort: up, down, and several as an array', async (t) => {
  await family(t.api, {sdk_ben: {city: 'Oslo'}, sdk_ann: {city: 'Rome'}, sdk_cleo: {city: 'Oslo'}});
  const sorted = async (sort) => idsOf(await t.api.customers.getAll({filter: MINE, sort}));
  t.same('id', await sorted('id'), ['sdk_ann', 'sdk_ben', 'sdk_cleo']);
  t.same('-email', await sorted('-email'), ['sdk_cleo', 'sdk_ben', 'sdk_ann']);
  t.same('two', await sorted(['primaryAddress.city', '-id']), ['sdk_cleo', 'sdk_ben', 'sdk_ann']);
  t.same('none', await sorted([]), ['sdk_cleo', 'sdk_ann', 'sdk_ben']);
  t.same('equal values keep the newest first', await sorted('lastName'), ['sdk_cleo', 'sdk_ann', 'sdk_ben']);
});

test('customers.getAll', 'q: every word is a part of some text', async (t) => {
  await family(t.api, {sdk_ann: {city: 'Ouagadougou'}, sdk_ben: {city: 'Antananarivo'}});
  const found = async (q) => idsOf(await t.api.customers.getAll({q}));
  t.same('a part', await found('agadoug'), ['sdk_ann']);
  t.same('two words', await found('ANTANA quillfea'), ['sdk_ben']);
  t.same('one word too many', await found('ouaga sdk_ben'), []);
  const list = await t.api.customers.getAll({q: 'quillfeather', limit: 1});
  t.page('with a limit', list, ['sdk_ben'], {total: 2, limit: 1});
});

test('customers.getAll', 'expand: the lead source is embedded where there is one', async (t) => {
  await family(t.api, {sdk_ann: {leadSource: {source: 'google'}}, sdk_ben: {}});
  const plain = await t.api.customers.getAll({filter: MINE});
  t.same('plain', plain.items.map(({fields}) => fields._embedded), [undefined, undefined]);
  const list = await t.api.customers.getAll({filter: MINE, expand: 'leadSource,website'});
  t.page('list', list, ['sdk_ben', 'sdk_ann'], {total: 2});
  t.has('sdk_ann', list.items[1].fields, {_embedded: {leadSource: {source: 'google', medium: null}}});
  t.same('sdk_ben', list.items[0].fields._embedded, {});
});

test('customers.getAll', 'fields: only these, and always the id', async (t) => {
  await family(t.api, {sdk_ann: {city: 'Oslo'}});
  const shown = async (fields) => (await t.api.customers.getAll({filter: MINE, fields})).items[0].fields;
  t.same('two', await shown('id,email'), {id: 'sdk_ann', email: 'sdk_ann@example.com'});
  t.same('id is added', await shown('firstName'), {id: 'sdk_ann', firstName: 'sdk_ann'});
  t.same('unknown', await shown('revision,nonsense'), {id: 'sdk_ann', revision: 0});
  t.same('dotted', await shown('primaryAddress.city'), {id: 'sdk_ann', primaryAddress: {city: 'Oslo'}});
});

test('customers.getAll', 'fields: an array says the same', async (t) => {
  await family(t.api, {sdk_ann: {}});
  const list = await t.api.customers.getAll({filter: MINE, fields: ['id', 'email']});
  t.same('fields', list.items[0].fields, {id: 'sdk_ann', email: 'sdk_ann@example.com'});
});

test('customers.getAll', 'all parameters at once', async (t) => {
  await family(t.api, {...THREE, sdk_dora: {leadSource: {source: 'google'}}});
  const list = await t.api.customers.getAll({
    limit: 2,
    offset: 1,
    filter: 'firstName:!sdk_ann;lastName:Quillfeather',
    q: 'example.com',
    sort: '-id',
    expand: 'leadSource',
    fields: 'firstName',
  });
  t.page('page', list, ['sdk_cleo', 'sdk_ben'], {total: 3, limit: 2, offset: 1});
  t.same('fields', list.items[0].fields, {id: 'sdk_cleo', firstName: 'sdk_cleo', _embedded: {}});
});

const CSV = {Accept: 'text/csv', 'REB-API-CONSUMER': 'RebillySDK/JS-SDK 8.9.0'};
const COLUMNS =
  'id,email,firstName,lastName,websiteId,createdTime,updatedTime,paymentCount,lastPaymentTime,' +
  'averageValue.amount,lifetimeRevenue.amount,invoiceCount';

test('customers.downloadCSV (old SDK)', 'a table of the page, with the headers of a list', async (t) => {
  await family(t.api, {sdk_ann: {}, sdk_ben: {firstName: 'Ben, "the" second'}, sdk_cleo: {}});
  const path = `/organizations/${t.org}/customers?filter=${MINE}&sort=id&limit=2`;
  const response = await t.fetch(path, {headers: CSV});
  t.same('status', response.status, 200);
  t.same('Content-Type', response.headers.get('content-type'), 'text/csv; charset=utf-8');
  t.same('Pagination-Total', response.headers.get('pagination-total'), '3');
  t.same('Pagination-Limit', response.headers.get('pagination-limit'), '2');
  const lines = (await response.text()).trimEnd().split('\n');
  t.same('lines', lines, [
    COLUMNS,
    /^sdk_ann,sdk_ann@example\.com,sdk_ann,Quillfeather,,2024-01-01T00:00:00Z,2024-01-01T00:00:00Z,0,,0(\.0+)?,0(\.0+)?,0$/,
    /^sdk_ben,sdk_ben@example\.com,"Ben, ""the"" second",Quillfeather,,/,
  ]);
});

test('customers.downloadCSV (old SDK)', 'fields are the columns', async (t) => {
  await family(t.api, THREE);
  const path = `/organizations/${t.org}/customers?filter=${MINE}&sort=-id&fields=id,email`;
  const response = await t.fetch(path, {headers: CSV});
  t.same('status', response.status, 200);
  const lines = (await response.text()).trimEnd().split('\n');
  t.same('lines', lines, [
    'id,email',
    'sdk_cleo,sdk_cleo@example.com',
    'sdk_ben,sdk_ben@example.com',
    'sdk_ann,sdk_ann@example.com',
  ]);
});

test('customers.downloadCSV (old SDK)', 'the address of 2020: /v2.1, organization in a header', async (t) => {
  await family(t.api, {sdk_ann: {}});
  const path = `/v2.1/customers?filter=${MINE}&fields=id`;
  const response = await t.fetch(path, {headers: {...CSV, 'Organization-Id': t.org}});
  t.same('status', response.status, 200);
  t.same('text', (await response.text()).trimEnd(), 'id\nsdk_ann');
});
