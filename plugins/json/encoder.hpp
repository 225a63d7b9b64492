// Rows as canonical JSON text.
#pragma once

#include <string>
#include <vector>

#include "weir/sdk/batch.hpp"
#include "weir/sdk/types.hpp"

namespace weir::json {

// Fields in the schema's order without spaces; nulls are written; what decodes again to the same row.
class Encoder {
 public:
  explicit Encoder(const Schema& schema);
  // Appends one row of a batch of this schema, without a line feed.
  void appendRow(std::string& out, const Batch& batch, std::int64_t row) const;

 private:
  struct Node {
    DataType type;
    std::vector<std::string> labels;  // of children: `{"name":` or `,"name":`
    std::vector<Node> children;
  };
  static Node makeNode(const DataType& type);
  static void appendValue(std::string& out, const Node& node, ColumnView column, std::int64_t row);
  Node root_;
};

// A JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD, because JSON cannot hold them.
void appendString(std::string& out, std::string_view text);

}  // namespace weir::json
