"""The journal of a home, read by other means than Weir's (docs/decisions has its format), and torn."""
import collections
import struct

HEADER = 16
RECORD = struct.Struct("<IIQIIII")
END = struct.Struct("<IqqQQIIQ")  # partition, base, offset, from, position, serial, reserved, sequence
End = collections.namedtuple("End", "base offset start position serial")


def path_of(folder):
    return folder / "home" / "log" / "journal"


def records(content):
    """Where each whole record begins, and its header."""
    at = HEADER
    while at + RECORD.size <= len(content):
        header = RECORD.unpack_from(content, at)
        if header[0] < RECORD.size or at + header[0] > len(content):
            return  # torn
        yield at, header
        at += header[0]


def read(folder):
    """The number of the last commit, and where each (topic, partition) ends: its last segment begins with row `base`,
    the next row is `offset`, and the last commit wrote the bytes from `start` to `position` of that segment."""
    path = path_of(folder)
    content = path.read_bytes() if path.is_file() else b""
    sequence, names, ends = 0, {}, {}
    for at, (_, _, number, name_count, end_count, _, _) in records(content):
        sequence = number
        position = at + RECORD.size
        for _ in range(name_count):
            key, partition, size = struct.unpack_from("<IiI", content, position)
            position += 12
            names[key] = (content[position:position + size].decode(), partition)
            position += size
        for _ in range(end_count):
            key, *values, _, _ = END.unpack_from(content, position)
            ends[names[key]] = End(*values)
            position += END.size
    return sequence, ends


def commits(folder):
    """How many commits a home holds, and how many rows each topic has."""
    sequence, ends = read(folder)
    rows = collections.Counter()
    for (topic, _), end in ends.items():
        rows[topic] += end.offset
    return sequence, rows


def segment_path(folder, topic, partition, base, serial):
    safe = "".join(c if c.isalnum() or c in "-_." else f"%{ord(c):02X}" for c in topic)
    return folder / "home/log/topics" / safe / str(partition) / f"{base:020d}-{serial:08d}.segment"


def last_segment(folder, topic, partition):
    """The file that the partition ends in, and its End."""
    end = read(folder)[1][topic, partition]
    return segment_path(folder, topic, partition, end.base, end.serial), end


def tear(folder, draw):
    """Leaves what a death in the middle of writes leaves: part of a record, bytes behind the ends of partitions, and
    segments that no record knows."""
    path = path_of(folder)
    ends = sorted(read(folder)[1].items())
    content = path.read_bytes()
    whole = [(at, header[0]) for at, header in records(content)]
    # A start that was killed early has not cut off what was torn before: no second piece comes behind the first.
    if whole and sum(whole[-1]) == len(content):
        last = content[whole[-1][0]:]
        with open(path, "ab") as journal:
            journal.write(last[:draw.randrange(1, len(last))])
    for (topic, partition), end in draw.sample(ends, min(len(ends), 4)):
        with open(segment_path(folder, topic, partition, end.base, end.serial), "ab") as segment:
            segment.write(draw.randbytes(draw.randrange(1, 5_000)))
        if draw.random() < 0.3:
            segment_path(folder, topic, partition, end.offset, end.serial + 1).write_bytes(draw.randbytes(100))
