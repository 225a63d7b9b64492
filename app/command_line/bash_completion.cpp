#include "app/command_line/bash_completion.hpp"

#include <string_view>

#include "app/command_line/completion_words.hpp"
#include "app/command_line/for_people.hpp"

namespace weir::app {

namespace {

constexpr std::string_view kNames = R"(# Completion of weir in bash: source <(weir completion bash)
_weir() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local call=${COMP_WORDS[1]:-} verbs= options= places=nothing offer= names=1 given
  # --name=value comes as three words.
  local equals=
  [[ $word != = ]] || word= equals=1
  [[ $before != = ]] || before=${COMP_WORDS[COMP_CWORD - 2]} equals=1
  COMPREPLY=()
  [[ -z $equals || $before == -* ]] || return 0  # --param name=value: nobody knows values
  for given in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $given != -- ]] || names=  # what follows has no names
  done
  if ((COMP_CWORD == 1)) && [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W '--help --version' -- "$word")
    return
  fi
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W ')";

constexpr std::string_view kVerbs = R"(' -- "$word")
    return
  fi
  case $call in
)";

constexpr std::string_view kForms = R"(  esac
  if [[ -n $verbs ]] && ((COMP_CWORD == 2)); then
    mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$word")
    return
  fi
  [[ -z $verbs ]] || call+=" ${COMP_WORDS[2]}"
  case $call in
)";

constexpr std::string_view kEnd = R"(  esac
  if [[ -z $names ]]; then
    offer= options=
  elif [[ -z $offer && $word == -* ]]; then
    offer=$options
  fi
  case ${offer:-$places} in
    nothing) mapfile -t COMPREPLY < <([[ -n $offer ]] || compgen -W "$options" -- "$word") ;;
    topologies) mapfile -t COMPREPLY < <(compgen -f -X '!*.weir' -- "$word"; compgen -d -- "$word") ;;
    files) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    folders) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
    *)
      mapfile -t COMPREPLY < <(compgen -W "${offer:-$places}" -- "$word")
      return
      ;;
  esac
  compopt -o filenames 2>/dev/null || true  # outside of a completion there is nothing to tell
}
complete -F _weir weir
)";

// What the last `case` of the script looks for.
std::string offerOf(const Option& option) {
  switch (option.offers) {
    case Offers::Nothing: return "nothing";
    case Offers::Topologies: return "topologies";
    case Offers::Files: return "files";
    case Offers::Folders: return "folders";
    case Offers::Words: return "'" + joined(option.words) + "'";
  }
  return "nothing";
}

void appendForm(std::string& out, const CommandTable& table) {
  std::string names;
  std::string values;
  for (const Option* option : optionsForPeople(table)) {
    names += option->name + " ";
    if (!option->value.empty()) values += "        " + option->name + ") offer=" + offerOf(*option) + " ;;\n";
  }
  std::string places = "nothing";  // of the arguments, whichever it is
  for (const Option& argument : table.arguments()) {
    if (argument.offers != Offers::Nothing) places = offerOf(argument);
  }
  out += "    '" + table.call() + "')\n      options='" + names + "--help' places=" + places + "\n";
  if (!values.empty()) out += "      case $before in\n" + values + "      esac\n";
  out += "      ;;\n";
}

}  // namespace

std::string bashCompletion(std::span<const CommandForms> commands) {
  std::vector<std::string> names;
  std::string verbs;
  std::string forms;
  for (const CommandForms* command : commandsForPeople(commands)) {
    const auto made = command->forms();
    names.emplace_back(command->name);
    if (made.size() > 1) verbs += "    " + names.back() + ") verbs='" + joined(verbsOf(made)) + "' ;;\n";
    for (const auto& form : made) appendForm(forms, form->table());
  }
  std::string out(kNames);
  out += joined(names);
  out.append(kVerbs).append(verbs).append(kForms).append(forms).append(kEnd);
  return out;
}

}  // namespace weir::app
