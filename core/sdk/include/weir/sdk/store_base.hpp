// What every typed store shares: its name, its place in the host, and the epochs on their way.
//
// The contract of all stores. Reads see the overlay first and what is committed behind it. An entry that was
// changed stays in the overlay until a commit holds it: `prepareCommit` hands it over, and once `committed` has
// come, the host serves it and the overlay may drop it. If it changes again in between, it is dirty again, and
// belongs to the next epoch. All calls are [task]; trampolines make the calls of StoreHooks.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weir/sdk/context.hpp"

namespace weir::detail {

// Entries to hand over, with the bytes that they point into. Add them in (segment, key) order, and hand them
// over (StoreBase::handOver) whenever it is full.
class PutBuffer {
 public:
  void clear() {
    bytes_.clear();
    places_.clear();
  }
  // The caller appends the key and, unless the entry is deleted, the value to `bytes`, and then ends them.
  std::string& bytes() { return bytes_; }
  void begin(std::int64_t segment) { places_.push_back({segment, bytes_.size(), 0, 0}); }
  void endKey() { places_.back().value = bytes_.size(); }
  void endValue() { places_.back().end = bytes_.size(); }
  void deleted() { places_.back().end = kDeleted; }

  // Time to hand over: more than this at a time costs memory and saves nothing.
  bool isFull() const { return places_.size() >= 4096; }
  const std::vector<weir_state_entry>& entries() {
    entries_.clear();
    entries_.reserve(places_.size());
    for (const Place& place : places_) {
      const std::string_view all = bytes_;
      const weir_slice value =
          place.end == kDeleted ? kAbsent : toSlice(all.substr(place.value, place.end - place.value));
      entries_.push_back({place.segment, toSlice(all.substr(place.key, place.value - place.key)), value});
    }
    return entries_;
  }

 private:
  static constexpr std::size_t kDeleted = SIZE_MAX;
  struct Place {
    std::int64_t segment;
    std::size_t key;
    std::size_t value;
    std::size_t end;
  };
  std::string bytes_;
  std::vector<Place> places_;
  std::vector<weir_state_entry> entries_;
};

class StoreBase : public StoreHooks {
 public:
  StoreBase(Context& context, std::string_view name) : context_(&context) {
    context.check(context.host().state_open(context.handle(), toSlice(name), &state_));
    context.attach(this);
  }
  StoreBase(const StoreBase&) = delete;
  StoreBase& operator=(const StoreBase&) = delete;
  ~StoreBase() override { context_->detach(this); }

  void committed(std::uint64_t epoch) override {
    while (!prepared_.empty() && prepared_.front().epoch <= epoch) {
      committedSequence_ = prepared_.front().sequence;
      unserved_ -= prepared_.front().entries;
      prepared_.pop_front();
    }
  }

 protected:
  Context& context() const { return *context_; }

  // --- the host's side ---
  std::vector<std::int64_t> hostSegments() const {
    const std::int64_t* segments = nullptr;
    std::size_t count = 0;
    context_->check(context_->host().state_segments(context_->handle(), state_, &segments, &count));
    return {segments, segments + count};
  }
  // Fills `values`, which are valid until the next call on this store.
  void hostGet(std::int64_t segment, std::span<const weir_slice> keys, std::vector<weir_slice>& values) const {
    values.assign(keys.size(), kAbsent);
    context_->check(
        context_->host().state_get_many(context_->handle(), state_, segment, keys.data(), keys.size(), values.data()));
  }
  // Calls visit(key, value) for each entry with from <= key < to (`to` empty: no end) until it answers false.
  template <typename Visit>
  void hostScan(std::int64_t segment, std::string_view from, std::string_view to, Visit visit) const {
    struct Scan {
      Visit& visit;
      std::exception_ptr thrown;
    } scan{visit, nullptr};
    const auto visitor = [](void* arg, const weir_state_entry* entry, std::size_t) -> std::int32_t {
      auto& self = *static_cast<Scan*>(arg);
      try {
        return self.visit(toView(entry->key), toView(entry->value)) ? 0 : 1;
      } catch (...) {  // must not cross the border
        self.thrown = std::current_exception();
        return 1;
      }
    };
    const weir_status status = context_->host().state_scan(context_->handle(), state_, segment, toSlice(from),
                                                           to.empty() ? kAbsent : toSlice(to), visitor, &scan);
    if (scan.thrown) std::rethrow_exception(scan.thrown);
    context_->check(status);
  }
  void handOver(PutBuffer& puts) const {
    const std::vector<weir_state_entry>& entries = puts.entries();
    if (entries.empty()) return;
    context_->check(context_->host().state_put(context_->handle(), state_, entries.data(), entries.size(),
                                               sizeof(weir_state_entry)));
    puts.clear();
  }
  void hostDropBelow(std::int64_t segment) const {
    context_->check(context_->host().state_drop_below(context_->handle(), state_, segment));
  }

  // --- epochs ---
  // A mark for entries that go out with the commit that is being prepared.
  std::uint32_t nextSequence() const { return lastSequence_ + 1; }
  // Whether the host serves what went out with `sequence`.
  bool served(std::uint32_t sequence) const {
    return static_cast<std::int32_t>(sequence - committedSequence_) <= 0;  // wraps around
  }
  void prepared(std::uint64_t epoch, std::size_t entries) {
    prepared_.push_back({epoch, ++lastSequence_, entries});
    unserved_ += entries;
    commitRequested_ = false;
  }
  std::size_t unserved() const { return unserved_; }

  // Tells the host what is used; answers what may be.
  std::size_t budgetFor(std::size_t used) const {
    const std::int64_t budget =
        context_->host().state_budget(context_->handle(), state_, static_cast<std::int64_t>(used));
    return budget < 0 ? 0 : static_cast<std::size_t>(budget);
  }
  bool overBudget(std::size_t used) const { return budgetFor(used) < used; }
  void wantCommit() {
    if (!commitRequested_) context_->requestCommit();
    commitRequested_ = true;
  }

 private:
  struct Epoch {
    std::uint64_t epoch;
    std::uint32_t sequence;
    std::size_t entries;
  };

  Context* context_;
  weir_state* state_ = nullptr;
  std::deque<Epoch> prepared_;
  std::uint32_t lastSequence_ = 0;
  std::uint32_t committedSequence_ = 0;
  std::size_t unserved_ = 0;  // entries handed over that the host may not serve yet
  bool commitRequested_ = false;
};

}  // namespace weir::detail
