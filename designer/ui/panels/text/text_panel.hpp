// The text of the topology file beside what is drawn: each follows the other.
//
// What is typed becomes an edit as soon as it can be read, and one that cannot be read yet changes nothing. It is put
// into canonical form when the writer leaves.
#pragma once

#include <QTimer>
#include <functional>

#include "designer/model/help/part_lines.hpp"
#include "designer/ui/panels/panel/panel.hpp"

class QLabel;
class QPlainTextEdit;

namespace weir::designer {

class JsonHighlighter;

class TextPanel : public Panel {
  Q_OBJECT

 public:
  explicit TextPanel(QWidget* parent = nullptr);

  QPlainTextEdit& text() { return *text_; }
  // Why the text cannot be read, and where; empty: it can.
  QString refusal() const;
  // What gives nodes a place that have none in the text.
  using Placing = std::function<void(topology::Topology&)>;
  void setPlacing(Placing placing) { placing_ = std::move(placing); }

 protected:
  void onChange(Change change) override;
  void showEvent(QShowEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void showDocument();
  // What was written here before and could not be read, if there is such; else the document.
  void showWhatStands();
  void showAnother();
  void flush();  // reads what was typed last, without waiting for a pause
  void replaceText(const QString& now);
  void readTyped();
  void refuse(const topology::Problem& problem);
  void accept();
  void showSelection();
  void selectAtCursor();

  QPlainTextEdit* text_;
  JsonHighlighter* highlighter_;
  QLabel* refusal_;
  PartLines lines_;
  QTimer later_;   // many edits, one look
  QTimer typing_;  // reads what is typed when there is a pause
  Placing placing_;
  bool silent_ = false;
};

}  // namespace weir::designer
