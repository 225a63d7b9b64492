// Tests of a whole topology in ten lines:
//
//   weir::testkit::TopologyDriver driver(topologyText, {{"grace", "10s"}});
//   driver.send("orders", R"({"region": "eu", "ts": 1000})");
//   driver.send("orders", R"({"region": "eu", "ts": 61000})");
//   driver.run();
//   driver.rows("result");    // {R"({"region":"eu","window_start":0,...,"orders":1})"}
//   driver.crash();           // what was committed is still there, what was not comes again
//   driver.end();             // every input has ended: all windows close
//   driver.rows("result");
//   driver.deadLetters();     // {}
//
// A call that fails throws DriverError. What each call does: topology_driver.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "weir/testkit/lines.hpp"
#include "weir/testkit/topology_driver.h"

namespace weir::testkit {

struct DriverError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct DriverOptions {
  std::vector<std::string> plugins;             // libraries under test
  std::int64_t batchRows = 4096;                // at most so many rows at a time pass through the operators
  std::chrono::microseconds commitInterval{0};  // 0: each run ends with a commit
  std::int64_t now = 0;  // of the clock at the beginning, microseconds; 0: not set, and `max_ahead` does not count
};

class TopologyDriver {
 public:
  using Params = std::map<std::string, std::string>;

  explicit TopologyDriver(const std::string& topology, const Params& params = {}, const DriverOptions& options = {}) {
    std::vector<weir_driver_param> rawParams;
    for (const auto& [name, value] : params) rawParams.push_back({name.c_str(), value.c_str()});
    std::vector<const char*> plugins;
    for (const std::string& plugin : options.plugins) plugins.push_back(plugin.c_str());
    weir_driver_setup raw{};
    raw.struct_size = sizeof(raw);
    raw.topology = topology.c_str();
    raw.params = rawParams.data();
    raw.param_count = rawParams.size();
    raw.plugins = plugins.data();
    raw.plugin_count = plugins.size();
    raw.batch_rows = options.batchRows;
    raw.commit_interval = options.commitInterval.count();
    raw.now = options.now;
    std::vector<char> error(1 << 16);
    driver_ = weir_driver_open(&raw, error.data(), error.size());
    if (driver_ == nullptr) throw DriverError(error.data());
  }
  TopologyDriver(const TopologyDriver&) = delete;
  TopologyDriver& operator=(const TopologyDriver&) = delete;
  ~TopologyDriver() { weir_driver_close(driver_); }

  void send(const std::string& topic, const std::string& rows) {
    check(weir_driver_send(driver_, topic.c_str(), rows.c_str()));
  }
  void run() { check(weir_driver_run(driver_)); }
  void advanceClock(std::chrono::microseconds by) { check(weir_driver_advance_clock(driver_, by.count())); }
  std::int64_t now() const { return weir_driver_now(driver_); }
  void end() { check(weir_driver_end(driver_)); }
  void crash() { check(weir_driver_crash(driver_)); }
  void restart() { check(weir_driver_restart(driver_)); }

  std::vector<std::string> rows(const std::string& topic) { return lines(weir_driver_rows(driver_, topic.c_str())); }
  std::vector<std::string> deadLetters() { return lines(weir_driver_dead_letters(driver_)); }
  std::vector<std::string> takeLog() { return lines(weir_driver_take_log(driver_)); }
  std::int64_t counter(const std::string& node, const std::string& name) {
    std::int64_t value = 0;
    check(weir_driver_counter(driver_, node.c_str(), name.c_str(), &value));
    return value;
  }
  std::int64_t gauge(const std::string& node, const std::string& name) {
    std::int64_t value = 0;
    check(weir_driver_gauge(driver_, node.c_str(), name.c_str(), &value));
    return value;
  }
  // Of a histogram: 0.5 is the median, at most an eighth too high.
  std::int64_t quantile(const std::string& node, const std::string& name, double share) {
    std::int64_t value = 0;
    check(weir_driver_quantile(driver_, node.c_str(), name.c_str(), share, &value));
    return value;
  }
  std::int64_t watermark(const std::string& node) {
    std::int64_t value = 0;
    check(weir_driver_watermark(driver_, node.c_str(), &value));
    return value;
  }

 private:
  void check(int ok) const {
    if (ok == 0) throw DriverError(weir_driver_error(driver_));
  }
  std::vector<std::string> lines(const char* text) const {
    check(text != nullptr ? 1 : 0);
    return splitLines(text);
  }

  weir_driver* driver_ = nullptr;
};

}  // namespace weir::testkit
