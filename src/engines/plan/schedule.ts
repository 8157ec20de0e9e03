/** The order in which values are computed, so that few of them wait at once. */
import { grown } from "../../data/growth.js";

/** Calls `visit` with each operand of a node. */
type Operands = (node: number, visit: (operand: number) => void) => void;

/** Orders sets of nodes. One serves all sets of a graph of `size` nodes. */
export class Scheduler {
  /** One more than a node's place in the set; 0 outside it. */
  readonly #places: Int32Array;

  constructor(
    size: number,
    readonly operands: Operands,
  ) {
    this.#places = new Int32Array(size);
  }

  /**
   * The nodes, operands before users, in the better of two orders: as they are given, which must be such an order, or depth first from
   * the last of those that no other needs, where a value's users come as soon as they free as much as they hold. Takes time in proportion to operands.
   */
  order(nodes: readonly number[]): readonly number[] {
    const places = this.#places;
    for (let i = 0; i < nodes.length; i++) places[nodes[i]!] = i + 1;
    const set = new NodeSet(nodes, places, this.operands);
    for (let i = 0; i < nodes.length; i++) places[nodes[i]!] = 0;
    const depthFirst = set.depthFirst();
    if (set.mostLive(depthFirst) >= set.mostLive()) return nodes;
    const ordered: number[] = [];
    for (let i = 0; i < nodes.length; i++) ordered.push(nodes[depthFirst[i]!]!);
    return ordered;
  }
}

/** A set of nodes, by their places in it: the operands of place i are items[starts[i]] … items[starts[i + 1] − 1], its users likewise. */
class NodeSet {
  readonly #count: number;
  readonly #starts: Int32Array;
  readonly #items: Int32Array;
  readonly #userStarts: Int32Array;
  readonly #users: Int32Array;

  constructor(nodes: readonly number[], places: Int32Array, operands: Operands) {
    const count = (this.#count = nodes.length);
    const starts = (this.#starts = new Int32Array(count + 1));
    const userStarts = (this.#userStarts = new Int32Array(count + 1));
    /** One more than the last node that had a place among its operands. */
    const seen = new Int32Array(count);
    let items = new Int32Array(4 * count);
    let length = 0;
    let i = 0;
    const visit = (operand: number): void => {
      const place = places[operand]! - 1;
      if (place < 0 || seen[place] === i + 1) return;
      seen[place] = i + 1;
      if (length === items.length) items = grown(items);
      items[length++] = place;
      userStarts[place + 1]!++;
    };
    for (; i < count; i++) {
      operands(nodes[i]!, visit);
      starts[i + 1] = length;
    }
    this.#items = items;
    for (let k = 0; k < count; k++) userStarts[k + 1]! += userStarts[k]!;
    const users = (this.#users = new Int32Array(length));
    const next = seen.fill(0);
    for (let user = 0; user < count; user++) {
      for (let k = starts[user]!; k < starts[user + 1]!; k++) {
        const place = items[k]!;
        users[userStarts[place]! + next[place]!++] = user;
      }
    }
  }

  /** How many users each node has. */
  #uses(): Int32Array {
    const uses = new Int32Array(this.#count);
    for (let i = 0; i < uses.length; i++) uses[i] = this.#userStarts[i + 1]! - this.#userStarts[i]!;
    return uses;
  }

  /** The most values that wait at once for users, in an order or as the nodes were given. */
  mostLive(order?: Int32Array): number {
    const starts = this.#starts;
    const items = this.#items;
    const uses = this.#uses();
    let live = 0;
    let most = 0;
    for (let k = 0; k < this.#count; k++) {
      const i = order ? order[k]! : k;
      for (let at = starts[i]!; at < starts[i + 1]!; at++) if (--uses[items[at]!]! === 0) live--;
      if (uses[i]! > 0) live++;
      if (live > most) most = live;
    }
    return most;
  }

  /** How many locals each node's value takes to compute, by the rule of Sethi and Ullman, which is exact for trees. */
  #needs(): Int32Array {
    const starts = this.#starts;
    const items = this.#items;
    const needs = new Int32Array(this.#count);
    for (let i = 0; i < needs.length; i++) {
      let need = 1;
      for (let k = starts[i]!; k < starts[i + 1]!; k++) {
        const of = needs[items[k]!]!;
        need = of === need && k > starts[i]! ? need + 1 : Math.max(need, of);
      }
      needs[i] = need;
    }
    return needs;
  }

  depthFirst(): Int32Array {
    const starts = this.#starts;
    const items = this.#items;
    const userStarts = this.#userStarts;
    const users = this.#users;
    const count = this.#count;
    const needs = this.#needs();
    const uses = this.#uses();
    const missing = new Int32Array(count);
    /** The users still to come, all xored: the last one's place when one is left. */
    const lastUser = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      missing[i] = starts[i + 1]! - starts[i]!;
      for (let k = starts[i]!; k < starts[i + 1]!; k++) lastUser[items[k]!]! ^= i;
    }
    const done = new Uint8Array(count);
    const order = new Int32Array(count);
    let length = 0;
    const ready: number[] = [];
    const frees = (i: number): boolean => {
      for (let k = starts[i]!; k < starts[i + 1]!; k++) if (uses[items[k]!] === 1) return true;
      return false;
    };
    const compute = (i: number): void => {
      done[i] = 1;
      order[length++] = i;
      for (let k = starts[i]!; k < starts[i + 1]!; k++) {
        const operand = items[k]!;
        const last = (lastUser[operand]! ^= i);
        if (--uses[operand]! === 1 && missing[last] === 0) ready.push(last);
      }
      for (let k = userStarts[i]!; k < userStarts[i + 1]!; k++) {
        const user = users[k]!;
        if (--missing[user]! === 0 && (uses[user] === 0 || frees(user))) ready.push(user);
      }
    };
    const path: number[] = [];
    for (let root = count - 1; root >= 0; root--) {
      if (uses[root]! > 0 || done[root]) continue;
      path.push(root);
      while (path.length > 0) {
        const next = ready.pop() ?? this.#deepest(path, needs, done);
        if (next >= 0 && !done[next]) compute(next);
      }
    }
    return order;
  }

  /** Goes down from the end of a path to a node whose operands are all there, and takes it off; −1 where the end was done already. */
  #deepest(path: number[], needs: Int32Array, done: Uint8Array): number {
    const starts = this.#starts;
    const items = this.#items;
    for (;;) {
      const i = path[path.length - 1]!;
      if (done[i]) {
        path.pop();
        return -1;
      }
      let deepest = -1;
      for (let k = starts[i]!; k < starts[i + 1]!; k++) {
        const operand = items[k]!;
        if (!done[operand] && (deepest < 0 || needs[operand]! > needs[deepest]!)) deepest = operand;
      }
      if (deepest < 0) return path.pop()!;
      path.push(deepest);
    }
  }
}
