/** Valid and invalid requests from another process, by autocannon: what was answered to each kind, and how fast. */
import autocannon from "autocannon";

/** A kind of request, and the status that it must get. */
interface Kind {
  readonly name: string;
  readonly body: string;
  readonly status: number;
  /** The text of the answer, of those that have one. */
  readonly answer?: string;
}

/** What was asked of the process. */
export interface Load {
  readonly url: string;
  readonly seconds: number;
  /** Of each kind. */
  readonly connections: number;
  /** Requests of each kind a second; without it as many as are answered. */
  readonly rate?: number;
  readonly kinds: readonly Kind[];
  /** The bytes of a request that is too large. */
  readonly tooLarge: number;
}

/** What came: how often each kind got its answer, and what else came. */
export interface Report {
  readonly right: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
  /** Connections that broke, and requests that got no answer in time. */
  readonly broken: number;
  readonly perSecond: number;
  /** Milliseconds, of the kind that takes longest. */
  readonly p50: number;
  readonly p99: number;
}

async function run({ url, seconds, connections, rate, kinds, tooLarge }: Load): Promise<Report> {
  const right: Record<string, number> = {};
  const wrong: string[] = [];
  // the server hangs up on these before it has read them, so they have connections of their own
  const sending = setInterval(() => {
    const refused = fetch(url, { method: "POST", body: "[".padEnd(tooLarge, "0"), headers: { "content-type": "application/json" } });
    refused.then(
      ({ status }) => (status === 413 ? (right["too large"] = (right["too large"] ?? 0) + 1) : wrong.push(`too large: ${status}`)),
      () => (right["too large"] = (right["too large"] ?? 0) + 1),
    );
  }, 200);
  const runs = await Promise.all(
    kinds.map(({ name, body, status, answer }) => {
      const onResponse = (came: number, text: string): void => {
        if (came === status && (answer === undefined || answer === text)) right[name] = (right[name] ?? 0) + 1;
        else if (wrong.length < 10) wrong.push(`${name}: ${came} ${text.slice(0, 200)}`);
      };
      return autocannon({
        url,
        duration: seconds,
        connections,
        requests: [{ method: "POST", body, headers: { "content-type": "application/json" }, onResponse }],
        ...(rate === undefined ? {} : { overallRate: rate }),
      });
    }),
  );
  clearInterval(sending);
  const most = (of: (run: (typeof runs)[0]) => number): number => Math.max(...runs.map(of));
  return {
    right,
    wrong,
    broken: runs.reduce((total, { errors }) => total + errors, 0),
    perSecond: runs.reduce((total, { requests }) => total + requests.mean, 0),
    p50: most(({ latency }) => latency.p50),
    p99: most(({ latency }) => latency.p99),
  };
}

process.once("message", (load: Load) => void run(load).then((report) => process.send!(report, () => process.disconnect())));
