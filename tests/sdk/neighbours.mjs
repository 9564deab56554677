// What customers lead to: balances, reports, websites, search, and the experimental resources.
import {RebillyExperimentalAPI} from 'rebilly-js-sdk';

import {NOW, test} from './check.mjs';
import {watchedExperimental} from './methods.mjs';

const SITE = {
  name: 'Shop',
  url: 'https://shop.example.com',
  servicePhone: '+44 20 7946 0000',
  serviceEmail: 'help@example.com',
};

function experimental(t) {
  const urls = {live: t.url, sandbox: t.url};
  const options = {apiKey: 'sk_sandbox_x', organizationId: t.org, sandbox: true, urls};
  return watchedExperimental(RebillyExperimentalAPI(options));
}

test('customers.getCustomerCreditBalance', 'no balances without credit memos; 404 for nobody', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const answer = await t.api.customers.getCustomerCreditBalance({id: 'sdk_ada'});
  t.same('status', answer.response.status, 200);
  t.same('balance', answer.fields, {balances: []});
  await t.missing('nobody', t.api.customers.getCustomerCreditBalance({id: 'nobody'}));
});

test('customers.generateComplianceScreeningReport', '201, and an attachment of the customer', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const answer = await t.api.customers.generateComplianceScreeningReport({id: 'sdk_ada'});
  t.same('status', answer.response.status, 201);
  t.has('attachment', answer.fields, {id: /^att_/, fileId: /^file_/, relatedType: 'customer', relatedId: 'sdk_ada'});
  const found = await t.api.files.getAllAttachments({filter: 'relatedId:sdk_ada'});
  t.same('found', found.items.map((item) => item.fields.id), [answer.fields.id]);
  await t.missing('nobody', t.api.customers.generateComplianceScreeningReport({id: 'nobody'}));
});

test('experimental customers.getCustomerLifetimeSummaryMetrics', 'currency and three amounts', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const api = experimental(t);
  const answer = await api.customers.getCustomerLifetimeSummaryMetrics({customerId: 'sdk_ada'});
  t.same('status', answer.response.status, 200);
  t.same('metrics', answer.fields, {currency: 'USD', refundsAmount: 0, revenueAmount: 0, disputesAmount: 0});
  await t.missing('nobody', api.customers.getCustomerLifetimeSummaryMetrics({customerId: 'nobody'}));
});

test('experimental timelines.getCustomer', 'the same messages as the timeline', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const answer = await experimental(t).timelines.getCustomer({id: 'sdk_ada', eventTypes: 'customer-created'});
  t.has('collection', answer, {total: 1, limit: 1000, offset: 0});
  t.same('types', answer.items.map((item) => item.fields.type), ['customer-created']);
});

test('experimental timelines', 'those of transactions and of everything are not here: 404', async (t) => {
  const {timelines} = experimental(t);
  await t.missing('transaction', timelines.getTransaction({id: 'txn_1'}));
  await t.missing('activity feed', timelines.getActivityFeed({}));
});

test('websites.create', '201 with Location; get and getAll find it', async (t) => {
  const created = await t.api.websites.create({data: SITE});
  t.created('created', created, `/websites/${created.fields.id}`);
  t.has('website', created.fields, {...SITE, id: /^web_/, organizationId: t.org, createdTime: NOW});
  t.same('get', (await t.api.websites.get({id: created.fields.id})).fields, created.fields);
  const found = await t.api.websites.getAll({filter: 'name:Shop', limit: 5});
  t.has('getAll', found, {total: 1, limit: 5, offset: 0});
});

test('websites.create', 'with an id, then the same id again: RebillyConflictError', async (t) => {
  const created = await t.api.websites.create({id: 'sdk_shop', data: SITE});
  t.same('id', created.fields.id, 'sdk_shop');
  await t.refused('again', t.api.websites.create({id: 'sdk_shop', data: SITE}), 'RebillyConflictError', null);
});

test('websites.create', 'custom fields are what their definitions ask for', async (t) => {
  const {customFields, websites} = t.api;
  const theme = {type: 'string', additionalSchema: {allowedValues: ['dark', 'light'], default: 'light'}};
  await customFields.create({resource: 'websites', name: 'theme', data: theme});
  const created = await websites.create({data: SITE});
  t.same('default', created.fields.customFields, {theme: 'light'});
  const pink = {...SITE, customFields: {theme: 'pink'}};
  await t.invalid('pink', websites.create({data: pink}), ['customFields.theme']);
});

test('websites.update', '200; and what is required is required', async (t) => {
  await t.api.websites.create({id: 'sdk_shop', data: SITE});
  const answer = await t.api.websites.update({id: 'sdk_shop', data: {...SITE, name: 'Store'}});
  t.same('status', answer.response.status, 200);
  t.same('name', answer.fields.name, 'Store');
  await t.invalid('empty', t.api.websites.update({id: 'sdk_shop', data: {}}), ['name', 'url', 'servicePhone', 'serviceEmail']);
});

test('websites.delete', '204, but 409 while customers belong to it', async (t) => {
  await t.api.websites.create({id: 'sdk_shop', data: SITE});
  await t.api.customers.create({id: 'sdk_ada', data: {websiteId: 'sdk_shop'}});
  const ada = await t.api.customers.get({id: 'sdk_ada', expand: 'website'});
  t.has('embedded', ada.fields._embedded, {website: {id: 'sdk_shop', name: 'Shop'}});
  await t.refused('in use', t.api.websites.delete({id: 'sdk_shop'}), 'RebillyConflictError', 409);
  await t.api.customers.update({id: 'sdk_ada', data: {websiteId: null}});
  t.same('status', (await t.api.websites.delete({id: 'sdk_shop'})).response.status, 204);
  await t.missing('gone', t.api.websites.get({id: 'sdk_shop'}));
});

test('search.get', 'one result that holds the customers it found', async (t) => {
  await t.api.customers.create({id: 'sdk_ada', data: {primaryAddress: {firstName: 'Augusta'}}});
  const answer = await t.api.search.get({q: 'august'});
  t.same('status', answer.response.status, 200);
  const [result] = Object.values(answer.fields);
  t.has('result', result, {customers: [{id: 'sdk_ada'}], invoices: [], orders: [], transactions: []});
});
