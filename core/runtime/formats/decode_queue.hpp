// Chunks of a source on their way to rows: decoded by any thread, given out in order.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/formats/format_services.hpp"
#include "core/runtime/ports/plugin_host.hpp"

namespace weir::runtime {

struct MalformedRecord {
  std::uint64_t position = 0;  // in the input
  std::string bytes;
  std::string reason;
};

struct DecodedChunk {
  std::size_t split = 0;
  std::uint64_t begin = 0;                      // of its bytes in the split, as the source says
  std::string position;                         // of the split after this chunk
  Batch batch;                                  // empty handle when there are no good rows
  std::int64_t watermark = WEIR_WATERMARK_MIN;  // what the source says of the split after this chunk
  std::vector<MalformedRecord> malformed;
};

// The queue belongs to one task; jobs that it hands out may run anywhere. A job holds its share of the queue
// alive, because the pool may run it after the task is gone.
class DecodeQueue : public std::enable_shared_from_this<DecodeQueue> {
 public:
  using MakeFormat = std::function<Result<std::unique_ptr<FormatInstance>>()>;
  using Submit = std::function<void(std::function<void()>)>;

  // `ready` is called, from any thread, when the chunk in front has been decoded by another thread.
  DecodeQueue(MakeFormat makeFormat, std::shared_ptr<FormatServices> services, Submit submit,
              std::function<void()> ready);

  // [task] Takes a chunk in; with `share` other threads may decode it.
  void push(std::size_t split, SourceChunk chunk, bool share);
  // [task] Chunks taken in and not given out.
  std::size_t size() const;
  // [task] The chunk in front. Decodes it here when nobody has begun; nothing while another thread is at it,
  // or when the queue is empty.
  Result<std::optional<DecodedChunk>> pop();
  // [task] Splits of the chunks in flight, in order.
  std::vector<std::size_t> splitsInFlight() const;
  // [task] No job calls `ready` after this.
  void close();
  // [any] Formats give up what they wait for.
  void cancel();
  // Figures of the formats. [any]
  std::map<std::string, const Metric*> metrics() const { return services_->metrics(); }

 private:
  enum class State : std::uint8_t { Waiting, Running, Done };
  struct Entry {
    std::size_t split = 0;
    SourceChunk chunk;
    State state = State::Waiting;
    std::optional<Result<DecodedChunk>> decoded;
    std::unique_ptr<FormatInstance> format;  // that is not ready for it: asked again each time somebody looks
  };

  void runJob();
  // Nothing: the format is not ready.
  Result<std::optional<DecodedChunk>> decode(Entry& entry);
  Result<Batch> withEnvelope(const SourceChunk& chunk, const DecodedRows& rows) const;
  Result<std::unique_ptr<FormatInstance>> takeFormat();

  MakeFormat makeFormat_;
  std::shared_ptr<FormatServices> services_;  // shared with the input, outlives the formats
  Submit submit_;
  std::function<void()> ready_;
  mutable std::mutex mutex_;
  bool closed_ = false;
  std::deque<std::shared_ptr<Entry>> entries_;            // shared with the job that decodes one
  std::vector<std::unique_ptr<FormatInstance>> formats_;  // free ones: each is used by one thread at a time
  std::vector<FormatInstance*> made_;                     // all of them
  bool cancelled_ = false;
};

}  // namespace weir::runtime
