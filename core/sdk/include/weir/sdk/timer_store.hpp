// Timers that survive restarts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "weir/sdk/ordered_store.hpp"
#include "weir/sdk/state_key.hpp"

namespace weir {

enum class TimeDomain : std::uint8_t {
  Event,      // due when the watermark has reached them: ask `pop` with the watermark (TimeWalker knows when)
  Processing  // due by the host's clock: onTimer is called, then `pop` with its time
};

struct Timer {
  std::int64_t time = 0;
  std::string key;
  std::string payload;
};

// Fires in the order (time, key). One timer per time and key: setting it again replaces its payload.
class TimerStore final : public OrderedStore {
 public:
  TimerStore(Context& context, std::string_view name, TimeDomain domain)
      : OrderedStore(context, name), domain_(domain) {}

  void set(std::int64_t time, std::string_view key, std::string payload = {}) {
    std::string bytes = keyOf(time, key);
    if (bytes < from_) from_ = bytes;
    put(std::move(bytes), std::move(payload));
    if (known_) next_ = std::min(next_, time);
  }
  void cancel(std::int64_t time, std::string_view key) {
    erase(keyOf(time, key));
    if (time <= next_) known_ = false;
  }
  // Time of the first timer; INT64_MAX: there is none.
  std::int64_t nextDue() const {
    if (!known_) {
      next_ = INT64_MAX;
      scan(from_, {}, [this](std::string_view key, std::string_view) {
        next_ = timeOf(key);
        return false;
      });
      known_ = true;
    }
    return next_;
  }
  // Takes the first timer whose time is not after `upTo`.
  std::optional<Timer> pop(std::int64_t upTo) {
    if (nextDue() > upTo || next_ == INT64_MAX) return std::nullopt;
    std::optional<Timer> timer;
    scan(from_, {}, [&](std::string_view key, std::string_view payload) {
      from_ = key;
      timer = Timer{timeOf(key), std::string(key.substr(kTimeSize)), std::string(payload)};
      return false;
    });
    known_ = false;
    if (timer) erase(keyOf(timer->time, timer->key));
    return timer;
  }

  void load() override {
    OrderedStore::load();
    known_ = false;
    from_.clear();
  }
  std::int64_t nextWake() const override { return domain_ == TimeDomain::Processing ? nextDue() : INT64_MAX; }

 private:
  static constexpr std::size_t kTimeSize = 8;

  static std::string keyOf(std::int64_t time, std::string_view key) {
    std::string bytes(kTimeSize, '\0');
    StateKeyWriter::big(bytes.data(), StateKeyWriter::flip(time));
    return bytes.append(key);
  }
  static std::int64_t timeOf(std::string_view bytes) {
    std::uint64_t bits = 0;
    if (bytes.size() < kTimeSize) throw FatalError("A timer in state has a damaged key.");
    std::memcpy(&bits, bytes.data(), kTimeSize);
    return static_cast<std::int64_t>(__builtin_bswap64(bits) ^ (1ULL << 63));
  }

  TimeDomain domain_;
  std::string from_;  // no timer lies before this: what has fired is walked over once
  mutable std::int64_t next_ = INT64_MAX;
  mutable bool known_ = false;
};

}  // namespace weir
