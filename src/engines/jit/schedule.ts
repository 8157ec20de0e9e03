/** The order in which values are computed, so that few of them wait in locals at once. */

/** Calls `visit` with each operand of a node. */
export type Operands = (node: number, visit: (operand: number) => void) => void;

/** Lists of numbers, one a node, in one array. */
interface Lists {
  readonly starts: Int32Array;
  readonly items: Int32Array;
}

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
    nodes.forEach((node, i) => (this.#places[node] = i + 1));
    const set = new NodeSet(nodes, this.#places, this.operands);
    const depthFirst = set.depthFirst();
    const given = Int32Array.from(nodes, (_, i) => i);
    for (const node of nodes) this.#places[node] = 0;
    return set.mostLive(depthFirst) < set.mostLive(given) ? Array.from(depthFirst, (i) => nodes[i]!) : nodes;
  }
}

/** A set of nodes, by their places in it. */
class NodeSet {
  readonly #operands: Lists;
  readonly #users: Lists;

  constructor(nodes: readonly number[], places: Int32Array, operands: Operands) {
    const starts = new Int32Array(nodes.length + 1);
    const items: number[] = [];
    const userStarts = new Int32Array(nodes.length + 1);
    /** One more than the last node that had a place among its operands. */
    const seen = new Int32Array(nodes.length);
    for (let i = 0; i < nodes.length; i++) {
      operands(nodes[i]!, (operand) => {
        const place = places[operand]! - 1;
        if (place < 0 || seen[place] === i + 1) return;
        seen[place] = i + 1;
        items.push(place);
        userStarts[place + 1]!++;
      });
      starts[i + 1] = items.length;
    }
    for (let i = 0; i < nodes.length; i++) userStarts[i + 1]! += userStarts[i]!;
    this.#operands = { starts, items: Int32Array.from(items) };
    const users = new Int32Array(items.length);
    const next = userStarts.slice();
    for (let i = 0; i < nodes.length; i++) for (let k = starts[i]!; k < starts[i + 1]!; k++) users[next[items[k]!]!++] = i;
    this.#users = { starts: userStarts, items: users };
  }

  get #count(): number {
    return this.#operands.starts.length - 1;
  }

  /** How many users each node has. */
  #uses(): Int32Array {
    return Int32Array.from({ length: this.#count }, (_, i) => this.#users.starts[i + 1]! - this.#users.starts[i]!);
  }

  /** The most values that wait at once for users. */
  mostLive(order: Int32Array): number {
    const { starts, items } = this.#operands;
    const uses = this.#uses();
    let live = 0;
    let most = 0;
    for (const i of order) {
      for (let k = starts[i]!; k < starts[i + 1]!; k++) if (--uses[items[k]!]! === 0) live--;
      if (uses[i]! > 0) live++;
      if (live > most) most = live;
    }
    return most;
  }

  /** How many locals each node's value takes to compute, by the rule of Sethi and Ullman, which is exact for trees. */
  #needs(): Int32Array {
    const { starts, items } = this.#operands;
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
    const { starts, items } = this.#operands;
    const count = this.#count;
    const needs = this.#needs();
    const uses = this.#uses();
    /** The users still to come, all xored: the last one's place when one is left. */
    const lastUser = new Int32Array(count);
    for (let i = 0; i < count; i++) for (let k = starts[i]!; k < starts[i + 1]!; k++) lastUser[items[k]!]! ^= i;
    const missing = Int32Array.from({ length: count }, (_, i) => starts[i + 1]! - starts[i]!);
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
        lastUser[operand]! ^= i;
        if (--uses[operand]! === 1 && missing[lastUser[operand]!] === 0) ready.push(lastUser[operand]!);
      }
      const users = this.#users;
      for (let k = users.starts[i]!; k < users.starts[i + 1]!; k++) {
        const user = users.items[k]!;
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
    const { starts, items } = this.#operands;
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
