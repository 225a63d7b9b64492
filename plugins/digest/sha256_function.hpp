// digest.sha256(value)
#pragma once

#include <array>
#include <string_view>

#include "plugins/digest/sha256.hpp"
#include "weir/sdk/functions.hpp"

namespace weir::digest {

class Sha256Function final : public ScalarFunction {
 public:
  using ScalarFunction::ScalarFunction;
  void evaluate(const Batch& arguments, Results& results) override {
    const StringView values(arguments.column(0));
    arguments.forEachRow([&](std::int64_t row) {
      const std::array<char, 64> hex = sha256Hex(values[row]);
      results.set(row, std::string_view(hex.data(), hex.size()));
    });
  }
};

}  // namespace weir::digest
