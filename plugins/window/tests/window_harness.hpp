// Tumbling windows of one minute through the operator harness: what the tests of this folder share.
#pragma once

#include <QtTest>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/program/places.hpp"
#include "weir/testkit/operator_harness.hpp"

namespace weir::window {

using Lines = std::vector<std::string>;
using testkit::HarnessError;
using testkit::OperatorHarness;
using testkit::Setup;

constexpr std::int64_t kMillisecond = 1000;
constexpr std::int64_t kMinute = 60'000 * kMillisecond;

// `aggregates` as a topology file has them; `more`: further parameters, such as R"("grace": "10s")".
inline Setup minutes(const std::string& aggregates, const std::string& more = "",
                     const std::string& schema = "region string, n int64") {
  Setup setup;
  setup.library = weir::places::inBuild("plugins/window.so").toStdString();
  setup.op = "tumbling";
  setup.params = R"({"group_by": ["region"], "size": "1m", "aggregates": [)" + aggregates + "]" +
                 (more.empty() ? "" : ", " + more) + "}";
  setup.inputs = {schema};
  return setup;
}

inline const std::string kCount = R"({"name": "rows", "function": "count"})";

// A line for the harness: a row of "eu" at a time in milliseconds, or of another region; `more`: further members.
inline std::string at(const std::string& milliseconds, const std::string& region = "eu", const std::string& more = "") {
  return R"({"@time": )" + milliseconds + R"(, "region": ")" + region + "\"" + (more.empty() ? "" : ", " + more) +
         "}\n";
}
// Steps of the node's watermark, and of the split's, in milliseconds.
inline std::string watermark(const std::string& milliseconds) {
  return R"({"@watermark": )" + milliseconds + "}\n";
}
inline std::string origin(const std::string& milliseconds) {
  return R"({"@origin_watermark": )" + milliseconds + "}\n";
}

// A result with one more column.
inline std::string result(const std::string& region, std::int64_t startMinute, const std::string& more) {
  return R"({"region":")" + region + R"(","window_start":)" + std::to_string(startMinute * 60'000) +
         R"(,"window_end":)" + std::to_string((startMinute + 1) * 60'000) + "," + more + "}";
}
inline std::string counted(const std::string& region, std::int64_t startMinute, int rows) {
  return result(region, startMinute, R"("rows":)" + std::to_string(rows));
}

// Everything that comes out once the input has ended.
inline Lines atTheEnd(OperatorHarness& harness) {
  harness.end();
  return harness.takeRows();
}

inline std::string whyRefused(const Setup& wrong) {
  try {
    OperatorHarness harness(wrong);
  } catch (const HarnessError& error) {
    return error.what();
  }
  return "it was not refused";
}

inline bool has(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace weir::window
