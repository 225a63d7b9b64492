#include "core/runtime/input/split_table.hpp"

#include <algorithm>

namespace weir::runtime {

std::size_t SplitTable::add(std::unique_ptr<OpenSplit> split) {
  std::size_t index = slots_.size();
  if (free_.empty()) {
    slots_.emplace_back();
    silentSince_.emplace_back();
    rounds_.emplace_back();
  } else {
    index = free_.back();
    free_.pop_back();
  }
  slots_[index] = std::move(split);
  silentSince_[index] = Instant::never();
  byId_.emplace(at(index).id, index);
  // What comes later waits for the next round: however many come, those that are there get their turn.
  rounds_[index] = round_ != 0 ? round_ + 1 : at(index).id > turn_ ? 1 : 2;
  putIn(index);
  return index;
}

void SplitTable::remove(std::size_t index) {
  takeOut(index);
  dry_.erase(index);
  silent_.erase({silentSince_[index], index});
  if (at(index).state == SplitState::Ended) ended_ -= 1;
  byId_.erase(at(index).id);
  slots_[index].reset();
  free_.push_back(index);
}

std::optional<std::size_t> SplitTable::find(std::string_view id) const {
  const auto found = byId_.find(id);
  if (found == byId_.end()) return std::nullopt;
  return found->second;
}

void SplitTable::putIn(std::size_t index) {
  if (at(index).time.watermark() != WEIR_WATERMARK_MIN) {
    timed_.insert(keyOf(index));
    return;
  }
  rounds_[index] = std::max(rounds_[index], round_);  // it may have been away for some
  untimed_.insert(turnOf(index));
}

bool SplitTable::takeOut(std::size_t index) {
  return timed_.erase(keyOf(index)) + untimed_.erase(turnOf(index)) != 0;
}

std::optional<std::size_t> SplitTable::next() {
  if (timed_.empty() && untimed_.empty()) return std::nullopt;
  const bool roundIsOver = untimed_.empty() || timedRound_ < untimed_.begin()->round;
  if (!timed_.empty() && roundIsOver) {
    timedRound_ = untimed_.empty() ? round_ + 1 : untimed_.begin()->round;
    turn_.clear();
    return timed_.begin()->index;
  }
  const std::size_t index = untimed_.begin()->index;
  untimed_.erase(untimed_.begin());
  round_ = rounds_[index]++;
  timedRound_ = std::max(timedRound_, round_);
  turn_ = at(index).id;
  untimed_.insert(turnOf(index));
  return index;
}

void SplitTable::heard(std::size_t index) {
  silent_.erase({silentSince_[index], index});
  silentSince_[index] = Instant::never();
}

void SplitTable::dry(std::size_t index, Instant now) {
  at(index).state = SplitState::Dry;
  takeOut(index);
  dry_.insert(index);
  if (silentSince_[index] != Instant::never()) return;
  silentSince_[index] = now;
  silent_.emplace(now, index);
}

void SplitTable::ended(std::size_t index) {
  at(index).state = SplitState::Ended;
  takeOut(index);
  heard(index);
  ended_ += 1;
}

void SplitTable::tryAgain(std::size_t index) {
  if (at(index).state != SplitState::Dry) return;
  at(index).state = SplitState::Readable;
  dry_.erase(index);
  putIn(index);
}

void SplitTable::tryAllAgain() {
  while (!dry_.empty()) tryAgain(*dry_.begin());
}

std::optional<std::pair<Instant, std::size_t>> SplitTable::longestSilent() const {
  if (silent_.empty()) return std::nullopt;
  return *silent_.begin();
}

void SplitTable::silenceNoted(std::size_t index) {
  silent_.erase({silentSince_[index], index});
}

}  // namespace weir::runtime
