#include "app/command_line/help.hpp"

#include <cstdio>
#include <string>
#include <vector>

#include "app/command_line/for_people.hpp"
#include "app/commands/commands.hpp"

namespace weir::app {

namespace {

class Help final : public Command {
 public:
  Help() : Command("help") {
    std::vector<std::string> names;
    for (const CommandForms* command : commandsForPeople(commandList())) names.emplace_back(command->name);
    table_.optionalArgument("COMMAND", command_, Offers::Words, "a command; without one all are listed").words =
        std::move(names);
  }

  int run() override {
    if (command_.empty()) {
      std::fputs(overview(commandList()).c_str(), stdout);
      return kExitOk;
    }
    const CommandForms* const command = findCommand(command_);
    if (command == nullptr) return fail(unknownCommand(command_));
    std::fputs(help(*command).c_str(), stdout);
    return kExitOk;
  }

 private:
  std::string command_;
};

}  // namespace

std::unique_ptr<Command> makeHelp() {
  return std::make_unique<Help>();
}

}  // namespace weir::app
