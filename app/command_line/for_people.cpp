#include "app/command_line/for_people.hpp"

namespace weir::app {

std::vector<const CommandForms*> commandsForPeople(std::span<const CommandForms> commands) {
  std::vector<const CommandForms*> people;
  for (const CommandForms& command : commands) {
    if (!command.summary.empty()) people.push_back(&command);
  }
  return people;
}

std::vector<const Option*> optionsForPeople(const CommandTable& table) {
  std::vector<const Option*> people;
  for (const Option& option : table.options()) {
    if (!option.hidden) people.push_back(&option);
  }
  return people;
}

}  // namespace weir::app
