// Reading a store of a node while it runs, as jobs of its tasks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/engine/engine.hpp"

namespace weir::runtime {

// A store of one task. Keys and values are bytes, as operators keep them.
struct StorePlace {
  TaskId task;
  std::string node;
  std::string store;
  std::int64_t segment = 0;
};

struct StateEntry {
  std::string key;
  std::string value;
  friend bool operator==(const StateEntry&, const StateEntry&) = default;
};

struct StateEntries {
  std::vector<StateEntry> entries;  // in key order
  bool more = false;                // there are more of them than were asked for
};

// [any] `answer` comes once, on any thread, with what is committed; with an error where the task is not run here.
using StateAnswer = std::function<void(Result<StateEntries> found)>;
// One entry, or none.
void readState(Engine& engine, StorePlace place, std::string key, StateAnswer answer);
// Entries with from <= key < to (empty `to`: no end), `most` of them.
void scanState(Engine& engine, StorePlace place, std::string from, std::string to, std::size_t most,
               StateAnswer answer);

}  // namespace weir::runtime
