// Status, credentials, organizations and base URLs; the headers that count writes.
import {NOW, idsOf, test} from './check.mjs';

const OK = {status: 'ok', time: NOW, release: /^mock-\d+\.\d+\.\d+/};

test('status.get', 'under the organization and without it, also without a key', async (t) => {
  const status = await t.api.status.get();
  t.same('status', status.response.status, 200);
  t.has('with both', status.fields, OK);
  t.has('without a key', (await t.client({key: null}).status.get()).fields, OK);
  t.has('without an organization', (await t.client({org: null}).status.get()).fields, OK);
});

test('credentials', 'none: 401, which is a RebillyForbiddenError', async (t) => {
  const api = t.client({key: null});
  const forbidden = (what, promise) => t.refused(what, promise, 'RebillyForbiddenError', 401);
  const error = await forbidden('getAll', api.customers.getAll());
  t.has('problem', error.response.data, {status: 401, title: 'Unauthorized', detail: /\S/});
  await forbidden('create', api.customers.create({data: {}}));
  await forbidden('create with an id', api.customers.create({id: 'sdk_ada', data: {}}));
  await forbidden('get of an unknown one', api.customers.get({id: 'nobody'}));
  await t.missing('nothing was created', t.api.customers.get({id: 'sdk_ada'}));
});

test('credentials', 'setSessionToken: a Bearer works, and writes as app', async (t) => {
  const api = t.client({key: null});
  api.setSessionToken('header.payload.signature');
  const ada = await api.customers.create({id: 'sdk_ada', data: {}});
  t.same('status', ada.response.status, 201);
  const list = await api.customers.getAllTimelineMessages({id: 'sdk_ada'});
  t.same('triggeredBy', list.items[0]?.fields.triggeredBy, 'app');
  api.setSessionToken(null);
  await t.refused('Bearer null', api.customers.get({id: 'sdk_ada'}), 'RebillyForbiddenError', 401);
});

// This SDK means to drop the key then, and does not: it sends both headers.
test('credentials', 'setSessionToken on a client with a key: the key wins', async (t) => {
  t.api.setSessionToken('header.payload.signature');
  await t.api.customers.create({id: 'sdk_ada', data: {}});
  const list = await t.api.customers.getAllTimelineMessages({id: 'sdk_ada'});
  t.same('triggeredBy', list.items[0]?.fields.triggeredBy, 'direct-api');
});

test('credentials', 'setPublishableKey: 403 alone; beside a secret key it does no harm', async (t) => {
  const api = t.client({key: null});
  api.setPublishableKey('pk_sandbox_conversation');
  await t.refused('alone', api.customers.getAll(), 'RebillyRequestError', 403);
  t.api.setPublishableKey('pk_sandbox_conversation');
  t.same('beside', (await t.api.customers.getAll()).response.status, 200);
});

test('organizations', 'do not see each other', async (t) => {
  const other = t.client({org: `${t.org}_other`});
  const before = await other.customers.getAll({limit: 0});
  await t.api.customers.create({id: 'sdk_ada', data: {primaryAddress: {firstName: 'Ada'}}});
  await t.missing('the other one', other.customers.get({id: 'sdk_ada'}));
  const after = await other.customers.getAll({limit: 0});
  t.same('total of the other one', after.total, before.total);

  const eve = await other.customers.create({id: 'sdk_ada', data: {primaryAddress: {firstName: 'Eve'}}});
  t.has('the same id there', eve.fields, {firstName: 'Eve', organizationId: `${t.org}_other`});
  const ada = await t.api.customers.get({id: 'sdk_ada'});
  t.has('the first', ada.fields, {firstName: 'Ada', revision: 0, organizationId: t.org});
});

test('organizations', 'none: a default one, which also has a name', async (t) => {
  const api = t.client({org: null});
  const ada = await api.customers.create({id: t.org, data: {primaryAddress: {firstName: 'Ada'}}});
  t.same('status', ada.response.status, 201);
  t.same('Location', ada.response.headers.location.endsWith(`/customers/${t.org}`), true);
  t.same('organizationId', ada.fields.organizationId, 'org_default');
  const named = await t.client({org: 'org_default'}).customers.get({id: t.org});
  t.has('by its name', named.fields, {id: t.org, firstName: 'Ada'});
  await t.missing('another one', t.api.customers.get({id: t.org}));
});

test('base URL', 'with a slash at its end: doubled slashes are one', async (t) => {
  const api = t.client({url: `${t.url}/`});
  const ada = await api.customers.create({data: {primaryAddress: {firstName: 'Ada'}}});
  t.same('status', ada.response.status, 201);
  const {id} = ada.fields;
  t.same('Location', ada.response.headers.location?.endsWith(`/organizations/${t.org}/customers/${id}`), true);
  t.same('get', (await api.customers.get({id})).fields.firstName, 'Ada');
  t.same('the usual way', (await t.api.customers.get({id})).fields.firstName, 'Ada');
  t.same('update', (await api.customers.update({id, data: {}})).fields.revision, 1);
  t.same('list', idsOf(await api.customers.getAll({filter: `id:${id}`})), [id]);
  await t.missing('unknown', api.customers.get({id: 'nobody'}));
});

test('base URL', 'setEndpoints moves a client here', async (t) => {
  const api = t.client({url: 'http://127.0.0.1:9'});
  api.setEndpoints({live: t.url, sandbox: t.url});
  const ada = await api.customers.create({id: 'sdk_ada', data: {}});
  t.created('answer', ada, '/customers/sdk_ada');
});

test('Location', 'is an address that answers', async (t) => {
  const ada = await t.api.customers.create({data: {}});
  const {id} = ada.fields;
  const leadSource = await t.api.customers.createLeadSource({id, data: {source: 'google'}});
  const comment = await t.api.customers.createTimelineComment({id, data: {message: 'x'}});
  for (const {fields, response} of [ada, leadSource, comment]) {
    const answer = await t.fetch(response.headers.location.replace(t.url, ''));
    t.same('status', answer.status, 200);
    t.same('body', await answer.json(), fields);
  }
});

test('X-RateLimit-Remaining', 'goes down with each write of the organization, not with reads', async (t) => {
  const remaining = async (promise) => (await promise).response.headers['x-ratelimit-remaining'];
  const {customers} = t.api;
  t.same('first', await remaining(customers.update({id: 'sdk_ada', data: {}})), '2999');
  t.same('a read', await remaining(customers.get({id: 'sdk_ada'})), undefined);
  t.same('second', await remaining(customers.createLeadSource({id: 'sdk_ada', data: {}})), '2998');
  t.same('third', await remaining(customers.deleteLeadSource({id: 'sdk_ada'})), '2997');
  const other = t.client({org: `${t.org}_other`});
  t.same('another organization', await remaining(other.customers.update({id: 'sdk_ada', data: {}})), '2999');
});
