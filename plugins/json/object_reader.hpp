// Objects into columns, by guessing that members come in the order of the object before.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "plugins/json/column.hpp"
#include "plugins/json/failure.hpp"
#include "plugins/json/scan.hpp"

namespace weir::json {

// What all levels of one record share.
struct Reading {
  Framing framing = Framing::Lines;
  int depth = 0;
  Failure failure;
};

// Reads objects of one declared level: every object gives one row to each of its columns, or a failure that
// leaves some of them a row ahead of others (Column::truncate).
class ObjectReader {
 public:
  // `prefix` stands before the fields' names in messages.
  ObjectReader(const std::vector<Field>& fields, const std::string& prefix);

  std::vector<Column>& columns() { return columns_; }

  // `at` is the place after the opening brace; answers the place after the closing one.
  const char* read(const char* at, Reading& reading);

 private:
  static constexpr std::size_t kLongestText = 32;
  static constexpr std::size_t kMostMembers = 256;
  static constexpr std::uint32_t kNone = UINT32_MAX;
  static constexpr std::int32_t kUndeclared = -1;

  // A member as it has been seen: its text from after the comma or brace up to the value, with the spaces.
  struct alignas(64) Member {
    std::array<char, kLongestText> text{};
    std::uint32_t size = 0;
    std::uint32_t next = kNone;  // the member that followed last time
    std::int32_t column = kUndeclared;
  };
  struct Found {
    const char* value = nullptr;  // nullptr: a failure, or the end of the object
    std::uint32_t member = kNone;
    std::int32_t column = kUndeclared;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };

  Found findMember(const char* at, Reading& reading);
  std::int32_t findColumn(std::string_view rawKey) const;
  const char* fillMissing(const char* end, Reading& reading);
  // False when this record has had the column already.
  bool see(std::size_t column) {
    if (seen_[column] == record_) return false;
    seen_[column] = record_;
    return true;
  }

  std::vector<Column> columns_;
  std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>> byName_;
  std::vector<Member> members_;
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> byText_;
  std::uint32_t first_ = kNone;
  std::vector<std::uint64_t> seen_;  // the record in which each column was seen last
  std::uint64_t record_ = 0;
};

}  // namespace weir::json
