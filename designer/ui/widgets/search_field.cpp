#include "designer/ui/widgets/search_field.hpp"

#include <QAction>
#include <QKeyEvent>

#include "designer/ui/theme/icons.hpp"

namespace weir::designer {

SearchField::SearchField(const QString& placeholder, QWidget* parent) : QLineEdit(parent) {
  setPlaceholderText(placeholder);
  setAccessibleName(placeholder);
  // What has a text has a name for screen readers.
  addAction(themeIcon(QStringLiteral("search")), QLineEdit::LeadingPosition)->setText(placeholder);
  QAction* clear = addAction(themeIcon(QStringLiteral("x")), QLineEdit::TrailingPosition);
  clear->setText(tr("Clear"));
  clear->setVisible(false);
  connect(clear, &QAction::triggered, this, &QLineEdit::clear);
  connect(this, &QLineEdit::textChanged, clear, [clear](const QString& text) { clear->setVisible(!text.isEmpty()); });
}

void SearchField::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
    clear();
    return;
  }
  QLineEdit::keyPressEvent(event);
}

}  // namespace weir::designer
