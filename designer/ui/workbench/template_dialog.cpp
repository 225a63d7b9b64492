#include "designer/ui/workbench/template_dialog.hpp"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

#include "designer/ui/theme/tokens.h"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {

TemplateDialog::TemplateDialog(const QString& title, const QString& sentence, Work work, QWidget* parent)
    : QDialog(parent),
      work_(std::move(work)),
      name_(new QLineEdit(this)),
      description_(new QLineEdit(this)),
      refusal_(makeHelpText({}, this)) {
  setWindowTitle(title);
  setMinimumWidth(shell::kSettingsWidth);
  auto* const rows = new QVBoxLayout(this);
  rows->setContentsMargins(space::kHuge, space::kHuge, space::kHuge, space::kLarge);
  rows->setSpacing(space::kTiny);
  if (!sentence.isEmpty()) {
    rows->addWidget(makeHelpText(sentence, this));
    rows->addSpacing(space::kLarge);
  }
  const auto addField = [&](const QString& words, QLineEdit* field) {
    QLabel* const label = makeLabel(words, FontRole::Label, this);
    label->setBuddy(field);
    field->setAccessibleName(words);
    rows->addWidget(label);
    rows->addWidget(field);
    rows->addSpacing(space::kMedium);
  };
  addField(tr("Name"), name_);
  addField(tr("Description"), description_);
  refusal_->setForegroundRole(QPalette::BrightText);
  refusal_->hide();
  rows->addWidget(refusal_);
  rows->addStretch(1);
  auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
  buttons->button(QDialogButtonBox::Save)->setDefault(true);
  connect(buttons, &QDialogButtonBox::accepted, this, &TemplateDialog::tryToAccept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  rows->addWidget(buttons);
  name_->setFocus();
}

void TemplateDialog::tryToAccept() {
  const Result<void> done = work_(name_->text(), description_->text());
  if (done) return accept();
  refusal_->setText(QString::fromStdString(done.error().message));
  refusal_->show();
  name_->setFocus();
  name_->selectAll();
}

}  // namespace weir::designer
