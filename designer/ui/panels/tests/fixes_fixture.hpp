// Quick fixes of topologies in few words: offered, and applied as one undo step.
#pragma once

#include <QTest>
#include <string>
#include <string_view>
#include <vector>

#include "designer/model/help/fixes.hpp"
#include "designer/ui/panels/tests/scene.hpp"

namespace weir::designer::test {

inline const std::string kColumns =
    R"({ "name": "region", "type": "string" }, { "name": "amount", "type": "float64" }, { "name": "ts", "type": "timestamp" })";
inline const std::string kTime = R"(, "event_time": { "field": "ts" })";

std::string topologyText(const std::string& nodes, const std::string& edges, const std::string& more = {});

class FixesFixture : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { catalog_ = pluginCatalog(); }

 protected:
  // The fixes of the first problem with that code. Applies the one that begins with `title`.
  void fix(const topology::Topology& topology, std::string_view code, const QString& title,
           const topology::CheckOutcome* before = nullptr);
  bool has(const topology::Topology& topology, std::string_view code) const;

  CatalogRef catalog_;
  std::vector<topology::QuickFix> fixes_;
  topology::Topology after_;
};

}  // namespace weir::designer::test
