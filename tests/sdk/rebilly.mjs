// node rebilly.mjs URL: every method of the SDK's resources that the mock serves.
import {run} from './check.mjs';
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

const url = process.argv[2];
if (!url) {
  console.error('usage: node rebilly.mjs URL');
  process.exit(2);
}
process.exitCode = (await run(url.replace(/\/+$/, ''))) ? 0 : 1;
