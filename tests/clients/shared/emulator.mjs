// An emulator as a person at a keyboard sees it: what every client of tests/clients asks of it.

/** Reads the line that the emulator printed at its start. */
export function readStart() {
  const text = process.env.EMULATOR;
  if (!text) {
    throw new Error("EMULATOR holds no start line of an emulator.");
  }
  return JSON.parse(text);
}

/** Waits until something is truthy and gives it back. */
export async function until(what, probe, withinMs = 20_000) {
  const end = performance.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (value) {
      return value;
    }
    if (performance.now() > end) {
      throw new Error(`Waited in vain until ${what}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Posts to a route below /_fake. */
export async function order(start, act, body) {
  const answer = await fetch(new URL(`/_fake/${act}`, start.apiBaseUrl), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`The order ${act} was answered with ${answer.status}: ${text}`);
  }
  return text ? JSON.parse(text) : undefined;
}

/** Scripts faults. */
export const fault = (start, script) => order(start, "faults", script);

/** Everything the emulator knows. */
export async function state(start) {
  return (await fetch(new URL("/_fake/state", start.apiBaseUrl))).json();
}

/** Everything that only one human sees: private answers, modals, choices. */
export async function inbox(start, name) {
  const answer = await fetch(new URL(`/_fake/humans/${encodeURIComponent(name)}/inbox`, start.apiBaseUrl));
  if (!answer.ok) {
    throw new Error(`The inbox of ${name} was answered with ${answer.status}.`);
  }
  return answer.json();
}

/** Runs one check and says so. */
export async function check(name, run) {
  const result = await run();
  process.stdout.write(`ok - ${name}\n`);
  return result;
}
