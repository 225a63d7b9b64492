#include "designer/ui/panels/tests/fixes_fixture.hpp"

#include <algorithm>

#include "designer/model/edits/edits.hpp"

namespace weir::designer::test {

std::string topologyText(const std::string& nodes, const std::string& edges, const std::string& more) {
  return R"({ "weir": 1, "name": "t", "nodes": [)" + nodes + R"(], "edges": [)" + edges + "]" + more + " }";
}

bool FixesFixture::has(const topology::Topology& topology, std::string_view code) const {
  const Checked checked = check(topology, catalog_);
  return std::any_of(checked->problems.begin(), checked->problems.end(),
                     [&](const topology::Problem& problem) { return problem.code == code; });
}

void FixesFixture::fix(const topology::Topology& topology, std::string_view code, const QString& title,
                       const topology::CheckOutcome* before) {
  fixes_.clear();
  after_ = topology;
  const Checked checked = check(topology, catalog_);
  const auto problem = std::find_if(checked->problems.begin(), checked->problems.end(),
                                    [&](const topology::Problem& one) { return one.code == code; });
  QVERIFY2(problem != checked->problems.end(), topology::problemsText(checked->problems, "test").c_str());
  fixes_ = fixesFor(*problem, topology, *catalog_, *checked, before);
  const auto wanted = std::find_if(fixes_.begin(), fixes_.end(), [&](const topology::QuickFix& one) {
    return QString::fromStdString(one.title).startsWith(title);
  });
  QString all;
  for (const auto& one : fixes_) all += QString::fromStdString(one.title) + "\n";
  QVERIFY2(wanted != fixes_.end(), qPrintable(all));
  Document document(topology);
  const Result<Edit> edit = applyFix(topology, *wanted);
  QVERIFY2(edit.ok(), edit.ok() ? "" : edit.error().message.c_str());
  document.apply(*edit);
  after_ = document.topology();
  QVERIFY(document.undo());
  QVERIFY(document.topology() == topology);
  QVERIFY(document.undoLabel().isEmpty());
}

}  // namespace weir::designer::test
