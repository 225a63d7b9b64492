// A line to search in: a magnifying glass, and a cross that empties it. Escape empties it, too.
#pragma once

#include <QLineEdit>

namespace weir::designer {

class SearchField : public QLineEdit {
  Q_OBJECT

 public:
  // `placeholder` says what is searched, to the eye and to screen readers.
  explicit SearchField(const QString& placeholder, QWidget* parent = nullptr);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
};

}  // namespace weir::designer
