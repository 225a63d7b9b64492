// One declared value: the types that most columns have, in line.
#pragma once

#include "plugins/json/numbers.hpp"
#include "plugins/json/object_reader.hpp"
#include "plugins/json/strings.hpp"
#include "plugins/json/values.hpp"

namespace weir::json {

// One row for `column`.
[[gnu::always_inline]] inline const char* readValue(const char* at, Column& column, Reading& reading) {
  Problem problem = nullptr;
  switch (column.type().id) {
    case TypeId::Int64: {
      std::int64_t value = 0;
      const char* const end = readInteger(at, value, problem);
      if (end == nullptr) [[unlikely]]
        break;
      column.append(value);
      return end;
    }
    case TypeId::Float64: {
      double value = 0;
      const char* const end = readDouble(at, value, problem);
      if (end == nullptr) [[unlikely]]
        break;
      column.append(value);
      return end;
    }
    case TypeId::Timestamp: {
      std::int64_t value = 0;
      const char* const end = readMilliseconds(at, value, problem);
      if (end == nullptr) [[unlikely]]
        break;
      column.append(value);
      return end;
    }
    case TypeId::String: {
      if (*at != '"') [[unlikely]]
        break;
      const char* const end = readString(at + 1, column.text(), reading.failure);
      if (end != nullptr) [[likely]]
        column.closeText();
      return end;
    }
    default: break;
  }
  return readOtherValue(at, column, reading, problem);
}

}  // namespace weir::json
