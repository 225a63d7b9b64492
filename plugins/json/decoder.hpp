// Whole chunks of JSON records into columns. Malformed records come apart; the rest goes on.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/json/object_reader.hpp"
#include "weir/sdk/types.hpp"

namespace weir::json {

// One instance is used by one thread at a time; it learns how the records are spelled.
class Decoder {
 public:
  // Where a malformed record lies in the data, and why it is one.
  using MalformedReceiver = std::function<void(std::uint64_t begin, std::uint64_t end, std::string reason)>;

  explicit Decoder(const Schema& schema) : root_(schema.fields, "") {}

  // Lines that end with a line feed, the last one perhaps without. Lines of nothing but spaces are no records.
  // Answers how many good rows there are; `finish` takes them.
  std::size_t decodeLines(std::string_view data, const MalformedReceiver& malformed);
  // Record i is data[offsets[i], offsets[i + 1]).
  std::size_t decodeRecords(std::string_view data, std::span<const std::uint64_t> offsets,
                            const MalformedReceiver& malformed);
  // The columns of the good rows, in the schema's order.
  std::vector<OwnedColumn> finish();
  // Where in the data each of the good rows begins. Before `finish`.
  std::vector<std::int64_t> takeBegins();

 private:
  const char* decodeLine(const char* at, std::uint64_t offset, const MalformedReceiver& malformed);
  // A line that is no record.
  [[gnu::cold]] const char* refuseLine(const char* at, std::uint64_t offset, const MalformedReceiver& malformed);
  const char* readRecord(const char* at, char terminator);
  // Where spaces stand before the object or behind it.
  [[gnu::cold]] const char* findObject(const char* at);
  [[gnu::cold]] const char* findEnd(const char* at, char terminator);
  void takeBack();

  ObjectReader root_;
  Reading reading_;
  std::size_t rows_ = 0;
  std::vector<std::int64_t> begins_;
  std::vector<char> padded_;  // a copy of what lies too near the end of the data to be looked at in place
};

}  // namespace weir::json
