// The Docs tab: what the manifest says about an operator.
#pragma once

#include <QLabel>

#include "core/catalog/manifest.hpp"
#include "core/topology/model/topology.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

// The documentation of an operator as rich text, in the colours of the theme.
QString operatorDocs(const catalog::OperatorSpec& spec, const std::string& use, const Theme& theme);
QString topicDocs(const Theme& theme);

class DocsView : public QWidget {
  Q_OBJECT

 public:
  explicit DocsView(QWidget* parent = nullptr);

  // An empty id: nothing. Keeps nothing of the catalog.
  void show(const topology::Topology& topology, const catalog::Catalog& catalog, const std::string& id);
  using QWidget::show;

  QLabel& text() { return *text_; }

 private:
  QLabel* text_;
};

}  // namespace weir::designer
