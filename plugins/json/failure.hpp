// Why a record is malformed.
#pragma once

#include <string>
#include <string_view>

#include "weir/sdk/types.hpp"

namespace weir::json {

// The first thing that is wrong with a record. Parsing functions answer where they stopped, or nullptr
// after they have told why here.
class Failure {
 public:
  // A place in the record, and what was expected there.
  [[gnu::cold, gnu::noinline]] const char* set(const char* at, std::string what) {
    at_ = at;
    what_ = std::move(what);
    return nullptr;
  }
  // A value that does not fit its declared field: "field 'amount': needs float64, but there is \"abc\"".
  [[gnu::cold, gnu::noinline]] const char* value(const char* at, std::string_view field, const DataType& type,
                                                 std::string_view what = {});
  const char* at() const { return at_; }
  // The whole sentence, for a record that begins at `record`.
  std::string reason(const char* record) const;

 private:
  const char* at_ = nullptr;
  std::string what_;
};

// The beginning of what stands at `at`, made printable: for messages.
std::string excerpt(const char* at);

}  // namespace weir::json
