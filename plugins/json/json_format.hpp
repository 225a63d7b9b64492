// The operator json.json: lines or records of JSON, and back.
#pragma once

#include "plugins/json/decoder.hpp"
#include "weir/sdk/operators.hpp"
#include "weir/sdk/row_json.hpp"

namespace weir::json {

class JsonFormat final : public Format {
 public:
  explicit JsonFormat(const CreateInfo& info);
  Batch decode(const Records& records, MalformedRecords& malformed) override;
  void encode(const Batch& batch, RecordWriter& out) override;

 private:
  SchemaRef schema_;
  Decoder decoder_;
  RowJsonWriter writer_;
  Batch inData_;  // no rows: they have places in the data
};

}  // namespace weir::json
