"""Rows of the suite as Python values that compare as the rows do, and the order of their keys."""
import base64
import json
from decimal import Decimal

COLUMNS = {
    "id": "int", "region": "text", "kind": "int", "amount": "float", "price": "decimal", "qty": "int", "flag": "flag",
    "ts": "time",
}
SCHEMA = [
    {"name": "id", "type": "int64", "nullable": False},
    {"name": "region", "type": "string", "nullable": True},
    {"name": "kind", "type": "int32", "nullable": True},
    {"name": "amount", "type": "float64", "nullable": True},
    {"name": "price", "type": "decimal(12,2)", "nullable": True},
    {"name": "qty", "type": "int64", "nullable": True},
    {"name": "flag", "type": "bool", "nullable": True},
    {"name": "ts", "type": "timestamp", "nullable": True},
]


def typed(value, kind):
    """A value as it stands in JSON text (numbers as texts) as one that can be compared."""
    if value is None:
        return None
    if kind == "float":
        return float(value)
    if kind == "decimal":
        return Decimal(value)
    if kind in ("int", "time"):
        return int(value)
    return value


def parse(line, columns):
    """A row as a tuple, in the order of the columns ({name: kind})."""
    row = json.loads(line, parse_int=str, parse_float=str)
    if list(row) != list(columns):
        raise ValueError(f"columns {list(row)} instead of {list(columns)} in {line!r}")
    return tuple(typed(row[name], kind) for name, kind in columns.items())


def sortable(row):
    """Rows with nulls in them have no order of their own in Python."""
    return tuple((0, 0) if value is None else (1, value) for value in row)


def key_order(key):
    """The order in which closed windows leave: that of the key's columns, texts by their bytes."""
    return tuple(value.encode() if isinstance(value, str) else value for value in key)


def dead_letter(line, columns_of):
    """(node, reason, row or bytes): without the time of day. `columns_of`: what rows of a node may look like."""
    letter = json.loads(line)
    value = base64.b64decode(letter["value"]).decode()
    node = letter["node"].removesuffix(".partial")  # where a stage runs is no part of the result
    if node not in columns_of:  # a source refuses records, and operators rows
        return (node, "malformed", (value,))
    for columns in columns_of[node]:
        if list(json.loads(value)) == list(columns):
            return (node, letter["reason"], parse(value, columns))
    raise ValueError(f"a dead letter of unknown columns: {line}")
