#include "app/command_line/fish_completion.hpp"

#include <string_view>

#include "app/command_line/completion_words.hpp"
#include "app/command_line/for_people.hpp"

namespace weir::app {

namespace {

constexpr std::string_view kSeen = "__fish_seen_subcommand_from ";

std::string textOf(std::string_view text) {
  return quoted(text, "\\", "\\'");
}

std::string offerOf(const Option& option) {
  switch (option.offers) {
    case Offers::Nothing: return "";
    case Offers::Topologies: return " -a '(__fish_complete_suffix .weir)'";
    case Offers::Files: return " -a '(__fish_complete_path)'";
    case Offers::Folders: return " -a '(__fish_complete_directories)'";
    case Offers::Words: return " -a '" + joined(option.words) + "'";
  }
  return "";
}

void appendForm(std::string& out, const CommandTable& table, const std::string& command) {
  std::string when = std::string(kSeen) + command;
  if (!table.verb().empty()) when.append("; and ").append(kSeen).append(table.verb());
  const std::string begin = "complete -c weir -n '" + when + "'";
  for (const Option* option : optionsForPeople(table)) {
    out += begin + (option->name.starts_with("--") ? " -l " + option->name.substr(2) : " -s " + option->name.substr(1));
    if (!option->value.empty()) out += " -x" + offerOf(*option);
    out += " -d '" + textOf(option->help) + "'\n";
  }
  for (const Option& argument : table.arguments()) {
    if (argument.offers != Offers::Nothing) out += begin + offerOf(argument) + "\n";
  }
}

}  // namespace

std::string fishCompletion(std::span<const CommandForms> commands) {
  std::string out = "# Completion of weir in fish: weir completion fish | source\ncomplete -c weir -f\n";
  for (const CommandForms* command : commandsForPeople(commands)) {
    const std::string name(command->name);
    const auto forms = command->forms();
    out += "complete -c weir -n __fish_use_subcommand -a " + name + " -d '" + textOf(command->summary) + "'\n";
    if (forms.size() > 1) {
      const std::string verbs = joined(verbsOf(forms));
      out.append("complete -c weir -n '").append(kSeen).append(name).append("; and not ").append(kSeen);
      out += verbs + "' -a '" + verbs + "'\n";
    }
    for (const auto& form : forms) appendForm(out, form->table(), name);
  }
  return out;
}

}  // namespace weir::app
