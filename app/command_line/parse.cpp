#include "app/command_line/parse.hpp"

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <vector>

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

Error needsValue(std::string_view option) {
  return configError(std::string(option) + " needs a value.");
}

// CLI11 takes what comes next for the value that is missing here.
Result<void> refuseEmptyValues(std::span<const std::string_view> arguments) {
  for (const std::string_view argument : arguments) {
    if (argument == kNoMoreNames) break;
    if (argument.starts_with("--") && argument.find('=') == argument.size() - 1) {
      return needsValue(argument.substr(0, argument.size() - 1));
    }
  }
  return {};
}

Error unknown(const CommandTable& table, const std::string& text) {
  if (text.size() < 2 || text[0] != '-') {
    return configError("'" + text + "' is one too many for `weir " + table.call() + "`.");
  }
  const std::string name = text.substr(0, text.find('='));
  std::vector<std::string_view> names;
  for (const Option& option : table.options()) {
    if (!option.hidden) names.push_back(option.name);
  }
  return configError("There is no option " + name + "." + didYouMean(name, names));
}

Result<void> take(const Option& option, const std::string& value) {
  if (!option.value.empty()) return option.take(value);
  if (value != "true") return configError(option.name + " takes no value, and '" + value + "' was given.");
  return option.take("");
}

}  // namespace

Result<void> parse(const CommandTable& table, std::span<const std::string_view> arguments) {
  WEIR_TRY(refuseEmptyValues(arguments));
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  GivenOptions given;
  describe(table, app, given);
  try {
    std::vector<std::string> lastFirst(arguments.rbegin(), arguments.rend());
    app.parse(lastFirst);
  } catch (const CLI::ParseError&) {  // the only one without types and requirements: the end came before a value
    return needsValue(arguments.back());
  }
  for (const std::string& extra : app.remaining()) {
    if (extra != kNoMoreNames) return unknown(table, extra);
  }
  for (const CLI::Option* const option : app.parse_order()) {  // once for each value
    Given& found = given[option];
    WEIR_TRY(take(*found.option, option->results()[found.taken++]));
  }
  for (const auto& argument : table.arguments()) {
    const CLI::Option* const option = app.get_option(argument.name);
    if (argument.required && option->count() == 0) {
      return configError("`weir " + table.call() + "` needs " + argument.name + ", " +
                         argument.help.substr(0, argument.help.find(';')) + ".");
    }
  }
  return {};
}

}  // namespace weir::app
