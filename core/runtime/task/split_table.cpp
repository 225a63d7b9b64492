#include "runtime/task/split_table.hpp"

namespace weir::runtime {

std::size_t SplitTable::add(std::unique_ptr<OpenSplit> split) {
  std::size_t index = slots_.size();
  if (free_.empty()) {
    slots_.emplace_back();
    silentSince_.emplace_back();
  } else {
    index = free_.back();
    free_.pop_back();
  }
  slots_[index] = std::move(split);
  silentSince_[index] = Instant::never();
  byId_.emplace(at(index).id, index);
  readable_.insert(keyOf(index));
  return index;
}

void SplitTable::remove(std::size_t index) {
  readable_.erase(keyOf(index));
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

std::optional<std::size_t> SplitTable::furthestBehind() const {
  if (readable_.empty()) return std::nullopt;
  return readable_.begin()->index;
}

void SplitTable::heard(std::size_t index) {
  silent_.erase({silentSince_[index], index});
  silentSince_[index] = Instant::never();
}

void SplitTable::dry(std::size_t index, Instant now) {
  at(index).state = SplitState::Dry;
  readable_.erase(keyOf(index));
  dry_.insert(index);
  if (silentSince_[index] != Instant::never()) return;
  silentSince_[index] = now;
  silent_.emplace(now, index);
}

void SplitTable::ended(std::size_t index) {
  at(index).state = SplitState::Ended;
  readable_.erase(keyOf(index));
  heard(index);
  ended_ += 1;
}

void SplitTable::tryAgain(std::size_t index) {
  if (at(index).state != SplitState::Dry) return;
  at(index).state = SplitState::Readable;
  dry_.erase(index);
  readable_.insert(keyOf(index));
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
