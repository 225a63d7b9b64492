// What an empty document shows over its canvas: how to begin.
#pragma once

#include <QWidget>
#include <functional>

class QGridLayout;

namespace weir::designer {

class CardButton;

struct StartChoice {
  QString text;
  std::function<void()> run;  // nothing: it cannot be chosen
  QString heading;            // above it
};

// What the cards do. A card whose work is missing is not shown.
struct StartActions {
  std::function<void()> openOrders;
  std::function<void()> chooseData;
  QList<StartChoice> templates;  // and examples
  QList<StartChoice> ownTemplates;
  std::function<void()> openFile;
  QList<StartChoice> recentFiles;
};

// Has no ground of its own: it is laid over the canvas, and deleted at the first node.
class EmptyState : public QWidget {
  Q_OBJECT

 public:
  explicit EmptyState(QWidget* parent = nullptr);

  void setActions(const StartActions& actions);
  QList<CardButton*> cards() const { return cards_; }

 private:
  void addCard(const QString& icon, const QString& title, const QString& sentence, const std::function<void()>& run,
               const QList<StartChoice>& choices = {});

  QGridLayout* grid_;
  QList<CardButton*> cards_;
};

}  // namespace weir::designer
