// A format for tests: "7 pen" is the row {"id":7,"name":"pen"}, "7" one without a name; anything else is malformed.
#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/runtime/ports/plugin_host.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::runtime {

inline Schema lineSchema() {
  return Schema{{{"id", TypeId::Int64, false}, {"name", TypeId::String, true}}};
}

class LineFormat final : public FormatInstance {
 public:
  Result<Progress> prepare(std::string_view, const std::uint64_t*, std::size_t) override {
    asked += 1;
    return ready ? Progress::Done : Progress::Blocked;
  }
  Result<DecodedRows> decode(std::string_view data, const std::uint64_t* offsets, std::size_t count) override {
    BatchBuilder rows(makeSchema(lineSchema()));
    malformed_.clear();
    for (std::size_t i = 0; i < count; ++i) {
      const std::string line(data.substr(offsets[i], offsets[i + 1] - offsets[i]));
      char* end = nullptr;
      const long long id = std::strtoll(line.c_str(), &end, 10);
      const std::string_view rest = std::string_view(line).substr(static_cast<std::size_t>(end - line.c_str()));
      if (end == line.c_str() || (!rest.empty() && rest[0] != ' ')) {
        malformed_.push_back({offsets[i], offsets[i + 1], toSlice(kReason)});
      } else if (rest.empty()) {
        rows.row(std::int64_t{id}, nullptr);
      } else {
        rows.row(std::int64_t{id}, std::string(rest.substr(1)));
      }
    }
    if (miscounts) rows.row(std::int64_t{0}, nullptr);
    return DecodedRows{rows.finish(), malformed_};
  }
  Result<weir_encoded> encode(const Batch& batch) override {
    if (!writes) return configError("The format does not encode.");
    text_ = "~";  // records need not begin where the data does
    offsets_.assign(1, text_.size());
    const FixedView<std::int64_t> ids(batch.column(0));
    const StringView names(batch.column(1));
    batch.forEachRow([&](std::int64_t row) {
      text_ += std::to_string(ids[row]);
      if (!names.isNull(row)) text_ += " " + std::string(names[row]);
      offsets_.push_back(text_.size());
    });
    return weir_encoded{sizeof(weir_encoded), 0, toSlice(text_).data, offsets_.data(), offsets_.size() - 1};
  }

  void cancel() override { cancelled += 1; }

  bool ready = true;
  bool writes = true;
  bool miscounts = false;
  int asked = 0;
  int cancelled = 0;

 private:
  static constexpr std::string_view kReason = "No number.";
  std::vector<weir_malformed> malformed_;
  std::string text_;
  std::vector<std::uint64_t> offsets_;
};

}  // namespace weir::runtime
