// A command of `weir`: what it takes, and what it does. Made for one call.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/command_line/command_table.hpp"
#include "core/base/result.hpp"

namespace weir::app {

class Command {
 public:
  virtual ~Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

  const CommandTable& table() const { return table_; }
  // What options say together; asked once all have been taken.
  virtual Result<void> check() { return {}; }
  // Answers the exit status.
  virtual int run() = 0;

 protected:
  explicit Command(std::string call) : table_(std::move(call)) {}
  CommandTable table_;  // its targets are members of the command
};

// A line of the list of commands.
struct CommandForms {
  std::string_view name;
  std::string_view summary;  // empty: not for people
  // How it may be called. With two, each begins with a verb.
  std::array<std::unique_ptr<Command> (*)(), 2> make{};

  std::vector<std::unique_ptr<Command>> forms() const {
    std::vector<std::unique_ptr<Command>> made;
    for (const auto form : make) {
      if (form != nullptr) made.push_back(form());
    }
    return made;
  }
};

}  // namespace weir::app
