#include "core/runtime/formats/decode_queue.hpp"

#include <utility>

#include "core/runtime/formats/good_records.hpp"
#include "weir/sdk/any_builder.hpp"
#include "weir/sdk/batch_maker.hpp"
#include "weir/sdk/batch_slice.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::runtime {

DecodeQueue::DecodeQueue(MakeFormat makeFormat, std::shared_ptr<FormatServices> services, Submit submit,
                         std::function<void()> ready)
    : makeFormat_(std::move(makeFormat)),
      services_(std::move(services)),
      submit_(std::move(submit)),
      ready_(std::move(ready)) {}

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
  services_->close();
  entries_.clear();
}

void DecodeQueue::cancel() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  for (FormatInstance* const format : made_) format->cancel();
}

void DecodeQueue::runJob() {
  std::shared_ptr<Entry> entry;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& candidate : entries_) {
      if (candidate->state == State::Waiting && !candidate->format) {
        entry = candidate;
        entry->state = State::Running;
        break;
      }
    }
  }
  // The task itself was faster.
  if (!entry) return;
  Result<std::optional<DecodedChunk>> decoded = decode(*entry);
  const std::lock_guard lock(mutex_);
  if (!decoded) {
    entry->decoded = decoded.error();
  } else if (*decoded) {
    entry->decoded = std::move(**decoded);
  }
  entry->state = entry->decoded ? State::Done : State::Waiting;
  if (!closed_ && !entries_.empty() && entries_.front() == entry) ready_();
}

Result<std::optional<DecodedChunk>> DecodeQueue::pop() {
  std::shared_ptr<Entry> entry;
  {
    const std::lock_guard lock(mutex_);
    if (entries_.empty() || entries_.front()->state == State::Running) return std::optional<DecodedChunk>();
    entry = entries_.front();
    if (entry->state == State::Waiting) entry->state = State::Running;
  }
  if (!entry->decoded) {
    Result<std::optional<DecodedChunk>> decoded = decode(*entry);
    if (!decoded) return decoded.error();
    if (!*decoded) {
      const std::lock_guard lock(mutex_);
      entry->state = State::Waiting;
      return std::optional<DecodedChunk>();
    }
    entry->decoded = std::move(**decoded);
  }
  {
    const std::lock_guard lock(mutex_);
    entries_.pop_front();
  }
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
  auto made = makeFormat_();
  if (!made) return made.error();
  const std::lock_guard lock(mutex_);
  made_.push_back(made->get());
  if (cancelled_) (*made)->cancel();
  return made;
}

// Keys, headers and times that the source knows of each record go to the row that was made of it.
Result<Batch> DecodeQueue::withEnvelope(const SourceChunk& chunk, const DecodedRows& rows) const {
  if (!rows.batch || (chunk.keys() == nullptr && chunk.headers() == nullptr && chunk.times() == nullptr)) {
    return rows.batch;
  }
  const auto records = goodRecords({chunk.offsets(), chunk.recordCount() + 1}, rows.malformed, [](auto&&...) {});
  if (!records || records->size() != static_cast<std::size_t>(rows.batch.rowCount())) {
    return fatalError("The format made " + std::to_string(rows.batch.rowCount()) + " rows of " +
                      std::to_string(records ? records->size() : chunk.recordCount()) +
                      " good records. Where a source gives keys, headers or times of " +
                      "records, its format has to make one row of each.");
  }
  BatchMaker maker = BatchMaker::from(rows.batch);
  const auto gather = [&](const DataType& type, const ArrowArray& array) {
    AnyBuilder builder(type);
    builder.appendFrom(ColumnView(array), *records);
    return builder.finish();
  };
  if (chunk.keys() != nullptr) maker.key(gather(TypeId::Bytes, *chunk.keys()));
  if (chunk.headers() != nullptr) maker.headers(gather(headersType(), *chunk.headers()));
  if (chunk.times() != nullptr) {
    std::vector<std::int64_t> times;
    for (const std::uint32_t record : *records) times.push_back(chunk.times()[record]);
    maker.eventTime(std::move(times));
  }
  return maker.finish(0);
}

Result<std::optional<DecodedChunk>> DecodeQueue::decode(Entry& entry) {
  // Records may all be without bytes.
  const bool decodes = !entry.chunk.batch() && (!entry.chunk.data().empty() || entry.chunk.recordCount() != 0);
  std::unique_ptr<FormatInstance> format = std::move(entry.format);
  if (decodes) {
    if (!format) {
      WEIR_TRY_ASSIGN(taken, takeFormat());
      format = std::move(taken);
    }
    const SourceChunk& chunk = entry.chunk;
    auto ready = format->prepare(chunk.data(), chunk.offsets(), chunk.recordCount());
    if (!ready) return ready.error();
    if (*ready == Progress::Blocked) {
      entry.format = std::move(format);
      return std::optional<DecodedChunk>();
    }
  }
  const SourceChunk chunk = std::move(entry.chunk);
  DecodedChunk out;
  out.watermark = chunk.watermark();
  out.split = entry.split;
  out.begin = chunk.begin();
  out.position = chunk.position();
  for (const UnreadableRecord& record : chunk.unreadable()) {
    std::string reason = record.reason;
    if (record.bytes.size() < record.length) {
      reason += " The value holds the first " + std::to_string(record.bytes.size()) + " of its " +
                std::to_string(record.length) + " bytes.";
    }
    out.malformed.push_back({record.position, record.bytes, std::move(reason)});
  }
  if (!decodes) {
    out.batch = chunk.batch();
    return std::optional(std::move(out));
  }
  auto rows = format->decode(chunk.data(), chunk.offsets(), chunk.recordCount());
  if (!rows) return rows.error();
  auto batch = withEnvelope(chunk, *rows);
  if (!batch) return batch.error();
  out.batch = std::move(*batch);
  for (const weir_malformed& record : rows->malformed) {
    out.malformed.push_back({chunk.begin() + record.begin,
                             std::string(chunk.data().substr(record.begin, record.end - record.begin)),
                             std::string(toView(record.reason))});
  }
  const std::lock_guard lock(mutex_);
  formats_.push_back(std::move(format));
  return std::optional(std::move(out));
}

}  // namespace weir::runtime
