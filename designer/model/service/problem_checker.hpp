// Checks the topology while it is drawn: what `weir check` says, on a thread of its own.
#pragma once

#include <QObject>
#include <QThread>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "core/topology/check/check.hpp"
#include "core/topology/graph/check_memory.hpp"
#include "designer/model/document/snapshot.hpp"
#include "designer/model/service/catalog_service.hpp"

namespace weir::designer {

// Makes a door to operators' own schema derivation (in a child process of the runner), once for each catalog, on the
// GUI thread; the door itself is used on the checking thread. May be empty.
using MakeDeriver = std::function<topology::SchemaDeriver(const CatalogRef&)>;

// Shared: several views show the same answer.
using Checked = std::shared_ptr<const topology::CheckOutcome>;

// GUI thread; the check itself runs on a thread that ends with this object.
class ProblemChecker : public QObject {
  Q_OBJECT

 public:
  explicit ProblemChecker(MakeDeriver makeDeriver, QObject* parent = nullptr);
  ~ProblemChecker() override;

  // Only the newest version asked for is checked; those in between are left out. `file`: where it is saved, from which
  // parts are found; empty: nowhere.
  void check(Snapshot snapshot, CatalogRef catalog, const QString& file = {});

 Q_SIGNALS:
  void checked(const weir::designer::Snapshot& snapshot, const weir::designer::Checked& outcome);

 private:
  struct Question {
    Snapshot snapshot;
    CatalogRef catalog;
    std::string file;
    topology::SchemaDeriver deriver;
    // Shared: the thread may still use that of the catalog before. Only it looks into it.
    std::shared_ptr<topology::CheckMemory> memory;
  };

  void answer();

  MakeDeriver makeDeriver_;
  QThread thread_;
  QObject* worker_;  // lives on the thread
  std::mutex mutex_;
  std::optional<Question> next_;  // under the mutex
  CatalogRef deriverCatalog_;
  topology::SchemaDeriver deriver_;  // for that catalog
  std::shared_ptr<topology::CheckMemory> memory_;
};

}  // namespace weir::designer
