"""gzip with nothing in it but the data: no name, no time, and no dependence on the
compressor's version. Deflate's stored blocks would do, but a bank's file is compressed,
so this writes fixed-Huffman blocks with a small LZ77 of its own."""
import struct
import zlib

LENGTHS = []                    # (first length, extra bits) of codes 257..285
for code in range(28):
    extra = 0 if code < 8 else code // 4 - 1
    LENGTHS.append((LENGTHS[-1][0] + (1 << LENGTHS[-1][1]) if LENGTHS else 3, extra))
LENGTHS.append((258, 0))
DISTANCES = []                  # (first distance, extra bits) of codes 0..29
for code in range(30):
    extra = 0 if code < 4 else code // 2 - 1
    DISTANCES.append((DISTANCES[-1][0] + (1 << DISTANCES[-1][1]) if DISTANCES else 1, extra))


class Bits:
    def __init__(self):
        self.out, self.acc, self.n = bytearray(), 0, 0

    def put(self, value, width):
        """Low bit first."""
        self.acc |= value << self.n
        self.n += width
        while self.n >= 8:
            self.out.append(self.acc & 255)
            self.acc >>= 8
            self.n -= 8

    def code(self, value, width):
        """A Huffman code: high bit first."""
        self.put(int(format(value, "0%db" % width)[::-1], 2), width)

    def symbol(self, s):
        if s < 144:
            self.code(0x30 + s, 8)
        elif s < 256:
            self.code(0x190 + s - 144, 9)
        elif s < 280:
            self.code(s - 256, 7)
        else:
            self.code(0xC0 + s - 280, 8)


def slot(table, x):
    k = len(table) - 1
    while table[k][0] > x:
        k -= 1
    return k


def match(data, at, seen):
    """Length of what repeats an earlier place, at most 258."""
    n = 0
    while n < 258 and at + n < len(data) and data[seen + n] == data[at + n]:
        n += 1
    return n


def deflate(data):
    bits, last, at = Bits(), {}, 0
    bits.put(1, 1)
    bits.put(1, 2)
    while at < len(data):
        key = data[at:at + 4]
        seen = last.get(key)
        if len(key) == 4:
            last[key] = at
        if seen is None or at - seen > 32768:
            bits.symbol(data[at])
            at += 1
            continue
        n = match(data, at, seen)
        k = slot(LENGTHS, n)
        bits.symbol(257 + k)
        bits.put(n - LENGTHS[k][0], LENGTHS[k][1])
        d = slot(DISTANCES, at - seen)
        bits.code(d, 5)
        bits.put(at - seen - DISTANCES[d][0], DISTANCES[d][1])
        at += n
    bits.symbol(256)
    bits.put(0, 7)
    return bytes(bits.out)


def pack(data):
    head = bytes([31, 139, 8, 0, 0, 0, 0, 0, 0, 255])
    return head + deflate(data) + struct.pack("<II", zlib.crc32(data), len(data))
