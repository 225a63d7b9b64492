#include "designer/ui/shell/settings/settings_dialog.hpp"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <algorithm>

#include "designer/ui/shell/settings/language.hpp"
#include "designer/ui/shell/settings/settings.hpp"
#include "designer/ui/theme/style.hpp"
#include "designer/ui/widgets/file_dialog.hpp"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {

SettingsDialog::SettingsDialog(Settings& settings, const QString& foundWeir, QWidget* parent)
    : QDialog(parent), settings_(settings) {
  setWindowTitle(tr("Settings"));
  setMinimumWidth(shell::kSettingsWidth);
  auto* rows = new QVBoxLayout(this);
  rows->setContentsMargins(space::kHuge, space::kHuge, space::kHuge, space::kLarge);
  rows->setSpacing(space::kTiny);
  rows->addWidget(makeLabel(tr("Theme"), FontRole::Label, this));
  rows->addWidget(makeThemes());
  rows->addSpacing(space::kLarge);

  rows->addWidget(makeLanguages());
  rows->addSpacing(space::kLarge);

  rows->addWidget(makeLabel(tr("Motion"), FontRole::Label, this));
  auto* motion = new QCheckBox(tr("&Reduce motion"), this);
  motion->setChecked(settings_.reducedMotion());
  connect(motion, &QCheckBox::toggled, &settings_, &Settings::setReducedMotion);
  rows->addWidget(motion);
  rows->addWidget(makeHelpText(tr("Nothing slides or fades; what moves is simply there."), this));
  rows->addSpacing(space::kLarge);

  rows->addWidget(makeRunner(foundWeir));
  rows->addSpacing(space::kHuge);
  rows->addStretch(1);

  auto* buttons = new QHBoxLayout;
  auto* close = new QPushButton(tr("Close"), this);
  close->setDefault(true);
  connect(close, &QPushButton::clicked, this, &QDialog::accept);
  buttons->addStretch(1);
  buttons->addWidget(close);
  rows->addLayout(buttons);
}

QWidget* SettingsDialog::makeThemes() {
  auto* row = new QWidget(this);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(space::kHuge);
  auto* group = new QButtonGroup(row);
  const auto add = [&](const QString& text, ThemeSetting theme) {
    auto* button = new QRadioButton(text, row);
    button->setChecked(settings_.theme() == theme);
    group->addButton(button);
    layout->addWidget(button);
    connect(button, &QRadioButton::toggled, this, [this, theme](bool on) {
      if (on) settings_.setTheme(theme);
    });
  };
  add(tr("As the s&ystem"), ThemeSetting::System);
  add(tr("&Light"), ThemeSetting::Light);
  add(tr("&Dark"), ThemeSetting::Dark);
  layout->addStretch(1);
  return row;
}

QWidget* SettingsDialog::makeLanguages() {
  auto* block = new QWidget(this);
  auto* rows = new QVBoxLayout(block);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(space::kTiny);
  auto* languages = new QComboBox(block);
  languages->addItem(tr("As the system"));
  for (const QString& code : Language::known()) languages->addItem(Language::ownName(code), code);
  languages->setCurrentIndex(std::max(0, languages->findData(Language::wanted(settings_))));
  connect(languages, &QComboBox::activated, this,
          [this, languages] { Language::want(languages->currentData().toString(), settings_); });
  rows->addWidget(makeFieldLabel(tr("Lan&guage"), languages, block));
  rows->addWidget(languages);
  rows->addWidget(makeHelpText(tr("Holds from the next start on."), block));
  return block;
}

QWidget* SettingsDialog::makeRunner(const QString& foundWeir) {
  auto* block = new QWidget(this);
  auto* rows = new QVBoxLayout(block);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(space::kTiny);
  runner_ = new QLineEdit(settings_.weirPath(), block);
  runner_->setPlaceholderText(foundWeir.isEmpty() ? tr("Not found") : foundWeir);
  rows->addWidget(makeFieldLabel(tr("&Place of weir, which checks and runs topologies"), runner_, block));
  auto* line = new QHBoxLayout;
  line->setSpacing(space::kSmall);
  auto* browse = new QPushButton(tr("&Browse…"), block);
  browse->setAutoDefault(false);
  line->addWidget(runner_, 1);
  line->addWidget(browse);
  rows->addLayout(line);
  QLabel* help = makeHelpText(tr("Empty: beside the designer, then on PATH."), block);
  rows->addWidget(help);
  const auto check = [this, help] {
    const QFileInfo file(runner_->text());
    const bool wrong = !runner_->text().isEmpty() && !(file.isFile() && file.isExecutable());
    runner_->setProperty(kInvalidProperty, wrong);
    runner_->update();
    help->setText(wrong ? tr("There is no program at this place.") : tr("Empty: beside the designer, then on PATH."));
    help->setForegroundRole(wrong ? QPalette::BrightText : QPalette::PlaceholderText);
  };
  check();
  connect(runner_, &QLineEdit::textChanged, this, check);
  connect(runner_, &QLineEdit::editingFinished, this, [this] { settings_.setWeirPath(runner_->text().trimmed()); });
  connect(browse, &QPushButton::clicked, this, &SettingsDialog::chooseRunner);
  return block;
}

void SettingsDialog::chooseRunner() {
  const QString path = FileDialog(this, tr("Choose weir"), QFileInfo(runner_->text()).path()).askForOne();
  if (path.isEmpty()) return;
  runner_->setText(path);
  settings_.setWeirPath(path);
}

}  // namespace weir::designer
