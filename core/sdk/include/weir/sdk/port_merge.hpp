// Rows of several input ports in the order of their event times, whatever the order in which they arrive.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/key_encoder.hpp"
#include "weir/sdk/ordered_store.hpp"

namespace weir {

// What an operator with several ports sees must not hang on which of its inputs was faster. A merge keeps rows, in a
// store of the operator, until the watermarks of all ports have passed them, and gives them out by time; of equal
// times, the lower port first; within a port, in the order of arrival. Rows without a time, and those that are late
// already, come with the next release. What is kept is bounded by how far the ports are apart.
//
//   Flow process(std::size_t port, const Batch& batch) override {
//     merge_.add(port, batch);
//     merge_.release([&](std::size_t from, const Batch& rows) { ... });   // rows of one port, a run at a time
//     emit what came of it, and then the watermark of `batch`
//   }
//
// Kept of a row are its columns, its time and its kind of change; keys and headers are not. (-0.0 becomes 0.0.)
class PortMerge {
 public:
  // One schema for each port; `store` is declared in the manifest.
  PortMerge(Context& context, std::string_view store, std::vector<SchemaRef> ports) : rows_(context, store) {
    for (SchemaRef& schema : ports) {
      std::vector<std::size_t> all(schema->schema().fields.size());
      std::iota(all.begin(), all.end(), std::size_t{0});
      ports_.push_back({BatchBuilder(schema), KeyEncoder(schema->schema(), std::move(all))});
    }
  }

  void add(std::size_t port, const Batch& batch) {
    Port& to = ports_.at(port);
    for (const WatermarkStep& step : batch.portSteps()) to.watermark = std::max(to.watermark, step.watermark);
    if (batch.selectedCount() == 0) return;
    to.encoder.bind(batch);
    batch.forEachRow([&](std::int64_t row) {
      std::string value(1, static_cast<char>(batch.get()->ops == nullptr ? kNoOp : batch.get()->ops[row]));
      value += to.encoder.key(row);
      rows_.put(keyOf(batch.eventTime(row), port, nextSequence()), std::move(value));
    });
  }

  // Up to here everything has come, on every port.
  std::int64_t watermark() const {
    std::int64_t least = WEIR_WATERMARK_MAX;
    for (const Port& port : ports_) least = std::min(least, port.watermark);
    return least;
  }

  // Calls take(port, batch) for what is due, in order.
  template <typename Take>
  void release(Take take) {
    const std::int64_t upTo = watermark();
    std::vector<std::string> done;
    std::size_t current = 0;
    const auto flush = [&] {
      if (ports_[current].builder.rows() != 0) take(current, ports_[current].builder.finish());
    };
    rows_.scan({}, upTo == WEIR_WATERMARK_MAX ? std::string() : keyOf(upTo + 1, 0, 0),
               [&](std::string_view key, std::string_view value) {
                 StateKeyReader place(key);
                 place.present();
                 const std::int64_t time = place.int64();
                 place.present();
                 const auto port = static_cast<std::size_t>(place.int32());
                 if (port != current) flush();
                 current = port;
                 append(port, time, value);
                 done.emplace_back(key);
                 return true;
               });
    flush();
    for (const std::string& key : done) rows_.erase(key);
  }

 private:
  static constexpr char kNoOp = 0x7f;
  struct Port {
    BatchBuilder builder;
    KeyEncoder encoder;
    std::int64_t watermark = WEIR_WATERMARK_MIN;
  };

  std::string keyOf(std::int64_t time, std::size_t port, std::int64_t sequence) {
    key_.clear();
    key_.int64(time);
    key_.int32(static_cast<std::int32_t>(port));
    key_.int64(sequence);
    return std::string(key_.view());
  }
  void append(std::size_t port, std::int64_t time, std::string_view value) {
    BatchBuilder& builder = ports_[port].builder;
    decodeKey(value.substr(1), builder, 0, ports_[port].encoder.types().size());
    builder.endRow();
    if (time != WEIR_NO_TIME) builder.time(time);
    if (value[0] != kNoOp) builder.op(static_cast<std::int8_t>(value[0]));
  }
  // Above all that are kept: after a restart too.
  std::int64_t nextSequence() {
    if (sequence_ < 0) {
      rows_.scan({}, {}, [&](std::string_view key, std::string_view) {
        StateKeyReader place(key);
        place.present(), place.int64(), place.present(), place.int32(), place.present();
        sequence_ = std::max(sequence_, place.int64());
        return true;
      });
    }
    return ++sequence_;
  }

  OrderedStore rows_;
  std::vector<Port> ports_;
  StateKeyWriter key_;
  std::int64_t sequence_ = -1;
};

}  // namespace weir
