// customers.merge: the customer of the path disappears into the target.
import {NOW, test, typesOf} from './check.mjs';

const ADA = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  country: 'GB',
  emails: [{label: 'main', value: 'ada@example.com', primary: true}],
};

test('customers.merge', 'the duplicate is gone and its timeline moved', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {primaryAddress: ADA}});
  await t.api.customers.create({id: 'sdk_dup', data: {primaryAddress: {firstName: 'A.'}}});
  const comment = await t.api.customers.createTimelineComment({id: 'sdk_dup', data: {message: 'call back'}});

  t.gone('answer', await t.api.customers.merge({id: 'sdk_dup', targetCustomerId: 'sdk_ada'}));

  await t.missing('the duplicate', t.api.customers.get({id: 'sdk_dup'}));
  await t.missing('its timeline', t.api.customers.getAllTimelineMessages({id: 'sdk_dup'}));
  const {total} = await t.api.customers.getAll({filter: 'id:sdk_ada,sdk_dup'});
  t.same('in the list', total, 1);
  const timeline = await t.api.customers.getAllTimelineMessages({id: 'sdk_ada'});
  t.same('timeline', typesOf(timeline), [
    'customer-merged',
    'customer-comment-created',
    'customer-created',
    'customer-created',
  ]);
  t.has('customer-merged', timeline.items[0].fields.extraData, {
    tables: [{type: 'two-columns', data: [{attribute: 'Merged customer', value: 'sdk_dup'}]}],
  });
  const moved = await t.api.customers.getTimelineMessage({id: 'sdk_ada', messageId: comment.fields.id});
  t.same('moved message', moved.fields.message, 'call back');
  const ada = await t.api.customers.get({id: 'sdk_ada'});
  t.has('target', ada.fields, {firstName: 'Ada', revision: 1, updatedTime: NOW});
});

test('customers.merge', 'the target keeps its own and takes what it lacks', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {customFields: {seat: 1}}});
  const data = {
    primaryAddress: ADA,
    websiteId: 'web_1',
    customFields: {seat: 2, vip: true},
    leadSource: {source: 'google'},
  };
  await t.api.customers.create({id: 'sdk_dup', data});
  await t.api.customers.merge({id: 'sdk_dup', targetCustomerId: 'sdk_ada'});
  const ada = await t.api.customers.get({id: 'sdk_ada', expand: 'leadSource'});
  t.has('target', ada.fields, {
    email: 'ada@example.com',
    websiteId: 'web_1',
    primaryAddress: {firstName: 'Ada'},
    _embedded: {leadSource: {source: 'google'}},
  });
  t.same('custom fields', ada.fields.customFields, {seat: 1, vip: true});
});

test('customers.merge', 'a lead source of its own stays', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {leadSource: {source: 'newsletter'}}});
  await t.api.customers.create({id: 'sdk_dup', data: {leadSource: {source: 'google'}}});
  await t.api.customers.merge({id: 'sdk_dup', targetCustomerId: 'sdk_ada'});
  const leadSource = await t.api.customers.getLeadSource({id: 'sdk_ada'});
  t.same('source', leadSource.fields.source, 'newsletter');
  await t.missing("the duplicate's", t.api.customers.getLeadSource({id: 'sdk_dup'}));
});

test('customers.merge', 'the id of a duplicate may be used again', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  await t.api.customers.create({id: 'sdk_dup', data: {primaryAddress: ADA}});
  await t.api.customers.merge({id: 'sdk_dup', targetCustomerId: 'sdk_ada'});
  const dup = await t.api.customers.create({id: 'sdk_dup', data: {}});
  t.created('answer', dup, '/customers/sdk_dup');
  t.has('customer', dup.fields, {revision: 0, primaryAddress: null});
  const timeline = await t.api.customers.getAllTimelineMessages({id: 'sdk_dup'});
  t.same('timeline', typesOf(timeline), ['customer-created']);
});

test('customers.merge', 'refused: unknown, without a target, with itself; nothing is lost', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const merge = (id, targetCustomerId) => t.api.customers.merge({id, targetCustomerId});
  await t.missing('unknown duplicate', merge('nobody', 'sdk_ada'));
  await t.missing('unknown target', merge('sdk_ada', 'nobody'));
  await t.invalid('empty target', merge('sdk_ada', ''), ['targetCustomerId']);
  await t.invalid('itself', merge('sdk_ada', 'sdk_ada'), ['targetCustomerId']);
  const ada = await t.api.customers.get({id: 'sdk_ada'});
  t.same('revision', ada.fields.revision, 0);
});
