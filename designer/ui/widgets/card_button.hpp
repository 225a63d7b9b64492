// A card that does something: an icon, a title, a sentence below it.
#pragma once

#include <QAbstractButton>

namespace weir::designer {

class CardButton : public QAbstractButton {
  Q_OBJECT

 public:
  CardButton(QString iconName, const QString& title, const QString& sentence, QWidget* parent = nullptr);

  // The card that Enter chooses has an accent outline.
  void setMain(bool isMain);
  void setSentence(const QString& sentence);

  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  QString icon_;
  QString sentence_;
  bool main_ = false;
};

}  // namespace weir::designer
