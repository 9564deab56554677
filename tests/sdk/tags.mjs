// tags.getAll, create, get, update, delete, tagCustomer, untagCustomer, tagCustomers and
// untagCustomers.
//
// The standard fixtures have tags of their own: the names chosen here start with `sdk `.
import {NOW, test, typesOf} from './check.mjs';

const TAG_ID = /^tag_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Creates a tag for customers and returns its id. */
async function tag(t, name, type = 'customer') {
  return (await t.api.tags.create({data: {name, type}})).fields.id;
}

async function customers(t, ...ids) {
  for (const id of ids) {
    await t.api.customers.create({id, data: {}});
  }
}

/** The names of the tags of a customer. */
async function carried(t, id) {
  const {fields} = await t.api.customers.get({id});
  return fields.tags.map(({name}) => name);
}

function names(list) {
  return list.items.map(({fields}) => fields.name);
}

test('tags.create', '201, and all that the vendor shows', async (t) => {
  const answer = await t.api.tags.create({data: {name: 'sdk New tag', type: 'customer'}});
  t.created('answer', answer, '/tags/sdk%20New%20tag');
  const self = `${t.url}/organizations/${t.org}/tags/sdk%20New%20tag`;
  t.same('tag', answer.fields, {
    id: TAG_ID,
    name: 'sdk New tag',
    type: 'customer',
    createdTime: NOW,
    updatedTime: NOW,
    _links: [{rel: 'self', href: self}],
  });
});

test('tags.create', 'without a type it is for customers, as it was before 2022', async (t) => {
  const answer = await t.api.tags.create({data: {name: 'sdk old'}});
  t.has('tag', answer.fields, {name: 'sdk old', type: 'customer'});
  const others = ['kyc-document', 'aml-check'];
  for (const type of others) {
    const other = await t.api.tags.create({data: {name: `sdk ${type}`, type}});
    t.same(type, other.fields.type, type);
  }
});

test('tags.create', 'a name that is taken, in any case: RebillyConflictError', async (t) => {
  const id = await tag(t, 'sdk one');
  for (const data of [{name: 'sdk one', type: 'customer'}, {name: 'SDK ONE', type: 'aml-check'}]) {
    const error = await t.refused(data.name, t.api.tags.create({data}), 'RebillyConflictError', 409);
    t.same(`${data.name}, message`, error.message, /sdk one/i);
  }
  t.page('afterwards', await t.api.tags.getAll({q: 'sdk'}), [id], {total: 1});
});

test('tags.create', 'what is not valid: RebillyValidationError with every field', async (t) => {
  await t.invalid('nothing', t.api.tags.create({data: {}}), ['name']);
  await t.invalid('both', t.api.tags.create({data: {name: 'a/b', type: 'nobody'}}), ['name', 'type']);
  await t.invalid('empty', t.api.tags.create({data: {name: '', type: 'customer'}}), ['name']);
  await t.invalid('too long', t.api.tags.create({data: {name: 'n'.repeat(256)}}), ['name']);
  const longest = await t.api.tags.create({data: {name: 'n'.repeat(255)}});
  t.same('longest', longest.response.status, 201);
});

test('tags.getAll', 'pages, newest first; the tags of the standard company are there', async (t) => {
  const before = await t.api.tags.getAll();
  t.same('status', before.response.status, 200);
  t.same('standard company', names(before).sort(), ['Newsletter', 'VIP']);
  const one = await tag(t, 'sdk one');
  const two = await tag(t, 'sdk two');
  t.page('limit', await t.api.tags.getAll({limit: 1}), [two], {total: 4, limit: 1, offset: 0});
  t.page('offset', await t.api.tags.getAll({limit: 1, offset: 1}), [one], {total: 4, limit: 1, offset: 1});
  t.page('limit 0', await t.api.tags.getAll({limit: 0}), [], {total: 4, limit: 0, offset: 0});
});

test('tags.getAll', 'filter, q and sort', async (t) => {
  const two = await tag(t, 'sdk two', 'kyc-document');
  const one = await tag(t, 'sdk one');
  const all = (parameters) => t.api.tags.getAll(parameters);
  t.page('q', await all({q: 'SDK o'}), [one, two], {total: 2});
  t.page('type', await all({filter: 'type:kyc-document'}), [two], {total: 1});
  t.page('name', await all({filter: 'name:SDK ONE'}), [one], {total: 1});
  t.page('id', await all({filter: `id:${one},${two}`, sort: '-name'}), [two, one], {total: 2});
  t.page('time', await all({filter: `createdTime:${NOW}..`, sort: ['type', 'id']}), [one, two], {total: 2});
  await t.invalid('unknown', all({filter: 'colour:red', sort: 'size'}), ['filter', 'sort']);
});

test('tags.get', 'by name, whatever its case and however it is encoded', async (t) => {
  const id = await tag(t, 'sdk b+c@~');
  const created = await t.api.tags.get({tag: 'sdk b+c@~'});
  t.same('status', created.response.status, 200);
  t.has('tag', created.fields, {id, name: 'sdk b+c@~'});
  t.same('upper case', (await t.api.tags.get({tag: 'SDK B+C@~'})).fields, created.fields);
  t.same('by id', (await t.api.tags.get({tag: id})).fields, created.fields);
  await t.missing('unknown', t.api.tags.get({tag: 'sdk nothing'}));
});

test('tags.update', 'a new name, on every customer at once', async (t) => {
  const id = await tag(t, 'sdk one');
  await customers(t, 'sdk_ada', 'sdk_bob');
  await t.api.tags.tagCustomers({tag: 'sdk one', data: {customerIds: ['sdk_ada', 'sdk_bob']}});
  t.same('before', await carried(t, 'sdk_ada'), ['sdk one']);
  const answer = await t.api.tags.update({tag: 'sdk ONE', data: {name: 'sdk uno'}});
  t.same('status', answer.response.status, 200);
  t.has('tag', answer.fields, {id, name: 'sdk uno', type: 'customer'});
  t.counted('answer', answer.response);
  t.same('ada', await carried(t, 'sdk_ada'), ['sdk uno']);
  t.same('bob', await carried(t, 'sdk_bob'), ['sdk uno']);
  await t.missing('the old name', t.api.tags.get({tag: 'sdk one'}));
  const {total} = await t.api.customers.getAll({filter: 'tags:sdk uno'});
  t.same('found by the new name', total, 2);
});

test('tags.update', 'its own name in another case is free, another tag’s is not', async (t) => {
  await tag(t, 'sdk one');
  await tag(t, 'sdk two');
  const update = (name) => t.api.tags.update({tag: 'sdk one', data: {name}});
  await t.refused('taken', update('SDK Two'), 'RebillyConflictError', 409);
  await t.invalid('not a name', update('a/b'), ['name']);
  await t.invalid('no name', t.api.tags.update({tag: 'sdk one', data: {}}), ['name']);
  await t.missing('unknown', t.api.tags.update({tag: 'sdk nothing', data: {name: 'sdk three'}}));
  t.has('another case', (await update('SDK One')).fields, {name: 'SDK One'});
});

test('tags.delete', '204, and no customer carries it any more', async (t) => {
  await tag(t, 'sdk one');
  await tag(t, 'sdk two');
  await customers(t, 'sdk_ada');
  await t.api.tags.tagCustomer({tag: 'sdk one', customerId: 'sdk_ada'});
  await t.api.tags.tagCustomer({tag: 'sdk two', customerId: 'sdk_ada'});
  t.gone('answer', await t.api.tags.delete({tag: 'SDK one'}));
  await t.missing('get', t.api.tags.get({tag: 'sdk one'}));
  await t.missing('delete again', t.api.tags.delete({tag: 'sdk one'}));
  t.same('carried', await carried(t, 'sdk_ada'), ['sdk two']);
  const timeline = await t.api.customers.getAllTimelineMessages({id: 'sdk_ada'});
  t.same('types', typesOf(timeline), ['customer-tagged', 'customer-tagged', 'customer-created']);
});

test('tags.tagCustomer', 'the whole tag, a revision, and a message; twice is once', async (t) => {
  await tag(t, 'sdk one');
  const {fields: one} = await t.api.tags.get({tag: 'sdk one'});
  await customers(t, 'sdk_ada');
  t.gone('first', await t.api.tags.tagCustomer({tag: 'SDK one', customerId: 'sdk_ada'}));
  t.gone('second', await t.api.tags.tagCustomer({tag: 'sdk one', customerId: 'sdk_ada'}));
  const {fields: ada} = await t.api.customers.get({id: 'sdk_ada'});
  t.same('tags', ada.tags, [one]);
  t.has('customer', ada, {revision: 1, updatedTime: NOW});
  const timeline = await t.api.customers.getAllTimelineMessages({id: 'sdk_ada'});
  t.same('types', typesOf(timeline), ['customer-tagged', 'customer-created']);
  t.has('customer-tagged', timeline.items[0].fields, {
    message: /\S/,
    triggeredBy: 'direct-api',
    extraData: {tables: [{type: 'two-columns', data: [{attribute: 'Tag', value: 'sdk one'}]}]},
  });
});

test('tags.tagCustomer', 'unknown: 404; a tag of another type: RebillyValidationError', async (t) => {
  await tag(t, 'sdk one');
  await tag(t, 'sdk passport', 'kyc-document');
  await customers(t, 'sdk_ada');
  await t.missing('tag', t.api.tags.tagCustomer({tag: 'sdk nothing', customerId: 'sdk_ada'}));
  await t.missing('customer', t.api.tags.tagCustomer({tag: 'sdk one', customerId: 'nobody'}));
  await t.invalid('type', t.api.tags.tagCustomer({tag: 'sdk passport', customerId: 'sdk_ada'}), ['tag']);
  t.same('carried', await carried(t, 'sdk_ada'), []);
});

test('tags.untagCustomer', '204 and a message; twice is once', async (t) => {
  await tag(t, 'sdk one');
  await customers(t, 'sdk_ada');
  await t.api.tags.tagCustomer({tag: 'sdk one', customerId: 'sdk_ada'});
  t.gone('first', await t.api.tags.untagCustomer({tag: 'SDK one', customerId: 'sdk_ada'}));
  t.gone('second', await t.api.tags.untagCustomer({tag: 'sdk one', customerId: 'sdk_ada'}));
  const {fields: ada} = await t.api.customers.get({id: 'sdk_ada'});
  t.has('customer', ada, {tags: [], revision: 2});
  const timeline = await t.api.customers.getAllTimelineMessages({id: 'sdk_ada'});
  t.same('types', typesOf(timeline), ['customer-untagged', 'customer-tagged', 'customer-created']);
  await t.missing('tag', t.api.tags.untagCustomer({tag: 'sdk nothing', customerId: 'sdk_ada'}));
  await t.missing('customer', t.api.tags.untagCustomer({tag: 'sdk one', customerId: 'nobody'}));
});

test('tags.tagCustomers', 'all of them; those who carry it or are unknown are passed over', async (t) => {
  await tag(t, 'sdk one');
  await customers(t, 'sdk_ada', 'sdk_bob', 'sdk_cyd');
  await t.api.tags.tagCustomer({tag: 'sdk one', customerId: 'sdk_bob'});
  const data = {customerIds: ['sdk_ada', 'sdk_bob', 'nobody']};
  t.gone('answer', await t.api.tags.tagCustomers({tag: 'SDK one', data}));
  const list = await t.api.customers.getAll({filter: 'tags:sdk one', sort: 'id'});
  t.page('tagged', list, ['sdk_ada', 'sdk_bob'], {total: 2});
  t.same('revisions', list.items.map(({fields}) => fields.revision), [1, 1]);
});

test('tags.tagCustomers', '1 to 1000 ids, all of them texts', async (t) => {
  await tag(t, 'sdk one');
  await customers(t, 'sdk_ada');
  const many = (customerIds) => t.api.tags.tagCustomers({tag: 'sdk one', data: {customerIds}});
  const ids = (length) => Array.from({length}, (_, index) => (index === 0 ? 'sdk_ada' : `sdk_${index}`));
  await t.invalid('none', many([]), ['customerIds']);
  await t.invalid('too many', many(ids(1001)), ['customerIds']);
  await t.invalid('a number', many(['sdk_ada', 1]), ['customerIds.1']);
  await t.invalid('not a list', many('sdk_ada'), ['customerIds']);
  await t.invalid('nothing', t.api.tags.tagCustomers({tag: 'sdk one', data: {}}), ['customerIds']);
  t.same('refused', await carried(t, 'sdk_ada'), []);
  t.gone('1000', await many(ids(1000)));
  t.same('carried', await carried(t, 'sdk_ada'), ['sdk one']);
  const unknown = {tag: 'sdk nothing', data: {customerIds: ['sdk_ada']}};
  await t.missing('tag', t.api.tags.tagCustomers(unknown));
});

test('tags.untagCustomers', 'a DELETE with a body', async (t) => {
  await tag(t, 'sdk one');
  await customers(t, 'sdk_ada', 'sdk_bob', 'sdk_cyd');
  await t.api.tags.tagCustomers({tag: 'sdk one', data: {customerIds: ['sdk_ada', 'sdk_bob']}});
  const data = {customerIds: ['sdk_ada', 'sdk_cyd', 'nobody']};
  t.gone('answer', await t.api.tags.untagCustomers({tag: 'SDK one', data}));
  t.page('left', await t.api.customers.getAll({filter: 'tags:sdk one'}), ['sdk_bob'], {total: 1});
  const cyd = await t.api.customers.get({id: 'sdk_cyd'});
  t.same('revision of who had none', cyd.fields.revision, 0);
  const untag = (ids) => t.api.tags.untagCustomers({tag: 'sdk one', data: {customerIds: ids}});
  await t.invalid('none', untag([]), ['customerIds']);
  await t.missing('tag', t.api.tags.untagCustomers({tag: 'sdk nothing', data}));
});

test('tags', 'a customer’s own update and a merge leave them alone', async (t) => {
  await tag(t, 'sdk one');
  await tag(t, 'sdk two');
  await customers(t, 'sdk_ada', 'sdk_dup');
  await t.api.tags.tagCustomer({tag: 'sdk one', customerId: 'sdk_dup'});
  await t.api.tags.tagCustomer({tag: 'sdk two', customerId: 'sdk_ada'});
  const {fields: ada} = await t.api.customers.get({id: 'sdk_ada'});
  await t.api.customers.update({id: 'sdk_ada', data: {...ada, tags: []}});
  t.same('updated', await carried(t, 'sdk_ada'), ['sdk two']);
  await t.api.customers.merge({id: 'sdk_dup', targetCustomerId: 'sdk_ada'});
  t.same('merged', await carried(t, 'sdk_ada'), ['sdk one', 'sdk two']);
});
