#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "app/commands/commands.hpp"
#include "core/base/duration.hpp"
#include "core/expr/civil_time.hpp"
#include "core/infer/infer_schema.hpp"
#include "core/infer/read_lines.hpp"
#include "core/topology/graph/normalise.hpp"

namespace weir::app {

namespace {

constexpr std::int64_t kRows = 10'000;
constexpr std::int64_t kMostRows = 1'000'000;
constexpr std::size_t kLongestLine = 1U << 20;  // what file.source takes for a record

struct KindWords {
  const char* kind;
  const char* unit;  // empty: it is written out
};

KindWords wordsOf(infer::TimeKind kind) {
  switch (kind) {
    case infer::TimeKind::Iso: return {"iso8601", ""};
    case infer::TimeKind::IsoWithoutZone: return {"iso8601_without_zone", ""};
    case infer::TimeKind::Seconds: return {"epoch", "s"};
    case infer::TimeKind::Milliseconds: return {"epoch", "ms"};
    case infer::TimeKind::Microseconds: return {"epoch", "us"};
    case infer::TimeKind::Nanoseconds: return {"epoch", "ns"};
  }
  return {"iso8601", ""};
}

json::Value asJson(const infer::TimeColumn& time) {
  const KindWords words = wordsOf(time.kind);
  json::Value out = json::Value::object();
  out.set("field", json::Value::text(time.column));
  out.set("kind", json::Value::text(words.kind));
  if (*words.unit != '\0') out.set("unit", json::Value::text(words.unit));
  out.set("usable", json::Value::boolean(time.usable));
  out.set("rows", json::Value::number(time.rows));
  out.set("first", json::Value::text(expr::timestampText(time.first)));
  out.set("last", json::Value::text(expr::timestampText(time.last)));
  out.set("observed_disorder", json::Value::text(durationText(time.disorder)));
  out.set("disorder", json::Value::text(durationText(infer::roundedUp(time.disorder))));
  return out;
}

json::Value problemsOf(const infer::FirstRows& read, const infer::Inferred& made) {
  json::Value problems = json::Value::list();
  for (const infer::WrongLine& wrong : read.wrong) {
    json::Value problem = json::Value::object();
    problem.set("line", json::Value::number(wrong.line));
    problem.set("message", json::Value::text(wrong.message));
    problems.items().push_back(std::move(problem));
  }
  for (const std::string& doubt : made.doubts) {
    json::Value problem = json::Value::object();
    problem.set("message", json::Value::text(doubt));
    problems.items().push_back(std::move(problem));
  }
  return problems;
}

class Infer final : public Command {
 public:
  Infer() : Command("infer") {
    table_.argument("FILE", file_, Offers::Files, "a file with one JSON object a line; - is the standard input");
    table_.choice("--format", format_, {"json.json"}, "how its bytes become rows");
    table_.number("--rows", "N", rows_, std::int64_t{1}, kMostRows,
                  "look at so many rows and no more; 10000 without it");
  }

  int run() override {
    Result<infer::FirstRows> read = file_ == "-" ? infer::readLines(std::cin, rows_, kLongestLine) : readFile();
    if (!read) return fail(read.error());
    if (read->rows.empty()) return fail(whyNoRows(*read));
    const infer::Inferred made = infer::inferSchema(read->rows);
    json::Value times = json::Value::list();
    for (const infer::TimeColumn& time : made.times) times.items().push_back(asJson(time));
    json::Value out = json::Value::object();
    out.set("file", json::Value::text(file_));
    out.set("format", json::Value::text(format_));
    out.set("rows", json::Value::number(static_cast<std::int64_t>(read->rows.size())));
    out.set("wrong_lines", json::Value::number(read->wrongLines));
    out.set("complete", json::Value::boolean(read->complete));
    out.set("schema", topology::declaredColumns(made.schema));
    out.set("event_times", std::move(times));
    out.set("problems", problemsOf(*read, made));
    std::printf("%s\n", json::write(out).c_str());
    return kExitOk;
  }

 private:
  // What waits for a writer would hold up whoever asks.
  Result<infer::FirstRows> readFile() const {
    std::error_code unknown;
    if (std::filesystem::exists(file_, unknown) && !std::filesystem::is_regular_file(file_, unknown)) {
      return configError("'" + file_ + "' is no regular file. Name a file with one JSON object a line.");
    }
    std::ifstream in(file_, std::ios::binary);
    if (!in) return configError("'" + file_ + "' cannot be opened. Is the name right, and may you read it?");
    return infer::readLines(in, rows_, kLongestLine);
  }

  Error whyNoRows(const infer::FirstRows& read) const {
    if (read.wrong.empty()) return configError("'" + file_ + "' has no rows.");
    return configError("'" + file_ + "' has no line that is a JSON object. Line " +
                       std::to_string(read.wrong.front().line) + ": " + read.wrong.front().message);
  }

  std::string file_;
  std::string format_ = "json.json";
  std::int64_t rows_ = kRows;
};

}  // namespace

std::unique_ptr<Command> makeInfer() {
  return std::make_unique<Infer>();
}

}  // namespace weir::app
