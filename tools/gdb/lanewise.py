# SPDX-License-Identifier: MIT
"""Shows lanewise's vectors and masks in gdb as their lanes, whatever registers they lie in.

In gdb, or in ~/.gdbinit:

    source <lanewise>/tools/gdb/lanewise.py

Then `print v` says, for example,

    simd<float, 8> = {1, 2.5, -3, 4, 5, 6, 7, 8}
    mask<float, 8> = {1, 0, 0, 1, 1, 1, 1, 1}

for vectors of one register and of several, and for masks that are bits (AVX-512) as well as for masks that are lanes.
"""

import re
import struct

import gdb
import gdb.printing


def name_of(element):
    """The element type as the sources call it."""
    small_float = re.search(r"small_float<(\d+)>", str(element))
    if small_float:
        return "float16" if small_float.group(1) == "5" else "bfloat16"
    return str(element)


def shown(lane, element):
    """A lane as gdb shall print it: 8-bit integers as numbers, 16-bit floats, which are bits, as what they mean."""
    name = name_of(element)
    if name == "float16":
        return gdb.Value(struct.unpack("<e", struct.pack("<H", int(lane)))[0])
    if name == "bfloat16":
        return gdb.Value(struct.unpack("<f", struct.pack("<I", int(lane) << 16))[0])
    if element.sizeof == 1:
        return gdb.Value(int(lane))
    return lane


def integer_of(size):
    return gdb.lookup_type({1: "unsigned char", 2: "unsigned short", 4: "unsigned int", 8: "unsigned long"}[size])


def lanes_of(raw, element, count):
    """The first `count` lanes of a register, which is a vector of the compiler's or, on the emulated target, an array."""
    type = raw.type.strip_typedefs()
    try:
        vector = raw.cast(element.vector(type.sizeof // element.sizeof - 1))
    except gdb.error:  # an array
        vector = raw
    return [vector[i] for i in range(count)]


class Printer:
    """What vectors and masks have in common: an element type, a number of lanes, and registers that share them evenly."""

    def __init__(self, kind, value, member):
        type = value.type.strip_typedefs()
        self.kind = kind
        self.element = type.template_argument(0).strip_typedefs()
        self.lanes = int(type.template_argument(1))
        registers = value[member]
        first, last = registers.type.range()
        self.registers = [registers[i] for i in range(first, last + 1)]
        self.lanes_per_register = self.lanes // len(self.registers)

    def to_string(self):
        return "%s<%s, %d>" % (self.kind, name_of(self.element), self.lanes)

    def display_hint(self):
        return "array"

    def children(self):
        lanes = [lane for register in self.registers for lane in self.lanes_in(register)]
        return (("[%d]" % i, lane) for i, lane in enumerate(lanes))


class SimdPrinter(Printer):
    def __init__(self, value):
        super().__init__("simd", value, "v_")

    def lanes_in(self, register):
        stored = self.element
        if stored.code == gdb.TYPE_CODE_STRUCT:
            stored = integer_of(stored.sizeof)  # a 16-bit float: its bits
        return [shown(lane, self.element) for lane in lanes_of(register["raw"], stored, self.lanes_per_register)]


class MaskPrinter(Printer):
    def __init__(self, value):
        super().__init__("mask", value, "m_")

    def lanes_in(self, register):
        # Highway names the lanes of a mask `raw`, on the emulated target `bits`.
        raw = register[register.type.strip_typedefs().fields()[0].name]
        if raw.type.strip_typedefs().code == gdb.TYPE_CODE_INT:
            bits = int(raw)
            return [gdb.Value(bits >> i & 1) for i in range(self.lanes_per_register)]
        lanes = lanes_of(raw, integer_of(self.element.sizeof), self.lanes_per_register)
        return [gdb.Value(1 if int(lane) != 0 else 0) for lane in lanes]


printers = gdb.printing.RegexpCollectionPrettyPrinter("lanewise")
printers.add_printer("simd", r"^lanewise::N_\w+::(\w+::)?simd<.*>$", SimdPrinter)
printers.add_printer("mask", r"^lanewise::N_\w+::(\w+::)?mask<.*>$", MaskPrinter)
gdb.printing.register_pretty_printer(gdb.current_objfile(), printers, replace=True)
