#include "plugins/json/json_format.hpp"

#include <utility>

#include "weir/sdk/batch_maker.hpp"

namespace weir::json {

JsonFormat::JsonFormat(const CreateInfo& info)
    : Format(info),
      schema_(info.input()),
      decoder_(schema_->schema()),
      writer_(schema_->schema()),
      inData_(BatchMaker(schema_).rowIds("", 0).finish(0)) {}

Batch JsonFormat::decode(const Records& records, MalformedRecords& malformed) {
  const auto receive = [&](std::uint64_t begin, std::uint64_t end, std::string reason) {
    malformed.add(begin, end, std::move(reason));
  };
  const std::size_t rows = records.offsets.empty() ? decoder_.decodeLines(records.data, receive)
                                                   : decoder_.decodeRecords(records.data, records.offsets, receive);
  if (rows == 0) return {};
  BatchMaker maker(schema_);
  maker.rowIdsFrom(inData_, 0, decoder_.takeBegins());
  for (OwnedColumn& column : decoder_.finish()) maker.column(std::move(column));
  return maker.finish(static_cast<std::int64_t>(rows));
}

void JsonFormat::encode(const Batch& batch, RecordWriter& out) {
  batch.forEachRow([&](std::int64_t row) {
    writer_.appendRow(out.bytes, batch, row);
    out.endRecord();
  });
}

}  // namespace weir::json
