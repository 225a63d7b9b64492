#include "core/infer/read_lines.hpp"

#include <limits>
#include <utility>
#include <variant>

#include "core/base/json_parser.hpp"

namespace weir::infer {

namespace {

constexpr std::size_t kNamed = 5;  // wrong lines that are named

// False: it is longer; its rest is passed over.
bool takeLine(std::istream& in, std::string& line, std::size_t longest) {
  line.clear();
  for (int c = in.get(); c != std::istream::traits_type::eof() && c != '\n'; c = in.get()) {
    line += static_cast<char>(c);
    if (line.size() <= longest) continue;
    in.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    return false;
  }
  return true;
}

}  // namespace

FirstRows readLines(std::istream& in, std::int64_t mostRows, std::size_t longestLine) {
  FirstRows found;
  std::string line;
  std::int64_t number = 0;
  const auto isWrong = [&](std::string message) {
    ++found.wrongLines;
    if (found.wrong.size() < kNamed) found.wrong.push_back({number, std::move(message)});
  };
  while (static_cast<std::int64_t>(found.rows.size()) < mostRows && found.wrongLines < mostRows) {
    if (in.peek() == std::istream::traits_type::eof()) {
      found.complete = true;
      break;
    }
    ++number;
    if (!takeLine(in, line, longestLine)) {
      isWrong("It is longer than " + std::to_string(longestLine) + " bytes.");
      continue;
    }
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    std::variant<json::Value, json::ParseError> parsed = json::parse(line);
    if (const auto* const error = std::get_if<json::ParseError>(&parsed)) {
      isWrong(error->message);
    } else if (json::Value& row = std::get<json::Value>(parsed); row.isObject()) {
      found.rows.push_back(std::move(row));
    } else {
      isWrong("It is " + std::string(json::kindName(row.kind())) + ", not an object.");
    }
  }
  return found;
}

}  // namespace weir::infer
