#include "core/runtime/engine/topic_readers.hpp"

#include <algorithm>
#include <utility>

namespace weir::runtime {

namespace {

constexpr int kRestOfRound = 9;  // times as long as the round was: a tenth of a thread

}  // namespace

void TopicReaders::add(std::int32_t partition, Runnable& reader) {
  const auto index = static_cast<std::size_t>(partition);
  readers_.resize(std::max(readers_.size(), index + 1));
  readers_[index].push_back(&reader);
}

void TopicReaders::wakeForRows(std::int32_t partition) {
  const auto index = static_cast<std::size_t>(partition);
  if (index >= readers_.size()) return;
  for (Runnable* const reader : readers_[index]) pool_.wake(*reader);
}

void TopicReaders::wakeAll() {
  for (const std::vector<Runnable*>& readers : readers_) {
    for (Runnable* const reader : readers) pool_.wake(*reader);
  }
}

void TopicReaders::wakeForTime() {
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.monotonic();
  wanted_ = true;
  if (underWay_) return;
  if (now < restsUntil_) return pool_.wakeAt(*this, restsUntil_);
  beginRound(now);
}

void TopicReaders::beginRound(Instant now) {
  wanted_ = false;
  underWay_ = true;
  begun_ = now;
  wakeAll();
  pool_.wake(*this);  // whose turn comes behind all of theirs
}

bool TopicReaders::runSome() {
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.monotonic();
  if (std::exchange(underWay_, false)) restsUntil_ = now + std::min(longestRest_, kRestOfRound * (now - begun_));
  if (!wanted_) return false;
  if (now < restsUntil_) {
    pool_.wakeAt(*this, restsUntil_);
  } else {
    beginRound(now);
  }
  return false;
}

}  // namespace weir::runtime
