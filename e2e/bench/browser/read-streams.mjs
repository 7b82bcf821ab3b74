// Reads streams until it is stopped: `node read-streams.mjs <address> …`. It is a process of its own, so that the load does not wait for
// it. It prints a line when all streams are open.
const answers = await Promise.all(process.argv.slice(2).map((address) => fetch(address)));
for (const { ok, url, status } of answers) if (!ok) throw new Error(`${url} answered ${status}`);
process.stdout.write('open\n');
await Promise.all(
  answers.map(async ({ body }) => {
    for await (const _ of body);
  }),
);
