#include <cstdio>
#include <string>

#include "app/command_line/bash_completion.hpp"
#include "app/command_line/fish_completion.hpp"
#include "app/command_line/zsh_completion.hpp"
#include "app/commands/commands.hpp"

namespace weir::app {

namespace {

class Completion final : public Command {
 public:
  Completion() : Command("completion") {
    table_.choiceArgument("SHELL", shell_, {"bash", "zsh", "fish"},
                          "the shell that reads the script: bash, zsh or fish");
  }

  int run() override {
    const auto script = shell_ == "bash" ? bashCompletion : shell_ == "zsh" ? zshCompletion : fishCompletion;
    std::fputs(script(commandList()).c_str(), stdout);
    return kExitOk;
  }

 private:
  std::string shell_;
};

}  // namespace

std::unique_ptr<Command> makeCompletion() {
  return std::make_unique<Completion>();
}

}  // namespace weir::app
