#include "app/command_line/command_table.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/duration.hpp"

namespace weir::app {

namespace {

constexpr std::int64_t kMostMebibytes = 1 << 20;

Error wrongValue(std::string_view option, const std::string& takes, std::string_view given) {
  return configError(std::string(option) + " takes " + takes + ", not '" + std::string(given) + "'.");
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  }
  return text;
}

std::function<Result<void>(std::string_view)> setText(std::string& target) {
  return [&target](std::string_view text) -> Result<void> {
    target = text;
    return {};
  };
}

std::function<Result<void>(std::string_view)> setPath(std::string name, std::string takes, std::string& target) {
  return [name = std::move(name), takes = std::move(takes), &target](std::string_view text) -> Result<void> {
    if (text.empty()) return configError(name + " takes " + takes + ", not an empty text.");
    target = text;
    return {};
  };
}

std::function<Result<void>(std::string_view)> setChoice(std::string name, std::vector<std::string> words,
                                                        std::string& target) {
  return [name = std::move(name), words = std::move(words), &target](std::string_view text) -> Result<void> {
    if (std::find(words.begin(), words.end(), text) == words.end()) return wrongValue(name, listed(words), text);
    target = text;
    return {};
  };
}

std::function<Result<void>(std::string_view)> addText(std::vector<std::string>& target) {
  return [&target](std::string_view text) -> Result<void> {
    target.emplace_back(text);
    return {};
  };
}

}  // namespace

std::string_view CommandTable::verb() const {
  const std::size_t blank = call_.find(' ');
  return blank == std::string::npos ? std::string_view() : std::string_view(call_).substr(blank + 1);
}

Option& CommandTable::argument(std::string name, std::string& target, Offers offers, std::string help) {
  Option& added = optionalArgument(std::move(name), target, offers, std::move(help));
  added.required = true;
  return added;
}

Option& CommandTable::optionalArgument(std::string name, std::string& target, Offers offers, std::string help) {
  Option& added = arguments_.emplace_back();
  added.name = added.value = std::move(name);
  added.help = std::move(help);
  added.offers = offers;
  added.take = setText(target);
  return added;
}

Option& CommandTable::arguments(std::string name, std::vector<std::string>& target, Offers offers, std::string help) {
  Option& added = arguments_.emplace_back();
  added.name = added.value = std::move(name);
  added.help = std::move(help);
  added.offers = offers;
  added.required = added.repeated = true;
  added.take = addText(target);
  return added;
}

Option& CommandTable::choiceArgument(std::string name, std::string& target, std::vector<std::string> words,
                                     std::string help) {
  Option& added = argument(name, target, Offers::Words, std::move(help));
  added.take = setChoice(std::move(name), words, target);
  added.words = std::move(words);
  return added;
}

Option& CommandTable::flag(std::string name, bool& target, std::string help) {
  return named(std::move(name), "", std::move(help), [&target](std::string_view) -> Result<void> {
    target = true;
    return {};
  });
}

Option& CommandTable::text(std::string name, std::string value, std::string& target, std::string help) {
  return named(std::move(name), std::move(value), std::move(help), setText(target));
}

Option& CommandTable::texts(std::string name, std::string value, std::vector<std::string>& target, std::string help) {
  Option& added = named(std::move(name), std::move(value), std::move(help), addText(target));
  added.repeated = true;
  return added;
}

Option& CommandTable::file(std::string name, std::string& target, std::string help) {
  Option& added = named(name, "FILE", std::move(help), setPath(name, "a file", target));
  added.offers = Offers::Files;
  return added;
}

Option& CommandTable::folder(std::string name, std::string& target, std::string help) {
  Option& added = named(name, "DIR", std::move(help), setPath(name, "a folder", target));
  added.offers = Offers::Folders;
  return added;
}

Option& CommandTable::choice(std::string name, std::string& target, std::vector<std::string> words, std::string help) {
  std::string value;
  for (const std::string& word : words) value += (value.empty() ? "" : "|") + word;
  Option& added = named(name, value, std::move(help), setChoice(name, words, target));
  added.offers = Offers::Words;
  added.words = std::move(words);
  return added;
}

Option& CommandTable::assignments(std::string name, std::map<std::string, std::string>& target, std::string help) {
  Option& added = named(name, "NAME=VALUE", std::move(help), [name, &target](std::string_view text) -> Result<void> {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) return wrongValue(name, "NAME=VALUE", text);
    target[std::string(text.substr(0, equals))] = std::string(text.substr(equals + 1));
    return {};
  });
  added.repeated = true;
  return added;
}

Option& CommandTable::duration(std::string name, std::string value, Duration& target, Duration least, Duration most,
                               std::string help) {
  return named(
      name, std::move(value), std::move(help), [name, &target, least, most](std::string_view text) -> Result<void> {
        const Result<Duration> given = parseDuration(text);
        if (!given) return configError(name + " takes a duration: " + given.error().message);
        if (*given < least || *given > most) {
          const std::string range = most == kNoLimit ? "of " + durationText(least) + " or more"
                                                     : "from " + durationText(least) + " to " + durationText(most);
          return wrongValue(name, "a duration " + range, text);
        }
        target = *given;
        return {};
      });
}

Option& CommandTable::mebibytes(std::string name, std::int64_t& target, std::string help) {
  return named(name, "MIB", std::move(help), [name, &target](std::string_view text) -> Result<void> {
    WEIR_TRY_ASSIGN(mebibytes, wholeNumber(name, text, 1, kMostMebibytes));
    target = mebibytes << 20;
    return {};
  });
}

Option& CommandTable::named(std::string name, std::string value, std::string help, Take take) {
  Option& added = options_.emplace_back();
  added.name = std::move(name);
  added.value = std::move(value);
  added.help = std::move(help);
  added.take = std::move(take);
  return added;
}

Result<std::int64_t> CommandTable::wholeNumber(std::string_view option, std::string_view text, std::int64_t least,
                                               std::int64_t most) {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || value < least || value > most) {
    return wrongValue(option, "a number from " + std::to_string(least) + " to " + std::to_string(most), text);
  }
  return value;
}

}  // namespace weir::app
