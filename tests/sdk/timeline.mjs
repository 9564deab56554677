// customers.getAllTimelineMessages, createTimelineComment, getTimelineMessage and
// deleteTimelineMessage; what the mock writes into a timeline by itself.
import {NOW, idsOf, test, typesOf} from './check.mjs';

const MESSAGE_ID = /^tmln_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Creates the customer `ada` with these comments, and returns the ids of the comments. */
async function ada(t, ...comments) {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const ids = [];
  for (const message of comments) {
    ids.push((await comment(t, {message})).fields.id);
  }
  return ids;
}

function comment(t, data) {
  return t.api.customers.createTimelineComment({id: 'sdk_ada', data});
}

function timeline(t, parameters = {}) {
  return t.api.customers.getAllTimelineMessages({id: 'sdk_ada', ...parameters});
}

test('customers.getAllTimelineMessages', 'a new customer has one message', async (t) => {
  await ada(t);
  const list = await timeline(t);
  t.same('status', list.response.status, 200);
  t.has('list', list, {total: 1, limit: 100, offset: 0});
  t.has('message', list.items[0]?.fields, {
    id: MESSAGE_ID,
    type: 'customer-created',
    triggeredBy: 'direct-api',
    message: /\S/,
    occurredTime: NOW,
    extraData: {actions: [], tables: [], mentions: {}, links: []},
  });
  const self = `${t.url}/organizations/${t.org}/customers/sdk_ada/timeline/${list.items[0]?.fields.id}`;
  t.same('links', list.items[0]?.fields._links, [{rel: 'self', href: self}]);
});

test('customers.getAllTimelineMessages', 'limit and offset: newest first', async (t) => {
  const [one, two, three] = await ada(t, 'one', 'two', 'three');
  t.page('limit', await timeline(t, {limit: 2}), [three, two], {total: 4, limit: 2, offset: 0});
  t.page('offset', await timeline(t, {limit: 2, offset: 1}), [two, one], {total: 4, limit: 2, offset: 1});
  t.page('limit 0', await timeline(t, {limit: 0}), [], {total: 4, limit: 0, offset: 0});
  t.page('at the end', await timeline(t, {offset: 4}), [], {total: 4, limit: 100, offset: 4});
});

test('customers.getAllTimelineMessages', 'filter: by type and by who did it', async (t) => {
  const [one, two] = await ada(t, 'one', 'two');
  const found = (filter) => timeline(t, {filter});
  t.page('type', await found('type:customer-comment-created'), [two, one], {total: 2});
  t.same('not', typesOf(await found('type:!customer-comment-created')), ['customer-created']);
  t.page('message', await found('type:customer-comment-created;message:ONE'), [one], {total: 1});
  t.same('triggeredBy', (await found('triggeredBy:app,rebilly')).total, 0);
});

test('customers.getAllTimelineMessages', 'sort: by type, by id and by time', async (t) => {
  await ada(t, 'one');
  await t.api.customers.createLeadSource({id: 'sdk_ada', data: {source: 'google'}});
  const types = ['customer-comment-created', 'customer-created', 'lead-source-changed'];
  t.same('type', typesOf(await timeline(t, {sort: 'type'})), types);
  t.same('-type', typesOf(await timeline(t, {sort: ['-type', 'id']})), types.toReversed());
  const usual = idsOf(await timeline(t));
  t.same('id', idsOf(await timeline(t, {sort: 'id'})), usual.toSorted());
  t.same('-occurredTime', idsOf(await timeline(t, {sort: '-occurredTime'})), usual);
});

test('customers.getAllTimelineMessages', 'q: a part of the message or of the type', async (t) => {
  const [one, two] = await ada(t, 'Wrote a letter', 'Called her');
  t.page('message', await timeline(t, {q: 'LETT wrote'}), [one], {total: 1});
  t.page('type', await timeline(t, {q: 'comment-cre'}), [two, one], {total: 2});
  t.page('none', await timeline(t, {q: 'fax'}), [], {total: 0});
});

test('customers.getAllTimelineMessages', 'an update tells what has changed, the address first', async (t) => {
  const before = {primaryAddress: {city: 'London', firstName: 'Ada'}, customFields: {seat: 7}};
  await t.api.customers.create({id: 'sdk_ada', data: before});
  const data = {
    primaryAddress: {city: 'Paris', firstName: 'Ada'},
    customFields: {seat: 8},
    leadSource: {source: 'google'},
    locale: 'fr',
  };
  await t.api.customers.update({id: 'sdk_ada', data});
  const list = await timeline(t);
  t.same('types', typesOf(list), [
    'lead-source-changed',
    'custom-fields-changed',
    'primary-address-changed',
    'customer-created',
  ]);
  const rows = (index) => list.items[index]?.fields.extraData.tables;
  const table = (row) => [{type: 'three-columns', data: [row]}];
  t.has('lead source', rows(0), table({attribute: 'source', previousValue: '', newValue: 'google'}));
  t.has('custom fields', rows(1), table({attribute: 'seat', previousValue: 7, newValue: 8}));
  t.has('address', rows(2), table({attribute: 'city', previousValue: 'London', newValue: 'Paris'}));
});

test('customers.createTimelineComment', '201, with its author', async (t) => {
  await ada(t);
  const answer = await comment(t, {message: 'Call back on Monday'});
  t.created('answer', answer, `/customers/sdk_ada/timeline/${answer.fields.id}`);
  t.has('message', answer.fields, {
    id: MESSAGE_ID,
    type: 'customer-comment-created',
    triggeredBy: 'direct-api',
    message: 'Call back on Monday',
    occurredTime: NOW,
    extraData: {actions: [], tables: [], author: {userId: /\S/, userFullName: /\S/}, links: []},
  });
  t.same('mentions', answer.fields.extraData.mentions, {});
});

test('customers.createTimelineComment', 'with its type: the same', async (t) => {
  await ada(t);
  const answer = await comment(t, {type: 'customer-comment-created', message: 'hello'});
  t.same('status', answer.response.status, 201);
  t.has('message', answer.fields, {type: 'customer-comment-created', message: 'hello'});
  t.same('revision of the customer', (await t.api.customers.get({id: 'sdk_ada'})).fields.revision, 0);
});

test('customers.createTimelineComment', 'a mention and two references', async (t) => {
  await ada(t);
  const message = '@bob@example.com please see #invoices-in_1 of #customers-cus_1';
  const {fields} = await comment(t, {message});
  t.same('text', fields.message, message);
  t.same('mentions', fields.extraData.mentions, {'@bob@example.com': /^usr_/});
  t.has('links', fields.extraData.links, [
    {resourceType: 'invoice', resourceId: 'in_1', placeholder: /\S/},
    {
      resourceType: 'external',
      resourceId: 'cus_1',
      externalUrl: `${t.url}/organizations/${t.org}/customers/cus_1`,
    },
  ]);
  const again = await comment(t, {message: 'thanks @bob@example.com'});
  t.same('the same user', again.fields.extraData.mentions, fields.extraData.mentions);
});

test('customers.createTimelineComment', 'refused: no message, and types that only the system writes', async (t) => {
  await ada(t);
  await t.invalid('nothing', comment(t, {}), ['message']);
  await t.invalid('empty', comment(t, {message: ''}), ['message']);
  await t.invalid('a number', comment(t, {message: 7}), ['message']);
  await t.invalid('type', comment(t, {type: 'customer-merged', message: 'x'}), ['type']);
  const event = {type: 'custom-event', customEventType: 'never registered', message: 'x'};
  await t.invalid('custom event', comment(t, event), ['customEventType']);
  t.same('total', (await timeline(t)).total, 1);
});

test('customers.getTimelineMessage', 'the same as createTimelineComment has answered', async (t) => {
  await ada(t);
  const created = await comment(t, {message: 'hello @bob@example.com'});
  const got = await t.api.customers.getTimelineMessage({id: 'sdk_ada', messageId: created.fields.id});
  t.same('status', got.response.status, 200);
  t.same('message', got.fields, created.fields);
});

test('customers.getTimelineMessage', '404: unknown, or of another customer', async (t) => {
  const [one] = await ada(t, 'one');
  await t.api.customers.create({id: 'sdk_eve', data: {}});
  const get = (id, messageId) => t.api.customers.getTimelineMessage({id, messageId});
  await t.missing('unknown', get('sdk_ada', 'tmln_none'));
  await t.missing('of another', get('sdk_eve', one));
});

test('customers.deleteTimelineMessage', '204, then 404; the others stay', async (t) => {
  const [one, two] = await ada(t, 'one', 'two');
  t.gone('answer', await t.api.customers.deleteTimelineMessage({id: 'sdk_ada', messageId: one}));
  await t.missing('get', t.api.customers.getTimelineMessage({id: 'sdk_ada', messageId: one}));
  await t.missing('delete again', t.api.customers.deleteTimelineMessage({id: 'sdk_ada', messageId: one}));
  const filter = 'type:customer-comment-created';
  t.page('list', await timeline(t, {filter}), [two], {total: 1});
});

test('customers.deleteTimelineMessage', 'only under its own customer', async (t) => {
  const [one] = await ada(t, 'one');
  await t.api.customers.create({id: 'sdk_eve', data: {}});
  await t.missing('of another', t.api.customers.deleteTimelineMessage({id: 'sdk_eve', messageId: one}));
  t.same('total', (await timeline(t)).total, 2);
});

test('customers.…Timeline…', 'an unknown customer: 404 everywhere', async (t) => {
  const {customers} = t.api;
  await t.missing('list', customers.getAllTimelineMessages({id: 'nobody'}));
  await t.missing('create', customers.createTimelineComment({id: 'nobody', data: {message: 'x'}}));
  await t.missing('get', customers.getTimelineMessage({id: 'nobody', messageId: 'tmln_1'}));
  await t.missing('delete', customers.deleteTimelineMessage({id: 'nobody', messageId: 'tmln_1'}));
});
