"""Sums over shards of rows by the modules of `sharded`, in wasmtime: python shards.py BLOCK FINISH, with JSON of what to write and read on stdin."""
import json
import struct
import sys

from wasmtime import Engine, Instance, Module, Store

BLOCK_ROWS = 8192


class Host:
    """An instance of a module, whose leaves are named by where they stand."""

    def __init__(self, path):
        engine = Engine()
        self.store = Store(engine)
        self.exports = Instance(self.store, Module.from_file(engine, path), []).exports(self.store)

    def address(self, name):
        return self.exports[name].value(self.store) & 0xFFFFFFFF

    def write(self, name, data):
        self.exports["memory"].write(self.store, data, self.address(name))

    def read(self, name, lanes):
        at = self.address(name)
        return struct.unpack(f"<{lanes}d", self.exports["memory"].read(self.store, at, at + 8 * lanes))

    def run(self):
        if self.exports["run"](self.store) != 0:
            raise IndexError("a lane number was out of bounds")


def doubles(numbers):
    return struct.pack(f"<{len(numbers)}d", *numbers)


task = json.load(sys.stdin)
block, finish = Host(sys.argv[1]), Host(sys.argv[2])
columns = {name: open(path, "rb").read() for name, path in task["columns"].items()}
count = task["count"]
for host in (block, finish):
    for name, numbers in task["arguments"].items():
        host.write(name, doubles(numbers))
    host.write(task["countAt"], doubles([count]))

# the sums of blocks
level = []
for first in range(0, count, BLOCK_ROWS):
    rows = min(BLOCK_ROWS, count - first)
    for name, data in columns.items():
        block.write(name, data[8 * first : 8 * (first + rows)])
    block.write(task["lastAt"], doubles([1.0] * rows + [0.0] * (BLOCK_ROWS - rows)))
    block.run()
    level.append(block.read("result", task["sums"]))

# the tree: neighbours are added, one that is left alone goes on
while len(level) > 1:
    pairs = [[x + y for x, y in zip(*level[i : i + 2])] for i in range(0, len(level) - 1, 2)]
    level = pairs + level[2 * len(pairs) :]

finish.write(task["lastAt"], doubles(level[0]))
finish.run()
for name, lanes in task["results"].items():
    print(doubles(finish.read(name, lanes)).hex())
