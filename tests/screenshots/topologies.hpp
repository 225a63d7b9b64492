// Topologies that show what the shipped ones do not.
#pragma once

namespace weir::designer {

// A wrong column, a wrong type, a plugin that is not there, a wire to nowhere, and no event time.
inline constexpr const char* kBroken = R"json({ "weir": 1, "name": "broken", "nodes": [
  { "id": "orders", "use": "file.source", "params": { "path": "data/orders/*.ndjson", "format": "json.json", "schema": [
    { "name": "order_id", "type": "int64", "nullable": false }, { "name": "region", "type": "string", "nullable": false },
    { "name": "amount", "type": "string" }, { "name": "placed_at", "type": "timestamp", "nullable": false },
    { "name": "shipped_at", "type": "timestamp" } ] } },
  { "id": "large", "use": "std.filter", "name": "Large orders", "params": { "where": "amount > 100" } },
  { "id": "per_minute", "use": "window.tumbling", "name": "Count by region", "params": { "group_by": ["regoin"], "size": "1m",
    "aggregates": [{ "name": "orders", "function": "count" }, { "name": "total", "function": "sum", "field": "amount" }] } },
  { "id": "locate_city", "use": "geo.locate", "params": { "table": "cities.csv", "precision": 3 } },
  { "id": "rarely", "use": "std.filter", "params": {} } ],
  "topics": [{ "id": "result", "partitions": 4, "key": ["region"] }],
  "edges": [{ "from": "orders.out", "to": "large.in" }, { "from": "orders.out", "to": "per_minute.in" },
            { "from": "per_minute.out", "to": "result" }, { "from": "large.out", "to": "locate_city.in" }],
  "layout": { "orders": { "x": 0, "y": 0 }, "large": { "x": 320, "y": 144 }, "per_minute": { "x": 320, "y": 0 },
              "locate_city": { "x": 640, "y": 144 }, "rarely": { "x": 0, "y": 144 }, "result": { "x": 640, "y": 0 } } })json";

// Groups, one of them collapsed, two of them in another, and a comment.
inline constexpr const char* kGrouped = R"json({ "weir": 1, "name": "grouped", "nodes": [
  { "id": "orders", "use": "file.source", "params": { "path": "data/orders/*.ndjson", "format": "json.json", "schema": [
    { "name": "region", "type": "string", "nullable": false }, { "name": "amount", "type": "float64" },
    { "name": "placed_at", "type": "timestamp", "nullable": false } ], "event_time": { "field": "placed_at", "disorder": "5s" } } },
  { "id": "large", "use": "std.filter", "name": "Large orders", "params": { "where": "amount > 100" } },
  { "id": "net", "use": "std.extend", "name": "Net amount", "params": { "fields": [{ "name": "net", "expression": "amount / 1.19" }] } },
  { "id": "per_minute", "use": "window.tumbling", "name": "Count by region", "params": { "group_by": ["region"], "size": "1m",
    "grace": "30s", "aggregates": [{ "name": "orders", "function": "count" }] } },
  { "id": "per_hour", "use": "window.tumbling", "name": "Sum by region", "params": { "group_by": ["region"], "size": "1h",
    "aggregates": [{ "name": "total", "function": "sum", "field": "net" }] } },
  { "id": "late_rows", "use": "file.sink", "params": { "path": "late-{task}.ndjson", "format": "json.json" } } ],
  "topics": [{ "id": "minutes", "partitions": 4, "key": ["region"] }, { "id": "hours", "partitions": 4, "key": ["region"] }],
  "groups": [{ "id": "cleaning", "name": "Only large orders", "nodes": ["large", "net"] },
             { "id": "counting", "name": "Count", "nodes": ["per_minute", "per_hour"] },
             { "id": "large_orders", "name": "What large orders come to", "nodes": ["cleaning", "counting"] }],
  "edges": [{ "from": "orders.out", "to": "large.in" }, { "from": "large.out", "to": "net.in" },
            { "from": "net.out", "to": "per_minute.in" }, { "from": "net.out", "to": "per_hour.in" },
            { "from": "per_minute.out", "to": "minutes" }, { "from": "per_hour.out", "to": "hours" },
            { "from": "per_minute.late", "to": "late_rows.in" }],
  "layout": { "orders": { "x": 0, "y": 72 }, "large": { "x": 320, "y": 72 }, "net": { "x": 600, "y": 72 },
              "cleaning": { "x": 304, "y": 72, "collapsed": true },
              "per_minute": { "x": 640, "y": 0 }, "per_hour": { "x": 640, "y": 168 },
              "minutes": { "x": 968, "y": 0 }, "late_rows": { "x": 968, "y": 104 }, "hours": { "x": 968, "y": 208 },
              "#1": { "x": 0, "y": 208, "width": 240, "text": "Orders of at most 100 are of no interest to anybody here." } } })json";

// A wire that somebody has bent, and two that are links.
inline constexpr const char* kBent = R"json({ "weir": 1, "name": "bent", "nodes": [
  { "id": "orders", "use": "file.source", "params": { "path": "data/orders/*.ndjson", "format": "json.json", "schema": [
    { "name": "region", "type": "string", "nullable": false }, { "name": "amount", "type": "float64" },
    { "name": "placed_at", "type": "timestamp", "nullable": false } ], "event_time": { "field": "placed_at", "disorder": "5s" } } },
  { "id": "large", "use": "std.filter", "name": "Large orders", "params": { "where": "amount > 100" } },
  { "id": "per_minute", "use": "window.tumbling", "name": "Count by region", "params": { "group_by": ["region"], "size": "1m",
    "grace": "30s", "aggregates": [{ "name": "orders", "function": "count" }] } },
  { "id": "all_orders", "use": "file.sink", "params": { "path": "all-{task}.ndjson", "format": "json.json" } },
  { "id": "late_rows", "use": "file.sink", "params": { "path": "late-{task}.ndjson", "format": "json.json" } } ],
  "topics": [{ "id": "minutes", "partitions": 4, "key": ["region"] }],
  "edges": [{ "from": "orders.out", "to": "large.in" }, { "from": "large.out", "to": "per_minute.in" },
            { "from": "per_minute.out", "to": "minutes" }, { "from": "orders.out", "to": "all_orders.in" },
            { "from": "per_minute.late", "to": "late_rows.in" }],
  "layout": { "orders": { "x": 0, "y": 0 }, "large": { "x": 320, "y": 160 }, "per_minute": { "x": 640, "y": 0 },
              "minutes": { "x": 960, "y": 0 }, "all_orders": { "x": 640, "y": 288 }, "late_rows": { "x": 0, "y": 288 },
              "orders.out -> large.in": { "bends": [[288, 112]] },
              "orders.out -> all_orders.in": { "link": true }, "per_minute.late -> late_rows.in": { "link": true } } })json";

// What kWithPart uses as a node.
inline constexpr const char* kPart =
    R"json({ "weir": 1, "name": "large_only", "doc": "Only large orders, with their net amounts.",
  "params": [{ "name": "limit", "type": "integer", "doc": "The least amount of an order that counts." }],
  "ports": [{ "name": "in", "to": "large.in" }, { "name": "out", "from": "net.out" }], "nodes": [
  { "id": "large", "use": "std.filter", "name": "Large orders", "params": { "where": "amount >= ${param:limit}" } },
  { "id": "net", "use": "std.extend", "name": "Net amount", "params": { "fields": [{ "name": "net", "expression": "amount / 1.19" }] } } ],
  "edges": [{ "from": "large.out", "to": "net.in" }],
  "layout": { "large": { "x": 0, "y": 0 }, "net": { "x": 320, "y": 0 } } })json";

// A part, a filter that rows go past, and a sink that is stopped.
inline constexpr const char* kWithPart = R"json({ "weir": 1, "name": "with_part", "nodes": [
  { "id": "orders", "use": "file.source", "params": { "path": "data/orders/*.ndjson", "format": "json.json", "schema": [
    { "name": "region", "type": "string", "nullable": false }, { "name": "amount", "type": "float64" },
    { "name": "placed_at", "type": "timestamp", "nullable": false } ], "event_time": { "field": "placed_at", "disorder": "5s" } } },
  { "id": "cleaning", "use": "file:../large_only.weir", "name": "Only large orders", "params": { "limit": 250 } },
  { "id": "europe", "use": "std.filter", "name": "Only Europe", "disabled": "pass", "params": { "where": "region = 'eu'" } },
  { "id": "per_minute", "use": "window.tumbling", "name": "Count by region", "params": { "group_by": ["region"], "size": "1m",
    "grace": "30s", "aggregates": [{ "name": "orders", "function": "count" }] } },
  { "id": "late_rows", "use": "file.sink", "disabled": "stop", "params": { "path": "late-{task}.ndjson", "format": "json.json" } } ],
  "topics": [{ "id": "minutes", "partitions": 4, "key": ["region"] }],
  "edges": [{ "from": "orders.out", "to": "cleaning.in" }, { "from": "cleaning.out", "to": "europe.in" },
            { "from": "europe.out", "to": "per_minute.in" }, { "from": "per_minute.out", "to": "minutes" },
            { "from": "per_minute.late", "to": "late_rows.in" }],
  "layout": { "orders": { "x": 0, "y": 0 }, "cleaning": { "x": 320, "y": 0 }, "europe": { "x": 640, "y": 0 },
              "per_minute": { "x": 320, "y": 176 }, "minutes": { "x": 640, "y": 160 }, "late_rows": { "x": 640, "y": 272 } } })json";

// Sources and topics with most of what can be said of them.
inline constexpr const char* kSettings = R"json({ "weir": 1, "name": "settings", "nodes": [
  { "id": "lines", "use": "file.source", "name": "Lines of all logs", "was": ["rows", "raw_rows"], "params": {
    "path": "logs/**/app-??.log", "format": "json.json", "follow": true, "schema": [
      { "name": "customer", "type": "string", "nullable": false }, { "name": "balance", "type": "decimal(12,2)" },
      { "name": "at", "type": "timestamp", "nullable": false } ],
    "event_time": { "field": "at", "disorder": "5s", "max_ahead": "12h" }, "idle_after": "1m" } },
  { "id": "out", "use": "file.sink", "params": { "path": "balances-{task}.ndjson", "format": "json.json" } } ],
  "topics": [
    { "id": "balances", "topic": "customer-balances", "doc": "The newest balance of each customer.", "was": ["totals", "customer_totals"],
      "partitions": 4, "key": ["customer"], "retention": "7d", "retention_bytes": 1073741824, "on_gap": "continue" },
    { "id": "changes", "table": true, "partitions": 1, "key": ["customer"], "schema": [
      { "name": "customer", "type": "string", "nullable": false }, { "name": "balance", "type": "decimal(12,2)" } ],
      "event_time": { "field": "at", "disorder": "5s", "max_ahead": "none" } } ],
  "edges": [{ "from": "lines.out", "to": "balances" }, { "from": "balances", "to": "out.in" }],
  "layout": { "lines": { "x": 0, "y": 0 }, "balances": { "x": 320, "y": 0 }, "out": { "x": 640, "y": 0 },
              "changes": { "x": 320, "y": 144 } } })json";

}  // namespace weir::designer
