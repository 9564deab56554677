// node notihub.mjs URL: every call of Notihub's Node SDK, as it was seen on the wire.
import assert from 'node:assert/strict';

import {GUARD, Wire} from './notihub_wire.mjs';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const IDENTITY = 'Customer requires at least a valid email, phone or external id.';
const cases = [];

/** Adds a case. Its story gets a client whose exchange is done, in an environment of its own. */
function test(call, sentence, story) {
  cases.push({call, sentence, story});
}

function client(base, clientId) {
  return new Wire({base, publicKey: 'pub_sdk', secretKey: 'sec_sdk', clientId, clientSecret: `sec_${clientId}`});
}

/** Expects the SDK's error, which says the vendor's message and nothing else. */
const refused = (promise, message) => assert.rejects(promise, (error) => error instanceof Error && error.message === message);
/** Expects the SDK to refuse by itself. */
const guarded = (promise) => assert.rejects(promise, (error) => error === GUARD);

const ada = () => ({externalId: 'sdk_ada', status: 'ENABLED', metadata: 'plan=gold', language: 'en_US'});
const email = (value, more) => ({type: 'EMAIL', value, primary: false, verified: false, ...more});

test('new Notihub', 'exchanges four keys for a token that lives six hours', async (sdk) => {
  const {status, headers, body} = await sdk.ready;
  assert.equal(status, 200);
  assert.match(headers['content-type'], /^application\/json/);
  assert.match(body.accessToken, /^[0-9a-f]{64}$/);
  assert.equal(body.expiration, body.expiresAt);
  assert.equal(body.expiration, Date.UTC(2024, 0, 1, 6));
});

test('new Notihub', 'with a key that is missing is refused, and goes on as undefined', async (sdk, {base}) => {
  const other = client(base, '');
  const {status, body} = await other.ready;
  assert.deepEqual([status, body], [401, {code: 401, message: 'Invalid credentals'}]);
  await refused(other.customers.get('x'), 'Unauthorized');
  other.close();
});

test('new Notihub', 'in the same tick, calls go out as `Bearer undefined` and are refused', async (sdk, {base, clientId}) => {
  const hasty = client(base, clientId);
  await refused(hasty.customers.create(ada()), 'Unauthorized');
  await hasty.ready;
  await hasty.customers.create(ada());
  hasty.close();
});

test('customers.create', 'sends `contact`, and is answered with `contacts`', async (sdk) => {
  const made = await sdk.customers.create({...ada(), contact: [email('ada@example.com', {primary: true})]});
  assert.match(made.customerId, UUID);
  const [{contactId, ...contact}] = made.contacts;
  assert.ok(Number.isInteger(contactId));
  assert.deepEqual(contact, email('ada@example.com', {primary: true}));
  assert.deepEqual({...made, customerId: '', contacts: []}, {...ada(), customerId: '', contacts: []});
});

test('customers.create', 'what the SDK refuses is sent all the same', async (sdk) => {
  await guarded(sdk.customers.create({status: 'ENABLED'}));
  await guarded(sdk.customers.create());
  assert.deepEqual(sdk.heard.map(({message}) => message), [IDENTITY, IDENTITY]);
  await guarded(sdk.customers.create({externalId: 'sdk_hidden'}));
  assert.equal(sdk.heard[2].status, 'ENABLED');
  assert.equal((await sdk.customers.list({limit: 10, page: 0, search: 'sdk_hidden'})).length, 1);
});

test('customers.get', 'finds a customer, and no other', async (sdk) => {
  const {customerId} = await sdk.customers.create(ada());
  assert.deepEqual(await sdk.customers.get(customerId), {customerId, ...ada(), contacts: []});
  await refused(sdk.customers.get('00000000-0000-4000-8000-000000000000'), 'Customer Not found');
  await guarded(sdk.customers.get());
  assert.equal(sdk.heard[0].message, 'Customer Not found');
  await refused(sdk.customers.get('a b/c?d#e'), 'Not Found');
});

test('customers.list', 'pages from 0, the oldest first', async (sdk) => {
  const ids = [];
  for (const externalId of ['sdk_a', 'sdk_b', 'sdk_c']) {
    ids.push((await sdk.customers.create({...ada(), externalId})).customerId);
  }
  const page = async (query) => (await sdk.customers.list(query)).map((it) => it.customerId);
  assert.deepEqual(await page({limit: 2, page: 0, search: 'sdk_'}), ids.slice(0, 2));
  assert.deepEqual(await page({limit: 2, page: 1, search: 'sdk_'}), ids.slice(2));
  assert.deepEqual(await page({limit: 10, page: 1, search: 'sdk_'}), []);
  assert.deepEqual(await page({limit: 'abc', page: 0.5, search: 'sdk_'}), ids);
});

test('customers.list', 'finds by what is not encoded, and only who is active', async (sdk) => {
  await sdk.customers.create({...ada(), contact: [email('ada+sdk@example.com')]});
  await sdk.customers.create({...ada(), externalId: 'sdk_off', status: 'DISABLED', contact: [email('off@example.net')]});
  const found = async (search, more) => (await sdk.customers.list({limit: 10, page: 0, search, ...more})).map((it) => it.externalId);
  assert.deepEqual(await found('ada+sdk@example.com', {actives: true}), ['sdk_ada']);
  assert.deepEqual(await found('off@example.net'), ['sdk_off']);
  assert.deepEqual(await found('off@example.net', {actives: true}), []);
  assert.deepEqual(await found('a+b & c=é', {actives: false}), []);
});

test('customers.update', 'sends the id twice, and leaves contacts alone', async (sdk) => {
  const {customerId} = await sdk.customers.create({...ada(), contact: [email('ada@example.com')]});
  const changed = {...ada(), customerId, status: 'DISABLED', metadata: 'plan=silver', contact: []};
  const updated = await sdk.customers.update(changed);
  assert.deepEqual([updated.status, updated.metadata, updated.contacts.length], ['DISABLED', 'plan=silver', 1]);
  await guarded(sdk.customers.update(ada()));
  assert.equal(sdk.heard[0].message, 'Customer Not found');
});

test('customers.delete', 'answers whom it deleted, once', async (sdk) => {
  const {customerId} = await sdk.customers.create(ada());
  assert.equal((await sdk.customers.delete(customerId)).customerId, customerId);
  await refused(sdk.customers.delete(customerId), 'Customer Not found');
});

test('customerContacts.create', 'is sent with and without the number that the SDK wants', async (sdk) => {
  const {customerId} = await sdk.customers.create(ada());
  await guarded(sdk.customerContacts.create({customerId, ...email('ada@example.com')}));
  const second = await sdk.customerContacts.create({customerId, contactId: 1, ...email('ada@example.org')});
  assert.equal(second.contactId, sdk.heard[0].contactId + 1);
  assert.deepEqual(second, {contactId: second.contactId, ...email('ada@example.org')});
  await refused(sdk.customerContacts.create({customerId, contactId: 1, ...email('ada')}), 'Invalid email');
});

test('customerContacts.update', 'names the contact in the body', async (sdk) => {
  const {customerId, contacts} = await sdk.customers.create({...ada(), contact: [email('ada@example.com')]});
  const [{contactId}] = contacts;
  const updated = await sdk.customerContacts.update({customerId, contactId, ...email('ada@example.org', {primary: true})});
  assert.deepEqual(updated, {contactId, ...email('ada@example.org', {primary: true})});
  await refused(sdk.customerContacts.update({customerId, contactId: 999999, ...email('a@example.org')}), 'Contact Entry Not found');
});

test('customerContacts.delete', 'takes the contact off, once', async (sdk) => {
  const {customerId, contacts} = await sdk.customers.create({...ada(), contact: [email('ada@example.com')]});
  assert.deepEqual(await sdk.customerContacts.delete(contacts[0].contactId, customerId), {});
  await refused(sdk.customerContacts.delete(contacts[0].contactId, customerId), 'Contact Entry Not found');
  assert.deepEqual((await sdk.customers.get(customerId)).contacts, []);
});

test('customerPreferences', 'are set one by one, read as a list, and deleted', async (sdk) => {
  const {customerId} = await sdk.customers.create(ada());
  const news = {templateGroupId: 'news', mechanisms: ['EMAIL', 'SMS']};
  await guarded(sdk.customerPreferences.createOrUpdate({customerId, ...news}));
  assert.deepEqual(sdk.heard[0], news);
  const never = {...news, mechanisms: ['NONE']};
  assert.deepEqual(await sdk.customerPreferences.createOrUpdate({customerId, contactId: 1, ...never}), never);
  assert.deepEqual(await sdk.customerPreferences.get(customerId), [never]);
  assert.deepEqual(await sdk.customerPreferences.delete('news', customerId), {});
  assert.deepEqual(await sdk.customerPreferences.get(customerId), []);
  await refused(sdk.customerPreferences.get('nobody'), 'Customer Not found');
});

test('messages', 'are sent, read and listed', async (sdk) => {
  const {customerId} = await sdk.customers.create({...ada(), contact: [email('ada@example.com')]});
  const {messageId} = await sdk.messages.send({customerId, templateId: 'welcome', model: {name: 'Ada'}});
  assert.match(messageId, UUID);
  const message = await sdk.messages.get(messageId);
  assert.deepEqual([message.request.templateId, JSON.parse(message.request.model)], ['welcome', {name: 'Ada'}]);
  assert.deepEqual(message.deliveries, [{mechanism: 'EMAIL', provider: 'SENDGRID', status: 'WAITING_IN_QUEUE'}]);
  assert.equal((await sdk.messages.list({limit: 10, page: 0}))[0].messageId, messageId);
  await refused(sdk.messages.get('none'), 'Message Not found');
  await refused(sdk.messages.send({customerId: 'nobody', templateId: 'welcome'}), 'Customer Not found');
});

test('curl', 'the documented examples say that their JSON is a form', async (sdk) => {
  const {accessToken} = (await sdk.ready).body;
  const form = {authorization: `Bearer ${accessToken}`, type: 'application/x-www-form-urlencoded'};
  const made = await sdk.raw('POST', '/customers/', {...form, body: JSON.stringify(ada())});
  assert.deepEqual([made.status, made.body.externalId], [201, 'sdk_ada']);
  const unfit = await sdk.raw('POST', '/customers/', {...form, body: '{"externalId": "sdk_ada,}'});
  assert.deepEqual([unfit.status, unfit.body.code], [400, 400]);
});

test('environments', 'do not see each other', async (sdk, {base, clientId}) => {
  const other = client(base, `${clientId}_other`);
  await other.ready;
  const {customerId} = await sdk.customers.create(ada());
  await refused(other.customers.get(customerId), 'Customer Not found');
  other.close();
});

const base = process.argv[2]?.replace(/\/+$/, '');
if (!base) {
  console.error('usage: node notihub.mjs URL');
  process.exit(2);
}
let failed = 0;
for (const [index, {call, sentence, story}] of cases.entries()) {
  const clientId = `env_sdk_${index + 1}`;
  const sdk = client(base, clientId);
  let wrong;
  try {
    await sdk.ready;
    await story(sdk, {base, clientId});
  } catch (error) {
    failed += 1;
    wrong = String(error?.message ?? error?.description).replace(/\s*\n\s*/g, ' ');
  }
  sdk.close();
  console.log(`${wrong ? 'FAIL' : 'ok  '} ${call.padEnd(24)} ${sentence}${wrong ? `: ${wrong}` : ''}`);
}
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
