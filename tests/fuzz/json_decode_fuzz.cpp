// Any bytes into the json format: no crash, no look beyond the data, and every line is either a row or
// malformed, however the data is cut.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/json/decoder.hpp"

namespace {

using namespace weir;  // NOLINT: a program of one file

Schema schema() {
  return Schema{
      {{"a", TypeId::Int64, false},
       {"b", TypeId::String, true},
       {"c", TypeId::Float64, true},
       {"d", TypeId::Timestamp, true},
       {"e", DataType::decimal(20, 4), true},
       {"f",
        DataType::list({"item", DataType::structure({{"x", TypeId::Bool, true}, {"y", TypeId::Date, true}}), true}),
        true},
       {"g", TypeId::Bytes, true},
       {"h", TypeId::Int32, true}}};
}

struct Outcome {
  std::size_t rows = 0;
  std::size_t malformed = 0;
};

Outcome decode(json::Decoder& decoder, std::string_view text) {
  const auto data = std::make_unique<char[]>(text.size());
  text.copy(data.get(), text.size());
  Outcome outcome;
  std::uint64_t last = 0;
  outcome.rows =
      decoder.decodeLines({data.get(), text.size()}, [&](std::uint64_t begin, std::uint64_t end, const std::string&) {
        if (begin < last || end < begin || end > text.size()) std::abort();
        last = end;
        ++outcome.malformed;
      });
  for (const OwnedColumn& column : decoder.finish()) {
    if (column.array().length != static_cast<std::int64_t>(outcome.rows)) std::abort();
  }
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  json::Decoder whole(schema());
  const Outcome together = decode(whole, text);
  // Line by line, with a decoder that has learned other things: the same count.
  json::Decoder single(schema());
  Outcome apart;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t feed = rest.find('\n');
    const std::string_view line = rest.substr(0, feed == std::string_view::npos ? rest.size() : feed + 1);
    const Outcome one = decode(single, line);
    apart.rows += one.rows;
    apart.malformed += one.malformed;
    rest.remove_prefix(line.size());
  }
  if (together.rows != apart.rows || together.malformed != apart.malformed) std::abort();
  // And as one record: line feeds are spaces there.
  const std::vector<std::uint64_t> offsets{0, size};
  std::size_t bad = 0;
  const std::size_t rows =
      single.decodeRecords(text, offsets, [&](std::uint64_t, std::uint64_t, const std::string&) { ++bad; });
  if (rows + bad != 1) std::abort();
  single.finish();
  return 0;
}
