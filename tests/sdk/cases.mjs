// A case is a method, a sentence and a story; it prints exactly one line.
const SHOWN_MAX = 3; // differences shown on one FAIL line
const TEXT_MAX = 160; // characters shown of one value

const cases = [];

/** Adds a case. Its story gets what `run` makes for it. */
export function test(method, sentence, story) {
  cases.push({method, sentence, story});
}

/** Runs all cases in order, whatever becomes of each; true when none failed. */
export async function run(url, Kind) {
  let failed = 0;
  for (const [index, {method, sentence, story}] of cases.entries()) {
    const t = new Kind(url, String(index + 1).padStart(3, '0'));
    try {
      await story(t);
    } catch (error) {
      t.wrong.push(`${error.name}${error.status ? ` ${error.status}` : ''}: ${error.message}`);
    }
    if (t.wrong.length > 0) failed += 1;
    console.info(line(method, sentence, t.wrong));
  }
  console.info(`${cases.length - failed} passed, ${failed} failed`);
  return failed === 0;
}

function line(method, sentence, wrong) {
  const text = `${method.padEnd(33)} ${sentence}`;
  if (wrong.length === 0) return `ok   ${text}`;
  const more = wrong.length > SHOWN_MAX ? [`${wrong.length - SHOWN_MAX} more`] : [];
  const reasons = [...wrong.slice(0, SHOWN_MAX), ...more].join('; ');
  return `FAIL ${text}: ${reasons}`.replace(/\s*\n\s*/g, ' ');
}

/** What a story is told with, whichever SDK it is about. */
export class Told {
  constructor(url) {
    this.url = url;
    this.wrong = [];
  }

  /** Expects `got` to equal `want`. A regular expression in `want` stands for a text. */
  same(what, got, want) {
    this.wrong.push(...differences(what, got, want, true));
  }

  /** Expects `got` to have at least what `want` has; lists must have the same length. */
  has(what, got, want) {
    this.wrong.push(...differences(what, got, want, false));
  }
}

function* differences(path, got, want, exact) {
  if (want instanceof RegExp ? typeof got === 'string' && want.test(got) : Object.is(got, want)) return;
  if (Array.isArray(want) && Array.isArray(got) && want.length === got.length) {
    for (const [index, item] of want.entries()) {
      yield* differences(`${path}.${index}`, got[index], item, exact);
    }
  } else if (isRecord(want) && isRecord(got)) {
    for (const [key, value] of Object.entries(want)) {
      yield* differences(`${path}.${key}`, got[key], value, exact);
    }
    for (const key of exact ? Object.keys(got) : []) {
      if (!(key in want)) yield difference(`${path}.${key}`, got[key], undefined);
    }
  } else {
    yield difference(path, got, want);
  }
}

function difference(path, got, want) {
  return `${path}: expected ${show(want)} got ${show(got)}`;
}

function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RegExp);
}

function show(value) {
  if (value === undefined) return 'nothing';
  const text = value instanceof RegExp ? String(value) : JSON.stringify(value);
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}
