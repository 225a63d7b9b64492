#include "app/command_line/help.hpp"

#include <algorithm>
#include <vector>

#include "app/command_line/for_people.hpp"

namespace weir::app {

namespace {

constexpr std::size_t kLineWidth = 110;

// Appends words, and begins a line anew with `indent` blanks where one would be too long.
class Lines {
 public:
  Lines(std::string& out, std::size_t indent) : out_(out), indent_(indent) {}
  void add(const std::string& word) {
    const std::size_t line = out_.size() - (out_.rfind('\n') + 1);
    if (line > indent_ && line + 1 + word.size() > kLineWidth) out_ += "\n" + std::string(indent_, ' ');
    if (out_.back() != ' ') out_ += ' ';
    out_ += word;
  }

 private:
  std::string& out_;
  std::size_t indent_;
};

std::string shown(const Option& option) {
  if (option.name == option.value || option.value.empty()) return option.name;
  return option.name + " " + option.value;
}

std::string inUsage(const Option& option) {
  const std::string more = option.repeated ? "..." : "";
  return (option.required ? shown(option) : "[" + shown(option) + "]") + more;
}

// "usage: weir check FILE [--json]"
void appendUsage(std::string& out, const CommandTable& table, bool first) {
  out += (first ? "usage: weir " : "       weir ") + table.call();
  Lines lines(out, std::string("usage: weir ").size() + table.call().size() + 1);
  for (const Option& argument : table.arguments()) lines.add(inUsage(argument));
  for (const Option* option : optionsForPeople(table)) lines.add(inUsage(*option));
  out += '\n';
}

std::vector<const Option*> toTell(const CommandTable& table) {
  std::vector<const Option*> told;
  for (const Option& argument : table.arguments()) told.push_back(&argument);
  const std::vector<const Option*> options = optionsForPeople(table);
  told.insert(told.end(), options.begin(), options.end());
  return told;
}

void appendOptions(std::string& out, const CommandTable& table) {
  const std::vector<const Option*> told = toTell(table);
  std::size_t widest = 0;
  for (const Option* option : told) widest = std::max(widest, shown(*option).size());
  for (const Option* option : told) {
    const std::string name = shown(*option);
    out += "  " + name + std::string(widest - name.size() + 2, ' ');
    Lines lines(out, widest + 4);
    std::size_t begin = 0;
    while (begin < option->help.size()) {
      const std::size_t end = std::min(option->help.find(' ', begin), option->help.size());
      lines.add(option->help.substr(begin, end - begin));
      begin = end + 1;
    }
    out += '\n';
  }
}

}  // namespace

std::string overview(std::span<const CommandForms> commands) {
  std::size_t widest = 0;
  for (const CommandForms& command : commands) widest = std::max(widest, command.name.size());
  std::string out = "weir: checks and runs stream topologies\n\nusage: weir COMMAND ...\n\n";
  for (const CommandForms* command : commandsForPeople(commands)) {
    const std::string blanks(widest - command->name.size() + 1, ' ');
    out += "  " + std::string(command->name) + blanks + std::string(command->summary) + "\n";
  }
  return out + "\n`weir COMMAND --help` tells how it is called, `weir --version` which Weir this is.\n";
}

std::string help(const CommandForms& command) {
  const std::vector<std::unique_ptr<Command>> forms = command.forms();
  std::string out;
  for (const auto& form : forms) appendUsage(out, form->table(), out.empty());
  if (!command.summary.empty()) out += "\n" + std::string(command.summary) + "\n";
  for (const auto& form : forms) {
    if (toTell(form->table()).empty()) continue;
    out += '\n';
    if (forms.size() > 1) out += "weir " + form->table().call() + "\n";
    appendOptions(out, form->table());
  }
  return out;
}

}  // namespace weir::app
