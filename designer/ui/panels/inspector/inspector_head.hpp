// What the inspector shows on top: the tile, the name that can be changed, the id, and what it is.
#pragma once

#include <QLabel>
#include <QWidget>

#include "designer/model/document/document.hpp"
#include "designer/model/help/form.hpp"
#include "designer/ui/panels/fields/line_fields.hpp"
#include "designer/ui/theme/tokens.h"

namespace weir::designer {

// The tile of an operator.
class KindTile : public QWidget {
  Q_OBJECT

 public:
  explicit KindTile(QWidget* parent = nullptr);
  void show(NodeKind kind, const QString& icon);
  void showMissing();  // its plugin is not there
  using QWidget::show;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  NodeKind kind_ = NodeKind::Stateless;
  QString icon_;
  bool missing_ = false;
};

class InspectorHead : public QWidget {
  Q_OBJECT

 public:
  explicit InspectorHead(QWidget* parent = nullptr);
  ~InspectorHead() override;

  // A node, topic or group.
  void showPart(const Document& document, const catalog::Catalog& catalog, const std::string& id, const Form& form);
  // Words alone: the topology, several things, a wire.
  void showWords(const QString& title, const QString& subtitle);

  LineEdit& name() { return *name_; }
  LineEdit& id() { return *idLine_; }
  QString title() const { return name_->text(); }
  // Why the id that was typed cannot be taken; empty: it can.
  void refuseId(const QString& why);

 Q_SIGNALS:
  void nameTyped(const QString& name);
  void idChosen(const QString& id);
  void finished();

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  KindTile* tile_;
  LineEdit* name_;
  LineEdit* idLine_;
  QLabel* subtitle_;
  QLabel* refusal_;
  QString shownId_;
};

}  // namespace weir::designer
