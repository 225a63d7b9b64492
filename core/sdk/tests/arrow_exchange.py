"""Batches of every type, with nulls, go from the SDK to pyarrow and back, and come out as they went in."""

import ctypes
import datetime
import decimal
import sys

try:
    import pyarrow as pa
except ImportError:
    sys.exit("This test needs pyarrow: './dev test' installs it into build/venv; or set WEIR_PYTHON to a python that has it.")

library = ctypes.CDLL(sys.argv[1])
STRUCT = 256  # more than both C structs have


def expected_rows(rows):
    schema = pa.schema([
        pa.field("flag", pa.bool_()),
        pa.field("small", pa.int32()),
        pa.field("big", pa.int64(), nullable=False),
        pa.field("ratio", pa.float64()),
        pa.field("price", pa.decimal128(20, 3)),
        pa.field("name", pa.string()),
        pa.field("raw", pa.binary()),
        pa.field("at", pa.timestamp("us", "UTC")),
        pa.field("day", pa.date32()),
        pa.field("tags", pa.list_(pa.field("item", pa.string()))),
        pa.field("place", pa.struct([pa.field("city", pa.string()),
                                     pa.field("spots", pa.list_(pa.field("item", pa.int32())))])),
    ])
    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    columns = {name: [] for name in schema.names}
    for row in range(rows):
        values = {
            "flag": row % 2 == 0,
            "small": row * 10,
            "ratio": row / 4,
            "price": decimal.Decimal(row * -1000001).scaleb(-3),
            "name": f"né{row}",
            "raw": b"\0\xff",
            "at": epoch + datetime.timedelta(microseconds=row * 10),
            "day": datetime.date(1970, 1, 1) + datetime.timedelta(days=row * 10),
            "tags": [f"t{tag}" for tag in range(row % 4)],
            "place": {"city": f"c{row}", "spots": [row, None]},
        }
        if row % 3 == 1:
            values = dict.fromkeys(values)
        values["big"] = row * 10
        for name, value in values.items():
            columns[name].append(value)
    return pa.record_batch([pa.array(columns[field.name], field.type) for field in schema], schema=schema)


def structs():
    return ctypes.create_string_buffer(STRUCT), ctypes.create_string_buffer(STRUCT)


def address(buffer):
    return ctypes.addressof(buffer)


def received(schema, array):
    batch = pa.RecordBatch._import_from_c(address(array), address(schema))
    batch.validate(full=True)
    return batch


def exported(rows):
    schema, array = structs()
    library.exportRows(ctypes.c_int64(rows), schema, array)
    return received(schema, array)


def copied(batch, first, count):
    schema_in, array_in = structs()
    schema, array = structs()
    batch._export_to_c(address(array_in), address(schema_in))
    if library.copyRows(schema_in, array_in, ctypes.c_int64(first), ctypes.c_int64(count), schema, array) != 0:
        return None
    return received(schema, array)


for size in (0, 1, 2, 7, 8, 9, 1000):
    want = expected_rows(size)
    got = exported(size)
    assert got.schema.equals(want.schema), f"schemas differ: {got.schema} and {want.schema}"
    assert got.equals(want), f"{size} rows differ on their way out"
    assert copied(want, 0, size).equals(want), f"{size} rows differ on their way in and out"
    # Slices on both sides: offsets that do not begin at a byte of the validity bits.
    for first in {0, size // 3, size // 2}:
        part = want.slice(first)
        assert copied(part, 0, part.num_rows).equals(part), f"rows {first} to {size} differ on their way in"
        rest = part.num_rows // 2
        assert copied(part, rest, part.num_rows - rest).equals(part.slice(rest)), f"a slice at {rest} of {size} differs"

assert copied(pa.record_batch([pa.array([1], pa.uint8())], ["odd"]), 0, 1) is None, "an unknown type was taken"
print("pyarrow", pa.__version__, "and the SDK agree")
