// An operator whose calls are written in the test, behind the host's bridge, and what came out of it.
#pragma once

#include <QtTest/QtTest>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/adapters/host/call/bridged_format.hpp"
#include "core/adapters/host/call/bridged_operator.hpp"
#include "core/adapters/host/check/memory_services.hpp"
#include "core/adapters/host/tests/raw_operator.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::host {

using Rows = std::vector<std::int64_t>;

inline Batch batchOf(const Rows& rows) {
  BatchBuilder builder(makeSchema(rowNumbers()));
  for (const std::int64_t row : rows) builder.row(row);
  return builder.finish();
}

inline Rows rowsOf(const Batch& batch) {
  Rows rows;
  const FixedView<std::int64_t> values(batch.column(0));
  batch.forEachRow([&](std::int64_t row) { rows.push_back(values[row]); });
  return rows;
}

struct Fixture {
  explicit Fixture(catalog::OperatorSpec spec = {}, runtime::CheckDepth checks = runtime::CheckDepth::Everything,
                   std::size_t capacity = 0)
      : services(1, 0, capacity, 1 << 20), op(script, services, std::move(spec), checks) {}

  Rows out() {
    Rows rows;
    for (const Batch& batch : services.output[0]) {
      for (const std::int64_t row : rowsOf(batch)) rows.push_back(row);
    }
    return rows;
  }
  std::size_t deadLetters() const {
    return static_cast<std::size_t>(std::count(services.deadLetters.begin(), services.deadLetters.end(), '\n'));
  }

  Script script;
  MemoryServices services;
  RawOperator op;
};

inline bool contains(const std::string& text, const char* part) {
  if (text.find(part) != std::string::npos) return true;
  qWarning("\"%s\" is not in: %s", part, text.c_str());
  return false;
}

}  // namespace weir::host
