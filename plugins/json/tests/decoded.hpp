// What decoding gave, in words: rows as canonical JSON, malformed records with their reasons.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/json/decoder.hpp"
#include "weir/sdk/batch_maker.hpp"
#include "weir/sdk/row_json.hpp"

namespace weir::json {

struct Malformed {
  std::string text;  // the bytes of the record
  std::string reason;
};

struct Decoded {
  std::vector<std::string> rows;
  std::vector<Malformed> malformed;
  Batch batch;
};

class DecodedBy {
 public:
  explicit DecodedBy(const Schema& schema) : schema_(makeSchema(schema)), decoder_(schema), writer_(schema) {}

  // The data stands at the end of its own memory, so that a look beyond it is found by the address sanitizer.
  Decoded lines(std::string_view text) {
    const std::unique_ptr<char[]> data = exact(text);
    Decoded decoded;
    const std::size_t rows = decoder_.decodeLines({data.get(), text.size()}, receiver(text, decoded));
    return take(rows, std::move(decoded));
  }
  Decoded records(const std::vector<std::string>& records) {
    std::string text;
    std::vector<std::uint64_t> offsets{0};
    for (const std::string& record : records) {
      text += record;
      offsets.push_back(text.size());
    }
    const std::unique_ptr<char[]> data = exact(text);
    Decoded decoded;
    const std::size_t rows = decoder_.decodeRecords({data.get(), text.size()}, offsets, receiver(text, decoded));
    return take(rows, std::move(decoded));
  }

 private:
  static std::unique_ptr<char[]> exact(std::string_view text) {
    auto data = std::make_unique<char[]>(text.size());
    text.copy(data.get(), text.size());
    return data;
  }
  static Decoder::MalformedReceiver receiver(std::string_view text, Decoded& decoded) {
    return [text, &decoded](std::uint64_t begin, std::uint64_t end, std::string reason) {
      decoded.malformed.push_back({std::string(text.substr(begin, end - begin)), std::move(reason)});
    };
  }
  Decoded take(std::size_t rows, Decoded decoded) {
    BatchMaker maker(schema_);
    for (OwnedColumn& column : decoder_.finish()) maker.column(std::move(column));
    decoded.batch = maker.finish(static_cast<std::int64_t>(rows));
    decoded.batch.forEachRow([&](std::int64_t row) {
      std::string text;
      writer_.appendRow(text, decoded.batch, row);
      decoded.rows.push_back(std::move(text));
    });
    return decoded;
  }

  SchemaRef schema_;
  Decoder decoder_;
  RowJsonWriter writer_;
};

// One field "v", and one line that holds only it.
inline Decoded decodeValue(const DataType& type, const std::string& value, bool nullable = false) {
  return DecodedBy(Schema{{{"v", type, nullable}}}).lines("{\"v\":" + value + "}\n");
}

}  // namespace weir::json
