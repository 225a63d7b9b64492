// The Schema tab: what comes in and what goes out of each port, and the question for an event time.
#pragma once

#include <QVBoxLayout>
#include <QWidget>

#include "core/catalog/manifest.hpp"
#include "core/topology/check/check.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::designer {

class SchemaView : public QWidget {
  Q_OBJECT

 public:
  explicit SchemaView(QWidget* parent = nullptr);

  // An empty id: nothing.
  void show(const topology::Topology& topology, const catalog::Catalog& catalog, const topology::CheckOutcome& checked,
            const std::string& id);
  using QWidget::show;
  // The columns that flow along a wire.
  void showWire(const topology::CheckOutcome& checked, const std::string& wire);

 Q_SIGNALS:
  // Somebody said which column tells when it happened.
  void fixRequested(const weir::topology::QuickFix& fix);

 private:
  void clear();
  void addQuestion(const topology::Topology& topology, const catalog::Catalog& catalog,
                   const topology::CheckOutcome& checked, const std::string& id);
  void addPort(const topology::PortSchema& port, const QString& title, const QString& why);

  QVBoxLayout* layout_;
};

}  // namespace weir::designer
