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

#include "core/base/clock.hpp"
#include "core/runtime/ports/plugin_host.hpp"
#include "core/runtime/time/event_stamper.hpp"

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
  bool again = false;  // it was told of after its end, with chunks still in flight
  // Its rows have positions: where they begin in the split, where that is known, and otherwise numbers. All of those
  // that it has given are below `rows`. The name is shared with the batches, which outlive a split that has ended.
  std::int64_t rows = 0;
  std::shared_ptr<const std::string> rowName;
  std::optional<std::string> prepared;  // position of the commit in flight
  std::string openedAt;                 // position
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

  // The one to be read now, of those that may have something: the one whose time is furthest behind, and of several the
  // first by id. Those that have told no time yet, and perhaps have none, are read in rounds, each of them once and in
  // the order of their ids, and at the end of a round it is the turn of the one that is furthest behind.
  std::optional<std::size_t> next();
  // Where the rounds stand: the split of the last turn, empty at the beginning of one. Reading goes on behind it when a
  // new table is told so before any split is added.
  const std::string& turn() const { return turn_; }
  void goOnBehind(std::string turn) { turn_ = std::move(turn); }
  // Whatever moves the time of a split runs in here.
  template <typename Move>
  void moveTime(std::size_t index, Move&& move) {
    const bool ordered = takeOut(index);
    move(at(index).time);
    if (ordered) putIn(index);
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
  struct Turn {
    std::int64_t round;
    std::string_view id;
    std::size_t index;
    friend auto operator<=>(const Turn&, const Turn&) = default;
  };
  Key keyOf(std::size_t index) const { return {at(index).time.watermark(), at(index).id, index}; }
  Turn turnOf(std::size_t index) const { return {rounds_[index], at(index).id, index}; }
  // Into the order of those that may have something, and out of it: answers whether it was there.
  void putIn(std::size_t index);
  bool takeOut(std::size_t index);

  std::vector<std::unique_ptr<OpenSplit>> slots_;
  std::vector<Instant> silentSince_;  // by number; never: it was heard last
  std::vector<std::size_t> free_;
  std::unordered_map<std::string_view, std::size_t> byId_;
  std::set<Key> timed_;               // may have something, and have told a time
  std::set<Turn> untimed_;            // may have something, and have told none
  std::vector<std::int64_t> rounds_;  // by number: in which it is read next
  std::int64_t round_ = 0;            // of the last turn; 0: there was none
  std::int64_t timedRound_ = 1;       // at the end of which it is the turn of one that has told a time
  std::string turn_;
  std::set<std::size_t> dry_;
  std::set<std::pair<Instant, std::size_t>> silent_;  // and not noted
  std::size_t ended_ = 0;
};

}  // namespace weir::runtime
