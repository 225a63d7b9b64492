// An in-memory host for tests of the SDK: keeps what operators do, and serves state only once it is committed.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/sdk/batch.hpp"
#include "weir/sdk/context.hpp"
#include "weir/sdk/slice.hpp"

struct weir_state {
  // What commits hold, by (segment, key); and what was handed over since.
  std::map<std::pair<std::int64_t, std::string>, std::string> committed;
  struct Change {
    std::int64_t segment;
    std::string key;
    std::optional<std::string> value;
    bool dropBelow = false;
  };
  std::map<std::uint64_t, std::vector<Change>> prepared;  // by epoch
  std::vector<std::string> lent;
  std::vector<std::int64_t> lentSegments;
  std::int64_t budget = INT64_MAX;
  std::int64_t used = 0;
  int gets = 0;
  int scans = 0;
};

struct weir_metric {
  std::int64_t value = 0;
};

namespace weir {

class FakeHost {
 public:
  struct DeadLetter {
    std::uint32_t row;
    std::string reason;
  };

  FakeHost() {
    table_.struct_size = sizeof(weir_host);
    table_.last_error = [](weir_context* ctx) { return toSlice(of(ctx).error); };
    table_.set_error = [](weir_context* ctx, weir_slice text) { of(ctx).error = std::string(toView(text)); };
    table_.log = [](weir_context* ctx, weir_log_level, weir_slice text) { of(ctx).logged.emplace_back(toView(text)); };
    table_.now = [](weir_context* ctx) { return of(ctx).time; };
    table_.emit = [](weir_context* ctx, std::uint32_t port, const weir_batch* batch) -> weir_status {
      of(ctx).emitted.emplace_back(port, Batch::share(batch));
      return of(ctx).room-- > 1 ? WEIR_OK : WEIR_FULL;
    };
    table_.dead_letter = [](weir_context* ctx, const weir_batch*, const std::uint32_t* rows, std::size_t count,
                            weir_slice reason) {
      for (std::size_t i = 0; i < count; ++i) of(ctx).deadLetters.push_back({rows[i], std::string(toView(reason))});
    };
    table_.wake = [](weir_context* ctx) { ++of(ctx).wakes; };
    table_.wake_at = [](weir_context* ctx, std::int64_t at) { of(ctx).wakeTime = at; };
    table_.metric_open = [](weir_context* ctx, weir_slice name, weir_metric** out) -> weir_status {
      *out = &of(ctx).metrics[std::string(toView(name))];
      return WEIR_OK;
    };
    table_.metric_add = [](weir_context*, weir_metric* metric, std::int64_t delta) { metric->value += delta; };
    table_.state_open = [](weir_context* ctx, weir_slice name, weir_state** out) -> weir_status {
      *out = &of(ctx).stores[std::string(toView(name))];
      return WEIR_OK;
    };
    table_.state_get_many = getMany;
    table_.state_scan = scan;
    table_.state_segments = segments;
    table_.state_put = put;
    table_.state_drop_below = [](weir_context* ctx, weir_state* store, std::int64_t segment) -> weir_status {
      store->prepared[of(ctx).epoch].push_back({segment, {}, {}, true});
      return WEIR_OK;
    };
    table_.state_budget = [](weir_context*, weir_state* store, std::int64_t used) {
      store->used = used;
      return store->budget;
    };
    table_.request_commit = [](weir_context* ctx) { ++of(ctx).commitRequests; };
    table_.set_recovery = [](weir_context* ctx, weir_slice blob) -> weir_status {
      of(ctx).recovery = std::string(toView(blob));
      return WEIR_OK;
    };
  }

  const weir_host* table() const { return &table_; }
  weir_context* handle() { return reinterpret_cast<weir_context*>(this); }

  // The commit protocol, as a host plays it. Between the two the host serves nothing of the epoch.
  void prepare(Context& context, std::uint64_t commitEpoch) {
    epoch = commitEpoch;
    for (StoreHooks* store : context.stores()) store->prepareCommit(commitEpoch);
  }
  void commit(Context& context, std::uint64_t commitEpoch) {
    makeDurable(commitEpoch);
    for (StoreHooks* store : context.stores()) store->committed(commitEpoch);
  }
  void makeDurable(std::uint64_t commitEpoch) {
    for (auto& [name, store] : stores) {
      for (const weir_state::Change& change : store.prepared[commitEpoch]) apply(store, change);
      store.prepared.erase(commitEpoch);
    }
  }
  // What a crash leaves: commits, and nothing else.
  void crash() {
    for (auto& [name, store] : stores) store.prepared.clear();
  }

  std::map<std::string, weir_state> stores;
  std::map<std::string, weir_metric> metrics;
  std::vector<std::pair<std::uint32_t, Batch>> emitted;
  std::vector<DeadLetter> deadLetters;
  std::vector<std::string> logged;
  std::string error;
  std::string recovery;
  std::int64_t time = 0;
  std::int64_t wakeTime = INT64_MAX;
  std::int64_t room = INT64_MAX;  // batches until emit says "full"
  std::uint64_t epoch = 0;
  int wakes = 0;
  int commitRequests = 0;

 private:
  static FakeHost& of(weir_context* ctx) { return *reinterpret_cast<FakeHost*>(ctx); }

  static void apply(weir_state& store, const weir_state::Change& change) {
    if (change.dropBelow) {
      std::erase_if(store.committed, [&](const auto& entry) { return entry.first.first < change.segment; });
    } else if (change.value) {
      store.committed[{change.segment, change.key}] = *change.value;
    } else {
      store.committed.erase({change.segment, change.key});
    }
  }
  static weir_status getMany(weir_context* ctx, weir_state* store, std::int64_t segment, const weir_slice* keys,
                             std::size_t count, weir_slice* values) {
    ++store->gets;
    store->lent.assign(count, {});
    for (std::size_t i = 0; i < count; ++i) {
      if (i != 0 && !(toView(keys[i - 1]) < toView(keys[i]))) return refuse(ctx, "keys do not ascend");
      const auto found = store->committed.find({segment, std::string(toView(keys[i]))});
      values[i] = kAbsent;
      if (found == store->committed.end()) continue;
      store->lent[i] = found->second;
      values[i] = toSlice(store->lent[i]);
    }
    return WEIR_OK;
  }
  static weir_status scan(weir_context*, weir_state* store, std::int64_t segment, weir_slice from, weir_slice to,
                          weir_state_visitor visitor, void* arg) {
    ++store->scans;
    for (auto at = store->committed.lower_bound({segment, std::string(toView(from))});
         at != store->committed.end() && at->first.first == segment; ++at) {
      if (to.data != nullptr && at->first.second >= toView(to)) break;
      const weir_state_entry entry{segment, toSlice(at->first.second), toSlice(at->second)};
      if (visitor(arg, &entry, sizeof entry) != 0) break;
    }
    return WEIR_OK;
  }
  static weir_status segments(weir_context*, weir_state* store, const std::int64_t** out, std::size_t* count) {
    store->lentSegments.clear();
    for (const auto& [key, value] : store->committed) {
      if (store->lentSegments.empty() || store->lentSegments.back() != key.first) {
        store->lentSegments.push_back(key.first);
      }
    }
    *out = store->lentSegments.data();
    *count = store->lentSegments.size();
    return WEIR_OK;
  }
  static weir_status put(weir_context* ctx, weir_state* store, const weir_state_entry* given, std::size_t count,
                         std::size_t entrySize) {
    std::vector<weir_state_entry> copies;
    const std::span<const weir_state_entry> entries = knownItems(given, count, entrySize, copies);
    for (std::size_t i = 0; i < count; ++i) {
      const auto place = [&](std::size_t at) { return std::pair(entries[at].segment, toView(entries[at].key)); };
      if (i != 0 && !(place(i - 1) < place(i))) return refuse(ctx, "entries do not ascend");
      std::optional<std::string> value;
      if (entries[i].value.data != nullptr) value = std::string(toView(entries[i].value));
      store->prepared[of(ctx).epoch].push_back({entries[i].segment, std::string(toView(entries[i].key)), value});
    }
    return WEIR_OK;
  }
  static weir_status refuse(weir_context* ctx, const char* why) {
    of(ctx).error = why;
    return WEIR_ERROR_FATAL;
  }

  weir_host table_{};
};

// One life of an operator's stores: between two crashes.
struct Life {
  explicit Life(FakeHost& fakeHost) : context(fakeHost.table(), fakeHost.handle()) {}
  void begin() {
    for (StoreHooks* store : context.stores()) store->load();
  }
  void trim() {
    for (StoreHooks* store : context.stores()) store->trim();
  }
  Context context;
};

}  // namespace weir
