#include "app/command_line/completion_words.hpp"

namespace weir::app {

std::vector<std::string> verbsOf(const std::vector<std::unique_ptr<Command>>& forms) {
  std::vector<std::string> verbs;
  for (const auto& form : forms) {
    if (!form->table().verb().empty()) verbs.emplace_back(form->table().verb());
  }
  return verbs;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string quoted(std::string_view text, std::string_view special, std::string_view quotationMark) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += quotationMark;
      continue;
    }
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace weir::app
