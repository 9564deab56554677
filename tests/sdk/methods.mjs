// Which methods of the SDK were called: all of those that the mock serves must be.
const RESOURCES = ['customers', 'tags', 'customFields', 'status', 'search', 'websites'];
const EXPERIMENTAL = ['customers', 'timelines'];

/** By the name of each method, whether it was called. */
const methods = new Map();

/** The same SDK instance; what is called of its resources is noted. */
export function watched(api) {
  return noting(api, RESOURCES, '');
}

/** The same for an instance of the experimental SDK. */
export function watchedExperimental(api) {
  return noting(api, EXPERIMENTAL, 'experimental ');
}

function noting(api, resources, prefix) {
  const noted = {...api};
  for (const resource of resources) {
    noted[resource] = {};
    for (const [method, call] of Object.entries(api[resource])) {
      const name = `${prefix}${resource}.${method}`;
      if (!methods.has(name)) methods.set(name, false);
      noted[resource][method] = (...given) => {
        methods.set(name, true);
        return call(...given);
      };
    }
  }
  return noted;
}

/** How many methods there are, and those that nobody called. */
export function summary() {
  const missed = [...methods].filter(([, called]) => !called).map(([name]) => name);
  return {count: methods.size, missed};
}
