#include "designer/ui/shell/window/about_card.hpp"

#include <QPushButton>
#include <QSysInfo>
#include <QVBoxLayout>

#include "core/base/version.hpp"
#include "designer/ui/theme/tokens.h"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {

AboutCard::AboutCard(QWidget* window)
    : Popover(tr("About Weir"), {shell::kAboutWidth, shell::kAboutHeight}, window),
      words_(makeSecondaryLabel({}, FontRole::Body, card())) {
  const QString version = QString::fromUtf8(weir::version());
  words_->setText(
      tr("Weir %1\nQt %2\n%3").arg(version, QString::fromLatin1(qVersion()), QSysInfo::prettyProductName()));
  words_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* const rows = new QVBoxLayout(card());
  rows->setContentsMargins(space::kHuge, space::kHuge, space::kHuge, space::kLarge);
  rows->setSpacing(space::kMedium);
  rows->addWidget(makeLabel(tr("Weir"), FontRole::EmptyTitle, card()));
  rows->addWidget(makeLabel(tr("Draw a stream, check it, run it."), FontRole::Body, card()));
  rows->addWidget(words_);
  rows->addWidget(makeHelpText(tr("Apache License 2.0. Fonts: Inter and JetBrains Mono, SIL Open Font License 1.1. "
                                  "Icons: Lucide, ISC License."),
                               card()));
  rows->addStretch(1);
  auto* const shut = new QPushButton(tr("Close"), card());
  connect(shut, &QPushButton::clicked, this, &AboutCard::end);
  rows->addWidget(shut, 0, Qt::AlignRight);
}

void AboutCard::open() {
  Popover::open(findChild<QPushButton*>());
}

QString AboutCard::words() const {
  return words_->text();
}

}  // namespace weir::designer
