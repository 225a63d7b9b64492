// The way out of a node: where the edges of a port lead, and what has been said there about time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/runtime/node/input_ports.hpp"
#include "core/runtime/node/tap.hpp"
#include "weir/sdk/arrow_schema.hpp"
#include "weir/sdk/batch.hpp"

namespace weir::runtime {

struct GraphEdge {
  std::size_t node = 0;  // that it leads to
  InputEdge to;
};

// [task]
class OutputPort {
 public:
  // `tap`: where it may be looked at, outlives it; nullptr: nowhere.
  explicit OutputPort(const Schema& schema, TapPoint* tap = nullptr);

  void leadTo(const GraphEdge& edge) { edges_.push_back(edge); }
  const std::vector<GraphEdge>& edges() const { return edges_; }
  const SchemaRef& schema() const { return schema_; }

  // A batch leaves here: shows it to whoever looks, and keeps what it says about time.
  void passes(const Batch& batch);
  // As it was told; WEIR_WATERMARK_MAX: the input of this run has ended.
  std::int64_t told() const { return ended_ ? WEIR_WATERMARK_MAX : watermark_; }
  // Somebody here has not heard what was told on another port.
  bool isBehind(const OutputPort& other) const;
  // What they have to hear, without rows.
  Batch timeOf(const OutputPort& other) const;

 private:
  std::vector<GraphEdge> edges_;
  SchemaRef schema_;
  Batch noRows_;
  TapPoint* tap_;
  std::int64_t watermark_ = WEIR_WATERMARK_MIN;
  bool ended_ = false;
};

}  // namespace weir::runtime
