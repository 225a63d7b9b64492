// The open splits of a source, kept in the orders in which they are asked for, so that no question walks over all of
// them: a source may have tens of thousands, nearly all of which have nothing to say.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "runtime/ports/plugin_host.hpp"
#include "runtime/time/event_stamper.hpp"

namespace weir::runtime {

enum class SplitState : std::uint8_t { Readable, Dry, Ended };

struct OpenSplit {
  std::string id;
  std::string name;  // for people; changes when the split is renamed
  std::unique_ptr<SplitReader> reader;
  std::string position;  // after the last rows given out
  SplitTime time;
  std::size_t timeInput = 0;  // its number in the merger of watermarks
  SplitState state = SplitState::Readable;
  int inFlight = 0;    // chunks read and not given out
  bool dirty = false;  // the position has not been committed
  bool gone = false;   // at its end nothing of it needs to be known any more
  // Numbers its rows. The name is shared with the batches, which outlive a split that has ended.
  std::int64_t rows = 0;
  std::shared_ptr<const std::string> rowName;
  std::optional<std::string> prepared;  // position of the commit in flight
};

// [task] A split has a number for as long as it is open.
class SplitTable {
 public:
  // Readable, and heard now.
  std::size_t add(std::unique_ptr<OpenSplit> split);
  void remove(std::size_t index);
  OpenSplit& at(std::size_t index) { return *slots_[index]; }
  const OpenSplit& at(std::size_t index) const { return *slots_[index]; }
  // nullptr where the number is of none that is open.
  OpenSplit* open(std::size_t index) { return index < slots_.size() ? slots_[index].get() : nullptr; }
  std::optional<std::size_t> find(std::string_view id) const;
  std::size_t size() const { return byId_.size(); }
  // Those that have not ended.
  std::size_t unendedCount() const { return byId_.size() - ended_; }

  // Of those that may have something, the one whose time is furthest behind; of several, the first by id.
  std::optional<std::size_t> furthestBehind() const;
  // Whatever moves the time of a split runs in here.
  template <typename Move>
  void moveTime(std::size_t index, Move&& move) {
    const bool ordered = readable_.erase(keyOf(index)) != 0;
    move(at(index).time);
    if (ordered) readable_.insert(keyOf(index));
  }

  // It has given something: it is silent no longer.
  void heard(std::size_t index);
  // It has nothing now; silent since the first time after it was heard last.
  void dry(std::size_t index, Instant now);
  void ended(std::size_t index);
  // A dry one may have something again.
  void tryAgain(std::size_t index);
  void tryAllAgain();
  // The split that has been silent for longest, and since when; nothing when none is waited for.
  std::optional<std::pair<Instant, std::size_t>> longestSilent() const;
  // longestSilent does not tell of it again before it is heard.
  void silenceNoted(std::size_t index);

 private:
  struct Key {
    std::int64_t watermark;
    std::string_view id;  // of the split, which stays where it is
    std::size_t index;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  Key keyOf(std::size_t index) const { return {at(index).time.watermark(), at(index).id, index}; }

  std::vector<std::unique_ptr<OpenSplit>> slots_;
  std::vector<Instant> silentSince_;  // by number; never: it was heard last
  std::vector<std::size_t> free_;
  std::unordered_map<std::string_view, std::size_t> byId_;
  std::set<Key> readable_;
  std::set<std::size_t> dry_;
  std::set<std::pair<Instant, std::size_t>> silent_;  // and not noted
  std::size_t ended_ = 0;
};

}  // namespace weir::runtime
