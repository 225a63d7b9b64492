#include "runtime/task/decode_queue.hpp"

#include <utility>

namespace weir::runtime {

DecodeQueue::DecodeQueue(MakeFormat makeFormat, Submit submit, std::function<void()> ready)
    : makeFormat_(std::move(makeFormat)), submit_(std::move(submit)), ready_(std::move(ready)) {}

void DecodeQueue::push(std::size_t split, SourceChunk chunk, bool share) {
  auto entry = std::make_shared<Entry>();
  entry->split = split;
  entry->chunk = std::move(chunk);
  {
    const std::lock_guard lock(mutex_);
    entries_.push_back(std::move(entry));
  }
  if (share) submit_([self = shared_from_this()] { self->runJob(); });
}

std::size_t DecodeQueue::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

std::vector<std::size_t> DecodeQueue::splitsInFlight() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::size_t> splits;
  for (const auto& entry : entries_) splits.push_back(entry->split);
  return splits;
}

void DecodeQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  entries_.clear();
}

void DecodeQueue::runJob() {
  std::shared_ptr<Entry> entry;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& candidate : entries_) {
      if (candidate->state == State::Waiting) {
        entry = candidate;
        entry->state = State::Running;
        break;
      }
    }
  }
  // The task itself was faster.
  if (!entry) return;
  Result<DecodedChunk> decoded = decode(*entry);
  const std::lock_guard lock(mutex_);
  entry->decoded = std::move(decoded);
  entry->state = State::Done;
  if (!closed_ && !entries_.empty() && entries_.front() == entry) ready_();
}

Result<std::optional<DecodedChunk>> DecodeQueue::pop() {
  std::shared_ptr<Entry> entry;
  {
    const std::lock_guard lock(mutex_);
    if (entries_.empty() || entries_.front()->state == State::Running) return std::optional<DecodedChunk>();
    entry = entries_.front();
    entries_.pop_front();
    if (entry->state == State::Waiting) entry->state = State::Running;
  }
  if (!entry->decoded) entry->decoded = decode(*entry);
  if (!*entry->decoded) return entry->decoded->error();
  return std::optional<DecodedChunk>(std::move(**entry->decoded));
}

Result<std::unique_ptr<FormatInstance>> DecodeQueue::takeFormat() {
  {
    const std::lock_guard lock(mutex_);
    if (!formats_.empty()) {
      auto format = std::move(formats_.back());
      formats_.pop_back();
      return format;
    }
  }
  return makeFormat_();
}

Result<DecodedChunk> DecodeQueue::decode(Entry& entry) {
  const SourceChunk chunk = std::move(entry.chunk);
  DecodedChunk out;
  out.split = entry.split;
  out.position = chunk.position();
  for (const UnreadableRecord& record : chunk.unreadable()) {
    std::string reason = record.reason;
    if (record.bytes.size() < record.length) {
      reason += " The value holds the first " + std::to_string(record.bytes.size()) + " of its " +
                std::to_string(record.length) + " bytes.";
    }
    out.malformed.push_back({record.position, record.bytes, std::move(reason)});
  }
  if (chunk.batch() || chunk.data().empty()) {
    out.batch = chunk.batch();
    return out;
  }
  WEIR_TRY_ASSIGN(format, takeFormat());
  auto rows = format->decode(chunk.data(), chunk.offsets(), chunk.recordCount());
  if (!rows) return rows.error();
  out.batch = std::move(rows->batch);
  for (const weir_malformed& record : rows->malformed) {
    out.malformed.push_back({chunk.begin() + record.begin,
                             std::string(chunk.data().substr(record.begin, record.end - record.begin)),
                             std::string(reinterpret_cast<const char*>(record.reason.data), record.reason.size)});
  }
  const std::lock_guard lock(mutex_);
  formats_.push_back(std::move(format));
  return out;
}

}  // namespace weir::runtime
