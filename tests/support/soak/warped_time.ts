// Loaded before a program: its clocks and timers run SOAK_SPEED times as fast, and the milliseconds in the file SOAK_CLOCK are
// added to its wall clock alone, as when somebody sets it. The runtime's own timers (cron, timeouts of signals) stay as they are.
const LOOK_EVERY_MS = 100;

const speed = Number(Deno.env.get("SOAK_SPEED"));
const clockPath = Deno.env.get("SOAK_CLOCK") ?? "";
const wallMs = Date.now.bind(Date);
const monoMs = performance.now.bind(performance);
const [startMs, startMonoMs] = [wallMs(), monoMs()];
const real = { setTimeout: globalThis.setTimeout, setInterval: globalThis.setInterval };
let offsetMs = 0;

const passedMs = () => speed * (monoMs() - startMonoMs);
performance.now = () => startMonoMs + passedMs();
Date.now = () => Math.round(startMs + passedMs() + offsetMs);
globalThis.setTimeout =
  ((work: () => void, ms = 0, ...rest: unknown[]) =>
    real.setTimeout(work, ms / speed, ...rest)) as typeof setTimeout;
globalThis.setInterval =
  ((work: () => void, ms = 0, ...rest: unknown[]) =>
    real.setInterval(work, ms / speed, ...rest)) as typeof setInterval;

function look(): void {
  offsetMs = Number(Deno.readTextFileSync(clockPath));
}

look();
Deno.unrefTimer(real.setInterval(look, LOOK_EVERY_MS) as unknown as number);
