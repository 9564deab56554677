// customFields.getAll, get, create and update, and what a definition asks of customers.
import {test} from './check.mjs';

const resource = 'customers';

test('customFields.create', '201, its address, and the whole definition', async (t) => {
  const data = {name: 'Date of Birth', type: 'date', description: 'When they were born'};
  const answer = await t.api.customFields.create({resource, name: 'dob', data});
  t.created('answer', answer, '/custom-fields/customers/dob');
  t.same('definition', answer.fields, {
    name: 'dob',
    type: 'date',
    description: 'When they were born',
    isEnabled: true,
    additionalSchema: null,
    _links: [{rel: 'self', href: `${t.url}/organizations/${t.org}/custom-fields/customers/dob`}],
  });
});

test('customFields.create', 'each of the eight types with all that it can ask for', async (t) => {
  const amount = {currency: 'EUR', amount: 25.3};
  const definitions = {
    array: {allowedValues: ['red', 'blue'], required: false, default: ['red']},
    boolean: {required: true, default: false},
    date: {required: false, default: '2024-02-29'},
    datetime: {required: false, default: '2024-02-29T12:00:00+02:00'},
    integer: {minimum: -1, maximum: 9, required: false, default: 0},
    number: {minimum: 0.5, maximum: 9.5, required: false, default: 7},
    string: {allowedValues: ['a1', 'b2'], maxLength: 2, pattern: '/^[a-z][0-9]$/', required: false, default: 'a1'},
    monetary: {required: false, default: amount},
  };
  for (const [type, additionalSchema] of Object.entries(definitions)) {
    const answer = await t.api.customFields.create({resource, name: `my-${type}`, data: {type, additionalSchema}});
    t.same(`${type}, status`, answer.response.status, 201);
    t.has(type, answer.fields, {type, additionalSchema});
  }
  const ada = await t.api.customers.create({data: {}});
  const defaults = Object.entries(definitions).map(([type, schema]) => [`my-${type}`, schema.default]);
  t.same('defaults of a customer', ada.fields.customFields, Object.fromEntries(defaults));
});

test('customFields.create', 'bad definitions: RebillyValidationError with dotted paths', async (t) => {
  const {customFields} = t.api;
  const create = (data, name = 'seats') => customFields.create({resource, name, data});
  await t.invalid('without a type', create({}), ['type']);
  await t.invalid('unknown type', create({type: 'text'}), ['type']);
  const additionalSchema = {minimum: 3, maximum: 2, required: 'yes', default: 1};
  const fields = ['additionalSchema.minimum', 'additionalSchema.required', 'additionalSchema.default'];
  await t.invalid('bad schema', create({type: 'integer', additionalSchema}), fields);
  await t.invalid('pattern', create({type: 'string', additionalSchema: {pattern: '^a'}}), ['additionalSchema.pattern']);
  await t.invalid('long name', create({type: 'date'}, 'n'.repeat(61)), ['name']);
  await t.missing('none was made', customFields.get({resource, name: 'seats'}));
});

test('customFields.get', 'the same as create has answered', async (t) => {
  const data = {type: 'string', additionalSchema: {maxLength: 3}};
  const created = await t.api.customFields.create({resource, name: 'code', data});
  const got = await t.api.customFields.get({resource, name: 'code'});
  t.same('status', got.response.status, 200);
  t.same('definition', got.fields, created.fields);
});

test('customFields.get', '404 for an unknown name, and for that of another resource', async (t) => {
  await t.api.customFields.create({resource: 'websites', name: 'theme', data: {type: 'string'}});
  await t.missing('another resource', t.api.customFields.get({resource, name: 'theme'}));
  await t.missing('unknown resource', t.api.customFields.get({resource: 'kittens', name: 'theme'}));
});

test('customFields.getAll', 'by name, a page at a time, each resource its own', async (t) => {
  for (const name of ['seats', 'active', 'tier']) {
    await t.api.customFields.create({resource, name, data: {type: 'string'}});
  }
  await t.api.customFields.create({resource: 'websites', name: 'theme', data: {type: 'string'}});
  const names = (list) => list.items.map(({fields}) => fields.name);
  const all = await t.api.customFields.getAll({resource});
  t.same('all', names(all), ['active', 'seats', 'tier']);
  t.has('numbers', {total: all.total, limit: all.limit, offset: all.offset}, {total: 3, limit: 100, offset: 0});
  const page = await t.api.customFields.getAll({resource, limit: 2, offset: 1});
  t.same('page', names(page), ['seats', 'tier']);
  t.has('numbers of the page', {total: page.total, limit: page.limit, offset: page.offset}, {total: 3, limit: 2, offset: 1});
  t.same('websites', names(await t.api.customFields.getAll({resource: 'websites'})), ['theme']);
  t.same('plans', names(await t.api.customFields.getAll({resource: 'plans'})), []);
  await t.missing('unknown resource', t.api.customFields.getAll({resource: 'kittens'}));
});

test('customFields.update', '200: what is not said goes back to its default', async (t) => {
  const data = {type: 'string', description: 'How dear', isEnabled: false, additionalSchema: {maxLength: 9}};
  await t.api.customFields.create({resource, name: 'tier', data});
  const answer = await t.api.customFields.update({resource, name: 'tier', data: {type: 'string'}});
  t.same('status', answer.response.status, 200);
  t.counted('answer', answer.response);
  t.has('definition', answer.fields, {name: 'tier', description: null, isEnabled: true, additionalSchema: null});
});

test('customFields.update', 'a fetched definition can be sent back whole', async (t) => {
  const data = {type: 'array', additionalSchema: {allowedValues: ['red']}};
  await t.api.customFields.create({resource, name: 'colours', data});
  const {fields} = await t.api.customFields.get({resource, name: 'colours'});
  const answer = await t.api.customFields.update({resource, name: 'colours', data: fields});
  t.same('definition', answer.fields, fields);
});

test('customFields.update', 'another type, or tighter in use: RebillyConflictError', async (t) => {
  const update = (data) => t.api.customFields.update({resource, name: 'places', data});
  const schema = (minimum) => ({type: 'integer', additionalSchema: {minimum}});
  await update(schema(1));
  await t.refused('another type', update({type: 'string'}), 'RebillyConflictError', 409);
  await t.api.customers.create({id: 'sdk_ada', data: {customFields: {places: 5}}});
  await t.refused('tighter', update(schema(2)), 'RebillyConflictError', 409);
  const looser = await update(schema(0));
  t.has('looser', looser.fields, {additionalSchema: {minimum: 0}});
  await t.api.customers.update({id: 'sdk_ada', data: {customFields: {places: null}}});
  t.has('not in use', (await update(schema(2))).fields, {additionalSchema: {minimum: 2}});
});

test('customers.create', 'custom fields are what their definitions ask for', async (t) => {
  const define = (name, type, additionalSchema) =>
    t.api.customFields.create({resource, name, data: {type, additionalSchema}});
  await define('tier', 'string', {allowedValues: ['gold', 'silver'], default: 'silver'});
  await define('budget', 'monetary', {required: true});
  const customers = t.api.customers;
  const wrong = {tier: 'tin', budget: {currency: 'EURO', amount: '1'}};
  const fields = ['customFields.tier', 'customFields.budget.currency', 'customFields.budget.amount'];
  await t.invalid('wrong', customers.create({data: {customFields: wrong}}), fields);
  await t.invalid('required', customers.create({data: {}}), ['customFields.budget']);
  const budget = {currency: 'EUR', amount: 25.3};
  const ada = await customers.create({id: 'sdk_ada', data: {customFields: {budget, free: 1}}});
  t.same('right', ada.fields.customFields, {budget, free: 1, tier: 'silver'});
  await t.invalid('required later', customers.update({id: 'sdk_ada', data: {}}), ['customFields.budget']);
});

test('customFields.delete', 'gone from the SDK: 409 while used, then 204, then 404', async (t) => {
  const path = `/organizations/${t.org}/custom-fields/customers/tier`;
  const status = async () => (await t.fetch(path, {method: 'DELETE'})).status;
  await t.api.customFields.create({resource, name: 'tier', data: {type: 'string'}});
  await t.api.customers.create({id: 'sdk_ada', data: {customFields: {tier: 'gold'}}});
  t.same('used', await status(), 409);
  await t.api.customers.update({id: 'sdk_ada', data: {customFields: {}}});
  t.same('unused', await status(), 204);
  t.same('gone', await status(), 404);
  await t.missing('get', t.api.customFields.get({resource, name: 'tier'}));
});
