// How tests of `check` make topologies and say what is wrong with them.
#pragma once

#include <QTest>
#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "core/topology/check/check.hpp"
#include "core/topology/plan/make_plan.hpp"
#include "core/topology/tests/test_catalog.hpp"

namespace weir::topology::testing {

// Every text whose problems were asked for, for the test that compares them with what a start says.
inline std::set<std::string>& asked() {
  static std::set<std::string> texts;
  return texts;
}

inline Problems problemsOf(const std::string& text) {
  asked().insert(text);
  return check(topologyOf(text), testCatalog(), testDeriver()).problems;
}

// Nodes of `file` stand in one line, the third: every place is 3:column.
inline std::string found(const std::string& text) {
  return briefly(problemsOf(text));
}

// The column at which `piece` begins in its line.
inline std::string at(const std::string& text, std::string_view piece, int occurrence = 1) {
  std::size_t place = text.find(piece);
  for (; occurrence > 1 && place != std::string::npos; --occurrence) place = text.find(piece, place + 1);
  if (place == std::string::npos) return "the test looks for nothing";
  const std::size_t start = text.rfind('\n', place) + 1;
  return std::to_string(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(place), '\n') + 1) + ":" +
         std::to_string(place - start + 1);
}

inline std::string sink(const std::string& id) {
  return node(id, "file.sink", "\"path\":\"to_" + id + "-{task}\"");
}

// source a -> the node -> sink z
inline std::string around(const std::string& middle, const std::string& id = "m") {
  return file(source("a") + "," + middle + "," + sink("z"),
              edge("a.out", id + ".in") + "," + edge(id + ".out", "z.in"));
}

inline std::string filter(const std::string& where) {
  return around(node("m", "std.filter", "\"where\":\"" + where + "\""));
}

// Compares what a start says of every text that was asked for with what `check` says. Answers how many had errors.
inline std::size_t startsCompared() {
  std::size_t wrong = 0;
  const std::set<std::string> texts = asked();
  for (const std::string& text : texts) {
    // What only a start knows is another matter: aStartNeedsAllValues and its like in plan_test.
    if (text.find("${") != std::string::npos) continue;
    const Problems checked = problemsOf(text);
    const PlanOutcome planned = planTopology(topologyOf(text), testCatalog(), testDeriver(), {});
    if (problemsText(planned.problems, "f") != problemsText(checked, "f") ||
        planned.plan.has_value() == hasErrors(checked)) {
      QTest::qFail(("a start says something else of " + text + ":\n" + problemsText(planned.problems, "f") +
                    "and the check:\n" + problemsText(checked, "f"))
                       .c_str(),
                   __FILE__, __LINE__);
    }
    wrong += hasErrors(checked) ? 1 : 0;
  }
  return wrong;
}

}  // namespace weir::topology::testing
