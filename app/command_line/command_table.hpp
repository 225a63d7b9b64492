// What a command takes, as a table: from it a call is read (parse.hpp), help is written (help.hpp), and shells complete
// (completion.hpp).
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"

namespace weir::app {

// The most of a duration: any.
inline constexpr Duration kNoLimit = INT64_MAX;

// What a shell offers where a value stands.
enum class Offers : std::uint8_t { Nothing, Topologies, Files, Folders, Words };

struct Option {
  std::string name;   // "--limit", "-o"; of what is known by its place: "FILE"
  std::string value;  // what stands for its value in the help: "N"; empty: it has none
  std::string help;   // one sentence, without its capital and full stop
  Offers offers = Offers::Nothing;
  std::vector<std::string> words;  // Words
  bool required = false;           // what is known by its place
  bool repeated = false;           // each value counts, not the last one alone
  bool hidden = false;             // not for people
  // Takes one value, which is empty where it has none. The error says which option, what it takes and what was given.
  std::function<Result<void>(std::string_view value)> take;
};

// Targets outlive the table, and keep what they hold where nothing is given.
class CommandTable {
 public:
  // `call`: the command and its verb, "topic read".
  explicit CommandTable(std::string call) : call_(std::move(call)) {}

  const std::string& call() const { return call_; }
  // "read" of "topic read"; empty: there is none.
  std::string_view verb() const;
  // What is known by its place, in that order; then what has a name.
  const std::vector<Option>& arguments() const { return arguments_; }
  const std::vector<Option>& options() const { return options_; }

  // What is known by its place. Answers hold until the next one is added.
  Option& argument(std::string name, std::string& target, Offers offers, std::string help);
  Option& optionalArgument(std::string name, std::string& target, Offers offers, std::string help);
  Option& arguments(std::string name, std::vector<std::string>& target, Offers offers, std::string help);
  Option& choiceArgument(std::string name, std::string& target, std::vector<std::string> words, std::string help);

  Option& flag(std::string name, bool& target, std::string help);
  Option& text(std::string name, std::string value, std::string& target, std::string help);
  Option& texts(std::string name, std::string value, std::vector<std::string>& target, std::string help);
  Option& file(std::string name, std::string& target, std::string help);
  Option& folder(std::string name, std::string& target, std::string help);
  Option& choice(std::string name, std::string& target, std::vector<std::string> words, std::string help);
  // NAME=VALUE, any number of times.
  Option& assignments(std::string name, std::map<std::string, std::string>& target, std::string help);
  Option& duration(std::string name, std::string value, Duration& target, Duration least, Duration most,
                   std::string help);
  // Given in mebibytes, kept in bytes.
  Option& mebibytes(std::string name, std::int64_t& target, std::string help);
  template <std::signed_integral Integer>
  Option& number(const std::string& name, const std::string& value, Integer& target, Integer least, Integer most,
                 const std::string& help) {
    return named(name, value, help, [name, &target, least, most](std::string_view text) -> Result<void> {
      WEIR_TRY_ASSIGN(number, wholeNumber(name, text, least, most));
      target = static_cast<Integer>(number);
      return {};
    });
  }

 private:
  using Take = std::function<Result<void>(std::string_view)>;
  Option& named(std::string name, std::string value, std::string help, Take take);
  static Result<std::int64_t> wholeNumber(std::string_view option, std::string_view text, std::int64_t least,
                                          std::int64_t most);

  std::string call_;
  std::vector<Option> arguments_;
  std::vector<Option> options_;
};

}  // namespace weir::app
