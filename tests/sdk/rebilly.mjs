// node rebilly.mjs URL: every method of the SDK's resources that the mock serves.
import {run, test} from './check.mjs';
import {summary} from './methods.mjs';
import './lists.mjs';
import './customers.mjs';
import './merges.mjs';
import './lead_sources.mjs';
import './timeline.mjs';
import './custom_fields.mjs';
import './tags.mjs';
import './neighbours.mjs';
import './errors.mjs';
import './access.mjs';

test('all methods', 'each of the resources that the mock serves was called', async (t) => {
  const {count, missed} = summary();
  t.same('found', count >= 40, true);
  t.same('not called', missed, []);
});

const url = process.argv[2];
if (!url) {
  console.error('usage: node rebilly.mjs URL');
  process.exit(2);
}
process.exitCode = (await run(url.replace(/\/+$/, ''))) ? 0 : 1;
