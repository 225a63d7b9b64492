#include "app/command_line/zsh_completion.hpp"

#include <string_view>

#include "app/command_line/completion_words.hpp"
#include "app/command_line/for_people.hpp"

namespace weir::app {

namespace {

std::string textOf(std::string_view text) {
  return quoted(text, "[]:\\", "'\\''");
}

std::string offerOf(const Option& option) {
  switch (option.offers) {
    case Offers::Nothing: return " ";
    case Offers::Topologies: return "_files -g \"*.weir\"";
    case Offers::Files: return "_files";
    case Offers::Folders: return "_files -/";
    case Offers::Words: return "(" + joined(option.words) + ")";
  }
  return " ";
}

void appendForm(std::string& out, const CommandTable& table) {
  out += "      _arguments -S";
  for (const Option* option : optionsForPeople(table)) {
    out += std::string(" \\\n        '") + (option->repeated ? "*" : "") + option->name;
    if (!option->value.empty()) out += option->name.starts_with("--") ? "=" : "+";
    out += "[" + textOf(option->help) + "]";
    if (!option->value.empty()) out += ":" + textOf(option->value) + ":" + offerOf(*option);
    out += '\'';
  }
  int place = 0;
  for (const Option& argument : table.arguments()) {
    out += " \\\n        '" + (argument.repeated ? "*" : std::to_string(++place));
    out += (argument.required ? ":" : "::") + textOf(argument.name) + ":" + offerOf(argument) + "'";
  }
  out += '\n';
}

// With verbs: the word after the command chooses the form.
void appendForms(std::string& out, const std::vector<std::unique_ptr<Command>>& forms) {
  if (forms.size() == 1) return appendForm(out, forms[0]->table());
  out += "      if ((CURRENT == 2)); then\n        names=(" + joined(verbsOf(forms)) +
         ")\n        _describe verb names\n        return\n      fi\n      shift words\n      ((CURRENT--))\n"
         "      case $words[1] in\n";
  for (const auto& form : forms) {
    out += "      " + std::string(form->table().verb()) + ")\n";
    appendForm(out, form->table());
    out += "      ;;\n";
  }
  out += "      esac\n";
}

}  // namespace

std::string zshCompletion(std::span<const CommandForms> commands) {
  std::string names;
  std::string forms;
  for (const CommandForms* command : commandsForPeople(commands)) {
    names += "      '" + std::string(command->name) + ":" + textOf(command->summary) + "'\n";
    forms += "    " + std::string(command->name) + ")\n";
    appendForms(forms, command->forms());
    forms += "      ;;\n";
  }
  return "#compdef weir\n# Completion of weir in zsh: source <(weir completion zsh), after compinit\n"
         "_weir() {\n  local -a names\n  if ((CURRENT == 2)); then\n    names=(\n" +
         names +
         "    )\n    _describe command names\n    return\n  fi\n  shift words\n  ((CURRENT--))\n"
         "  case $words[1] in\n" +
         forms + "  esac\n}\ncompdef _weir weir\n";
}

}  // namespace weir::app
