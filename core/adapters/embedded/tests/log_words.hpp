// The vocabulary of the log's tests.
#pragma once

#include <QTest>
#include <cstring>
#include <string>
#include <vector>

#include "core/adapters/embedded/embedded_log/embedded_log.hpp"
#include "core/runtime/ports/log.hpp"

namespace weir::embedded::words {

using runtime::Log;
using runtime::PartitionAppend;
using runtime::PartitionId;
using runtime::Position;
using runtime::Run;
using runtime::RunToAppend;
using runtime::TopicSpec;

inline RunToAppend run(const std::string& text, std::int32_t rows = 1) {
  RunToAppend made;
  made.header.rows = rows;
  made.header.mark = {3, 4, 5, 6, 7, runtime::WriterState::Idle};
  made.body.resize(text.size());
  std::memcpy(made.body.data(), text.data(), text.size());
  return made;
}

inline PartitionAppend to(const PartitionId& partition, std::vector<RunToAppend> runs) {
  return {partition, std::move(runs)};
}

inline std::string textOf(const Run& run) {
  return {reinterpret_cast<const char*>(run.body.bytes.data()), run.body.bytes.size()};
}

// "position:text" for each run from `from` on; the error's message where reading stops early.
inline std::vector<std::string> contents(Log& log, const PartitionId& partition, std::int64_t from = 0) {
  std::vector<std::string> found;
  auto reader = log.read(partition, Position::of(from));
  if (!reader) return {reader.error().message};
  while (true) {
    auto next = (*reader)->next();
    if (!next) {
      found.push_back(next.error().message);
      return found;
    }
    if (!*next) return found;
    found.push_back(std::to_string((*next)->begin.value()) + ":" + textOf(**next));
  }
}

// The runs from `from` on, or as far as they can be read.
inline std::vector<Run> runs(Log& log, const PartitionId& partition, Position from = {}) {
  std::vector<Run> found;
  auto reader = log.read(partition, from);
  while (reader) {
    auto next = (*reader)->next();
    if (!next || !*next) break;
    found.push_back(std::move(**next));
  }
  return found;
}

inline std::vector<std::string> texts(Log& log, const PartitionId& partition, Position from = {}) {
  std::vector<std::string> found;
  for (const Run& run : runs(log, partition, from)) found.push_back(textOf(run));
  return found;
}

inline TopicSpec topic(const std::string& name, std::int32_t partitions = 1) {
  TopicSpec spec;
  spec.name = name;
  spec.partitions = partitions;
  return spec;
}

template <typename Outcome>
const char* why(const Outcome& outcome) {
  return outcome.ok() ? "" : outcome.error().message.c_str();
}

inline bool mentions(const Error& error, const std::string& text) {
  return error.message.find(text) != std::string::npos;
}

}  // namespace weir::embedded::words

// Stops the test with the error's own words.
#define WEIR_VERIFY(expression)                            \
  do {                                                     \
    const auto weirVerified = (expression);                \
    QVERIFY2(weirVerified.ok(), words::why(weirVerified)); \
  } while (false)
