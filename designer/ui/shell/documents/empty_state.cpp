#include "designer/ui/shell/documents/empty_state.hpp"

#include <QGridLayout>
#include <QMenu>
#include <QVBoxLayout>

#include "designer/ui/theme/tokens.h"
#include "designer/ui/widgets/card_button.hpp"
#include "designer/ui/widgets/key_cap.hpp"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {
namespace {

void popUp(CardButton* card, const QList<StartChoice>& choices) {
  auto* menu = new QMenu(card);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  for (const StartChoice& choice : choices) {
    if (!choice.heading.isEmpty()) menu->addSection(choice.heading);
    QAction* const action = menu->addAction(QString(choice.text).replace(u'&', QStringLiteral("&&")));
    action->setEnabled(static_cast<bool>(choice.run));
    if (choice.run) QObject::connect(action, &QAction::triggered, card, choice.run);
  }
  menu->popup(card->mapToGlobal(QPoint(0, card->height() + space::kTiny)));
}

}  // namespace

EmptyState::EmptyState(QWidget* parent) : QWidget(parent), grid_(new QGridLayout) {
  setAccessibleName(tr("Ways to begin"));
  auto* column = new QWidget(this);
  column->setFixedWidth(shell::kEmptyStateWidth);
  auto* rows = new QVBoxLayout(column);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  QLabel* title = makeLabel(tr("Draw a stream, run it, watch it"), FontRole::EmptyTitle, column);
  QLabel* line =
      makeSecondaryLabel(tr("Everything runs on this computer until you say otherwise."), FontRole::Body, column);
  rows->addWidget(title, 0, Qt::AlignHCenter);
  rows->addSpacing(space::kSmall);
  rows->addWidget(line, 0, Qt::AlignHCenter);
  rows->addSpacing(space::kHuge + space::kTiny);
  grid_->setSpacing(space::kLarge);
  rows->addLayout(grid_);
  rows->addSpacing(space::kHuge + space::kTiny);

  auto* hint = new QHBoxLayout;
  hint->setSpacing(space::kSmall);
  hint->addStretch(1);
  hint->addWidget(makeSecondaryLabel(tr("or press", "before a key"), FontRole::Help, column));
  hint->addWidget(new KeyCap(QStringLiteral("A"), column));
  hint->addWidget(makeSecondaryLabel(tr("to add the first node", "after a key"), FontRole::Help, column));
  hint->addStretch(1);
  rows->addLayout(hint);

  auto* whole = new QVBoxLayout(this);
  whole->addStretch(1);
  whole->addWidget(column, 0, Qt::AlignHCenter);
  whole->addStretch(1);
}

void EmptyState::setActions(const StartActions& actions) {
  qDeleteAll(cards_);
  cards_.clear();
  addCard(QStringLiteral("play"), tr("Open the orders example"), tr("Orders per minute by region, live, offline"),
          actions.openOrders);
  addCard(QStringLiteral("file-text"), tr("Drop a data file"), tr("Or choose one: it fills a source"),
          actions.chooseData);
  QList<StartChoice> templates = actions.templates + actions.ownTemplates;
  if (!actions.ownTemplates.isEmpty()) templates[actions.templates.size()].heading = tr("Own", "templates");
  addCard(QStringLiteral("layout-dashboard"), tr("Start from a template"), tr("The flights example, or one to fill in"),
          {}, templates);
  if (actions.recentFiles.isEmpty()) {
    addCard(QStringLiteral("folder-open"), tr("Open a topology"), tr("A .weir file on this computer"),
            actions.openFile);
  } else {
    QStringList names;
    for (const StartChoice& choice : actions.recentFiles) names += choice.text;
    QList<StartChoice> choices = actions.recentFiles;
    if (actions.openFile) choices.append({tr("Open another…"), actions.openFile});
    addCard(QStringLiteral("history"), tr("Recent files"), names.join(QStringLiteral(", ")), {}, choices);
  }
  if (!cards_.isEmpty()) {
    cards_.first()->setMain(true);
    setFocusProxy(cards_.first());
  }
}

void EmptyState::addCard(const QString& icon, const QString& title, const QString& sentence,
                         const std::function<void()>& run, const QList<StartChoice>& choices) {
  if (!run && choices.isEmpty()) return;
  auto* card = new CardButton(icon, title, sentence, this);
  if (run) {
    connect(card, &CardButton::clicked, this, run);
  } else {
    connect(card, &CardButton::clicked, this, [card, choices] { popUp(card, choices); });
  }
  const auto place = static_cast<int>(cards_.size());
  grid_->addWidget(card, place / 2, place % 2);
  cards_ += card;
}

}  // namespace weir::designer
