#include <algorithm>
#include <string>
#include <vector>

#include "app/command_line/for_people.hpp"
#include "app/commands/commands.hpp"
#include "core/base/closest_name.hpp"

namespace weir::app {

namespace {

constexpr CommandForms kCommands[] = {
    {"check", "say what is wrong with a topology", {makeCheck}},
    {"completion", "write a script with which a shell completes calls of weir", {makeCompletion}},
    {"derive-schema", "", {makeDeriveSchema}},
    {"diff", "say what changed between two topologies", {makeDiff}},
    {"draw", "make a picture of a topology, or its text for Mermaid or Graphviz", {makeDraw}},
    {"fmt", "write topologies in canonical form", {makeFormat}},
    {"help", "list the commands, or tell how one is called", {makeHelp}},
    {"home", "say what a home keeps, by node, and give room back", {makeHomeList, makeHomeDrop}},
    {"infer", "say what columns a file of data has, by its first rows", {makeInfer}},
    {"plugin-check",
     "load a plugin in a child process and take each of its operators through its life",
     {makePluginCheck}},
    {"plugins", "list the plugins found, and those refused", {makePlugins}},
    {"run", "run a topology", {makeRun}},
    {"topic", "look into the topics of a home", {makeTopicList, makeTopicRead}},
};

}  // namespace

std::span<const CommandForms> commandList() {
  return kCommands;
}

const CommandForms* findCommand(std::string_view name) {
  const auto* const found = std::find_if(std::begin(kCommands), std::end(kCommands),
                                         [name](const CommandForms& command) { return command.name == name; });
  return found == std::end(kCommands) ? nullptr : found;
}

Error unknownCommand(std::string_view name) {
  std::vector<std::string_view> names;
  for (const CommandForms* command : commandsForPeople(kCommands)) names.push_back(command->name);
  return configError("There is no command '" + std::string(name) + "'." + didYouMean(name, names) +
                     " `weir help` lists them.");
}

}  // namespace weir::app
