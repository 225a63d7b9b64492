// What there is to say about a document: a sentence below its tab, and at most two things to do about it.
#pragma once

#include <QWidget>
#include <functional>

class QHBoxLayout;

namespace weir::designer {

enum class MessageTone : std::uint8_t { Info, Warning, Error };

struct MessageButton {
  QString text;
  std::function<void()> run;
};

struct Message {
  QString id;  // one message with an id at a time
  MessageTone tone = MessageTone::Warning;
  QString icon;  // empty: that of the tone
  QString sentence;
  QList<MessageButton> buttons;  // at most two
  bool closable = true;
};

class MessageBar : public QWidget {
  Q_OBJECT

 public:
  explicit MessageBar(const Message& message, QWidget* parent = nullptr);

  const QString& id() const { return id_; }
  QString sentence() const;

 Q_SIGNALS:
  void closed();

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString id_;
  MessageTone tone_;
  QString icon_;
};

}  // namespace weir::designer
