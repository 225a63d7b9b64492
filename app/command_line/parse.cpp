#include "app/command_line/parse.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "app/command_line/for_people.hpp"
#include "core/base/closest_name.hpp"

namespace weir::app {

namespace {

constexpr int kMostRepeated = 1 << 20;
constexpr std::string_view kNoMoreNames = "--";

// An option here and what was given for it.
struct Given {
  const Option* option = nullptr;
  std::size_t taken = 0;  // values
};

using GivenOptions = std::map<const CLI::Option*, Given>;

// CLI11 says which text belongs to which option; what a text means is the table's.
void describe(const CommandTable& table, CLI::App& app, GivenOptions& given) {
  const CLI::callback_t later = [](const CLI::results_t&) { return true; };
  for (const Option& argument : table.arguments()) {
    CLI::Option* const made = app.add_option(argument.name, later);
    made->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    if (argument.repeated) made->expected(kMostRepeated);
    given[made].option = &argument;
  }
  for (const Option& option : table.options()) {
    CLI::Option* const made = option.value.empty() ? app.add_flag(option.name) : app.add_option(option.name, later);
    made->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    given[made].option = &option;
  }
}

const Option* optionOf(const CommandTable& table, std::string_view name) {
  const auto found = std::find_if(table.options().begin(), table.options().end(),
                                  [name](const Option& option) { return option.name == name; });
  return found == table.options().end() ? nullptr : &*found;
}

Error unknown(const CommandTable& table, std::string_view name) {
  std::vector<std::string_view> names;
  for (const Option* option : optionsForPeople(table)) names.push_back(option->name);
  // One letter is like any other.
  const std::string meant = name.size() > 2 ? didYouMean(name, names) : std::string();
  return configError("There is no option " + std::string(name) + "." +
                     (meant.empty() ? " What begins with - and is no option goes behind --." : meant));
}

// Every option that stands here is known, and is followed by its value if it has one. (CLI11 takes an unknown name for
// an argument, the next word for a value that is missing, and "true" for a flag.)
Result<std::vector<std::string>> namesAndValues(const CommandTable& table,
                                                std::span<const std::string_view> arguments) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == kNoMoreNames) {
      out.insert(out.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i), arguments.end());
      break;
    }
    if (argument.size() < 2 || argument[0] != '-') {
      out.emplace_back(argument);
      continue;
    }
    const std::size_t equals = argument.find('=');
    const std::string_view name = argument.substr(0, equals);
    const Option* const option = optionOf(table, name);
    if (option == nullptr) return unknown(table, name);
    out.emplace_back(name);
    if (option->value.empty()) {
      if (equals == std::string_view::npos) continue;
      return configError(option->name + " takes no value, and '" + std::string(argument.substr(equals + 1)) +
                         "' was given.");
    }
    const bool isMissing = equals == std::string_view::npos ? ++i == arguments.size() : equals + 1 == argument.size();
    if (isMissing) return configError(option->name + " needs a value.");
    if (equals == std::string_view::npos && optionOf(table, arguments[i]) != nullptr) {
      return configError(option->name + " needs a value, and " + std::string(arguments[i]) +
                         " is an option; a value of that name is given as " + option->name + "=" +
                         std::string(arguments[i]) + ".");
    }
    out.emplace_back(equals == std::string_view::npos ? arguments[i] : argument.substr(equals + 1));
  }
  return out;
}

Error missing(const CommandTable& table, const Option& argument) {
  return configError("`weir " + table.call() + "` needs " + argument.name + ", " +
                     argument.help.substr(0, argument.help.find(';')) + ".");
}

}  // namespace

Result<void> parse(const CommandTable& table, std::span<const std::string_view> arguments) {
  WEIR_TRY_ASSIGN(words, namesAndValues(table, arguments));
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  GivenOptions given;
  describe(table, app, given);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));  // it wants the last one first
  } catch (const CLI::ParseError& error) {
    return configError(std::string("This call cannot be read: ") + error.what() + ".");
  }
  for (const std::string& extra : app.remaining()) {
    if (extra != kNoMoreNames) return configError("'" + extra + "' is one too many for `weir " + table.call() + "`.");
  }
  for (const CLI::Option* const option : app.parse_order()) {  // once for each value
    Given& found = given[option];
    const std::string& value = option->results()[found.taken++];
    const bool byPlace = option->get_positional();
    if (byPlace && value.empty()) return missing(table, *found.option);
    WEIR_TRY(found.option->take(found.option->value.empty() ? "" : value));
  }
  for (const Option& argument : table.arguments()) {
    if (argument.required && app.get_option(argument.name)->count() == 0) return missing(table, argument);
  }
  return {};
}

}  // namespace weir::app
